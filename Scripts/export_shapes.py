"""Writes the trained model in every format an engine reads, all of the same weights.

    python3 Scripts/export_shapes.py /tmp/shapes.weights.h5 [--to Models/shapes]

Makes saved_model/, shapes_frozen.pb, shapes.onnx, shapes.tflite, shapes_quant.tflite (all integers), shapes.xml and .bin,
labels.txt and penstock.json. `check_shapes.py` then compares them.

Needs: pip install tensorflow tf2onnx onnx openvino numpy pillow
"""

import argparse
import json
import os
import pathlib
import shutil

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import numpy
import openvino
import tensorflow
import tf2onnx
from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

import shape_model
import shape_scenes
from shape_outlines import LABELS

SIDE = shape_model.SIDE
CONTRACT = {
    "size": [SIDE, SIDE],
    "fit": "stretch",
    "filter": "bilinear",
    "color": "rgb",
    "preset": "inception",
    "labels": "labels.txt",
    "activation": "none",
}
# Pictures that the quantiser watches to learn how far each value goes.
CALIBRATION_SEED, CALIBRATION_COUNT = 404, 300


def inference(model, batch):
    """The model as one function of pictures, without the parts that only training uses."""
    signature = [tensorflow.TensorSpec([batch, SIDE, SIDE, 3], tensorflow.float32, name="image")]
    return tensorflow.function(lambda image: {"scores": model(image, training=False)}, input_signature=signature)


def frozen(function):
    """The function with its weights inside it as constants."""
    return convert_variables_to_constants_v2(function.get_concrete_function())


def write_saved_model(model, function, folder):
    """A folder with a graph and variables, and the two signatures that a Keras export has.

    Saved by hand, because Keras's own export keeps every weight twice and takes twice the room.
    """
    module = tensorflow.Module()
    module.weights = [weight.value for weight in model.weights]
    shutil.rmtree(folder, ignore_errors=True)
    tensorflow.saved_model.save(module, str(folder), signatures={"serve": function, "serving_default": function})


def write_frozen(function, path):
    """One graph in one file, as TensorFlow 1 kept models."""
    path.write_bytes(frozen(function).graph.as_graph_def().SerializeToString())


def write_onnx(function, path):
    tf2onnx.convert.from_function(function, function.input_signature, opset=17, output_path=str(path))


def write_tflite(function, path):
    path.write_bytes(tensorflow.lite.TFLiteConverter.from_concrete_functions([frozen(function)]).convert())


def write_quantized(function, path):
    """Bytes in, bytes out, batch of one: what small devices run."""
    pixels, _ = shape_scenes.examples(CALIBRATION_SEED, CALIBRATION_COUNT, SIDE)
    converter = tensorflow.lite.TFLiteConverter.from_concrete_functions([frozen(function)])
    converter.optimizations = [tensorflow.lite.Optimize.DEFAULT]
    converter.representative_dataset = lambda: ([(one[None] / 127.5 - 1).astype(numpy.float32)] for one in pixels)
    converter.target_spec.supported_ops = [tensorflow.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.inference_input_type = converter.inference_output_type = tensorflow.uint8
    path.write_bytes(converter.convert())


def write_ir(saved_model, path):
    """The IR in single precision; its `model_info` says the contract in OpenVINO's own words."""
    converted = openvino.convert_model(saved_model)
    information = {
        "model_type": "Classification",
        "labels": " ".join(LABELS),
        "mean_values": "127.5 127.5 127.5",
        "scale_values": "127.5 127.5 127.5",
        "resize_type": "standard",
        "interpolation_type": "LINEAR",
        "reverse_input_channels": "False",
        "pad_value": "0",
        "multilabel": "False",
        "output_raw_scores": "False",
        "confidence_threshold": "0.0",
    }
    for key, value in information.items():
        converted.set_rt_info(value, ["model_info", key])
    openvino.save_model(converted, path, compress_to_fp16=False)


def write_contract(folder):
    """The labels and penstock.json; a SavedModel folder carries its own copy, so that it can travel alone."""
    (folder / "labels.txt").write_text("\n".join(LABELS) + "\n")
    text = json.dumps(CONTRACT, indent=2).replace("[\n    96,\n    96\n  ]", "[96, 96]")
    (folder / "penstock.json").write_text(text + "\n")


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=pathlib.Path)
    parser.add_argument("--to", type=pathlib.Path, default=root / "Models" / "shapes")
    options = parser.parse_args()

    folder = options.to
    folder.mkdir(parents=True, exist_ok=True)
    model = shape_model.build(len(LABELS))
    model.load_weights(options.weights)
    function = inference(model, None)
    write_saved_model(model, function, folder / "saved_model")
    write_frozen(function, folder / "shapes_frozen.pb")
    write_onnx(function, folder / "shapes.onnx")
    write_tflite(function, folder / "shapes.tflite")
    write_quantized(inference(model, 1), folder / "shapes_quant.tflite")
    write_ir(folder / "saved_model", folder / "shapes.xml")
    for place in (folder, folder / "saved_model"):
        write_contract(place)
    print(model.count_params(), "weights in", folder)


if __name__ == "__main__":
    main()
