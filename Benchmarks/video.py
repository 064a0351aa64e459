"""Measures `penstock classify` on a video, every frame, beside decoding alone and beside what Python offers.

    python3 Benchmarks/make_models.py MODELS
    python3 Benchmarks/make_clips.py CLIPS
    python3 Benchmarks/video.py MODELS CLIPS [--rounds 3] [--penstock .build/release/penstock]

Every case of a round runs in a fresh process, so that a change of the machine's speed touches all of them; the tables give
medians. First, frames a second of the 1080p clip:

  decode             `ffmpeg -benchmark -f null` with 2 threads: nothing but decoding
  penstock, load     decoding and preprocessing for 299²: the model is one that computes next to nothing
  penstock           `penstock classify`, results written to a file
  pyav, decord, cv2  each with OpenVINO's AsyncInferQueue at its best: bytes into the model, scaling in the graph, the
                     throughput hint, decoding on a thread of its own; with 1 and with 2 decoder threads, the better counts

Then the sparse job: `--fps 0.1` on the ten-minute clip beside decoding the whole of it, in seconds from start to exit.

Needs: the ffmpeg program; pip install av decord opencv-python-headless openvino numpy
"""

import argparse
import json
import pathlib
import re
import statistics
import sys
import tempfile

from classify import side, timed, write_empty_model

PEERS = ["pyav", "decord", "cv2"]
DECODER_THREADS = [1, 2]


def decode(clip, frames):
    """Frames a second of decoding alone, and the seconds it took."""
    command = ["ffmpeg", "-hide_banner", "-benchmark", "-threads", "2", "-i", clip, "-map", "0:v:0", "-f", "null", "-"]
    output, _, _ = timed(command)
    seconds = float(re.search(r"rtime=([\d.]+)s", output).group(1))
    return frames / seconds, seconds


def penstock(program, clip, model, precision, arguments=()):
    """Penstock's own count of frames a second, how many it saw, and the seconds from start to exit."""
    with tempfile.TemporaryDirectory() as name:
        summary = pathlib.Path(name) / "summary.json"
        command = [program, "classify", clip, "--model", model, "--precision", precision, "--progress", "never"]
        command += ["--output", pathlib.Path(name) / "results.jsonl", "--summary", summary, *arguments]
        _, seconds, _ = timed(command)
        facts = json.loads(summary.read_text())
        if facts["failed"] > 0:
            sys.exit(f"penstock failed on {facts['failed']} frames of {clip}")
        return facts["itemsPerSecond"], facts["done"], seconds


def peer(name, clip, model, precision, threads):
    """One of the Python stacks, in its own process."""
    command = [sys.executable, pathlib.Path(__file__).with_name("video_peers.py"), name, clip, model]
    output, _, _ = timed([*command, "--precision", precision, "--threads", str(threads)])
    facts = json.loads(output.splitlines()[-1])
    return facts["framesPerSecond"], facts["frames"]


def frame_count(clip):
    command = ["ffprobe", "-v", "error", "-count_packets", "-select_streams", "v:0"]
    output, _, _ = timed([*command, "-show_entries", "stream=nb_read_packets", "-of", "csv=p=0", clip])
    return int(output.strip().strip(","))


class Rates:
    """What every round measured, by case, checked to have seen the whole clip."""

    def __init__(self, frames):
        self.frames, self.rounds = frames, {}

    def add(self, case, rate, frames=None):
        if frames not in (None, self.frames):
            sys.exit(f"{case} saw {frames} frames of {self.frames}")
        self.rounds.setdefault(case, []).append(rate)

    def median(self, case):
        return round(statistics.median(self.rounds[case]), 1)


def measure_clip(options, clip):
    """Every case on the clip, all its frames."""
    rates = Rates(frame_count(clip))
    models = {name: options.models / name / f"{name}.xml" for name in options.model}
    with tempfile.TemporaryDirectory() as name:
        empty = write_empty_model(pathlib.Path(name), 299)
        for _ in range(options.rounds):
            rates.add("decode", decode(clip, rates.frames)[0])
            rates.add("penstock, load", *penstock(options.penstock, clip, empty, options.precision)[:2])
            for model, path in models.items():
                rates.add(f"penstock {model}", *penstock(options.penstock, clip, path, options.precision)[:2])
                for stack in PEERS:
                    for threads in DECODER_THREADS:
                        case = f"{stack} {model} {threads}"
                        rates.add(case, *peer(stack, clip, path, options.precision, threads))
    return {
        "frames": rates.frames,
        "decode": rates.median("decode"),
        "penstock, load": rates.median("penstock, load"),
        "load of decode": round(rates.median("penstock, load") / rates.median("decode"), 3),
        "models": {model: summary_of(rates, model) for model in models},
        "rounds": rates.rounds,
    }


def summary_of(rates, model):
    """Penstock and each stack with its better number of decoder threads."""
    best = {stack: max(rates.median(f"{stack} {model} {threads}") for threads in DECODER_THREADS) for stack in PEERS}
    own = rates.median(f"penstock {model}")
    return {"penstock": own, **best, "of best peer": round(own / max(best.values()), 3)}


def measure_sparse(options, clip):
    """A frame every ten seconds, beside decoding everything."""
    model = options.models / options.model[-1] / f"{options.model[-1]}.xml"
    whole, sparse, looked_at = [], [], set()
    for _ in range(options.rounds):
        whole.append(decode(clip, 1)[1])
        _, frames, seconds = penstock(options.penstock, clip, model, options.precision, ["--fps", "0.1"])
        sparse.append(seconds)
        looked_at.add(frames)
    whole, sparse = statistics.median(whole), statistics.median(sparse)
    return {
        "frames": sorted(looked_at),
        "decode whole, s": round(whole, 2),
        "penstock --fps 0.1, s": round(sparse, 3),
        "times faster": round(whole / sparse, 1),
    }


def print_table(rows):
    columns = list(rows[0])
    print("\n| " + " | ".join(columns) + " |\n|" + "---|" * len(columns))
    for row in rows:
        print("| " + " | ".join(str(row[column]) for column in columns) + " |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", type=pathlib.Path)
    parser.add_argument("clips", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--penstock", type=pathlib.Path, default=pathlib.Path(".build/release/penstock"))
    parser.add_argument("--model", action="append", help="only this model; may be repeated")
    parser.add_argument("--precision", default="f32", choices=["f32", "bf16"])
    parser.add_argument("--only", choices=["clip", "sparse"])
    options = parser.parse_args()
    options.model = options.model or ["inception_v3", "mobilenet_v2"]
    results = {}
    if options.only != "sparse":
        results["clip"] = measure_clip(options, options.clips / "photos.mp4")
    if options.only != "clip":
        results["sparse"] = measure_sparse(options, options.clips / "long.mp4")
    print(json.dumps(results))
    if "clip" in results:
        clip = results["clip"]
        print_table([{key: clip[key] for key in ("frames", "decode", "penstock, load", "load of decode")}])
        print_table([{"model": model, **row} for model, row in clip["models"].items()])
    if "sparse" in results:
        print_table([results["sparse"]])


if __name__ == "__main__":
    main()
