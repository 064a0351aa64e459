"""The twelve shapes that the bundled model knows: their names and their outlines.

An outline is a list of rings of (x, y) points within the unit circle, y downwards, the shape upright. A pixel inside an
odd number of rings belongs to the shape, so a ring's hole is a second ring. None of the shapes turns into another when a
picture is stretched: a stretched circle is still nearest to a circle, which is why ellipses and rectangles are not classes.

Needs: pip install numpy
"""

import numpy

LABELS = [
    "arrow", "circle", "crescent", "cross", "drop", "heart",
    "hexagon", "pentagon", "ring", "square", "star", "triangle",
]

# Points on a curve: enough that no corner shows at 800 pixels.
CURVE_POINTS = 180


def polygon(corners, phase=-numpy.pi / 2, radii=(1.0,)):
    """Corners evenly round the centre, the first at the top; `radii` are taken in turn."""
    angles = phase + 2 * numpy.pi * numpy.arange(corners) / corners
    radius = numpy.resize(numpy.array(radii), corners)
    return numpy.stack([radius * numpy.cos(angles), radius * numpy.sin(angles)], 1)


def circle(random):
    return [polygon(CURVE_POINTS)]


def ring(random):
    return [polygon(CURVE_POINTS), polygon(CURVE_POINTS) * random.uniform(0.48, 0.7)]


def crescent(random):
    """A circle with a bite: the points of the bite's edge that lie inside close the outline."""
    bite, offset = random.uniform(0.78, 0.92), random.uniform(0.42, 0.56)
    crossing = (1 + offset**2 - bite**2) / (2 * offset)
    outer_angle = numpy.arccos(crossing)
    inner_angle = numpy.arccos((crossing - offset) / bite)
    outer = numpy.linspace(outer_angle, 2 * numpy.pi - outer_angle, CURVE_POINTS)
    inner = numpy.linspace(2 * numpy.pi - inner_angle, inner_angle, CURVE_POINTS)
    arc = numpy.stack([numpy.cos(outer), numpy.sin(outer)], 1)
    cut = numpy.stack([offset + bite * numpy.cos(inner), bite * numpy.sin(inner)], 1)
    return [numpy.concatenate([arc, cut]) + (0.18, 0)]


def triangle(random):
    return [polygon(3)]


def square(random):
    return [polygon(4, phase=-numpy.pi / 4)]


def pentagon(random):
    return [polygon(5)]


def hexagon(random):
    return [polygon(6)]


def star(random):
    return [polygon(10, radii=(1.0, random.uniform(0.38, 0.52)))]


def cross(random):
    """Four equal arms."""
    arm = random.uniform(0.2, 0.34)
    corner = [(-arm, -0.95), (arm, -0.95), (arm, -arm)]
    turns = [numpy.array([[0, -1], [1, 0]])] * 3
    points, turned = list(corner), numpy.array(corner)
    for turn in turns:
        turned = turned @ turn.T
        points += list(turned)
    return [numpy.array(points)]


def arrow(random):
    """A block arrow pointing up."""
    shaft, head, neck = random.uniform(0.18, 0.3), random.uniform(0.62, 0.78), random.uniform(-0.2, 0.05)
    half = [(0, -1), (head, neck), (shaft, neck), (shaft, 0.95)]
    return [numpy.array(half + [(-x, y) for x, y in reversed(half[1:])])]


def heart(random):
    angles = numpy.linspace(0, 2 * numpy.pi, CURVE_POINTS, endpoint=False)
    across = 16 * numpy.sin(angles) ** 3
    down = -(13 * numpy.cos(angles) - 5 * numpy.cos(2 * angles) - 2 * numpy.cos(3 * angles) - numpy.cos(4 * angles))
    return [numpy.stack([across, down - 2.5], 1) / 17.5]


def drop(random):
    """A round body drawn out to a point at the top."""
    body = random.uniform(0.56, 0.66)
    centre, tangent = 1 - body, numpy.arcsin(body / (2 - body))
    angles = numpy.linspace(-tangent, numpy.pi + tangent, CURVE_POINTS)
    arc = numpy.stack([body * numpy.cos(angles), centre + body * numpy.sin(angles)], 1)
    return [numpy.concatenate([[(0, -1)], arc])]


def outline(label, random):
    """The outline of a class, its proportions drawn from `random`."""
    return globals()[label](random)


def placed(rings, centre, radius, turn=0.0, stretch=1.0):
    """An outline turned by `turn` radians, widened by `stretch`, scaled and moved into a picture."""
    rotation = numpy.array([[numpy.cos(turn), -numpy.sin(turn)], [numpy.sin(turn), numpy.cos(turn)]])
    widened = numpy.array([stretch**0.5, stretch**-0.5])
    return [points @ rotation.T * widened * radius + numpy.array(centre) for points in rings]
