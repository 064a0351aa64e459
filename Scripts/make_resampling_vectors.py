#!/usr/bin/env python3
"""Writes the golden vectors of the resampling tests: what Pillow and OpenCV make of pictures that the tests can draw.

Needs the pip packages pillow (13 or later: it decides the order of the passes as `penstock_order.h` does), numpy,
opencv-python-headless and tensorflow. Run from the repository's root:

    python3 Scripts/make_resampling_vectors.py

Every line of a fixture is one case; its fields are named in the file's first line. A checksum is the CRC-32 of the
resized picture as interleaved RGB bytes.
"""

import math
import pathlib
import random
import zlib

import cv2
import numpy as np
from PIL import Image, ImageOps

FIXTURES = pathlib.Path(__file__).parent.parent / "Tests/PenstockCoreTests/Fixtures/Resampling"

FILTERS = {
    "nearest": Image.Resampling.NEAREST,
    "box": Image.Resampling.BOX,
    "bilinear": Image.Resampling.BILINEAR,
    "hamming": Image.Resampling.HAMMING,
    "bicubic": Image.Resampling.BICUBIC,
    "lanczos": Image.Resampling.LANCZOS,
}

# Source and target: down, up, odd, mixed, slivers, and one dimension that stays.
SIZES = [
    ((1, 1), (1, 1)), ((1, 1), (7, 5)), ((1, 9), (4, 3)), ((9, 1), (3, 4)), ((1, 40), (1, 7)), ((40, 1), (7, 1)),
    ((2, 2), (3, 3)), ((3, 2), (2, 3)), ((5, 4), (4, 5)), ((7, 7), (7, 3)), ((7, 7), (3, 7)), ((13, 11), (13, 11)),
    ((16, 16), (8, 8)), ((17, 15), (8, 9)), ((31, 33), (30, 32)), ((31, 33), (32, 34)), ((33, 31), (99, 7)),
    ((64, 48), (29, 29)), ((48, 64), (29, 29)), ((37, 50), (29, 29)), ((50, 37), (29, 29)), ((100, 80), (50, 40)),
    ((101, 79), (33, 27)), ((127, 5), (10, 60)), ((5, 127), (60, 10)), ((128, 128), (5, 3)), ((200, 10), (7, 9)),
    ((10, 200), (9, 7)), ((23, 29), (90, 110)), ((8, 8), (64, 64)), ((21, 21), (22, 20)), ((22, 20), (21, 21)),
    ((300, 4), (1, 1)), ((4, 300), (1, 1)), ((255, 3), (256, 3)), ((3, 255), (3, 254)), ((90, 120), (60, 99)),
    ((86, 64), (86, 30)), ((64, 86), (30, 86)), ((400, 300), (24, 17)), ((640, 20), (299, 10)), ((20, 480), (10, 299)),
]

# Where the order of the passes turns: fewer rows against twice the fewer columns.
SIZES += [((60, 60 + extra), (50, 50)) for extra in (9, 10, 11, 12)] + [((60, 61), (60, 60)), ((59, 61), (60, 60))]


def noise(width, height, seed):
    """Bytes of SplitMix64, least significant first."""
    count = width * height * 3
    words = (count + 7) // 8
    state = np.uint64(seed) + np.arange(1, words + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    state = state ^ (state >> np.uint64(31))
    return state.astype("<u8").view(np.uint8)[:count].reshape(height, width, 3).copy()


def pattern(width, height, seed):
    """A ramp, a checkerboard and stripes: edges of full contrast, which make filters overshoot."""
    y, x = np.mgrid[0:height, 0:width]
    ramp = (x * 5 + y * 3 + seed) & 255
    checks = ((x // 3 ^ y // 2) & 1) * 255
    stripes = ((x + y + seed) % 17 < 8) * 255
    return np.stack([ramp, checks, stripes], axis=2).astype(np.uint8)


def white(width, height, seed):
    """Full white: weights that do not add up to one would show."""
    return np.full((height, width, 3), 255, np.uint8)


KINDS = {"noise": noise, "pattern": pattern, "white": white}


def checksum(pixels):
    return f"{zlib.crc32(np.ascontiguousarray(pixels).tobytes()):08x}"


def pillow(pixels, size, name):
    return np.asarray(Image.fromarray(pixels).resize(size, FILTERS[name]))


def opencv(pixels, size):
    return cv2.resize(pixels, size, interpolation=cv2.INTER_LINEAR).reshape(size[1], size[0], 3)


def write(name, header, lines):
    text = "\n".join([header] + lines) + "\n"
    (FIXTURES / name).write_text(text)
    print(f"{name}: {len(lines)} cases, {len(text)} bytes")


def write_sizes():
    lines = []
    chance = random.Random(20)
    extra = []
    for _ in range(60):
        edges = [1 + min(int(chance.expovariate(1 / chance.choice([4, 40, 120]))), 400) for _ in range(4)]
        extra.append(((edges[0], edges[1]), (min(edges[2], 150), min(edges[3], 150))))
    for index, (source, target) in enumerate(SIZES + extra):
        kinds = ["noise", "pattern"] + (["white"] if index % 5 == 0 else [])
        for kind in kinds:
            pixels = KINDS[kind](*source, index)
            for name in FILTERS:
                lines.append(" ".join(map(str, [name, kind, index, *source, *target,
                                                checksum(pillow(pixels, target, name))])))
            lines.append(" ".join(map(str, ["opencv-bilinear", kind, index, *source, *target,
                                            checksum(opencv(pixels, target))])))
    write("sizes.txt", "filter kind seed source-width source-height width height checksum", lines)


def shortest_edge(source, edge):
    """The size at which the shortest edge is `edge`, as torchvision and Hugging Face compute it."""
    short, long = min(source), max(source)
    resized = int(edge * long / short)
    return (edge, resized) if source[0] <= source[1] else (resized, edge)


def tightest_edge(source, target):
    """timm's size for an input that is not square."""
    ratio = min(source[1] / target[1], source[0] / target[0])
    return tuple(round(edge / ratio) for edge in source)


def crop_offset(length, target, rounding):
    if rounding == "down":
        return (length - target) // 2
    return int(round((length - target) / 2.0)) if length >= target else -((target - length) // 2)


def cover(pixels, target, fraction, rounding, name):
    source = (pixels.shape[1], pixels.shape[0])
    edges = tuple(math.floor(edge / fraction) for edge in target)
    size = shortest_edge(source, edges[0]) if edges[0] == edges[1] else tightest_edge(source, edges)
    resized = pillow(pixels, size, name) if name in FILTERS else opencv(pixels, size)
    x, y = (crop_offset(size[axis], target[axis], rounding) for axis in (0, 1))
    out = np.zeros((target[1], target[0], 3), np.uint8)
    for row in range(target[1]):
        for column in range(target[0]):
            if 0 <= row + y < size[1] and 0 <= column + x < size[0]:
                out[row, column] = resized[row + y, column + x]
    return size, x, y, out


def contain(pixels, target, pad, name):
    image = Image.fromarray(pixels)
    size = ImageOps.contain(image, target, FILTERS[name]).size
    x = -round((target[0] - size[0]) * 0.5)
    y = -round((target[1] - size[1]) * 0.5)
    return size, x, y, np.asarray(ImageOps.pad(image, target, FILTERS[name], (pad,) * 3))


def write_fits():
    sources = [(64, 48), (48, 64), (50, 37), (37, 50), (33, 33), (120, 17), (17, 120), (20, 21), (9, 9), (101, 67)]
    targets = [(29, 29), (24, 24), (31, 20), (20, 31)]
    lines = []
    for index, (source, target) in enumerate((s, t) for s in sources for t in targets):
        pixels = noise(*source, index)
        for name in ("bilinear", "bicubic", "opencv-bilinear", "nearest"):
            for fraction in (1.0, 0.875, 1.25):
                for rounding in ("down", "halfToEven"):
                    size, x, y, out = cover(pixels, target, fraction, rounding, name)
                    lines.append(" ".join(map(str, ["cover", fraction, rounding, name, index, *source, *target,
                                                    *size, x, y, checksum(out)])))
            if name in FILTERS:
                size, x, y, out = contain(pixels, target, 114, name)
                lines.append(" ".join(map(str, ["contain", 114, "-", name, index, *source, *target,
                                                *size, x, y, checksum(out)])))
    write("fits.txt", "fit value rounding filter seed source-width source-height width height resized-width"
          " resized-height x y checksum", lines)


def write_tensorflow():
    import tensorflow as tf

    lines = []
    cases = [((64, 48), (29, 29)), ((13, 11), (40, 20)), ((33, 65), (24, 24)), ((40, 30), (20, 15)), ((5, 3), (3, 5))]
    for index, (source, target) in enumerate(cases):
        pixels = noise(*source, index)
        resized = tf.image.resize(pixels.astype(np.float32), (target[1], target[0])).numpy()
        out = np.clip(np.rint(resized), 0, 255).astype(np.uint8)
        ours = opencv(pixels, target).astype(int)
        assert np.abs(ours - out).max() <= 1, "the stated tolerance does not hold"
        lines.append(" ".join(map(str, ["noise", index, *source, *target, out.tobytes().hex()])))
    write("tensorflow.txt", "kind seed source-width source-height width height pixels", lines)


def write_whole():
    """A few whole pictures, so that a failure can be looked at."""
    lines = []
    for index, name in enumerate(FILTERS):
        pixels = pattern(21, 17, index)
        out = pillow(pixels, (12, 25), name)
        lines.append(" ".join(map(str, [name, "pattern", index, 21, 17, 12, 25, out.tobytes().hex()])))
    write("whole.txt", "filter kind seed source-width source-height width height pixels", lines)


if __name__ == "__main__":
    FIXTURES.mkdir(parents=True, exist_ok=True)
    write_sizes()
    write_fits()
    write_whole()
    write_tensorflow()
