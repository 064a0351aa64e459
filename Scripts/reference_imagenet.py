"""Runs a real ImageNet classifier the Python way and writes what it says, for tests to compare with.

    PENSTOCK_TEST_DATA=… python3 Scripts/reference_imagenet.py [--to Tests/PenstockTests/Fixtures/imagenet_reference.json]

The folder PENSTOCK_TEST_DATA holds imagenet/ with mobilenet_v2_1.0_224_quant.tflite, its 1001 labels and photos. Every
photo is decoded and resized by Pillow, in every way below, and classified by OpenVINO in single precision: the number of
threads changes nothing then, whereas bf16, the default on processors that have it, moves a raw output by up to 9 of 255. For each: the
checksum (zlib's CRC-32) of the decoded pixels and of the 224×224×3 input bytes, and the ten best classes with the
output's raw byte and the score it stands for; equal bytes are in the order of their classes.

`--interpreter` compares with TensorFlow Lite's own interpreter as well and prints the largest difference, 20 of 255: the
two engines round a quantised model differently, so scores are to be compared within one engine and one precision.

Needs: pip install pillow openvino numpy tensorflow (which only reads the output's quantisation)
"""

import argparse
import json
import os
import pathlib
import zlib

import numpy
import openvino
import PIL
from PIL import Image, ImageOps

ROOT = pathlib.Path(__file__).resolve().parent.parent
MODEL = "mobilenet_v2_1.0_224_quant.tflite"
SIDE, BEST, CROP_FRACTION = 224, 10, 0.875
STRETCHES = {
    "nearest": Image.Resampling.NEAREST,
    "box": Image.Resampling.BOX,
    "bilinear": Image.Resampling.BILINEAR,
    "hamming": Image.Resampling.HAMMING,
    "bicubic": Image.Resampling.BICUBIC,
    "lanczos": Image.Resampling.LANCZOS,
}


def covered(picture, rounding):
    """Shortest edge to 256, then the middle 224×224; `rounding` places the crop where the margin is odd."""
    edge = int(SIDE / CROP_FRACTION)
    shortest = min(picture.size)
    resized = picture.resize([edge * length // shortest for length in picture.size], Image.Resampling.BILINEAR)
    left, top = (rounding((length - SIDE) / 2) for length in resized.size)
    return resized.crop((left, top, left + SIDE, top + SIDE))


def inputs(picture):
    """The model's input bytes by the name of the resize."""
    made = {name: picture.resize((SIDE, SIDE), filter) for name, filter in STRETCHES.items()}
    # Python's round() takes halves to the even neighbour, as torchvision does; int() rounds down, as Hugging Face.
    made |= {"cover-down": covered(picture, int), "cover-halfToEven": covered(picture, round)}
    return {name: numpy.asarray(resized) for name, resized in made.items()}


def quantization(interpreter):
    """Scale and zero point of the output: score = (raw − zero) × scale."""
    scale, zero = interpreter.get_output_details()[0]["quantization"]
    return float(scale), int(zero)


def interpreted(interpreter, pixels):
    """The raw output of TensorFlow Lite itself."""
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"], pixels[None])
    interpreter.invoke()
    return interpreter.get_tensor(interpreter.get_output_details()[0]["index"])[0]


def top(raw, labels, scale, zero):
    """The best classes; the lower class number first among equals."""
    order = numpy.lexsort((numpy.arange(len(raw)), -raw.astype(int)))[:BEST]
    return [
        {"class": int(k), "label": labels[k], "raw": int(raw[k]), "score": round((int(raw[k]) - zero) * scale, 7)}
        for k in order
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    fixtures = ROOT / "Tests" / "PenstockTests" / "Fixtures"
    parser.add_argument("--to", type=pathlib.Path, default=fixtures / "imagenet_reference.json")
    parser.add_argument("--interpreter", action="store_true")
    options = parser.parse_args()

    import tensorflow

    folder = pathlib.Path(os.environ["PENSTOCK_TEST_DATA"]) / "imagenet"
    labels = (folder / "imagenet_labels.txt").read_text().splitlines()
    interpreter = tensorflow.lite.Interpreter(str(folder / MODEL), num_threads=1)
    interpreter.allocate_tensors()
    scale, zero = quantization(interpreter)
    model = openvino.Core().read_model(folder / MODEL)
    settings = {"INFERENCE_PRECISION_HINT": "f32", "INFERENCE_NUM_THREADS": 1}
    compiled = openvino.Core().compile_model(model, "CPU", settings)

    entries, apart = [], 0
    for path in sorted(path for path in folder.iterdir() if path.suffix in {".bmp", ".jpg"}):
        picture = ImageOps.exif_transpose(Image.open(path)).convert("RGB")
        for name, pixels in inputs(picture).items():
            raw = compiled(pixels[None])[0][0]
            if options.interpreter:
                apart = max(apart, int(abs(raw.astype(int) - interpreted(interpreter, pixels)).max()))
            entries.append({
                "picture": path.name,
                "width": picture.width,
                "height": picture.height,
                "pixelsCRC32": zlib.crc32(picture.tobytes()),
                "resize": name,
                "tensorCRC32": zlib.crc32(pixels.tobytes()),
                "top": top(raw, labels, scale, zero),
            })
            print(path.name, name, entries[-1]["top"][0], raw.dtype)
    if options.interpreter:
        print("largest difference from TensorFlow Lite's interpreter:", apart, "raw steps")

    head = {
        "model": MODEL,
        "pillow": PIL.__version__,
        "openvino": openvino.__version__,
        "precision": "f32",
        "inputType": model.input(0).get_element_type().get_type_name(),
        "outputType": model.output(0).get_element_type().get_type_name(),
        "outputScale": scale,
        "outputZeroPoint": zero,
    }
    options.to.parent.mkdir(parents=True, exist_ok=True)
    lines = ",\n".join(json.dumps(entry) for entry in entries)
    options.to.write_text(json.dumps(head, indent=1)[:-2] + f',\n "pictures": [\n{lines}\n]}}\n')


if __name__ == "__main__":
    main()
