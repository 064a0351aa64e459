#!/usr/bin/env python3
"""Makes the pictures that PenstockImagesTests decode, and what Pillow makes of each.

Needs the pip packages pillow (13) and numpy. Run from anywhere:

    python3 Scripts/make_image_fixtures.py

Every picture is drawn from a fixed seed. `expected.json` holds, for each, the upright size and the CRC-32 of
`ImageOps.exif_transpose(Image.open(f)).convert("RGB")`, or what is known to differ from it.
"""

import io
import json
import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

FOLDER = Path(__file__).resolve().parent.parent / "Tests" / "PenstockImagesTests" / "Fixtures"
EXPECTED = {}


def scene(width, height, seed=1):
    """A smooth picture with edges and a little noise: every codec has something to do."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    red = 255 * x / max(width - 1, 1)
    green = 255 * y / max(height - 1, 1)
    blue = 127 + 127 * np.sin((x + 2 * y) / 7)
    picture = np.stack([red, green, blue], axis=-1)
    picture[(x - width / 3) ** 2 + (y - height / 3) ** 2 < (min(width, height) / 5) ** 2] = (230, 40, 30)
    picture[int(height * 0.7):int(height * 0.9), int(width * 0.5):int(width * 0.8)] = (20, 60, 220)
    picture += random.normal(0, 6, picture.shape)
    return Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8), "RGB")


def expect(name, picture=None, **more):
    """Records what Pillow makes of a file, or of the picture given in its place."""
    opened = Image.open(FOLDER / name)
    upright = (picture or ImageOps.exif_transpose(opened)).convert("RGB")
    EXPECTED[name] = {
        "width": upright.width,
        "height": upright.height,
        "crc": zlib.crc32(upright.tobytes()),
        **more,
    }


def save(name, picture, like=None, **options):
    picture.save(FOLDER / name, **options)
    expect(name, like)


def write(name, data, like=None):
    (FOLDER / name).write_bytes(data)
    expect(name, like)


def orientation_block(value, order="<"):
    """An EXIF block with nothing but an orientation."""
    head = b"II*\0" if order == "<" else b"MM\0*"
    entry = struct.pack(order + "HHIHH", 0x0112, 3, 1, value, 0)
    return b"Exif\0\0" + head + struct.pack(order + "IH", 8, 1) + entry + struct.pack(order + "I", 0)


def jpegs():
    base = scene(61, 43)
    for value in range(1, 9):
        order = "<" if value % 2 else ">"
        save(f"oriented-{value}.jpg", base, quality=90, exif=orientation_block(value, order))
    save("oriented-9-means-nothing.jpg", base, quality=90, exif=orientation_block(9))
    for name, sampling in (("444", "4:4:4"), ("422", "4:2:2"), ("420", "4:2:0")):
        save(f"sampled-{name}.jpg", scene(67, 45), quality=85, subsampling=sampling)
        save(f"progressive-{name}.jpg", scene(67, 45), quality=85, subsampling=sampling, progressive=True)
    save("restart.jpg", scene(80, 60), quality=80, restart_marker_blocks=2)
    save("grey.jpg", base.convert("L"), quality=88)
    save("grey-progressive.jpg", base.convert("L"), quality=88, progressive=True)
    save("cmyk.jpg", cmyk(), quality=90)
    save("rgb.jpg", base, quality=90, keep_rgb=True)
    save("one.jpg", scene(1, 1), quality=90)
    save("narrow.jpg", scene(1, 37), quality=90)
    save("flat.jpg", scene(300, 2), quality=90)
    save("medium.jpg", scene(320, 240), quality=80)
    save("medium-turned.jpg", scene(320, 240), quality=75, exif=orientation_block(6))
    xmp_only()
    resampled_by_hand()
    stray_bytes()
    junk_behind()


def cmyk():
    """All four inks at work, black too."""
    channels = list(scene(53, 41).convert("CMYK").split())
    channels[3] = scene(53, 41, seed=5).convert("L").point(lambda v: v // 2)
    return Image.merge("CMYK", channels)


def segments(data):
    """A JPEG's segments before its pixels, as (marker, content), and the rest."""
    offset, found = 2, []
    while data[offset + 1] != 0xDA:
        length = struct.unpack(">H", data[offset + 2:offset + 4])[0]
        found.append((data[offset + 1], data[offset + 4:offset + 2 + length]))
        offset += 2 + length
    return found, data[offset:]


def assemble(parts, rest):
    body = b"".join(struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content for marker, content in parts)
    return b"\xff\xd8" + body + rest


def encoded(picture, **options):
    stream = io.BytesIO()
    picture.save(stream, "JPEG", **options)
    return stream.getvalue()


def xmp_only():
    parts, rest = segments(encoded(scene(61, 43), quality=90))
    packet = b'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description ' \
        b'tiff:Orientation="8"/></rdf:RDF></x:xmpmeta>'
    write("oriented-by-xmp.jpg", assemble([(0xE1, packet)] + parts, rest))


def resampled_by_hand():
    """Subsamplings that Pillow does not write: the same coded blocks under other sampling factors make a picture."""
    data = encoded(scene(64, 64), quality=85, subsampling="4:2:0")
    parts, rest = segments(data)
    # 4:2:0 codes four luma blocks and two chroma blocks in turn; so do 4:1:1 and its upright twin.
    for name, factors in (("411", 0x41), ("441", 0x14)):
        changed = []
        for marker, content in parts:
            if marker == 0xC0:
                content = content[:7] + bytes([factors]) + content[8:]
            changed.append((marker, content))
        write(f"sampled-{name}.jpg", assemble(changed, rest))
    # 4:2:2 turned on its side.
    parts, rest = segments(encoded(scene(64, 64), quality=85, subsampling="4:2:2"))
    changed = [(m, c[:7] + bytes([0x12]) + c[8:] if m == 0xC0 else c) for m, c in parts]
    write("sampled-440.jpg", assemble(changed, rest))
    # A CMYK file said to be YCCK by its Adobe segment, and one with no Adobe segment at all.
    parts, rest = segments(encoded(cmyk(), quality=90))
    ycck = [(m, c[:11] + b"\x02" if m == 0xEE else c) for m, c in parts]
    write("ycck.jpg", assemble(ycck, rest))
    write("cmyk-plain.jpg", assemble([(m, c) for m, c in parts if m != 0xEE], rest))


def stray_bytes():
    """Bytes between segments: libjpeg warns, and the picture is good."""
    parts, rest = segments(encoded(scene(61, 43), quality=90))
    data = assemble(parts, rest)
    restarted = encoded(scene(80, 60), quality=80, restart_marker_blocks=2)
    at = restarted.index(b"\xff\xd1")
    write("stray-before-restart.jpg", restarted[:at] + b"\x12\x34" * 20 + restarted[at:])
    write("stray-before-end.jpg", data[:-2] + bytes(40) + data[-2:])


def junk_behind():
    write("junk-behind.jpg", encoded(scene(61, 43), quality=90) + bytes(range(256)) * 2)


def png_chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def raw_png(width, height, depth, color, rows, extra=b"", interlaced=False):
    """A PNG from packed rows; interlaced takes one list of rows a pass."""
    header = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, int(interlaced))
    body = b"".join(b"\0" + row for row in rows)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + extra \
        + png_chunk(b"IDAT", zlib.compress(body, 9)) + png_chunk(b"IEND", b"")


def packed(values, depth):
    """Samples of `depth` bits, packed from the highest bit on."""
    if depth == 16:
        return np.asarray(values, ">u2").tobytes()
    if depth == 8:
        return np.asarray(values, np.uint8).tobytes()
    bits = "".join(format(int(v), f"0{depth}b") for v in values)
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8))


PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


def pngs():
    width, height = 37, 29
    random = np.random.default_rng(3)
    palette = random.integers(0, 256, (256, 3), dtype=np.uint8)
    for color, channels, depths in ((0, 1, (1, 2, 4, 8, 16)), (2, 3, (8, 16)), (3, 1, (1, 2, 4, 8)),
                                    (4, 2, (8, 16)), (6, 4, (8, 16))):
        for depth in depths:
            samples = random.integers(0, 1 << depth, (height, width, channels))
            ramp = (np.arange(width)[None, :, None] + np.arange(height)[:, None, None]) << depth >> 7
            samples = np.where(random.random((height, width, 1)) < 0.3, samples, np.minimum(ramp, (1 << depth) - 1))
            extra = png_chunk(b"PLTE", palette[:1 << min(depth, 8)].tobytes()) if color == 3 else b""
            kind = {0: "grey", 2: "rgb", 3: "palette", 4: "grey-alpha", 6: "rgba"}[color]
            # Pillow clips 16-bit grey to 255; here, as in every other 16-bit kind, the high byte counts.
            like = Image.fromarray((samples[:, :, 0] >> 8).astype(np.uint8), "L") if (color, depth) == (0, 16) else None
            rows = [packed(row.reshape(-1), depth) for row in samples]
            write(f"{kind}-{depth}.png", raw_png(width, height, depth, color, rows, extra), like)
            passes = [packed(row.reshape(-1), depth) for x, y, dx, dy in PASSES
                      for row in samples[y::dy, x::dx] if row.size]
            write(f"{kind}-{depth}-interlaced.png", raw_png(width, height, depth, color, passes, extra, True), like)
            if color in (0, 2) and depth != 16:
                gap = struct.pack(">" + "H" * channels, *(int(v) for v in samples[0, 0]))
                write(f"{kind}-{depth}-trns.png",
                      raw_png(width, height, depth, color, rows, png_chunk(b"tRNS", gap)), like)
            if color == 3:
                gaps = png_chunk(b"tRNS", bytes([0, 128]))
                write(f"{kind}-{depth}-trns.png", raw_png(width, height, depth, color, rows, extra + gaps), like)
    for value in range(1, 9):
        save(f"oriented-{value}.png", scene(31, 22), exif=orientation_block(value)[6:])
    save("one.png", scene(1, 1))
    profile = png_chunk(b"iCCP", b"x\0\0not compressed") + png_chunk(b"zTXt", b"x\0\0nor is this")
    sound = [np.asarray(scene(31, 22))[y].tobytes() for y in range(22)]
    write("broken-profile.png", raw_png(31, 22, 8, 2, sound, profile))
    # Every chunk is sound, but the last rows are not there: not a picture that Pillow decodes either.
    rows = [bytes(random.integers(0, 256, 37 * 3, dtype=np.uint8)) for _ in range(20)]
    (FOLDER / "lacks-rows.png").write_bytes(raw_png(37, 29, 8, 2, rows))
    write("png-named.jpg", (FOLDER / "oriented-1.png").read_bytes())
    frames = [scene(31, 22, seed) for seed in (1, 2)]
    save("animated.png", frames[0], save_all=True, append_images=frames[1:])


def webps():
    for width, height in ((61, 43), (64, 48), (1, 1), (2, 3), (3, 2)):
        save(f"lossy-{width}x{height}.webp", scene(width, height), quality=80)
        save(f"lossless-{width}x{height}.webp", scene(width, height), lossless=True)
    alpha = translucent(61, 43)
    save("lossy-alpha.webp", alpha, quality=80)
    save("lossless-alpha.webp", alpha, lossless=True, exact=True)
    for value in (3, 6):
        save(f"oriented-{value}.webp", scene(61, 43), quality=80, exif=orientation_block(value)[6:])
    frames = [scene(61, 43, seed) for seed in (1, 2)]
    save("animated.webp", frames[0], save_all=True, append_images=frames[1:], quality=80)
    save("animated-lossless.webp", frames[0], save_all=True, append_images=frames[1:], lossless=True)
    write("animated-part.webp", part_of_a_canvas())


def part_of_a_canvas():
    """An animation whose first picture covers a part of the canvas."""
    stream = io.BytesIO()
    scene(20, 15).save(stream, "WEBP", lossless=True)
    coded = stream.getvalue()[12:]
    edges = struct.pack("<I", 49)[:3] + struct.pack("<I", 39)[:3]
    frame = struct.pack("<I", 4)[:3] + struct.pack("<I", 3)[:3] + struct.pack("<I", 19)[:3] + struct.pack("<I", 14)[:3]
    chunks = (b"VP8X", b"\x02\0\0\0" + edges), (b"ANIM", b"\0\0\0\0\0\0"), \
        (b"ANMF", frame + struct.pack("<I", 100)[:3] + b"\0" + coded)
    body = b"WEBP" + b"".join(n + struct.pack("<I", len(c)) + c + b"\0" * (len(c) % 2) for n, c in chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def others():
    base = scene(61, 43)
    for mode in ("1", "L", "P", "RGB", "RGBA"):
        save(f"{mode.lower()}.bmp", base.convert(mode))
    for depth, name in ((15, "BGR;15"), (16, "BGR;16")):
        write(f"rgb-{depth}.bmp", bitmap_16(base, depth))
    save("l.gif", base.convert("L"))
    save("p.gif", base.convert("P", palette=Image.Palette.ADAPTIVE, colors=64))
    transparent = base.convert("P", palette=Image.Palette.ADAPTIVE, colors=64)
    save("transparent.gif", transparent, transparency=transparent.getpixel((0, 0)))
    save("interlaced.gif", base.convert("P"), interlace=1)
    frames = [scene(61, 43, seed).convert("P") for seed in (1, 2)]
    save("animated.gif", frames[0], save_all=True, append_images=frames[1:])
    for compression in ("raw", "tiff_lzw", "tiff_deflate", "packbits"):
        for mode in ("1", "L", "P", "RGB", "RGBA") if compression == "tiff_lzw" else ("1", "P", "RGB"):
            save(f"{mode.lower()}-{compression}.tiff", base.convert(mode), compression=compression)
    wide = np.asarray(base.convert("L")).astype(np.uint16) * 251 + 17
    save("i16.tiff", Image.fromarray(wide), Image.fromarray((wide >> 8).astype(np.uint8)))
    for value in (1, 3, 6):
        save(f"oriented-{value}.tiff", base, tiffinfo={274: value})
    for compression in ("group3", "group4"):
        save(f"1-{compression}.tiff", base.convert("1"), compression=compression)
    save("la.tiff", base.convert("LA"))
    save("pages.tiff", base, save_all=True, append_images=[scene(20, 20)])
    save("rgb.ppm", base)
    save("l.pgm", base.convert("L"))
    save("1.pbm", base.convert("1"))
    save("rgb.qoi", base)
    save("rgb.tga", base)
    save("rgb-rle.tga", base, compression="tga_rle")
    save("rgb.sgi", base)
    save("rgb.pcx", base)
    save("l.pcx", base.convert("L"))
    save("rgb.dds", base)
    save("icon.ico", base.resize((48, 48)), sizes=[(16, 16), (48, 48)])
    save("lossless.jp2", base, irreversible=False)
    save("lossless.j2k", base, irreversible=False)


def bitmap_16(picture, depth):
    """A bitmap of 16 bits a pixel: 5 of green in the 15-bit kind, 6 in the other."""
    pixels = np.asarray(picture).astype(np.uint16)
    green = 6 if depth == 16 else 5
    words = (pixels[..., 0] >> 3) << (5 + green) | (pixels[..., 1] >> (8 - green)) << 5 | pixels[..., 2] >> 3
    stride = (picture.width * 2 + 3) // 4 * 4
    rows = b"".join(row.astype("<u2").tobytes().ljust(stride, b"\0") for row in words[::-1])
    masks = struct.pack("<III", 0xF800, 0x07E0, 0x001F) if depth == 16 else b""
    compression = 3 if depth == 16 else 0
    start = 14 + 40 + len(masks)
    header = struct.pack("<2sIHHI", b"BM", start + len(rows), 0, 0, start)
    header += struct.pack("<IiiHHIIiiII", 40, picture.width, picture.height, 1, 16, compression, len(rows), 0, 0, 0, 0)
    return header + masks + rows


def translucent(width, height):
    picture = scene(width, height)
    picture.putalpha(scene(width, height, 9).convert("L"))
    return picture


def unreadable():
    """Pictures that Pillow reads, and Penstock says that it does not."""
    base = scene(31, 22)
    base.save(FOLDER / "refused-jpeg.tiff", compression="jpeg")
    base.save(FOLDER / "refused-big.tiff", big_tiff=True)
    base.convert("F").save(FOLDER / "refused-float.tiff")
    base.convert("LAB").save(FOLDER / "refused-lab.tiff")


def approximate():
    """Pictures whose codecs leave decoders some freedom: the pixels are kept, to compare within a tolerance."""
    base = scene(64, 48)
    lossy = {"quality_mode": "rates", "quality_layers": [10], "irreversible": True}
    for name, picture, options in (("lossy.avif", base, {"quality": 80, "subsampling": "4:2:0"}),
                                   ("full.avif", base, {"quality": 90, "subsampling": "4:4:4"}),
                                   ("lossy.jp2", base, lossy),
                                   ("alpha.avif", translucent(31, 22), {"quality": 80}),
                                   *((f"oriented-{value}.avif", scene(31, 22),
                                      {"quality": 80, "exif": orientation_block(value)[6:]}) for value in range(2, 9)),
                                   ("ycc.tiff", base.convert("YCbCr"), {}),
                                   ("cmyk.tiff", base.convert("CMYK"), {"compression": "tiff_lzw"})):
        save(name, picture, **options)
        upright = ImageOps.exif_transpose(Image.open(FOLDER / name)).convert("RGB")
        upright.save(FOLDER / (name + ".png"))
        EXPECTED[name]["near"] = True


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.iterdir():
        if old.is_file() and old.suffix != ".json" and old.name != ".gitkeep":
            old.unlink()
    for make in (jpegs, pngs, webps, others, unreadable, approximate):
        make()
    text = json.dumps(EXPECTED, indent=0, sort_keys=True, separators=(",", ":"))
    (FOLDER / "expected.json").write_text(text + "\n")
    total = sum(file.stat().st_size for file in FOLDER.iterdir())
    print(f"{len(EXPECTED)} pictures, {total} bytes")


if __name__ == "__main__":
    main()
