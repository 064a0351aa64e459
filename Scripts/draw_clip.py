"""Draws the clip of Examples/clips: shapes of the bundled model, one after the other, that drift, turn and breathe.

    python3 Scripts/draw_clip.py [--to Examples/clips/shapes.mp4] [--check]

Twelve seconds, 640×360, 25 frames a second, H.264 with a soft tone as AAC. Each shape comes in small, stays for a while,
and leaves; between two of them there is nothing but the ground. `--check` prints on how many of the frames that show a
shape the bundled model names it, and fails below nine in ten. Always the same bytes from the same releases of Pillow
and FFmpeg.

Needs: the ffmpeg program; pip install numpy pillow (and openvino for --check)
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy
from PIL import Image, ImageChops, ImageFilter

import shape_outlines
from draw_pictures import between, lit, rgb
from shape_scenes import mask_of, shaded

ROOT = pathlib.Path(__file__).resolve().parent.parent
WIDTH, HEIGHT, RATE, SOUND_RATE = 640, 360, 25, 44100
SCENE_FRAMES = 50
# Frames of nothing at both ends of a scene, and frames in which the shape comes or goes.
PAUSE, PASSAGE = 6, 7
LEAST_SHARE_RIGHT = 0.9

# What is seen, the colours of the ground (from, to) and of the face (from, to), how far it turns in degrees, the places
# between which it drifts, and its note in hertz.
SCENES = [
    ("arrow", ("#0f4c75", "#3282b8"), ("#ffe27a", "#ffb347"), (20, 75), ((0.42, 0.52), (0.58, 0.48)), 220.00),
    ("heart", ("#fff1e6", "#ffd6c9"), ("#ff4d6d", "#c9184a"), (-10, 10), ((0.56, 0.50), (0.46, 0.53)), 261.63),
    ("star", ("#1b2a5e", "#4b5fb0"), ("#ffe066", "#ffc107"), (-20, 25), ((0.45, 0.53), (0.55, 0.50)), 293.66),
    ("crescent", ("#0b1033", "#3a2c6b"), ("#fff3c4", "#f6d365"), (185, 215), ((0.57, 0.47), (0.47, 0.50)), 329.63),
    ("cross", ("#eafaf1", "#bfe8d2"), ("#e63946", "#c1121f"), (-12, 12), ((0.46, 0.50), (0.54, 0.50)), 392.00),
    ("drop", ("#d7f0ff", "#8ecae6"), ("#2176ae", "#0b4f82"), (-6, 8), ((0.50, 0.48), (0.50, 0.54)), 440.00),
]


def eased(part):
    """From 0 to 1, slowly at both ends."""
    part = numpy.clip(part, 0, 1)
    return float(part * part * (3 - 2 * part))


def presence(frame):
    """How much of the shape is there in a frame of its scene: 0 in the pauses, 1 while it stays."""
    nearest_end = min(frame, SCENE_FRAMES - 1 - frame)
    return eased((nearest_end - PAUSE + 1) / PASSAGE)


def ground(scene, frame):
    """The scene's gradient, passing into the next one's in the last pause."""
    first, second = map(rgb, SCENES[scene][1])
    following = SCENES[(scene + 1) % len(SCENES)][1]
    passed = eased((frame - (SCENE_FRAMES - PAUSE)) / PAUSE)
    first, second = (between(mine, rgb(other), passed) for mine, other in zip((first, second), following))
    return shaded((WIDTH, HEIGHT), first, second, numpy.pi / 3)


def picture(scene, frame):
    """One frame of a scene."""
    label, colours, face, turns, places, _ = SCENES[scene]
    there, along = presence(frame), frame / (SCENE_FRAMES - 1)
    image = ground(scene, frame)
    if there == 0:
        return image
    breath = 1 + 0.05 * numpy.sin(2 * numpy.pi * along)
    radius = 0.38 * HEIGHT * breath * (0.35 + 0.65 * there)
    centre = [(a + (b - a) * eased(along)) * edge for a, b, edge in zip(*places, (WIDTH, HEIGHT))]
    turn = numpy.radians(turns[0] + (turns[1] - turns[0]) * along)
    rings = shape_outlines.outline(label, numpy.random.default_rng([2025, scene]))
    mask = mask_of(shape_outlines.placed(rings, centre, radius, turn), image.size)
    mask = mask.point(lambda value: int(value * min(1, 2 * there)))
    shadow = ImageChops.offset(mask, int(radius * 0.05), int(radius * 0.08)).filter(ImageFilter.GaussianBlur(8))
    image.paste(between(rgb(colours[0]), (0, 0, 0), 0.5), mask=shadow.point(lambda value: value * 4 // 10))
    image.paste(lit(image.size, face, centre, radius), mask=mask)
    return image


def sound():
    """A soft note a scene, swelling and fading with its shape, as 16-bit samples."""
    count = SOUND_RATE * SCENE_FRAMES // RATE
    time = numpy.arange(count) / SOUND_RATE
    swell = numpy.sin(numpy.pi * numpy.arange(count) / count) ** 2
    notes = [
        swell * (numpy.sin(2 * numpy.pi * note * time) + 0.3 * numpy.sin(4 * numpy.pi * note * time))
        for *_, note in SCENES
    ]
    return (numpy.concatenate(notes) * 0.12 * 32767).astype("<i2").tobytes()


def encode(target):
    """Draws every frame into the encoder."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(suffix=".pcm") as samples:
        samples.write(sound())
        samples.flush()
        command = ["ffmpeg", "-y", "-v", "error", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}"]
        command += ["-r", str(RATE), "-i", "-", "-f", "s16le", "-ar", str(SOUND_RATE), "-ac", "1", "-i", samples.name]
        command += ["-vf", "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p", "-colorspace", "bt709"]
        command += ["-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"]
        command += ["-c:v", "libx264", "-preset", "veryslow", "-crf", "20", "-g", "50", "-threads", "1"]
        command += ["-c:a", "aac", "-b:a", "64k", "-movflags", "+faststart", "-map_metadata", "-1"]
        command += ["-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact", target]
        encoder = subprocess.Popen(command, stdin=subprocess.PIPE)
        for scene in range(len(SCENES)):
            for frame in range(SCENE_FRAMES):
                encoder.stdin.write(picture(scene, frame).tobytes())
        encoder.stdin.close()
        if encoder.wait() != 0:
            sys.exit("ffmpeg could not write the clip")


def decoded(clip):
    """The clip's frames as Pillow pictures."""
    command = ["ffmpeg", "-v", "error", "-i", clip, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    raw = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    return [Image.fromarray(pixels) for pixels in numpy.frombuffer(raw, numpy.uint8).reshape(-1, HEIGHT, WIDTH, 3)]


def check(clip):
    """How often the bundled model is right where there is a shape."""
    import openvino

    model = ROOT / "Models" / "shapes"
    labels = (model / "labels.txt").read_text().split()
    side = json.loads((model / "penstock.json").read_text())["size"][0]
    compiled = openvino.Core().compile_model(model / "shapes.xml", "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    right = shown = 0
    for place, image in enumerate(decoded(clip)):
        scene, frame = divmod(place, SCENE_FRAMES)
        if presence(frame) == 0:
            continue
        pixels = numpy.asarray(image.resize((side, side), Image.Resampling.BILINEAR), numpy.float32)
        scores = compiled(pixels[None] / 127.5 - 1)[0][0]
        shown += 1
        right += labels[int(scores.argmax())] == SCENES[scene][0]
    print(f"{right} of {shown} frames with a shape are named rightly")
    return right >= LEAST_SHARE_RIGHT * shown


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", type=pathlib.Path, default=ROOT / "Examples" / "clips" / "shapes.mp4")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    encode(options.to)
    print(f"{options.to}: {options.to.stat().st_size / 1e3:.0f} kB")
    if options.check and not check(options.to):
        sys.exit("the model does not know the clip well enough")


if __name__ == "__main__":
    main()
