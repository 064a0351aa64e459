"""Measures `penstock classify` on a folder of pictures beside the engine's own benchmark_app.

    python3 Benchmarks/make_models.py MODELS
    python3 Benchmarks/make_pictures.py PICTURES
    python3 Benchmarks/classify.py MODELS PICTURES [--rounds 3] [--penstock .build/release/penstock]

Each round runs every case once, each in a fresh process, so that a change of the machine's speed touches all of them.
The table gives medians. For each model:

  engine   pictures a second of benchmark_app, which decodes nothing: the most that inference alone can do
  load     the same for loading alone: the model is replaced by one of the same input that computes nothing
  limit    what both can do together on the same cores, from the processor time that each needs for one picture
  penstock `penstock classify`, results written to a file

Needs: pip install openvino (for benchmark_app, of the version that `make engine` installs)
"""

import argparse
import json
import os
import pathlib
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time


def timed(command):
    """Runs a command; returns its output, the seconds it took, and the processor seconds that it used."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    seconds = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{done.stdout}")
    return done.stdout, seconds, (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


def engine(model, precision, seconds):
    """benchmark_app's pictures a second, and the processor seconds that each took."""
    program = shutil.which("benchmark_app") or pathlib.Path(sys.executable).with_name("benchmark_app")
    shape = f"[1,{side(model)},{side(model)},3]"
    command = [program, "-m", model, "-shape", shape, "-hint", "throughput", "-t", str(seconds), "-d", "CPU"]
    output, _, _ = timed(command + (["-infer_precision", precision] if precision != "auto" else []))
    rate = float(re.search(r"Throughput:\s+([\d.]+) FPS", output).group(1))
    return rate, len(os.sched_getaffinity(0)) / rate


def penstock(program, model, pictures, precision, arguments=()):
    """Penstock's pictures a second (from its own summary) and processor seconds a picture."""
    with tempfile.TemporaryDirectory() as folder:
        summary = pathlib.Path(folder) / "summary.json"
        output = pathlib.Path(folder) / "results.jsonl"
        command = [program, "classify", pictures, "--model", model, "--precision", precision]
        command += ["--output", output, "--summary", summary, "--progress", "never", *arguments]
        _, _, processor = timed(command)
        facts = json.loads(summary.read_text())
        return facts["itemsPerSecond"], processor / facts["received"], facts


def side(model):
    return json.loads(model.with_name("penstock.json").read_text())["size"]


def write_empty_model(folder, size):
    """A model that takes the same input and computes next to nothing."""
    import numpy
    import openvino
    from openvino import opset13 as ops

    picture = ops.parameter([-1, size, size, 3], numpy.float32, name="input")
    corner = ops.strided_slice(picture, [0, 0, 0, 0], [0, 1, 1, 3], [1, 1, 1, 1], [1, 0, 0, 0], [1, 0, 0, 0])
    flat = ops.reshape(corner, [0, -1], True)
    path = folder / "empty.xml"
    openvino.save_model(openvino.Model([ops.softmax(flat, 1)], [picture], "empty"), path)
    (folder / "penstock.json").write_text(json.dumps({"size": size, "preset": "inception", "activation": "none"}))
    return path


def measure(program, model, pictures, precision, rounds, seconds):
    rows = {"engine": [], "load": [], "penstock": []}
    with tempfile.TemporaryDirectory() as folder:
        empty = write_empty_model(pathlib.Path(folder), side(model))
        for _ in range(rounds):
            rows["engine"].append(engine(model, precision, seconds))
            rows["load"].append(penstock(program, empty, pictures, precision)[:2])
            rows["penstock"].append(penstock(program, model, pictures, precision)[:2])
    rates = {name: statistics.median(rate for rate, _ in runs) for name, runs in rows.items()}
    cost = {name: statistics.median(processor for _, processor in runs) for name, runs in rows.items()}
    limit = len(os.sched_getaffinity(0)) / (cost["engine"] + cost["load"])
    spread = max(rate for rate, _ in rows["penstock"]) / min(rate for rate, _ in rows["penstock"]) - 1
    return {
        "model": model.stem,
        "precision": precision,
        **{name: round(rate, 1) for name, rate in rates.items()},
        "limit": round(limit, 1),
        "of engine": round(rates["penstock"] / rates["engine"], 3),
        "of limit": round(rates["penstock"] / limit, 3),
        "spread": round(spread, 3),
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("models", type=pathlib.Path)
    parser.add_argument("pictures", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=10, help="how long benchmark_app runs each time")
    parser.add_argument("--penstock", type=pathlib.Path, default=pathlib.Path(".build/release/penstock"))
    parser.add_argument("--only", choices=["inception_v3", "mobilenet_v2"])
    parser.add_argument("--precision", default="f32,bf16")
    arguments = parser.parse_args()
    results = []
    for name in [arguments.only] if arguments.only else ["inception_v3", "mobilenet_v2"]:
        for precision in arguments.precision.split(","):
            model = arguments.models / name / f"{name}.xml"
            row = measure(
                arguments.penstock, model, arguments.pictures, precision, arguments.rounds, arguments.seconds
            )
            results.append(row)
            print(json.dumps(row), flush=True)
    columns = list(results[0])
    print("\n| " + " | ".join(columns) + " |\n|" + "---|" * len(columns))
    for row in results:
        print("| " + " | ".join(str(row[column]) for column in columns) + " |")


if __name__ == "__main__":
    main()
