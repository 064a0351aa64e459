"""Counts how often `penstock doctor` is right about the bundled model, whose truth is known.

    python3 Scripts/check_doctor.py [--program .build/debug/penstock] [--engine openvino] [--formats shapes.onnx …]

Shows it pictures under every preset and colour order, declared one after the other, and with nothing declared; for every
format; with pictures that say by name what they show, and with the same under numbers. A verdict is

  right   it speaks against what names fewer pictures right, or speaks for nothing that does, or says that it cannot know
          where no candidate names clearly more than another
  silent  it says that it cannot know, or that nothing speaks against what is declared, where that names clearly fewer
  wrong   it speaks against what names no fewer pictures right than what it recommends, or recommends what names fewer

and fails where one is wrong. "Clearly" is by a tenth of the pictures. Pictures: Examples/pictures, and 48 scenes of the
kind that the model was trained on, drawn from a seed of their own.

Needs: pip install numpy pillow
"""

import argparse
import json
import pathlib
import shutil
import subprocess
import tempfile
from collections import Counter

import numpy

import shape_scenes

ROOT = pathlib.Path(__file__).resolve().parent.parent
MODEL, PICTURES = ROOT / "Models" / "shapes", ROOT / "Examples" / "pictures"
FORMATS = ["shapes.xml", "shapes.onnx", "shapes.tflite", "shapes_frozen.pb", "saved_model", "shapes_quant.tflite"]
DECLARED = [[]] + [
    ["--preset", preset, "--color", color] for preset in ("inception", "imagenet", "caffe", "raw") for color in ("rgb", "bgr")
]
SCENES, SEED, CLEAR = 48, 90210, 0.1


def drawn(folder):
    """Scenes of every class, in folders named after them."""
    labels = (MODEL / "labels.txt").read_text().split()
    for place in range(SCENES):
        label = labels[place % len(labels)]
        target = folder / label / f"{place:03}.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        shape_scenes.scene(label, numpy.random.default_rng([SEED, place])).save(target)


def numbered(source, folder):
    """The same pictures under names that say nothing."""
    folder.mkdir()
    for place, path in enumerate(sorted(path for path in source.rglob("*") if path.is_file())):
        shutil.copy(path, folder / f"{place:04}{path.suffix}")


def undeclared(folder):
    """The model in every format, without what declares its preprocessing."""
    shutil.copytree(MODEL, folder)
    for path in folder.rglob("penstock.json"):
        path.unlink()


def diagnosis(program, engine, model, pictures, flags):
    """What the program says, as JSON."""
    command = [program, "doctor", model, pictures, "--format", "json", "--cache-dir", "none", "--engine", engine, *flags]
    run = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    if run.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(map(str, command))}: {run.stderr}")
    return json.loads(run.stdout)


def name(candidate):
    return candidate["normalization"], candidate["color"]


def judged(said, truth, declared):
    """`right`, `silent` or `wrong`; `truth` is the part named right under each candidate."""
    best = max(truth.values())
    before = truth[declared] if declared else 0
    if said["verdict"] in ("disagrees", "standsOut"):
        after = truth[name(said["recommended"])]
        return "right" if after >= best - CLEAR and after >= before + (0 if declared is None else 1e-9) else "wrong"
    isLost = best - before > CLEAR if declared else best - min(truth.values()) > CLEAR
    return "silent" if isLost else "right"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / ".build" / "debug" / "penstock")
    parser.add_argument("--engine", default="openvino")
    parser.add_argument("--formats", nargs="+", choices=FORMATS, default=FORMATS)
    options = parser.parse_args()
    total = Counter()
    with tempfile.TemporaryDirectory() as temporary:
        work = pathlib.Path(temporary)
        undeclared(work / "model")
        drawn(work / "scenes")
        for pictures in (PICTURES, work / "scenes"):
            numbered(pictures, work / f"{pictures.name}-numbered")
            for format in options.formats:
                isBytes = format == "shapes_quant.tflite"
                table = diagnosis(options.program, options.engine, work / "model" / format, pictures, [])
                known = table["pictures"]["labelled"]
                truth = {name(one["candidate"]): one["right"] / known for one in table["candidates"]}
                for shown in (pictures, work / f"{pictures.name}-numbered"):
                    counts = Counter()
                    for flags in [[], ["--color", "bgr"]] if isBytes else DECLARED:
                        said = diagnosis(options.program, options.engine, work / "model" / format, shown, flags)
                        declared = next((name(one["candidate"]) for one in said["candidates"] if one["declared"]), None)
                        verdict = judged(said, truth, declared)
                        counts[verdict] += 1
                        if verdict != "right":
                            print("   ", verdict, format, shown.name, " ".join(flags), said["explanation"])
                    print(f"{format:20} {shown.name:20} {dict(counts)}", flush=True)
                    total += counts
    print(dict(total))
    if total["wrong"]:
        raise SystemExit("check_doctor: wrong verdicts")


if __name__ == "__main__":
    main()
