"""Measures `penstock classify --live` on a camera of 720p JPEGs beside two loops in Python: latency, drops, memory.

    python3 Benchmarks/make_models.py MODELS --only mobilenet_v2
    python3 Benchmarks/make_clips.py CLIPS
    python3 Benchmarks/live.py MODELS CLIPS [--seconds 20] [--penstock .build/release/penstock]
    python3 Benchmarks/live.py MODELS CLIPS --minutes 30      # one rate, for the memory

At 30, 60 and 120 frames a second, each in fresh processes:

  p50, p99  milliseconds from when a picture was taken to when its result could be read, seen from outside: the camera is a
            process of its own (live_camera.py) that knows when it took each picture, and this one reads the results
  dropped   the part of the pictures taken that had no result
  behind    how old the last results were, in milliseconds: a reader that falls behind has no bound
  own p99   Penstock's own figure, from the arrival of a frame to its result, the first two seconds included
  memory    MiB at the end, and how much that is above the first quarter's

The first two seconds do not count: connecting, warming up.

Needs: pip install opencv-python-headless openvino numpy
"""

import argparse
import json
import pathlib
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
RATES = [30, 60, 120]
WARM_UP = 2.0


class Memory:
    """The resident memory of a process, once a second."""

    def __init__(self, process):
        self.samples = []
        self.thread = threading.Thread(target=self.watch, args=[process], daemon=True)
        self.thread.start()

    def watch(self, process):
        while process.poll() is None:
            try:
                status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
                self.samples.append(int(status.split("VmRSS:")[1].split()[0]) / 1024)
            except (OSError, IndexError):
                return
            time.sleep(1)

    def summary(self):
        """MiB at the end and the growth since the first quarter, as medians of a quarter each."""
        quarter = max(1, len(self.samples) // 4)
        early = statistics.median(self.samples[quarter : 2 * quarter] or self.samples)
        late = statistics.median(self.samples[-quarter:])
        return {"memory": round(late, 1), "growth": round(late - early, 1)}


def percentile(sorted_values, part):
    return sorted_values[min(len(sorted_values) - 1, int(part * len(sorted_values)))]


def results_of(process, seconds):
    """(frame, when its result was there) of every result line; interrupts the process so long after the first."""
    timer = threading.Timer(seconds + WARM_UP, process.send_signal, [signal.SIGINT])
    found = []
    for line in process.stdout:
        if timer.ident is None:
            timer.start()
        facts = json.loads(line)
        if "frame" in facts and "error" not in facts:
            found.append((facts["frame"], time.monotonic()))
    timer.cancel()
    return found


def measure(command, frames, rate, seconds):
    """Runs one reader on a camera of its own."""
    camera_command = [sys.executable, HERE / "live_camera.py", frames, "--fps", str(rate)]
    camera = subprocess.Popen(camera_command, stdout=subprocess.PIPE, text=True)
    address = camera.stdout.readline().strip()
    with tempfile.TemporaryFile() as errors:
        reader = subprocess.Popen(command(address), stdout=subprocess.PIPE, stderr=errors, text=True)
        memory = Memory(reader)
        results = results_of(reader, seconds)
        reader.wait()
        camera.terminate()
        if not results:
            errors.seek(0)
            sys.exit(f"{command(address)} gave no result:\n{errors.read().decode()}")
    start = json.loads(camera.stdout.readline())["start"]
    return {**latency(results, start, rate), **memory.summary()}


def latency(results, start, rate):
    """Percentiles of what came after the warm-up."""
    taken = [(when, frame, when - (start + frame / rate)) for frame, when in results]
    counted = [item for item in taken if item[0] > start + WARM_UP] or taken
    ages = sorted(age for _, _, age in counted)
    pictures = counted[-1][1] - counted[0][1] + 1
    return {
        "results/s": round(len(counted) / max(0.001, counted[-1][0] - counted[0][0]), 1),
        "p50": round(1000 * percentile(ages, 0.50), 1),
        "p99": round(1000 * percentile(ages, 0.99), 1),
        "dropped": round(1 - len(counted) / pictures, 3),
        "behind": round(1000 * statistics.median(age for _, _, age in counted[-10:]), 1),
    }


def penstock(options, model, rate, seconds):
    """Penstock, and what it says itself."""
    with tempfile.TemporaryDirectory() as name:
        summary = pathlib.Path(name) / "summary.json"

        def command(address):
            settings = ["--live", "--reconnect", "never", "--progress", "never", "--summary", summary]
            chosen = ["--model", model, "--precision", "f32"]
            return [options.penstock, "classify", address, *chosen, *settings, *options.extra.split()]

        row = measure(command, options.clips / "frames", rate, seconds)
        facts = json.loads(summary.read_text())
        kept = ("received", "done", "failed", "dropped", "latency")
        return {**row, "own p99": round(1000 * facts["latency"]["p99"], 1), "summary": {key: facts[key] for key in kept}}


def peer(options, kind, model, rate, seconds):
    """One of the loops in Python."""

    def command(address):
        return [sys.executable, HERE / "live_peers.py", kind, address, model]

    return {**measure(command, options.clips / "frames", rate, seconds), "own p99": None}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", type=pathlib.Path)
    parser.add_argument("clips", type=pathlib.Path)
    parser.add_argument("--model", default="mobilenet_v2")
    parser.add_argument("--fps", type=int, action="append", help="only this rate; may be repeated")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--minutes", type=float, help="run Penstock alone for so long, at one rate, for its memory")
    parser.add_argument("--penstock", type=pathlib.Path, default=pathlib.Path(".build/release/penstock"))
    parser.add_argument("--extra", default="", help="more options for penstock, as one text")
    parser.add_argument("--only", choices=["penstock", "peers"])
    options = parser.parse_args()
    model = options.models / options.model / f"{options.model}.xml"
    rows = []
    for rate in options.fps or ([30] if options.minutes else RATES):
        seconds = options.minutes * 60 if options.minutes else options.seconds
        cases = {}
        if options.only != "peers":
            cases["penstock"] = lambda: penstock(options, model, rate, seconds)
        if options.only != "penstock" and not options.minutes:
            cases["loop"] = lambda: peer(options, "loop", model, rate, seconds)
            cases["latest"] = lambda: peer(options, "latest", model, rate, seconds)
        for name, run in cases.items():
            rows.append({"fps": rate, "reader": name, **run()})
            print(json.dumps(rows[-1]), flush=True)
    columns = [column for column in rows[0] if column != "summary"]
    print("\n| " + " | ".join(columns) + " |\n|" + "---|" * len(columns))
    for row in rows:
        print("| " + " | ".join(str(row.get(column)) for column in columns) + " |")


if __name__ == "__main__":
    main()
