"""Measures two models in one job of `penstock classify` beside a job for each, one after the other.

    python3 Benchmarks/make_models.py MODELS
    python3 Benchmarks/make_pictures.py PICTURES
    python3 Benchmarks/panel.py PICTURES MODELS/inception_v3/inception_v3.xml MODELS/mobilenet_v2/mobilenet_v2.xml \
        [--rounds 3] [--precision f32] [--penstock .build/release/penstock]

Each round runs every case twice, over all pictures and over one, each in a fresh process, so that a change of the machine's
speed touches all of them.
The table gives medians, in seconds without the time to start:

  first, second  a job for each model
  together       one job for both
  of both        together / (first + second): below 1 by what one reading and decoding less is worth
  processor      processor seconds of first / second / together, which say the same where the machine has other work:
                 those of all pictures less those of one, which are the start and the end of a process
  MiB            peak memory of each

The answers of the one job are compared with those of the two; any that differs is an error.
"""

import argparse
import json
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile


def run(program, pictures, models, precision):
    """One job: its seconds, its processor seconds, each model's results, and its peak memory."""
    with tempfile.TemporaryDirectory() as folder:
        summary = pathlib.Path(folder) / "summary.json"
        output = pathlib.Path(folder) / "results.jsonl"
        command = [program, "classify", pictures, "--precision", precision, "--progress", "never"]
        for name, model in models.items():
            command += ["--model", f"{name}={model}"]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(
            [*command, "--output", output, "--summary", summary],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if done.returncode != 0:
            sys.exit(f"{' '.join(map(str, command))} failed:\n{done.stdout}")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        facts = json.loads(summary.read_text())
        items = [json.loads(line) for line in output.read_text().splitlines()]
    processor = (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)
    tops = {name: [item.get("models", {name: item})[name]["top"] for item in items] for name in models}
    return facts["seconds"], processor, tops, facts["peakMemoryBytes"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("pictures", type=pathlib.Path)
    parser.add_argument("first", type=pathlib.Path)
    parser.add_argument("second", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--precision", default="f32")
    parser.add_argument("--penstock", type=pathlib.Path, default=pathlib.Path(".build/release/penstock"))
    arguments = parser.parse_args()
    models = {"first": arguments.first, "second": arguments.second}
    cases = {"first": {"first": models["first"]}, "second": {"second": models["second"]}, "together": models}
    runs = {name: [] for name in cases}
    processor = {name: [] for name in cases}
    one = min(path for path in arguments.pictures.rglob("*") if path.is_file())
    for _ in range(arguments.rounds):
        for name, chosen in cases.items():
            start = run(arguments.penstock, one, chosen, arguments.precision)
            runs[name].append(run(arguments.penstock, arguments.pictures, chosen, arguments.precision))
            processor[name].append(runs[name][-1][1] - start[1])
    for name in models:
        if runs[name][0][2][name] != runs["together"][0][2][name]:
            sys.exit(f"the {name} model answers differently in company")
    seconds = {name: statistics.median(each[0] for each in done) for name, done in runs.items()}
    print("| first | second | together | of both | processor | MiB |\n|---|---|---|---|---|---|")
    used = " / ".join(f"{statistics.median(each):.1f}" for each in processor.values())
    memory = " / ".join(f"{max(each[3] for each in done) / 2**20:.0f}" for done in runs.values())
    share = seconds["together"] / (seconds["first"] + seconds["second"])
    times = " | ".join(f"{seconds[name]:.1f}" for name in cases)
    print(f"| {times} | {share:.2f} | {used} | {memory} |")


if __name__ == "__main__":
    main()
