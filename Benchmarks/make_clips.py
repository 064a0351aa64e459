"""Makes the clips to measure video with: slow pans over photo-like pictures, with a little grain, the same everywhere.

    python3 Benchmarks/make_clips.py FOLDER [--seconds 60]

FOLDER then holds
  photos.mp4   1080p, 30 frames a second, H.264 at about 6 Mbit/s, key frames where the encoder wants them
  long.mp4     ten times as long, a key frame every two seconds, at 30000/1001 frames a second, so that no frame lies on a
               round second: for jobs that look at few frames
  frames/      720p JPEGs of the same pictures, for a camera to send

What exists already is left alone. Needs: the ffmpeg program; pip install numpy pillow
"""

import argparse
import pathlib
import subprocess
import tempfile

import numpy

from make_pictures import GRAIN_TILE, picture

WIDTH, HEIGHT = 1920, 1080
# Pictures are larger than the frame by this much each way, and the window wanders through what is left.
MARGIN = (480, 270)
SECONDS_A_PICTURE = 5
CAMERA_FRAMES = 120
ENCODING = ["-c:v", "libx264", "-preset", "medium", "-b:v", "6M", "-maxrate", "9M", "-bufsize", "12M", "-pix_fmt", "yuv420p"]


def run(*arguments):
    subprocess.run(["ffmpeg", "-y", "-v", "error", *map(str, arguments)], check=True)


def draw(folder, count):
    """The pictures that are panned over."""
    tile = numpy.random.default_rng(7).normal(0, 1, (GRAIN_TILE, GRAIN_TILE)).astype(numpy.float32)
    for index in range(count):
        drawn = picture(7, index, WIDTH + MARGIN[0], HEIGHT + MARGIN[1], tile)
        drawn.save(folder / f"{index:03d}.png", compress_level=1)


def panned(pictures, rate, seconds):
    """FFmpeg's arguments for the pans: one input a picture, and the filter that joins them."""
    inputs, chains = [], []
    for place, path in enumerate(pictures):
        inputs += ["-loop", "1", "-framerate", rate, "-t", SECONDS_A_PICTURE, "-i", path]
        along = f"t/{SECONDS_A_PICTURE}" if place % 2 == 0 else f"(1-t/{SECONDS_A_PICTURE})"
        chains.append(f"[{place}]crop={WIDTH}:{HEIGHT}:{MARGIN[0]}*{along}:{MARGIN[1]}*{along},setsar=1[v{place}]")
    joined = "".join(f"[v{place}]" for place in range(len(pictures)))
    chains.append(f"{joined}concat={len(pictures)},noise=alls=5:allf=t:all_seed=1[out]")
    return [*inputs, "-filter_complex", ";".join(chains), "-map", "[out]", "-t", seconds]


def make(folder, seconds):
    folder.mkdir(parents=True, exist_ok=True)
    photos, long, frames = folder / "photos.mp4", folder / "long.mp4", folder / "frames"
    if photos.exists() and long.exists() and frames.exists():
        return
    with tempfile.TemporaryDirectory(dir=folder) as name:
        work = pathlib.Path(name)
        draw(work, -(-seconds // SECONDS_A_PICTURE))
        pictures = sorted(work.glob("*.png"))
        run(*panned(pictures, "30", seconds), *ENCODING, work / "photos.mp4")
        run(*panned(pictures, "30000/1001", seconds), *ENCODING, "-g", "60", "-keyint_min", "60", work / "short.mp4")
        run("-stream_loop", "9", "-i", work / "short.mp4", "-c", "copy", work / "long.mp4")
        (work / "frames").mkdir()
        run("-i", work / "photos.mp4", "-vf", "scale=1280:720", "-frames:v", CAMERA_FRAMES, "-q:v", "4", work / "frames" / "%04d.jpg")
        for path in (photos, long, frames):
            if not path.exists():
                (work / path.name).rename(path)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--seconds", type=int, default=60)
    options = parser.parse_args()
    make(options.folder, options.seconds)
    for path in sorted(options.folder.glob("*.mp4")):
        print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
