"""Writes the small awkward models of TensorFlow's own formats that tests feed to it: into Models/test.

    python3 Scripts/make_tensorflow_models.py [--to Models/test]

They answer as those of make_test_models.py do: with means r, g, b of the input's values, the logits are 4r−2g−2b,
4g−2r−2b, 4b−2r−2g and 1−r−g−b. Each is written anew; nothing else in the folder is touched.

Needs: pip install tensorflow
"""

import argparse
import os
import pathlib
import shutil

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import tensorflow
from tensorflow.core.protobuf import saved_model_pb2

v1 = tensorflow.compat.v1

SIDE = 32
WEIGHTS = [[4.0, -2.0, -2.0, -1.0], [-2.0, 4.0, -2.0, -1.0], [-2.0, -2.0, 4.0, -1.0]]
BIAS = [0.0, 0.0, 0.0, 1.0]
PICTURES = [None, SIDE, SIDE, 3]


def scores(image, dtype=tensorflow.float32, name=None):
    """Softmax of the linear function of the mean colours."""
    means = tensorflow.reduce_mean(tensorflow.cast(image, dtype), axis=[1, 2])
    logits = tensorflow.matmul(means, tensorflow.constant(WEIGHTS, dtype)) + tensorflow.constant(BIAS, dtype)
    return tensorflow.nn.softmax(logits, name=name)


class Weighted(tensorflow.Module):
    """The same with its weights in variables, and the two signatures of a Keras export."""

    def __init__(self):
        super().__init__()
        self.weights = tensorflow.Variable(WEIGHTS)
        self.bias = tensorflow.Variable(BIAS)

    @tensorflow.function(input_signature=[tensorflow.TensorSpec(PICTURES, tensorflow.float32, "image")])
    def serve(self, image):
        means = tensorflow.reduce_mean(image, axis=[1, 2])
        return tensorflow.nn.softmax(tensorflow.matmul(means, self.weights) + self.bias)


def emptied(folder, name):
    """A folder of that name with nothing in it, and nothing where it was."""
    path = folder / name
    shutil.rmtree(path, ignore_errors=True)
    return str(path)


def keras_style(folder):
    """Signatures `serve` and `serving_default` with weights in variables; the same model without signatures."""
    module = Weighted()
    function = module.serve.get_concrete_function()
    signatures = {"serving_default": function, "serve": function}
    tensorflow.saved_model.save(module, emptied(folder, "tf_two_signatures"), signatures=signatures)
    plain = tensorflow.Module()
    plain.factor = tensorflow.Variable(2.0)
    tensorflow.saved_model.save(plain, emptied(folder, "tf_unsigned"))


def graph_style(folder, name, signatures):
    """A SavedModel as TensorFlow 1 wrote it, of {signature: (type, shape, function)}, without variables."""
    with v1.Graph().as_default(), v1.Session() as session:
        builder = v1.saved_model.Builder(emptied(folder, name))
        described = {}
        for key, (dtype, shape, function) in signatures.items():
            image = v1.placeholder(dtype, shape, name=f"{key}_image")
            outputs = {"scores": function(image)}
            described[key] = v1.saved_model.predict_signature_def(inputs={"image": image}, outputs=outputs)
        builder.add_meta_graph_and_variables(session, ["serve"], signature_def_map=described)
        builder.save()


def named_signatures(folder):
    """Two that take pictures, and neither has a usual name; one takes bytes."""
    graph_style(folder, "tf_named_signatures", {
        "classify": (tensorflow.float32, PICTURES, scores),
        "classify_bytes": (tensorflow.uint8, PICTURES, lambda image: scores(tensorflow.cast(image, tensorflow.float32) / 255)),
    })


def awkward_inputs(folder):
    """Inputs of other types, and of a size that is left open."""
    default = "serving_default"

    def decoded(contents):
        decode = lambda one: tensorflow.image.resize(v1.image.decode_jpeg(one, channels=3), [SIDE, SIDE])
        return scores(tensorflow.map_fn(decode, contents, fn_output_signature=tensorflow.float32))

    half = lambda image: scores(image, tensorflow.float16)
    graph_style(folder, "tf_string_input", {default: (tensorflow.string, [None], decoded)})
    graph_style(folder, "tf_int64_input", {default: (tensorflow.int64, PICTURES, scores)})
    graph_style(folder, "tf_float16", {default: (tensorflow.float16, PICTURES, half)})
    graph_style(folder, "tf_dynamic_size", {default: (tensorflow.float32, [None, None, None, 3], scores)})


def frozen(folder, name, build):
    """A frozen graph of what `build` makes."""
    with v1.Graph().as_default() as graph:
        build()
        (folder / f"{name}.pb").write_bytes(graph.as_graph_def().SerializeToString())


def frozen_graphs(folder):
    """Graphs without a word on what goes in and comes out."""

    def inception_style():
        contents = v1.placeholder(tensorflow.string, [], name="DecodeJpeg/contents")
        picture = tensorflow.cast(v1.image.decode_jpeg(contents, channels=3), tensorflow.float32)
        resized = v1.image.resize_bilinear(picture[None], [SIDE, SIDE])
        scores(tensorflow.multiply(resized, 1 / 255, name="Mul"), name="softmax")

    def merging():
        image = v1.placeholder(tensorflow.float32, PICTURES, name="image")
        scores(tensorflow.reshape(image, [1, -1, SIDE, 3]), name="scores")

    def fixed():
        scores(v1.placeholder(tensorflow.float32, [4, SIDE, SIDE, 3], name="image"), name="scores")

    def passing():
        image = v1.placeholder(tensorflow.float32, PICTURES, name="image")
        tensorflow.reshape(image, [-1, SIDE * SIDE * 3], name="values")

    frozen(folder, "tf1_inception_style", inception_style)
    frozen(folder, "tf_merges_batch", merging)
    frozen(folder, "tf_static_batch_4", fixed)
    frozen(folder, "tf_values", passing)


def unknown_operation(folder):
    """A SavedModel with an operation that nobody has."""
    graph_style(folder, "tf_unknown_operation", {"serving_default": (tensorflow.float32, PICTURES, scores)})
    path = folder / "tf_unknown_operation" / "saved_model.pb"
    model = saved_model_pb2.SavedModel.FromString(path.read_bytes())
    graph = model.meta_graphs[0]
    for node in graph.graph_def.node:
        if node.op == "Softmax":
            node.op = "PenstockSoftmax"
    for operation in graph.meta_info_def.stripped_op_list.op:
        if operation.name == "Softmax":
            operation.name = "PenstockSoftmax"
    path.write_bytes(model.SerializeToString(deterministic=True))


def write(folder):
    """Writes them all."""
    for make in (keras_style, named_signatures, awkward_inputs, frozen_graphs, unknown_operation):
        make(folder)


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", type=pathlib.Path, default=root / "Models" / "test")
    folder = parser.parse_args().to
    write(folder)
    print(sum(path.stat().st_size for path in folder.glob("tf*/**/*") if path.is_file()), "bytes of folders in", folder)


if __name__ == "__main__":
    main()
