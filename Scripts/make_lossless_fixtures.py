#!/usr/bin/env python3
"""Makes the JPEGs that PenstockImagesTests turn without loss, and what libjpeg-turbo's own transform makes of each.

Needs the pip packages pillow (13) and numpy, and libturbojpeg (2.1) of the system. Run from anywhere:

    python3 Scripts/make_lossless_fixtures.py

`lossless.json` holds, for each picture and each operation, the size and the CRC-32 of what Pillow decodes from
`tjTransform`'s file.
"""

import ctypes
import io
import json
import os
import zlib
from pathlib import Path

from PIL import Image

from make_image_fixtures import cmyk, encoded, scene

FOLDER = Path(__file__).resolve().parent.parent / "Tests" / "PenstockImagesTests" / "Fixtures" / "Lossless"
PERFECT, CROP, GRAY = 1, 4, 8
SAMPLED_420, SAMPLED_411 = 2, 5
OPERATIONS = {"none": 0, "horizontal": 1, "vertical": 2, "transpose": 3, "transverse": 4, "90": 5, "180": 6, "270": 7}
TURBO = ctypes.CDLL("libturbojpeg.so.0")
TURBO.tjInitTransform.restype = TURBO.tjInitCompress.restype = ctypes.c_void_p
TURBO.tjGetErrorStr2.restype = ctypes.c_char_p


class Transform(ctypes.Structure):
    _fields_ = [(name, ctypes.c_int) for name in ("x", "y", "width", "height", "operation", "options")] + [
        ("data", ctypes.c_void_p), ("filter", ctypes.c_void_p)]


def transformed(data, operation, part=None, gray=False):
    options = PERFECT | (CROP if part else 0) | (GRAY if gray else 0)
    transform = Transform(*(part or (0, 0, 0, 0)), OPERATIONS[operation], options, None, None)
    handle = ctypes.c_void_p(TURBO.tjInitTransform())
    made, size = ctypes.c_void_p(), ctypes.c_ulong()
    failed = TURBO.tjTransform(handle, data, ctypes.c_ulong(len(data)), 1, ctypes.byref(made), ctypes.byref(size),
                               ctypes.byref(transform), 0)
    assert not failed, TURBO.tjGetErrorStr2(handle)
    return ctypes.string_at(made, size.value)


def compressed(picture, sampling, is_arithmetic=False):
    """What Pillow does not write; arithmetic codes are made if libturbojpeg's surroundings say so."""
    if is_arithmetic:
        os.environ["TJ_ARITHMETIC"] = "1"
    handle = ctypes.c_void_p(TURBO.tjInitCompress())
    made, size = ctypes.c_void_p(), ctypes.c_ulong()
    failed = TURBO.tjCompress2(handle, picture.tobytes(), picture.width, 0, picture.height, 0, ctypes.byref(made),
                               ctypes.byref(size), sampling, 85, 0)
    os.environ.pop("TJ_ARITHMETIC", None)
    assert not failed, TURBO.tjGetErrorStr2(handle)
    return ctypes.string_at(made, size.value)


def pictures():
    base = scene(64, 32)
    for name in ("444", "422", "420"):
        yield name, encoded(base, quality=85, subsampling=f"{name[0]}:{name[1]}:{name[2]}")
    yield "440", transformed(encoded(scene(32, 64), quality=85, subsampling="4:2:2"), "90")
    yield "411", compressed(base, SAMPLED_411)
    yield "gray", encoded(base.convert("L"), quality=85)
    yield "rgb", encoded(base, quality=85, keep_rgb=True)
    yield "cmyk", encoded(cmyk().resize((64, 32)), quality=85)
    yield "progressive", encoded(base, quality=85, progressive=True)
    yield "restarts", encoded(base, quality=85, restart_marker_blocks=3)
    yield "arithmetic", compressed(base, SAMPLED_420, is_arithmetic=True)
    yield "odd", encoded(scene(61, 43), quality=85)


def expectation(data):
    picture = Image.open(io.BytesIO(data))
    picture = picture.convert("RGB")
    return {"width": picture.width, "height": picture.height, "crc": zlib.crc32(picture.tobytes())}


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    expected = {}
    for name, data in pictures():
        (FOLDER / f"{name}.jpg").write_bytes(data)
        operations = ["none"] if name == "odd" else OPERATIONS
        if name == "411":
            # libjpeg-turbo 2.1 names no 4:1:1 on its side.
            operations = ["none", "horizontal", "vertical", "180"]
        made = {operation: expectation(transformed(data, operation)) for operation in operations}
        made["crop"] = expectation(transformed(data, "none", part=(32, 16, 19, 11)))
        if name != "odd":
            made["crop, 180"] = expectation(transformed(data, "180", part=(32, 16, 16, 16)))
        if name not in ("cmyk", "rgb"):
            made["gray"] = expectation(transformed(data, "none", gray=True))
        expected[name] = made
    (FOLDER / "lossless.json").write_text(json.dumps(expected, sort_keys=True, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
