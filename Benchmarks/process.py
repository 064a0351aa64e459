"""Measures `penstock process` beside what Python offers: JPEGs made grey and written as JPEG 95 and as PNG.

    python3 Benchmarks/make_pictures.py PICTURES --mix 500x375:1
    python3 Benchmarks/process.py PICTURES [--rounds 5] [--penstock .build/release/penstock]

Each round runs every case once, each in a fresh process with a fresh folder; the table gives medians of pictures a second. Folders stay
until the end, since a file system is slow to make files just after others were removed, which would be measured instead.

  encode    OpenCV's encoder alone on all cores: pictures decoded beforehand, nothing written
  cv2-loop  `cv2.imread` as grey and `cv2.imwrite`, one picture after the other
  cv2-pool  the same in a pool of threads, OpenCV's own threads off; with as many threads as cores and one more, the better counts
  vips      libvips through pyvips, streaming, in a pool of threads; the same choice
  penstock  `penstock process --gray`, by its own count

With `--memory`, `penstock process` runs on the pictures once and on 25 copies of each, and the peaks of memory are compared.

Needs: pip install opencv-python-headless pyvips numpy; the library libvips42
"""

import argparse
import json
import os
import pathlib
import shutil
import statistics
import sys
import tempfile

from classify import timed

PEERS = ["cv2-loop", "cv2-pool", "vips"]
COPIES = 25


def fresh_folder(options):
    return pathlib.Path(tempfile.mkdtemp(dir=options.folder))


def peer(options, way, kind, threads):
    """One of the Python ways, in its own process."""
    program = pathlib.Path(__file__).with_name("process_peers.py")
    command = [sys.executable, program, way, options.pictures, kind, fresh_folder(options)]
    output, _, _ = timed([*command, "--threads", str(threads)])
    facts = json.loads(output.splitlines()[-1])
    return facts["perSecond"], facts["bytes"]


def penstock(options, pictures, kind):
    """Penstock's own count of pictures a second, the bytes written, and the peak of memory."""
    folder = fresh_folder(options)
    summary = folder / "summary.json"
    command = [options.penstock, "process", pictures, "--to", folder / "out", "--gray", "--format", kind]
    command += ["--quality", "95"] if kind == "jpeg" else []
    timed([*command, "--metadata", "none", "--summary", summary, "--progress", "never"])
    facts = json.loads(summary.read_text())
    if facts["failed"] > 0:
        sys.exit(f"penstock failed on {facts['failed']} pictures")
    return facts["itemsPerSecond"], facts["bytesWritten"], facts["peakMemoryBytes"]


def measure(options, kind):
    cores = len(os.sched_getaffinity(0))
    rates, sizes = {}, {}
    for _ in range(options.rounds):
        for way in ["encode", *PEERS]:
            for threads in [cores] if way in ("encode", "cv2-loop") else [cores, cores + 1]:
                rate, size = peer(options, way, kind, threads)
                rates.setdefault((way, threads), []).append(rate)
                sizes[way] = size
        rate, sizes["penstock"], _ = penstock(options, options.pictures, kind)
        rates.setdefault(("penstock", 0), []).append(rate)
    medians = {}
    for (way, _), measured in rates.items():
        medians[way] = max(medians.get(way, 0), statistics.median(measured))
    best = max(PEERS, key=lambda way: medians[way])
    return {
        "written": f"grey {kind}",
        **{way: round(rate) for way, rate in medians.items()},
        "of best peer": round(medians["penstock"] / medians[best], 2),
        "bytes of it": round(sizes["penstock"] / sizes[best], 3),
        "rounds": {f"{way} {threads}": [round(rate) for rate in measured] for (way, threads), measured in rates.items()},
    }


def measure_memory(options):
    """The peaks for the pictures, and for many copies of them."""
    many, paths = fresh_folder(options), list(options.pictures.glob("*.jpg"))
    for path in paths:
        for copy in range(COPIES):
            shutil.copy(path, many / f"{path.stem}-{copy:02}.jpg")
    few, lots = (penstock(options, folder, "jpeg")[2] for folder in (options.pictures, many))
    sizes = [round(few / 2**20, 1), round(lots / 2**20, 1)]
    return {"pictures": len(paths), "times": COPIES, "MiB": sizes, "growth": round(lots / few - 1, 3)}


def print_table(rows):
    columns = [column for column in rows[0] if column != "rounds"]
    print("\n| " + " | ".join(columns) + " |\n|" + "---|" * len(columns))
    for row in rows:
        print("| " + " | ".join(str(row[column]) for column in columns) + " |")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("pictures", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--penstock", type=pathlib.Path, default=pathlib.Path(".build/release/penstock"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as options.folder:
        rows = [measure(options, kind) for kind in ("jpeg", "png")]
        for row in rows:
            print(json.dumps(row))
        print_table(rows)
        if options.memory:
            print(json.dumps(measure_memory(options)))


if __name__ == "__main__":
    main()
