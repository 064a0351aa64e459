"""Draws photo-like JPEGs to measure with: the same pictures on every machine, as many as are asked for.

    python3 Benchmarks/make_pictures.py FOLDER [--count 400] [--mix 500x375:8,1280x720:3,4000x3000:1]

What makes a JPEG slow to decode is its pixels and its bytes, so each picture is layered noise (large soft forms down to
grain) whose bytes a pixel at quality 85 are a camera's: about 0.25. The sizes are interleaved, so that any stretch of the
folder has the mix. Nothing in them means anything: they are for speed, never for accuracy.

Needs: pip install numpy pillow
"""

import argparse
import pathlib

import numpy
from PIL import Image

# Edge of the coarsest grid of forms, and how much weaker each finer octave is.
COARSEST_CELLS = 3
OCTAVE_FALLOFF = 0.62
# Grain is one tile, shifted and repeated: drawing twelve million normal values a picture would take most of the time.
GRAIN_TILE = 512
# The spread of the grain, a picture: together these give about 0.25 bytes a pixel at quality 85.
GRAIN_SPREAD = (5.4, 13.4)


def octaves(random, width, height):
    """Soft forms: coloured noise drawn on ever finer grids, each finer one weaker."""
    total = numpy.zeros((height, width, 3), numpy.float32)
    cells, weight = COARSEST_CELLS, 70.0
    while cells * 6 < width:
        grid = random.normal(0, 1, (cells * height // width + 1, cells + 1, 1))
        tint = random.normal(0, 0.35, grid.shape[:2] + (3,))
        small = numpy.clip(128 + 40 * (grid + tint), 0, 255).astype(numpy.uint8)
        large = Image.fromarray(small).resize((width, height), Image.Resampling.BICUBIC)
        total += (numpy.asarray(large, numpy.float32) - 128) * (weight / 40)
        cells, weight = cells * 2, weight * OCTAVE_FALLOFF
    return total


def grain(random, width, height, tile):
    """Grain over the whole picture, equal in the three channels as a sensor's luminance noise is."""
    down, across = random.integers(0, GRAIN_TILE, 2)
    shifted = numpy.roll(tile, (down, across), (0, 1))
    repeats = (-(-height // GRAIN_TILE), -(-width // GRAIN_TILE))
    return numpy.tile(shifted, repeats)[:height, :width, None]


def picture(seed, index, width, height, tile):
    """One picture, decided by the seed and its place alone."""
    random = numpy.random.default_rng([seed, index])
    base = random.uniform(80, 170, 3).astype(numpy.float32)
    pixels = octaves(random, width, height)
    pixels += base
    pixels += grain(random, width, height, tile) * numpy.float32(random.uniform(*GRAIN_SPREAD))
    return Image.fromarray(numpy.clip(pixels, 0, 255, out=pixels).astype(numpy.uint8))


def sizes(mix):
    """The mix as one interleaved cycle: `500x375:8,1280x720:3` → eleven sizes, the rare ones spread out."""
    places = []
    for part in mix.split(","):
        size, _, count = part.partition(":")
        width, height = map(int, size.split("x"))
        places += [((k + 0.5) / int(count), (width, height)) for k in range(int(count))]
    return [size for _, size in sorted(places, key=lambda place: place[0])]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--mix", default="500x375:8,1280x720:3,4000x3000:1")
    parser.add_argument("--quality", type=int, default=85)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()

    options.folder.mkdir(parents=True, exist_ok=True)
    tile = numpy.random.default_rng(options.seed).normal(0, 1, (GRAIN_TILE, GRAIN_TILE)).astype(numpy.float32)
    cycle = sizes(options.mix)
    pixel_count = byte_count = 0
    for index in range(options.count):
        width, height = cycle[index % len(cycle)]
        path = options.folder / f"{index:05d}-{width}x{height}.jpg"
        picture(options.seed, index, width, height, tile).save(path, quality=options.quality)
        pixel_count += width * height
        byte_count += path.stat().st_size
    print(f"{options.count} pictures, {byte_count / 1e6:.1f} MB, {byte_count / pixel_count:.3f} bytes a pixel")


if __name__ == "__main__":
    main()
