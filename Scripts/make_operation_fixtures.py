#!/usr/bin/env python3
"""Writes what Pillow makes of small pictures by the operations of `PixelOperation`.

    python3 Scripts/make_operation_fixtures.py

`Tests/PenstockImagesTests/Fixtures/operations.json` gets a checksum for each operation and layout: over the sizes and
the samples of what becomes of every picture in turn. `Tests/PenstockImagesTests/Operations/OperationCases.swift` draws
the same pictures and names the same operations. Needs Pillow 13.
"""

import json
import pathlib
import struct
import zlib

from PIL import Image, ImageEnhance, ImageFilter, ImageOps

FIXTURES = pathlib.Path(__file__).parent.parent / "Tests/PenstockImagesTests/Fixtures"
SIZES = [(1, 1), (1, 7), (9, 1), (31, 23), (64, 48), (37, 150), (150, 20)]
LAYOUTS = {"gray": "L", "rgb": "RGB", "rgba": "RGBA"}
FILTERS = {
    "nearest": Image.Resampling.NEAREST,
    "box": Image.Resampling.BOX,
    "bilinear": Image.Resampling.BILINEAR,
    "hamming": Image.Resampling.HAMMING,
    "bicubic": Image.Resampling.BICUBIC,
    "lanczos": Image.Resampling.LANCZOS,
}


def picture(layout, size):
    """Noise from a linear congruential generator; a third of the opacity is none, and a third is all."""
    channels = len(LAYOUTS[layout])
    state = size[0] * 1000 + size[1]
    samples = bytearray()
    for index in range(size[0] * size[1] * channels):
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        value = state >> 24
        if channels == 4 and index % 4 == 3:
            value = 0 if value < 85 else 255 if value > 170 else value
        samples.append(value)
    return Image.frombytes(LAYOUTS[layout], size, bytes(samples))


def color(image, rgb):
    """An opaque colour in the mode of a picture."""
    if image.mode == "L":
        return Image.new("RGB", (1, 1), rgb).convert("L").getpixel((0, 0))
    return rgb + (255,) if image.mode == "RGBA" else rgb


def cover(image, size, method):
    whole = ImageOps.cover(image, size, method)
    x, y = (whole.width - size[0]) // 2, (whole.height - size[1]) // 2
    return whole.crop((x, y, x + size[0], y + size[1]))


def padded(image, size, rgb):
    size = max(size[0], image.width), max(size[1], image.height)
    canvas = Image.new(image.mode, size, color(image, rgb))
    canvas.paste(image, (round((size[0] - image.width) / 2), round((size[1] - image.height) / 2)))
    return canvas


def operations():
    """The operations by name. Python's `round` rounds halves to even, as the operations do."""
    cases = {"gray": lambda i: i.convert("L")}
    for name, method in FILTERS.items():
        for size in [(13, 17), (31, 10), (20, 150), (100, 80)]:
            cases[f"resize {name} {size[0]}x{size[1]}"] = lambda i, s=size, m=method: i.resize(s, m)
    lanczos, bicubic = FILTERS["lanczos"], FILTERS["bicubic"]
    cases["width 20"] = lambda i: i.resize((20, max(1, round(i.height * 20 / i.width))), lanczos)
    cases["height 40"] = lambda i: i.resize((max(1, round(i.width * 40 / i.height)), 40), lanczos)
    for scale in [0.5, 2.3]:
        cases[f"scale {scale}"] = lambda i, s=scale: i.resize(
            (max(1, round(i.width * s)), max(1, round(i.height * s))), lanczos
        )
    cases["inside 40x30"] = lambda i: ImageOps.contain(i, (40, 30), bicubic)
    cases["contain 40x31"] = lambda i: ImageOps.pad(i, (40, 31), bicubic, color(i, (10, 200, 90)))
    cases["cover 40x31"] = lambda i: cover(i, (40, 31), bicubic)
    for degrees in [90, 180, 270, -90, 450, 17, -33.5, 45, 359.9, 725]:
        cases[f"rotate {degrees}"] = lambda i, d=degrees: i.rotate(-d, Image.Resampling.BILINEAR, expand=True)
    cases["flip horizontal"] = ImageOps.mirror
    cases["flip vertical"] = ImageOps.flip
    for radius in [0.05, 0.3, 1, 2.5, 7, 40, 3000]:
        cases[f"blur {radius}"] = lambda i, r=radius: i.filter(ImageFilter.GaussianBlur(r))
    for factor in [0, 0.3, 0.9, 1, 1.7, 20]:
        cases[f"brightness {factor}"] = lambda i, f=factor: ImageEnhance.Brightness(i).enhance(f)
        cases[f"contrast {factor}"] = lambda i, f=factor: ImageEnhance.Contrast(i).enhance(f)
        cases[f"saturation {factor}"] = lambda i, f=factor: ImageEnhance.Color(i).enhance(f)
    cases["border 3"] = lambda i: padded(i, (i.width + 6, i.height + 6), (255, 255, 255))
    cases["pad 50x50"] = lambda i: padded(i, (50, 50), (10, 200, 90))
    return cases


def checksum(operation, layout):
    total = 0
    for size in SIZES:
        made = operation(picture(layout, size))
        total = zlib.crc32(struct.pack("<II", *made.size) + made.tobytes(), total)
    return total


def main():
    sums = {name: {layout: checksum(operation, layout) for layout in LAYOUTS} for name, operation in operations().items()}
    (FIXTURES / "operations.json").write_text(json.dumps(sums, indent=0) + "\n")


if __name__ == "__main__":
    main()
