"""Measures the peak memory of `penstock classify` for few and for many pictures, and the time to its first result.

    python3 Benchmarks/footprint.py MODELS PICTURES [--penstock .build/release/penstock]

Memory: 200 and 5,000 pictures (hard links to those of PICTURES), MobileNetV2; the two peaks should be within 5 %.
Start: from the start of the process to its first line of output, with a warm cache of compiled models; the median of
several runs, for each format of the model.

Needs nothing but Python.
"""

import argparse
import itertools
import json
import os
import pathlib
import statistics
import subprocess
import tempfile
import time


def peak(program, model, pictures, count):
    """The peak of resident memory, in bytes, for `count` pictures."""
    with tempfile.TemporaryDirectory(dir=pictures.parent) as name:
        folder = pathlib.Path(name) / "pictures"
        folder.mkdir()
        files = sorted(path for path in pictures.iterdir() if path.suffix == ".jpg")
        for number, file in zip(range(count), itertools.cycle(files)):
            os.link(file, folder / f"{number:06}.jpg")
        summary, output = (pathlib.Path(name) / file for file in ("summary.json", "results.jsonl"))
        command = [program, "classify", folder, "--model", model, "--output", output, "--summary", summary]
        subprocess.run(command, check=True)
        facts = json.loads(summary.read_text())
        assert facts["done"] == count, facts
        return facts["peakMemoryBytes"]


def first_result(program, model, picture):
    """Seconds from the start of the process to its first line."""
    start = time.monotonic()
    process = subprocess.Popen([program, "classify", picture, "--model", model], stdout=subprocess.PIPE)
    process.stdout.readline()
    seconds = time.monotonic() - start
    process.communicate()
    return seconds


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("models", type=pathlib.Path)
    parser.add_argument("pictures", type=pathlib.Path)
    parser.add_argument("--penstock", type=pathlib.Path, default=pathlib.Path(".build/release/penstock"))
    parser.add_argument("--runs", type=int, default=7)
    arguments = parser.parse_args()
    folder = arguments.models / "mobilenet_v2"
    model = folder / "mobilenet_v2.xml"
    picture = sorted(arguments.pictures.glob("*-500x375.jpg"))[0]

    print("| format | first run, s | median, s |\n|---|---|---|")
    for form in ("mobilenet_v2.xml", "mobilenet_v2.onnx", "saved_model"):
        times = [first_result(arguments.penstock, folder / form, picture) for _ in range(arguments.runs + 1)]
        print(f"| {form} | {times[0]:.2f} | {statistics.median(times[1:]):.2f} |", flush=True)

    few, many = (peak(arguments.penstock, model, arguments.pictures, count) for count in (200, 5000))
    print(f"\npeak memory: {few / 2**20:.1f} MiB for 200 pictures, {many / 2**20:.1f} MiB for 5,000: {many / few - 1:+.1%}")


main()
