"""Writes the small awkward models that tests feed to an engine: Models/test.

    python3 Scripts/make_test_models.py [--to Models/test]

Most compute the mean of each colour over the picture and a fixed linear function of the three means, so that a test can
work out the right answer by itself. The classes are `red`, `green`, `blue`, `dark`: with means r, g, b of the input's
values, the logits are 4r−2g−2b, 4g−2r−2b, 4b−2r−2g and 1−r−g−b.

Needs: pip install onnx openvino numpy tensorflow
"""

import argparse
import json
import pathlib
import shutil

import make_tensorflow_models
import numpy
import onnx
import openvino
from onnx import TensorProto, helper, numpy_helper

LABELS = ["red", "green", "blue", "dark"]
SIDE = 32
WEIGHTS = numpy.array([[4, -2, -2, -1], [-2, 4, -2, -1], [-2, -2, 4, -1]], numpy.float32)
BIAS = numpy.array([0, 0, 0, 1], numpy.float32)
# Bytes are brought to 0…1 inside the models that take bytes.
BYTE_SCALE = numpy.float32(1 / 255)
FLOAT = TensorProto.FLOAT
NUMPY_TYPES = {FLOAT: numpy.float32, TensorProto.FLOAT16: numpy.float16}


def written(folder, name, nodes, inputs, outputs, constants):
    """Checks a graph and writes it. `inputs` and `outputs` are (name, type, shape); a string in a shape is left open."""
    values = [[helper.make_tensor_value_info(*one) for one in side] for side in (inputs, outputs)]
    stored = [numpy_helper.from_array(numpy.asarray(value), key) for key, value in constants.items()]
    graph = helper.make_graph(nodes, name, *values, stored)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    model.producer_name = "penstock"
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, folder / f"{name}.onnx")


def node(kind, inputs, output, **settings):
    return helper.make_node(kind, inputs.split(), output.split(), **settings)


def head(source, axes, last="scores", keep=FLOAT):
    """Means over `axes` of `source`, then the linear function: nodes and their constants."""
    dtype = NUMPY_TYPES[keep]
    nodes = [
        node("ReduceMean", source, "means", axes=axes, keepdims=0),
        node("MatMul", "means weights", "products"),
        node("Add", "products bias", last),
    ]
    return nodes, {"weights": WEIGHTS.astype(dtype), "bias": BIAS.astype(dtype)}


def classifier(folder, name, shape, axes, softmax=True, keep=FLOAT):
    """One picture in, four scores out."""
    nodes, constants = head("image", axes, "logits" if softmax else "scores", keep)
    if softmax:
        nodes.append(node("Softmax", "logits", "scores", axis=1))
    written(folder, name, nodes, [("image", keep, shape)], [("scores", keep, [shape[0], 4])], constants)


def takes_bytes(folder):
    """NHWC bytes, brought to 0…1 inside."""
    nodes, constants = head("scaled", [1, 2], "logits")
    before = [node("Cast", "image", "values", to=FLOAT), node("Mul", "values byte_scale", "scaled")]
    after = [node("Softmax", "logits", "scores", axis=1)]
    image = ("image", TensorProto.UINT8, ["N", SIDE, SIDE, 3])
    scores = ("scores", FLOAT, ["N", 4])
    written(folder, "uint8_nhwc", before + nodes + after, [image], [scores], constants | {"byte_scale": BYTE_SCALE})


def batch_of_one(folder):
    """Static batch 1, and a reshape to exactly 3×1024 that no other batch gets through."""
    nodes = [
        node("Reshape", "image three_by_all", "channels"),
        node("ReduceMean", "channels", "means", axes=[1], keepdims=0),
        node("Reshape", "means one_by_three", "row"),
        node("Gemm", "row weights bias", "logits"),
        node("Softmax", "logits", "scores", axis=1),
    ]
    constants = {
        "three_by_all": numpy.array([3, SIDE * SIDE], numpy.int64),
        "one_by_three": numpy.array([1, 3], numpy.int64),
        "weights": WEIGHTS,
        "bias": BIAS,
    }
    image, scores = ("image", FLOAT, [1, 3, SIDE, SIDE]), ("scores", FLOAT, [1, 4])
    written(folder, "batch_of_one", nodes, [image], [scores], constants)


def merges_batch(folder):
    """Static batch 1; a reshape to N pictures seems to work, but all of them become one row of scores."""
    nodes, constants = head("channels", [2], "logits")
    nodes.insert(0, node("Reshape", "image one_by_three_by_rest", "channels"))
    nodes.append(node("Softmax", "logits", "scores", axis=1))
    constants["one_by_three_by_rest"] = numpy.array([1, 3, -1], numpy.int64)
    image, scores = ("image", FLOAT, [1, 3, SIDE, SIDE]), ("scores", FLOAT, [1, 4])
    written(folder, "merges_batch", nodes, [image], [scores], constants)


def background(folder):
    """Five outputs for four labels: the first is the background, as in 1001-class ImageNet models."""
    nodes, constants = head("image", [2, 3], "classes")
    nodes += [
        node("Concat", "nothing classes", "logits", axis=1),
        node("Softmax", "logits", "scores", axis=1),
    ]
    constants["nothing"] = numpy.full((1, 1), -3, numpy.float32)
    image, scores = ("image", FLOAT, [1, 3, SIDE, SIDE]), ("scores", FLOAT, [1, 5])
    written(folder, "background_class", nodes, [image], [scores], constants)


def sigmoid(folder):
    """Four independent scores that do not sum to one."""
    nodes, constants = head("image", [2, 3], "logits")
    nodes.append(node("Sigmoid", "logits", "scores"))
    image, scores = ("image", FLOAT, ["N", 3, SIDE, SIDE]), ("scores", FLOAT, ["N", 4])
    written(folder, "multilabel", nodes, [image], [scores], constants)


def two_inputs(folder):
    """A picture and a number: not a classifier of pictures alone."""
    nodes, constants = head("image", [2, 3], "plain")
    nodes.append(node("Mul", "plain gain", "scores"))
    inputs = [("image", FLOAT, ["N", 3, SIDE, SIDE]), ("gain", FLOAT, ["N", 1])]
    written(folder, "two_inputs", nodes, inputs, [("scores", FLOAT, ["N", 4])], constants)


def detector(folder):
    """Boxes [1, 100, 4] and their scores [1, 100]: a detection output."""
    nodes = [
        node("ReduceMean", "image", "level", axes=[1, 2, 3], keepdims=0),
        node("Reshape", "level one", "single"),
        node("Mul", "box_grid single", "boxes"),
        node("Mul", "score_grid single", "scores"),
    ]
    steps = numpy.linspace(0, 1, 100, dtype=numpy.float32)
    constants = {
        "one": numpy.array([1], numpy.int64),
        "box_grid": numpy.stack([steps, steps, steps + 0.1, steps + 0.1], 1)[None],
        "score_grid": steps[None, ::-1].copy(),
    }
    outputs = [("boxes", FLOAT, [1, 100, 4]), ("scores", FLOAT, [1, 100])]
    written(folder, "detector", nodes, [("image", FLOAT, [1, 3, SIDE, SIDE])], outputs, constants)


def map_output(folder):
    """A score a pixel [N, 4, 32, 32]: a segmentation, one output and still no classifier."""
    nodes = [node("Conv", "image kernel", "scores")]
    constants = {"kernel": numpy.ascontiguousarray(WEIGHTS.T[:, :, None, None])}
    image, scores = ("image", FLOAT, ["N", 3, SIDE, SIDE]), ("scores", FLOAT, ["N", 4, SIDE, SIDE])
    written(folder, "score_map", nodes, [image], [scores], constants)


def other_types(folder):
    """Inputs that no picture is: 64-bit integers (token numbers), and one channel."""
    nodes, constants = head("values", [1, 2])
    nodes.insert(0, node("Cast", "image", "values", to=FLOAT))
    image, scores = ("image", TensorProto.INT64, ["N", SIDE, SIDE, 3]), ("scores", FLOAT, ["N", 4])
    written(folder, "int64_input", nodes, [image], [scores], constants)
    grey = ("image", FLOAT, ["N", 1, SIDE, SIDE])
    nodes = [node("ReduceMean", "image", "scores", axes=[2, 3], keepdims=0)]
    written(folder, "one_channel", nodes, [grey], [("scores", FLOAT, ["N", 1])], {})
    text = ("text", TensorProto.STRING, ["N"])
    written(folder, "string_input", [node("Identity", "text", "same")], [text], [("same", TensorProto.STRING, ["N"])], {})


def beyond_one_file(folder):
    """Weights in a file beside, or in none; an opset and an operator that nobody knows; a false open batch."""
    image, scores = ("image", FLOAT, ["N", 3, SIDE, SIDE]), ("scores", FLOAT, ["N", 4])
    for name, data in (("external", "external.onnx.data"), ("external_missing", "nowhere.onnx.data")):
        model = onnx.load(folder / "nchw.onnx")
        onnx.external_data_helper.convert_model_to_external_data(model, True, data, size_threshold=0)
        onnx.save(model, folder / f"{name}.onnx")
    (folder / "nowhere.onnx.data").unlink()
    model = onnx.load(folder / "nchw.onnx")
    model.opset_import[0].version = 99
    onnx.save(model, folder / "opset_99.onnx")
    model = onnx.load(folder / "nchw.onnx")
    model.graph.node[-1].op_type, model.graph.node[-1].domain = "Unheard", "nobody.knows"
    model.opset_import.append(helper.make_opsetid("nobody.knows", 1))
    onnx.save(model, folder / "custom_op.onnx")
    nodes, constants = head("image", [2, 3], "free")
    nodes += [node("Reshape", "free one_row", "logits"), node("Softmax", "logits", "scores", axis=1)]
    constants["one_row"] = numpy.array([1, 4], numpy.int64)
    made = [helper.make_tensor_value_info(*one) for one in (image, scores)]
    stored = [numpy_helper.from_array(value, key) for key, value in constants.items()]
    graph = helper.make_graph(nodes, "declares_batch", made[:1], made[1:], stored)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(model, folder / "declares_batch.onnx")


def over_two_gigabytes(folder):
    """A table of 2.4 GB in a file beside, of which a run looks at one row. The file is left to the test to make: all
    zeros, so that a sparse one does."""
    rows = 150_000_000
    nodes, constants = head("image", [2, 3], "plain")
    nodes += [
        node("ArgMax", "plain", "class", axis=1, keepdims=0),
        node("Gather", "table class", "row", axis=0),
        node("Add", "plain row", "logits"),
        node("Softmax", "logits", "scores", axis=1),
    ]
    table = TensorProto(name="table", data_type=FLOAT, dims=[rows, 4], data_location=TensorProto.EXTERNAL)
    for key, value in (("location", "over_2gb.onnx.data"), ("offset", "0"), ("length", str(rows * 16))):
        table.external_data.add(key=key, value=value)
    image, scores = ("image", FLOAT, ["N", 3, SIDE, SIDE]), ("scores", FLOAT, ["N", 4])
    made = [helper.make_tensor_value_info(*one) for one in (image, scores)]
    stored = [numpy_helper.from_array(value, key) for key, value in constants.items()]
    graph = helper.make_graph(nodes, "over_2gb", made[:1], made[1:], [*stored, table])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    (folder / "over_2gb.onnx").write_bytes(model.SerializeToString())


def damaged(folder):
    """Files that are not what their names say."""
    whole = (folder / "nchw.onnx").read_bytes()
    (folder / "truncated.onnx").write_bytes(whole[: len(whole) * 2 // 3])
    (folder / "random.onnx").write_bytes(numpy.random.default_rng(3).integers(0, 256, 2000, numpy.uint8).tobytes())
    (folder / "empty.onnx").write_bytes(b"")
    (folder / "random.tflite").write_bytes(numpy.random.default_rng(4).integers(0, 256, 2000, numpy.uint8).tobytes())
    (folder / "text.pb").write_text("this is not a graph\n")
    text = (folder / "ir.xml").read_text()
    (folder / "truncated.xml").write_text(text[: len(text) // 2])
    shutil.copy(folder / "ir.bin", folder / "truncated.bin")
    (folder / "no_weights.xml").write_text(text)
    broken = folder / "broken_saved_model"
    broken.mkdir()
    (broken / "saved_model.pb").write_bytes(b"\x0a\xff\xff\xff")


def contracts(folder):
    """`labels.txt` and the contract of all that have none of their own: 0…1, four colours."""
    (folder / "labels.txt").write_text("\n".join(LABELS) + "\n")
    contract = {"size": SIDE, "scale": 1 / 255, "mean": [0, 0, 0], "deviation": [1, 1, 1], "labels": "labels.txt"}
    (folder / "penstock.json").write_text(json.dumps(contract, indent=2) + "\n")


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", type=pathlib.Path, default=root / "Models" / "test")
    folder = parser.parse_args().to
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)

    classifier(folder, "nchw", ["N", 3, SIDE, SIDE], [2, 3])
    classifier(folder, "nhwc", ["N", SIDE, SIDE, 3], [1, 2])
    classifier(folder, "logits", ["N", 3, SIDE, SIDE], [2, 3], softmax=False)
    classifier(folder, "static_batch_4", [4, 3, SIDE, SIDE], [2, 3])
    classifier(folder, "dynamic_size", ["N", 3, "H", "W"], [2, 3])
    classifier(folder, "float16", ["N", 3, SIDE, SIDE], [2, 3], keep=TensorProto.FLOAT16)
    awkward = (takes_bytes, batch_of_one, merges_batch, background, sigmoid, two_inputs, detector, map_output, other_types)
    for make in awkward:
        make(folder)
    model = openvino.convert_model(folder / "nchw.onnx")
    openvino.save_model(model, folder / "ir.xml", compress_to_fp16=False)
    beyond_one_file(folder)
    over_two_gigabytes(folder)
    damaged(folder)
    make_tensorflow_models.write(folder)
    contracts(folder)
    print(sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()), "bytes in", folder)


if __name__ == "__main__":
    main()
