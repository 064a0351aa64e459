#!/usr/bin/env python3
"""Writes what channels the pictures of PenstockImagesTests have for Pillow, and what they hold.

    python3 Scripts/make_layout_fixtures.py

`layouts.json` gets, for each picture of `expected.json` that is grey or has opacity, its kind and the CRC-32 of its
samples: of `convert("L")`, or of `convert("RGBA")`. The second kind has another checksum, `visible`, in which pixels
that cannot be seen are black: FFmpeg's GIF decoder does not keep their colours. Needs Pillow 13.
"""

import json
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

FOLDER = Path(__file__).resolve().parent.parent / "Tests" / "PenstockImagesTests" / "Fixtures"


def describe(path):
    picture = Image.open(path)
    if picture.mode in ("L", "1"):
        kind = "rgba" if "transparency" in picture.info else "gray"
    elif picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        kind = "rgba"
    else:
        return None
    upright = ImageOps.exif_transpose(picture)
    if kind == "gray":
        return {"layout": kind, "crc": zlib.crc32(upright.convert("L").tobytes())}
    samples = np.array(upright.convert("RGBA"))
    crc = zlib.crc32(samples.tobytes())
    samples[samples[..., 3] == 0] = 0
    return {"layout": kind, "crc": crc, "visible": zlib.crc32(samples.tobytes())}


def main():
    names = sorted(json.loads((FOLDER / "expected.json").read_text()))
    kinds = {name: describe(FOLDER / name) for name in names}
    found = {name: kind for name, kind in kinds.items() if kind}
    (FOLDER / "layouts.json").write_text(json.dumps(found, indent=0) + "\n")


if __name__ == "__main__":
    main()
