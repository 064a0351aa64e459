"""Measures what a shorter arithmetic costs: how far scores move, how often the first class changes, and the speed.

    python3 Benchmarks/make_models.py MODELS --only inception_v3
    python3 Benchmarks/make_pictures.py PICTURES
    python3 Benchmarks/precision.py MODELS PICTURES [--data DIR] [--rounds 3] [--views 300] [--penstock .build/release/penstock]

Three models: the bundled classifier of shapes (trained, float), InceptionV3 with random weights (float), and, where
DIR/imagenet (or $PENSTOCK_TEST_DATA/imagenet) has it, a real quantised MobileNetV2 for ImageNet. The trained ones see
crops and mirror images of the pictures that come with them, as many as --views says, the same on every machine.

For each model `penstock classify` runs in f32 and in bf16 by turns, each in a fresh process, and the last run in f32 is the
reference of a `penstock verify` in bf16. The table gives medians of the speeds, and what verify found.

Needs: pip install pillow
"""

import argparse
import json
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile

from PIL import Image

PICTURE_ENDINGS = {".jpg", ".png", ".bmp", ".webp", ".tiff", ".gif"}
ROOT = pathlib.Path(__file__).resolve().parent.parent


def views(pictures, folder, count):
    """Crops of at least 70 % of each edge, every second one mirrored; returns the folder."""
    folder.mkdir(parents=True)
    files = sorted(path for path in pictures.rglob("*") if path.suffix.lower() in PICTURE_ENDINGS)
    chance = random.Random(1)
    for number in range(count):
        with Image.open(files[number % len(files)]) as opened:
            picture = opened.convert("RGB")
        width, height = (int(edge * chance.uniform(0.7, 1)) for edge in picture.size)
        left, top = (chance.randint(0, whole - part) for whole, part in zip(picture.size, (width, height)))
        picture = picture.crop((left, top, left + width, top + height))
        if number % 2:
            picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        picture.save(folder / f"{number:04}.jpg", quality=95)
    return folder


def run(command, codes=(0,)):
    """Runs a command to its end and returns what it printed."""
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode not in codes:
        sys.exit(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def classify(program, model, pictures, precision, folder):
    """One run; returns its summary. Results lie in FOLDER/PRECISION.jsonl, the summary beside them."""
    output, summary = folder / f"{precision}.jsonl", folder / f"{precision}.summary.json"
    output.unlink(missing_ok=True)
    run([program, "classify", pictures, "--model", model, "--precision", precision, "--output", output]
        + ["--summary", summary, "--top", "1001", "--progress", "never"])
    return json.loads(summary.read_text())


def measure(program, name, model, pictures, rounds):
    rates, used = {"f32": [], "bf16": []}, {}
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        for _ in range(rounds):
            for precision, runs in rates.items():
                facts = classify(program, model, pictures, precision, folder)
                runs.append(facts["itemsPerSecond"])
                used[precision] = facts["precision"]
        automatic = classify(program, model, pictures, "auto", folder)["precision"]
        against = ["--against", folder / "f32.jsonl", "--format", "json", "--show", "0"]
        verify = [program, "verify", model, pictures, *against]
        again = json.loads(run(verify + ["--precision", "f32"], codes=(0, 1)))
        found = json.loads(run(verify + ["--precision", "bf16"], codes=(0, 1)))
    speeds = {precision: statistics.median(runs) for precision, runs in rates.items()}
    return {
        "model": name,
        "pictures": found["compared"],
        "auto": automatic,
        "f32/s": round(speeds["f32"], 1),
        "bf16/s": round(speeds["bf16"], 1),
        "bf16 ÷ f32": round(speeds["bf16"] / speeds["f32"], 2),
        "first class differs": found["differ"] + found["tied"],
        "largest difference": round(found["scores"]["largest"], 5),
        "root mean square": float(f"{found['scores']['rootMeanSquare']:.2g}"),
        "f32 again": again["scores"]["largest"],
        "ran in": "/".join(used.values()),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", type=pathlib.Path)
    parser.add_argument("pictures", type=pathlib.Path)
    parser.add_argument("--data", type=pathlib.Path, default=os.environ.get("PENSTOCK_TEST_DATA"))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--views", type=int, default=300)
    parser.add_argument("--penstock", type=pathlib.Path, default=ROOT / ".build/release/penstock")
    parser.add_argument("--only", choices=["shapes", "inception_v3", "imagenet"])
    options = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        cases = [("inception_v3", options.models / "inception_v3/inception_v3.xml", lambda: options.pictures)]
        shapes = ROOT / "Examples/pictures"
        cases.append(("shapes", ROOT / "Models/shapes/shapes.xml", lambda: views(shapes, folder / "s", options.views)))
        if options.data:
            data = pathlib.Path(options.data) / "imagenet"
            model = data / "mobilenet_v2_1.0_224_quant.tflite"
            cases.append(("imagenet", model, lambda: views(data, folder / "i", options.views)))
        for name, model, pictures in cases:
            if options.only in (None, name):
                rows.append(measure(options.penstock, name, model, pictures(), options.rounds))
                print(json.dumps(rows[-1], ensure_ascii=False), flush=True)
    columns = list(rows[0])
    print("\n| " + " | ".join(columns) + " |\n|" + "---|" * len(columns))
    for row in rows:
        print("| " + " | ".join(str(row[column]) for column in columns) + " |")


if __name__ == "__main__":
    main()
