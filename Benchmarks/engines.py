"""Measures Penstock on each engine beside the same engine's own Python API, in one run.

    python3 Benchmarks/make_models.py MODELS
    python3 Benchmarks/make_pictures.py PICTURES --mix 500x375:1
    python3 Benchmarks/engines.py MODELS PICTURES [--rounds 3] [--engines openvino,tensorflow,onnxruntime]
        [--python tensorflow=/path/to/python …] [--options tensorflow='--batch 16' …] [--memory-count 10000]

Three tables, of medians over the rounds; every case is a fresh process, and the cases take turns:

  speed    InceptionV3: `penstock classify` from JPEGs to written results, and the engine's API with ready-made tensors
           (engines_peers.py: OpenVINO's AsyncInferQueue with the throughput hint, TensorFlow's signature at its best batch,
           ONNX Runtime's run at its best batch and threads), which decodes nothing
  opening  seconds to read, compile and warm up, nothing cached; the API's beside them
  memory   MobileNetV2: resident memory of one job after 500 inferences and after 10,000

Each engine's package must be there for the Python that --python names (default: this one). An engine that Penstock does
not have is left out; one whose package Python does not have, or whose API does not take the precision, is measured
without it. The reason is printed.
"""

import argparse
import itertools
import json
import pathlib
import shlex
import statistics
import subprocess
import sys
import tempfile

FORMS = {"openvino": "{0}.xml", "tensorflow": "saved_model", "onnxruntime": "{0}.onnx"}
ROOT = pathlib.Path(__file__).resolve().parent.parent
FIRST_SAMPLE = 500


class Missing(Exception):
    """An engine that is not to be had here."""


def run(command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode != 0:
        raise Missing(f"{' '.join(map(str, command))}\n{(done.stderr or done.stdout).strip().splitlines()[-1:]}")
    return done.stdout


def model(options, name, engine):
    return options.models / name / FORMS[engine].format(name)


def words(options, engine):
    """What the command line adds for an engine."""
    return ["--engine", engine, "--precision", options.precision, *shlex.split(options.options.get(engine, ""))]


def penstock(options, engine):
    """One job over all pictures; returns its summary."""
    with tempfile.TemporaryDirectory() as folder:
        summary, output = pathlib.Path(folder) / "s.json", pathlib.Path(folder) / "r.jsonl"
        run([options.penstock, "classify", options.pictures, "--model", model(options, "inception_v3", engine)]
            + words(options, engine)
            + ["--cache-dir", "none", "--output", output, "--summary", summary, "--progress", "never"])
        return json.loads(summary.read_text())


def peer(options, engine):
    """The engine's own API."""
    python = options.python.get(engine, sys.executable)
    script = pathlib.Path(__file__).with_name("engines_peers.py")
    command = [python, script, engine, model(options, "inception_v3", engine), "--seconds", options.seconds]
    return json.loads(run(command + ["--precision", options.precision]).splitlines()[-1])


def resident(process):
    """The process's resident memory in bytes; None once it has ended."""
    try:
        lines = pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS")), None)


def memory(options, engine):
    """Resident memory after 500 inferences and after all, of one job over a list that repeats a few pictures."""
    files = sorted(options.pictures.glob("*.jpg"))[:16]
    with tempfile.TemporaryDirectory() as folder:
        paths = pathlib.Path(folder) / "list.txt"
        repeated = itertools.islice(itertools.cycle(files), options.memory_count)
        paths.write_text("".join(f"{file.resolve()}\n" for file in repeated))
        command = [options.penstock, "classify", f"@{paths}", "--model", model(options, "mobilenet_v2", engine)]
        command = [str(word) for word in command + words(options, engine)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        first = last = None
        for count, _ in enumerate(process.stdout, 1):
            if count == FIRST_SAMPLE:
                first = resident(process)
            elif count % 100 == 0:
                last = resident(process) or last
        if process.wait() != 0 or first is None or last is None:
            raise Missing(f"{' '.join(command)} ended with {process.returncode}")
    return first, last


def table(rows):
    columns = list(rows[0])
    print("\n| " + " | ".join(columns) + " |\n|" + "---|" * len(columns))
    for row in rows:
        print("| " + " | ".join(str(row[column]) for column in columns) + " |")
    print(flush=True)


def opening(times):
    return " + ".join(f"{statistics.median(run[step] for run in times):.2f}" for step in ("read", "compile", "warmUp"))


def measure(options):
    """Speeds and openings of every engine, by turns."""
    ours, theirs = ({engine: [] for engine in options.engines} for _ in range(2))
    alone = set()
    for _ in range(options.rounds):
        for engine in list(options.engines):
            try:
                ours[engine].append(penstock(options, engine))
            except Missing as reason:
                print(f"{engine} is left out: {reason}", flush=True)
                options.engines.remove(engine)
                continue
            if engine not in alone:
                try:
                    theirs[engine].append(peer(options, engine))
                except Missing as reason:
                    print(f"{engine} is measured without its own API: {reason}", flush=True)
                    alone.add(engine)
            other = theirs[engine][-1] if theirs[engine] else {}
            print(json.dumps({
                "engine": engine, "penstock": ours[engine][-1]["itemsPerSecond"], "peer": other.get("rate"),
                "setting": other.get("setting"), "precision": ours[engine][-1]["precision"],
            }), flush=True)
    speeds, openings = [], []
    for engine in options.engines:
        own = statistics.median(facts["itemsPerSecond"] for facts in ours[engine])
        other = statistics.median(facts["rate"] for facts in theirs[engine]) if theirs[engine] else None
        last = ours[engine][-1]
        speeds.append({
            "engine": last["engine"].split("-")[0], "precision": last["precision"], "batch": last["batch"],
            "own API, pictures/s": round(other, 1) if other else "–",
            "at": theirs[engine][-1]["setting"] if other else "–",
            "penstock": round(own, 1), "of it": round(own / other, 3) if other else "–",
        })
        openings.append({
            "engine": engine,
            "penstock: read + compile + warm-up, s": opening([facts["opening"] for facts in ours[engine]]),
            "own API, s": opening(theirs[engine]) if theirs[engine] else "–",
        })
    if speeds:
        table(speeds)
        table(openings)


def measure_memory(options):
    rows = []
    for engine in options.engines:
        try:
            first, last = memory(options, engine)
        except Missing as reason:
            print(f"{engine} is left out: {reason}", flush=True)
            continue
        rows.append({
            "engine": engine, f"after {FIRST_SAMPLE}, MiB": round(first / 2**20, 1),
            f"after {options.memory_count}, MiB": round(last / 2**20, 1), "growth": f"{last / first - 1:+.2%}",
        })
        print(json.dumps(rows[-1]), flush=True)
    if rows:
        table(rows)


def pairs(texts):
    return dict(text.split("=", 1) for text in texts)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", type=pathlib.Path)
    parser.add_argument("pictures", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=10, help="how long an engine's own API runs each time")
    parser.add_argument("--engines", default="openvino,tensorflow,onnxruntime")
    parser.add_argument("--precision", default="auto")
    parser.add_argument("--python", action="append", default=[], metavar="ENGINE=PATH")
    parser.add_argument("--options", action="append", default=[], metavar="ENGINE='--batch 8'")
    parser.add_argument("--memory-count", type=int, default=10_000, help="0 leaves the table of memory out")
    parser.add_argument("--penstock", type=pathlib.Path, default=ROOT / ".build/release/penstock")
    options = parser.parse_args()
    options.engines = options.engines.split(",")
    options.python, options.options = pairs(options.python), pairs(options.options)
    if options.rounds:
        measure(options)
    if options.memory_count:
        measure_memory(options)


if __name__ == "__main__":
    main()
