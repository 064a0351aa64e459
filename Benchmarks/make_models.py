"""Writes the models to measure with: InceptionV3 and MobileNetV2 from Keras, with random weights from a fixed seed.

    python3 Benchmarks/make_models.py FOLDER [--batch N] [--only inception_v3]

FOLDER/<name>/ then holds <name>.onnx, <name>.xml and .bin (OpenVINO IR, f32) and saved_model/, all of the same weights,
and penstock.json beside each. The batch is dynamic unless --batch fixes it (SavedModels stay dynamic). Random weights
cost the same time as trained ones and name nothing: measure speed with these, never accuracy.

Needs: pip install tensorflow tf2onnx onnx openvino
"""

import argparse
import json
import os
import pathlib
import shutil

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras
import numpy
import openvino
import tensorflow
import tf2onnx

MODELS = {
    "inception_v3": (keras.applications.InceptionV3, 299),
    "mobilenet_v2": (keras.applications.MobileNetV2, 224),
}


def settle(model, side, seed):
    """Sets the batch normalisations by one batch of soft noise, so that scores differ from picture to picture.

    As Keras starts them, hardly anything of the picture reaches the last layer: every score is 0.001.
    """
    random = numpy.random.default_rng(seed)
    grids = tensorflow.constant(random.uniform(-1, 1, (12, 9, 9, 3)), tensorflow.float32)
    pictures = tensorflow.image.resize(grids, (side, side), "bicubic")
    for layer in model.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.momentum = 0.0
    model(pictures, training=True)


def write_onnx(model, shape, path):
    """The ONNX file; pictures stay height × width × channels, as Keras has them."""
    signature = [tensorflow.TensorSpec(shape, tensorflow.float32, name="input")]
    function = tensorflow.function(lambda image: model(image, training=False), input_signature=signature)
    tf2onnx.convert.from_function(function, input_signature=signature, opset=17, output_path=str(path))


def write_ir(saved_model, shape, path):
    """The OpenVINO IR, with weights kept in single precision."""
    converted = openvino.convert_model(saved_model, input=list(-1 if edge is None else edge for edge in shape))
    openvino.save_model(converted, path, compress_to_fp16=False)


def write_contract(folder, side):
    """What a picture must become, beside the model; the last layer is a softmax already."""
    contract = {"size": side, "preset": "inception", "activation": "none"}
    (folder / "penstock.json").write_text(json.dumps(contract, indent=2) + "\n")


def write(name, folder, batch, seed):
    """Every format of one model."""
    build, side = MODELS[name]
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    keras.backend.clear_session()
    keras.utils.set_random_seed(seed)
    model = build(weights=None)
    settle(model, side, seed)
    shape = [batch, side, side, 3]
    model.export(folder / "saved_model", verbose=False)
    write_ir(folder / "saved_model", shape, folder / f"{name}.xml")
    write_onnx(model, shape, folder / f"{name}.onnx")
    for place in (folder, folder / "saved_model"):
        write_contract(place, side)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--batch", type=int, default=None)
    parser.add_argument("--only", choices=sorted(MODELS), default=None)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    for name in [options.only] if options.only else MODELS:
        write(name, options.folder / name, options.batch, options.seed)
        print(f"{options.folder / name}: onnx, xml, saved_model")


if __name__ == "__main__":
    main()
