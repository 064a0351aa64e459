#!/usr/bin/env python3
"""Makes the pictures from which PenstockImagesTests read EXIF and colour profiles, and what must come of each.

Needs the pip package pillow (13). Run from anywhere:

    python3 Scripts/make_metadata_fixtures.py

`metadata.json` holds, for each picture, the profile that Pillow finds, and the EXIF block that Pillow finds after this
script has stood it upright and taken the thumbnail out of it, both in base64.
"""

import base64
import io
import json
import struct
from pathlib import Path

from PIL import Image, ImageCms

FOLDER = Path(__file__).resolve().parent.parent / "Tests" / "PenstockImagesTests" / "Fixtures" / "Metadata"
ORIENTATION, CAMERA, PLACE, WIDTH = 0x0112, 0x8769, 0x8825, 0x0100


def thumbnail():
    stream = io.BytesIO()
    Image.new("RGB", (8, 6), (200, 30, 30)).save(stream, "JPEG", quality=50)
    return stream.getvalue()


def directory(order, start, entries, following):
    """A directory at an offset of the block: entries are (tag, type, count, value as bytes)."""
    table, values = struct.pack(order + "H", len(entries)), b""
    behind = start + 2 + 12 * len(entries) + 4
    for tag, kind, count, value in sorted(entries):
        table += struct.pack(order + "HHI", tag, kind, count)
        if len(value) <= 4:
            table += value.ljust(4, b"\0")
        else:
            table += struct.pack(order + "I", behind + len(values))
            values += value + b"\0" * (len(value) % 2)
    return table + struct.pack(order + "I", following) + values


def block(order, upright=False, oriented=True):
    """An EXIF block as a camera writes it; or what must become of it."""
    long = lambda value: struct.pack(order + "I", value)
    short = lambda value: struct.pack(order + "H", value)
    make = b"Penstock\0"
    turn = [(ORIENTATION, 3, 1, short(1 if upright else 6))] if oriented else []

    def main(camera, place, small):
        return directory(order, 8, [
            (WIDTH, 4, 1, long(640)), (WIDTH + 1, 4, 1, long(480)), (0x010F, 2, len(make), make),
            *turn, (CAMERA, 4, 1, long(camera)), (PLACE, 4, 1, long(place)),
        ], small)

    camera = 8 + len(main(0, 0, 0))
    lens = directory(order, camera, [(0x829A, 5, 1, long(1) + long(250)), (0xA002, 4, 1, long(640)),
                                     (0xA003, 3, 1, short(480)), (0x927C, 7, 10, b"own notes!")], 0)
    place = camera + len(lens)
    map_ = directory(order, place, [(2, 5, 3, b"".join(long(v) for v in (50, 1, 30, 1, 0, 1)))], 0)
    small = place + len(map_)
    picture = thumbnail()
    entries = lambda at: [(0x0103, 3, 1, short(6)), (0x0201, 4, 1, long(at)), (0x0202, 4, 1, long(len(picture)))]
    below = directory(order, small, entries(small + 2 + 36 + 4), 0)
    head = (b"II*\0" if order == "<" else b"MM\0*") + long(8)
    return head + main(camera, place, 0 if upright else small) + lens + map_ + below + (b"" if upright else picture)


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    picture = Image.radial_gradient("L").resize((24, 16)).convert("RGB")
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    expected = {}
    for name, order in (("little.jpg", "<"), ("big.jpg", ">"), ("big.png", ">"), ("little.webp", "<"), ("big.webp", ">"),
                        ("little.avif", "<"), ("big.avif", ">"), ("little.tiff", "<")):
        # Pillow writes an AVIF's orientation elsewhere, and leaves a block without one alone.
        given = block(order, oriented=not name.endswith("avif"))
        mark = b"Exif\0\0" if name.endswith(("jpg", "big.webp")) else b""
        picture.save(FOLDER / name, icc_profile=profile, **({} if name.endswith("tiff") else {"exif": mark + given}))
        found = Image.open(FOLDER / name).info
        assert found["icc_profile"] == profile
        kept = None
        if not name.endswith("tiff"):
            assert found["exif"].removeprefix(b"Exif\0\0") == given, name
            upright = block(order, upright=True, oriented=not name.endswith("avif"))
            kept = base64.b64encode(upright).decode()
        expected[name] = {"icc": base64.b64encode(profile).decode(), "exif": kept}
    by_pillow = Image.Exif()
    by_pillow[ORIENTATION] = 3
    by_pillow[0x010E] = "written by Pillow"
    by_pillow.get_ifd(CAMERA)[0xA002] = 24
    picture.save(FOLDER / "pillow.jpg", exif=by_pillow)
    by_pillow[ORIENTATION] = 1
    kept = base64.b64encode(by_pillow.tobytes().removeprefix(b"Exif\0\0")).decode()
    expected["pillow.jpg"] = {"icc": None, "exif": kept}
    picture.save(FOLDER / "bare.jpg")
    expected["bare.jpg"] = {"icc": None, "exif": None}
    (FOLDER / "metadata.json").write_text(json.dumps(expected, indent=0, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
