"""Draws the pictures of Examples/pictures, each named after the class that the bundled model must find in it.

    python3 Scripts/draw_pictures.py [--to Examples/pictures]

Between them they are of every still format, of many sizes, one grey, one with alpha (a sensible colour lies under the
transparent part, whatever a reader does with it), one turned by its EXIF tag, some in sub-folders. Always the same bytes
from the same release of Pillow.

Needs: pip install numpy pillow
"""

import argparse
import pathlib
import shutil

import numpy
from PIL import Image, ImageChops, ImageDraw, ImageFilter

import shape_outlines
from shape_scenes import clouds, mask_of, shaded, stripes

# path, width, height, the shape's place and radius as parts of the picture, its turn in degrees, the colours of the
# ground (from, to) and of the face (from, to), and what decorates the ground.
PICTURES = [
    ("arrow-01.jpg", 640, 480, (0.50, 0.50), 0.36, 45, ("#0f4c75", "#3282b8"), ("#ffe27a", "#ffb347"), "dots"),
    ("circle-01.png", 360, 360, (0.50, 0.48), 0.34, 0, ("#fde2e4", "#fbc4c9"), ("#e4576e", "#c9304f"), "plain"),
    ("crescent-01.jpg", 800, 600, (0.52, 0.46), 0.34, 200, ("#0b1033", "#3a2c6b"), ("#fff3c4", "#f6d365"), "stars"),
    ("cross-01.webp", 480, 480, (0.50, 0.50), 0.34, 0, ("#eafaf1", "#bfe8d2"), ("#e63946", "#c1121f"), "stripes"),
    ("drop-01.jpg", 420, 600, (0.50, 0.52), 0.36, 0, ("#d7f0ff", "#8ecae6"), ("#2176ae", "#0b4f82"), "dots"),
    ("heart-01.webp", 500, 400, (0.50, 0.52), 0.37, -8, ("#fff1e6", "#ffd6c9"), ("#ff4d6d", "#c9184a"), "dots"),
    ("hexagon-01.gif", 240, 220, (0.50, 0.50), 0.38, 30, ("#3d2c1e", "#5a4028"), ("#ffc53d", "#ffb320"), "plain"),
    ("pentagon-01.tiff", 320, 280, (0.50, 0.52), 0.38, 0, ("#e9e4f5", "#c8b8e8"), ("#5e3fa8", "#432b80"), "plain"),
    ("ring-01.bmp", 200, 160, (0.50, 0.50), 0.38, 0, ("#153b33", "#1f5a4c"), ("#f7d488", "#e9a23b"), "plain"),
    ("square-01.jpg", 480, 360, (0.50, 0.50), 0.37, 12, ("#f2f2f2", "#c4c4c4"), ("#4a4a4a", "#202020"), "stripes"),
    ("star-01.jpg", 720, 540, (0.50, 0.52), 0.38, 6, ("#1b2a5e", "#4b5fb0"), ("#ffe066", "#ffc107"), "clouds"),
    ("triangle-01.png", 400, 360, (0.50, 0.56), 0.40, 0, ("#fff8e1", "#ffe0a3"), ("#12908e", "#0b6e6c"), "plain"),
    ("photos/arrow-02.webp", 300, 400, (0.50, 0.50), 0.38, 0, ("#fbe9e7", "#ffccbc"), ("#6d4c41", "#4e342e"), "dots"),
    ("photos/circle-02.jpg", 700, 500, (0.62, 0.45), 0.30, 0, ("#ff9a76", "#ff6b81"), ("#fff6d6", "#ffe9a8"), "clouds"),
    ("photos/heart-02.png", 256, 256, (0.50, 0.53), 0.37, 14, ("#17324d", "#2a5b7d"), ("#ffb3c6", "#ff8fab"), "plain"),
    ("photos/garden/hexagon-02.jpg", 560, 420, (0.44, 0.50), 0.34, 8, ("#4f8f4a", "#8fc46f"), ("#fff4d2", "#fde49b"), "clouds"),
    ("photos/garden/star-02.jpg", 600, 600, (0.48, 0.52), 0.33, -12, ("#b7e4c7", "#74c69d"), ("#e85d04", "#d00000"), "stripes"),
]

GREY = {"square-01.jpg"}
WITH_ALPHA = {"triangle-01.png"}
# Stored on its side, with the EXIF orientation that sets it upright.
ON_ITS_SIDE = {"drop-01.jpg"}
EXIF_ORIENTATION, TURN_CLOCKWISE = 0x0112, 6

SAVING = {
    ".jpg": {"quality": 88, "optimize": True},
    ".webp": {"quality": 86, "method": 6},
    ".png": {"optimize": True},
    ".tiff": {"compression": "tiff_deflate"},
    ".gif": {},
    ".bmp": {},
}


def rgb(code):
    """`#ff8000` as three numbers."""
    return tuple(int(code[k : k + 2], 16) for k in (1, 3, 5))


def between(first, second, part):
    """A colour on the way from one to another."""
    return tuple(int(a + (b - a) * part) for a, b in zip(first, second))


def dots(random, picture, tint, free, smallest, largest, count):
    """Soft round dots, none over the shape; `free` is its centre and radius."""
    mask = Image.new("L", (picture.width * 2, picture.height * 2), 0)
    draw = ImageDraw.Draw(mask)
    for _ in range(count):
        x, y = random.uniform(0, picture.width), random.uniform(0, picture.height)
        edge = random.uniform(smallest, largest) * max(picture.size)
        if numpy.hypot(x - free[0], y - free[1]) > free[2] + 2 * edge:
            draw.ellipse([2 * (x - edge), 2 * (y - edge), 2 * (x + edge), 2 * (y + edge)], fill=255)
    picture.paste(tint, mask=mask.reduce(2))
    return picture


def ground(random, size, colours, decoration, free):
    """A gradient, decorated quietly."""
    first, second = map(rgb, colours)
    picture = shaded(size, first, second, numpy.pi / 3)
    paler = between(second, (255, 255, 255), 0.28)
    if decoration == "dots":
        return dots(random, picture, paler, free, 0.006, 0.02, 40)
    if decoration == "stars":
        return dots(random, picture, between(second, (255, 255, 255), 0.7), free, 0.001, 0.0035, 130)
    if decoration == "stripes":
        return Image.blend(picture, stripes(random, size, first, between(first, second, 0.6)), 0.5)
    if decoration == "clouds":
        return Image.blend(picture, clouds(random, size, between(first, second, 0.5), 30, 6), 0.35)
    return picture


def lit(size, face, centre, radius):
    """The face's gradient, within the shape's own extent, brighter towards the upper left."""
    edge = int(2 * radius)
    near = shaded((edge, edge), *map(rgb, face), numpy.pi / 3)
    picture = Image.new("RGB", size, rgb(face[1]))
    picture.paste(near, (int(centre[0] - radius), int(centre[1] - radius)))
    return picture


def drawn(place, row):
    """One picture of the table, and the coverage of its shape."""
    path, width, height, middle, part, turn, colours, face, decoration = row
    random = numpy.random.default_rng([2024, place])
    label = pathlib.Path(path).name.split("-")[0]
    centre, radius = (middle[0] * width, middle[1] * height), part * min(width, height)
    picture = ground(random, (width, height), colours, decoration, (*centre, radius))
    rings = shape_outlines.placed(shape_outlines.outline(label, random), centre, radius, numpy.radians(turn))
    mask = mask_of(rings, picture.size)
    shadow = ImageChops.offset(mask, int(radius * 0.05), int(radius * 0.08))
    shadow = shadow.filter(ImageFilter.GaussianBlur(radius * 0.06)).point(lambda value: value * 4 // 10)
    picture.paste(between(rgb(colours[0]), (0, 0, 0), 0.5), mask=shadow)
    picture.paste(lit(picture.size, face, centre, radius), mask=mask)
    return picture, mask


def saved(picture, mask, path, folder):
    """Writes a picture as its name says, odd in the way that its name is listed for."""
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    settings = dict(SAVING[target.suffix])
    if path in GREY:
        picture = picture.convert("L")
    if path in WITH_ALPHA:
        picture.putalpha(ImageChops.lighter(mask, mask.filter(ImageFilter.GaussianBlur(4)).point(lambda v: v // 2)))
    if path in ON_ITS_SIDE:
        settings["exif"] = Image.Exif()
        settings["exif"][EXIF_ORIENTATION] = TURN_CLOCKWISE
        picture = picture.transpose(Image.Transpose.ROTATE_90)
    if target.suffix == ".gif":
        picture = picture.quantize(128, dither=Image.Dither.NONE)
    picture.save(target, **settings)


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", type=pathlib.Path, default=root / "Examples" / "pictures")
    options = parser.parse_args()
    shutil.rmtree(options.to, ignore_errors=True)
    for place, row in enumerate(PICTURES):
        saved(*drawn(place, row), row[0], options.to)
    sizes = [path.stat().st_size for path in options.to.rglob("*") if path.is_file()]
    print(f"{len(sizes)} pictures, {sum(sizes) / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
