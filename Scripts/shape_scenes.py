"""Random pictures of the twelve shapes, to train and to test on.

A scene is a shape of any colour, size, turn and place on a plain, shaded, striped, chequered, dotted or cloudy ground,
with some clutter, a shadow, an edge or a glow, and then what befalls pictures: blur, noise, weak light, JPEG.

Needs: pip install numpy pillow
"""

import colorsys
import io

import numpy
from PIL import Image, ImageChops, ImageDraw, ImageFilter

import shape_outlines

# Masks are drawn this much larger and reduced: Pillow's polygons have hard edges.
OVERSAMPLING = 3
# The least distance between shape and ground, of 255, weighted as the eye weighs the channels.
LEAST_CONTRAST = 62


def mask_of(rings, size):
    """The coverage of an outline, antialiased."""
    large = (size[0] * OVERSAMPLING, size[1] * OVERSAMPLING)
    total = Image.new("L", large, 0)
    for points in rings:
        layer = Image.new("L", large, 0)
        ImageDraw.Draw(layer).polygon([tuple(point) for point in points * OVERSAMPLING], fill=255)
        total = ImageChops.difference(total, layer)
    return total.reduce(OVERSAMPLING)


def grown(mask, pixels):
    """A mask with soft, rounded growth: thresholding its blur moves the edge outwards."""
    return mask.filter(ImageFilter.GaussianBlur(pixels)).point(lambda value: min(255, value * 6))


def contrast(one, other):
    """How far apart two colours are for the eye, roughly."""
    difference = numpy.subtract(one, other, dtype=float)
    return float(numpy.sqrt((difference**2 * (0.35, 0.5, 0.15)).sum()))


def colour(random):
    """Any colour, greys and pale ones included."""
    hue, saturation, value = random.uniform(), random.uniform(0, 1) ** 0.7, random.uniform(0.08, 1)
    return tuple(int(255 * part) for part in colorsys.hsv_to_rgb(hue, saturation, value))


def colour_apart(random, *others):
    """A colour that can be told from each of `others`."""
    for _ in range(60):
        found = colour(random)
        if all(contrast(found, other) > LEAST_CONTRAST for other in others):
            return found
    return (255, 255, 255) if max(numpy.mean(other) for other in others) < 128 else (0, 0, 0)


def near(random, base, spread):
    """A colour close to `base`."""
    return tuple(int(value) for value in numpy.clip(numpy.add(base, random.normal(0, spread, 3)), 0, 255))


def shaded(size, first, second, angle):
    """A linear gradient from `first` to `second`."""
    width, height = size
    across, down = numpy.meshgrid(numpy.linspace(-1, 1, width), numpy.linspace(-1, 1, height))
    along = numpy.clip((across * numpy.cos(angle) + down * numpy.sin(angle)) / 2 + 0.5, 0, 1)[..., None]
    mixed = numpy.array(first) * (1 - along) + numpy.array(second) * along
    return Image.fromarray(mixed.astype(numpy.uint8))


def clouds(random, size, base, spread, cells):
    """Soft blots around one colour."""
    grid = numpy.clip(numpy.add(base, random.normal(0, spread, (cells, cells, 3))), 0, 255).astype(numpy.uint8)
    return Image.fromarray(grid).resize(size, Image.Resampling.BICUBIC)


def stripes(random, size, base, other):
    """Stripes, or squares where two sets of stripes cross."""
    across, down = numpy.meshgrid(numpy.arange(size[0]), numpy.arange(size[1]))
    angle, period = random.uniform(0, numpy.pi), random.uniform(0.04, 0.16) * max(size)
    pattern = numpy.sin((across * numpy.cos(angle) + down * numpy.sin(angle)) * 2 * numpy.pi / period)
    if random.uniform() < 0.4:
        pattern *= numpy.sin((-across * numpy.sin(angle) + down * numpy.cos(angle)) * 2 * numpy.pi / period)
    part = numpy.clip(pattern * period / 4 + 0.5, 0, 1)[..., None]
    return Image.fromarray((numpy.array(base) * (1 - part) + numpy.array(other) * part).astype(numpy.uint8))


def ground(random, size, base):
    """What lies behind the shape, all of it near `base`."""
    kind = random.integers(5)
    if kind == 0:
        return Image.new("RGB", size, base)
    if kind == 1:
        return shaded(size, near(random, base, 30), near(random, base, 30), random.uniform(0, 6.3))
    if kind == 2:
        return stripes(random, size, base, near(random, base, 24))
    return clouds(random, size, base, random.uniform(5, 26), int(random.integers(3, 24)))


def clutter(random, picture, keep_off, base, fill):
    """Dots, small shapes and lines; those of a strong colour stay clear of the shape."""
    draw = ImageDraw.Draw(picture)
    width, height = picture.size
    for _ in range(random.integers(1, 14)):
        x, y, edge = random.uniform(0, width), random.uniform(0, height), random.uniform(0.01, 0.045) * max(width, height)
        tint = near(random, base, 30) if random.uniform() < 0.5 else near(random, fill, 60)
        if contrast(tint, base) > 30 and numpy.hypot(x - keep_off[0], y - keep_off[1]) < keep_off[2] + 3 * edge:
            continue
        if random.uniform() < 0.6:
            draw.ellipse([x - edge, y - edge, x + edge, y + edge], fill=tint)
        else:
            angle = random.uniform(0, 6.3)
            end = (x + 3 * edge * numpy.cos(angle), y + 3 * edge * numpy.sin(angle))
            if numpy.hypot(end[0] - keep_off[0], end[1] - keep_off[1]) > keep_off[2]:
                draw.line([(x, y), end], fill=tint, width=max(1, int(edge / 4)))
    return picture


def painted(random, picture, mask, fill, base, radius):
    """The shape itself: a shadow or glow behind, an edge, and a flat, shaded or mottled face."""
    if random.uniform() < 0.35:
        offset = tuple(int(value) for value in random.normal(0, radius * 0.07, 2))
        shadow = ImageChops.offset(mask, *offset).filter(ImageFilter.GaussianBlur(radius * random.uniform(0.02, 0.1)))
        dark = tuple(int(value * random.uniform(0.4, 0.8)) for value in base)
        picture.paste(dark, mask=shadow.point(lambda value: value * 6 // 10))
    if random.uniform() < 0.25:
        picture.paste(colour_apart(random, fill), mask=grown(mask, radius * random.uniform(0.02, 0.05)))
    if random.uniform() < 0.3:
        mask = grown(mask, radius * 0.03)
    kind = random.integers(3)
    face = Image.new("RGB", picture.size, fill)
    if kind == 1:
        face = shaded(picture.size, near(random, fill, 26), near(random, fill, 26), random.uniform(0, 6.3))
    if kind == 2:
        face = clouds(random, picture.size, fill, random.uniform(4, 16), int(random.integers(3, 16)))
    picture.paste(face, mask=mask)
    return picture


def worn(random, picture):
    """What befalls a picture between the pencil and the model."""
    if random.uniform() < 0.3:
        picture = picture.filter(ImageFilter.GaussianBlur(random.uniform(0.3, 0.011 * max(picture.size))))
    if random.uniform() < 0.12:
        picture = picture.convert("L").convert("RGB")
    if random.uniform() < 0.45:
        pixels = numpy.asarray(picture, numpy.float32)
        noise = random.normal(0, random.uniform(2, 16), pixels.shape)
        picture = Image.fromarray(numpy.clip(pixels + noise, 0, 255).astype(numpy.uint8))
    if random.uniform() < 0.5:
        written = io.BytesIO()
        picture.save(written, "JPEG", quality=int(random.integers(25, 95)))
        picture = Image.open(written).convert("RGB")
    return picture


def scene(label, random):
    """One picture of `label`, all of it decided by `random`."""
    width = int(random.integers(100, 240))
    height = int(width * random.uniform(0.7, 1.42))
    radius = random.uniform(0.24, 0.47) * min(width, height)
    slack = numpy.array([width, height]) / 2 - radius
    centre = numpy.array([width, height]) / 2 + random.uniform(-0.9, 0.9, 2) * slack
    turn = random.uniform(0, 2 * numpy.pi) if random.uniform() < 0.6 else random.normal(0, 0.15)
    stretch = numpy.exp(random.uniform(-0.16, 0.16))
    rings = shape_outlines.placed(shape_outlines.outline(label, random), centre, radius, turn, stretch)
    base = colour(random)
    fill = colour_apart(random, base)
    if random.uniform() < 0.12:
        fill = tuple([int(numpy.mean(fill))] * 3)
        base = colour_apart(random, fill)
    picture = ground(random, (width, height), base)
    if random.uniform() < 0.6:
        picture = clutter(random, picture, (*centre, radius), base, fill)
    picture = painted(random, picture, mask_of(rings, picture.size), fill, base, radius)
    return worn(random, picture)


def example(seed, index, side):
    """The picture at a place of a set and its class, resized as the model's contract says: (pixels, class)."""
    random = numpy.random.default_rng([seed, index])
    target = index % len(shape_outlines.LABELS)
    picture = scene(shape_outlines.LABELS[target], random)
    return numpy.asarray(picture.resize((side, side), Image.Resampling.BILINEAR)), target


def examples(seed, count, side):
    """A whole set: pixels [count, side, side, 3] of uint8 and classes [count]."""
    pixels = numpy.empty((count, side, side, 3), numpy.uint8)
    targets = numpy.empty(count, numpy.int64)
    for index in range(count):
        pixels[index], targets[index] = example(seed, index, side)
    return pixels, targets
