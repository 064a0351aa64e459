"""Checks the bundled model: every format names every bundled picture, and all formats agree.

    python3 Scripts/check_shapes.py [--reference Tests/PenstockTests/Fixtures/shapes_reference.json]

Runs each format through OpenVINO in single precision on Examples/pictures, resized by Pillow as the contract says. Prints
the largest difference from the SavedModel and the least margin between the right class and the next; fails where a
picture is named wrong. `--reference` also writes all scores, with the checksum of each input tensor, for tests to compare.

Needs: pip install openvino numpy pillow
"""

import argparse
import json
import pathlib
import sys
import zlib

import numpy
import openvino
from PIL import Image, ImageOps

ROOT = pathlib.Path(__file__).resolve().parent.parent
MODEL, PICTURES = ROOT / "Models" / "shapes", ROOT / "Examples" / "pictures"
FORMATS = ["saved_model", "shapes_frozen.pb", "shapes.onnx", "shapes.tflite", "shapes.xml", "shapes_quant.tflite"]
# Formats of the same weights must agree to this in single precision; the quantised one is only held to the names.
TOLERANCE = 1e-5
# The least lead of the right class over the next, of 1.
LEAST_MARGIN = 0.3
# The quantised model's scores are whole numbers of this.
QUANTIZED_STEP = 1 / 256


def pictures(side):
    """Every bundled picture as the model's bytes: upright, RGB, stretched by Pillow's bilinear filter."""
    found = {}
    for path in sorted(path for path in PICTURES.rglob("*") if path.is_file()):
        upright = ImageOps.exif_transpose(Image.open(path)).convert("RGB")
        pixels = numpy.asarray(upright.resize((side, side), Image.Resampling.BILINEAR))
        found[path.relative_to(PICTURES).as_posix()] = pixels
    return found


def normalized(pixels):
    """The preset `inception`, by one fused multiply-add as in Penstock: rounded once, from the exact product."""
    multiplier = numpy.float32(1 / 127.5).astype(numpy.float64)
    return (pixels.astype(numpy.float64) * multiplier - 1).astype(numpy.float32)


def scores(core, name, inputs):
    """Class scores [picture, class] of one format, a picture a run."""
    settings = {"INFERENCE_PRECISION_HINT": "f32", "INFERENCE_NUM_THREADS": 1}
    compiled = core.compile_model(core.read_model(MODEL / name), "CPU", settings)
    takes_bytes = compiled.input(0).get_element_type() == openvino.Type.u8
    rows = [compiled(pixels[None] if takes_bytes else normalized(pixels[None]))[0][0] for pixels in inputs]
    return numpy.stack(rows) * (QUANTIZED_STEP if takes_bytes else 1)


def margin(row, right):
    """How far the right class leads the next; negative where it does not."""
    return float(row[right] - numpy.delete(row, right).max())


def write_reference(path, labels, inputs, table):
    """What a test compares with: labels, checksums of the inputs, and the scores of the float model and the quantised."""
    entries = [
        {
            "picture": name,
            "tensorCRC32": zlib.crc32(pixels.tobytes()),
            "scores": [round(float(value), 7) for value in table["saved_model"][place]],
            "quantized": [int(round(value / QUANTIZED_STEP)) for value in table["shapes_quant.tflite"][place]],
        }
        for place, (name, pixels) in enumerate(inputs.items())
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = ",\n".join(json.dumps(entry) for entry in entries)
    path.write_text(f'{{"labels": {json.dumps(labels)},\n"quantizedStep": {QUANTIZED_STEP},\n"pictures": [\n{lines}\n]}}\n')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reference", type=pathlib.Path)
    options = parser.parse_args()

    labels = (MODEL / "labels.txt").read_text().split()
    inputs = pictures(json.loads((MODEL / "penstock.json").read_text())["size"][0])
    right = [labels.index(pathlib.Path(name).name.split("-")[0]) for name in inputs]
    core = openvino.Core()
    table = {name: scores(core, name, inputs.values()) for name in FORMATS}
    failed = False
    for name, rows in table.items():
        difference = float(abs(rows - table["saved_model"]).max())
        margins = {picture: margin(*pair) for picture, *pair in zip(inputs, rows, right)}
        least = min(margins, key=margins.get)
        print(f"{name:20} largest difference {difference:.2e}, least margin {margins[least]:.3f} ({least})")
        failed |= margins[least] < LEAST_MARGIN or ("quant" not in name and difference > TOLERANCE)
    if options.reference:
        write_reference(options.reference, labels, inputs, table)
    sys.exit("a picture is named wrong, or formats disagree" if failed else 0)


if __name__ == "__main__":
    main()
