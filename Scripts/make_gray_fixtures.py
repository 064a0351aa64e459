#!/usr/bin/env python3
"""Writes what OpenCV makes of the JPEGs beside the tests when it is asked for grey: libjpeg's luma, upright.

Needs opencv-python-headless. Run it where Scripts/make_image_fixtures.py has run; a line for each picture, with its
size and the CRC-32 of its samples.
"""

import json
import pathlib
import zlib

import cv2

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "Tests/PenstockImagesTests/Fixtures"
# Files whose colours are not luma and chroma, which stay RGB here, and one turned by XMP, which OpenCV does not read.
LEFT_OUT = {"cmyk.jpg", "cmyk-plain.jpg", "ycck.jpg", "rgb.jpg", "png-named.jpg", "oriented-by-xmp.jpg"}


def main():
    expected = {}
    for path in sorted(FOLDER.glob("*.jpg")):
        if path.name in LEFT_OUT:
            continue
        picture = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
        if picture is None:
            continue
        height, width = picture.shape
        expected[path.name] = {"width": width, "height": height, "crc": zlib.crc32(picture.tobytes())}
    lines = (f"  {json.dumps(name)}: {json.dumps(value)}" for name, value in expected.items())
    (FOLDER / "gray.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
