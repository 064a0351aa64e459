"""The loops that people write, timed beside the commands that take their place.

    python3 Benchmarks/make_models.py MODELS --only mobilenet_v2
    python3 Benchmarks/make_pictures.py PICTURES --mix 500x375:1
    python3 Benchmarks/loops.py MODELS PICTURES [--rounds 3] [--penstock .build/release/penstock]

Two jobs: making every picture grey, 320 pixels wide and a JPEG again; and classifying every picture with MobileNetV2 in OpenVINO.
Each way of doing them is a function below, as short as it is found in the wild: Documentation/Loops.md shows them. Each runs in a
fresh process; the tables give medians of pictures a second, reading the model not counted, and the peak of memory.

Needs: pip install opencv-python-headless openvino numpy
"""

import argparse
import asyncio
import concurrent.futures
import json
import pathlib
import resource
import statistics
import sys
import tempfile
import time

from classify import timed

BATCH = 32


# Making pictures grey.


def write_one_by_one(paths, out):
    import cv2

    for path in paths:
        picture = cv2.imread(str(path))
        gray = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
        small = cv2.resize(gray, (320, 240), interpolation=cv2.INTER_AREA)
        cv2.imwrite(str(out / path.name), small)


def write_in_batches(paths, out):
    import cv2

    pictures = [cv2.imread(str(path)) for path in paths]
    grays = [cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY) for picture in pictures]
    smalls = [cv2.resize(gray, (320, 240), interpolation=cv2.INTER_AREA) for gray in grays]
    for path, small in zip(paths, smalls):
        cv2.imwrite(str(out / path.name), small)


def write_in_a_pool(paths, out):
    import cv2

    def work(path):
        picture = cv2.imread(str(path))
        gray = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
        small = cv2.resize(gray, (320, 240), interpolation=cv2.INTER_AREA)
        cv2.imwrite(str(out / path.name), small)

    with concurrent.futures.ThreadPoolExecutor() as pool:
        list(pool.map(work, paths))


def write_by_asyncio(paths, out):
    import cv2

    async def work(path):
        data = await asyncio.to_thread(cv2.imread, str(path))
        gray = cv2.cvtColor(data, cv2.COLOR_BGR2GRAY)
        small = cv2.resize(gray, (320, 240), interpolation=cv2.INTER_AREA)
        await asyncio.to_thread(cv2.imwrite, str(out / path.name), small)

    async def main():
        await asyncio.gather(*(work(path) for path in paths))

    asyncio.run(main())


# Classifying.


def tensor(path):
    import cv2
    import numpy

    picture = cv2.cvtColor(cv2.imread(str(path)), cv2.COLOR_BGR2RGB)
    return cv2.resize(picture, (224, 224)).astype(numpy.float32) / 127.5 - 1


def classify_one_by_one(paths, model):
    return [int(model(tensor(path)[None])[0].argmax()) for path in paths]


def classify_in_batches(paths, model):
    import numpy

    tensors = [tensor(path) for path in paths]
    classes = []
    for first in range(0, len(tensors), BATCH):
        classes += model(numpy.stack(tensors[first : first + BATCH]))[0].argmax(1).tolist()
    return classes


def classify_from_a_pool(paths, model):
    with concurrent.futures.ThreadPoolExecutor() as pool:
        return [int(model(loaded[None])[0].argmax()) for loaded in pool.map(tensor, paths)]


def classify_by_asyncio(paths, model):
    async def work(path):
        loaded = await asyncio.to_thread(tensor, path)
        return int(model(loaded[None])[0].argmax())

    async def main():
        return await asyncio.gather(*(work(path) for path in paths))

    return asyncio.run(main())


WAYS = {
    "write": [write_one_by_one, write_in_batches, write_in_a_pool, write_by_asyncio],
    "classify": [classify_one_by_one, classify_in_batches, classify_from_a_pool, classify_by_asyncio],
}


def run_one(name, pictures, model):
    """What a fresh process does: one way, timed from its first picture to its last."""
    paths = sorted(pictures.glob("*.jpg"))
    way = next(way for ways in WAYS.values() for way in ways if way.__name__ == name)
    with tempfile.TemporaryDirectory() as out:
        if name.startswith("write"):
            target = pathlib.Path(out)
        else:
            import openvino

            target = openvino.compile_model(model, "CPU", {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_PRECISION_HINT": "f32"})
        start = time.monotonic()
        way(paths, target)
        seconds = time.monotonic() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"perSecond": len(paths) / seconds, "MiB": peak}))


def in_a_fresh_process(way, options, model):
    command = [sys.executable, __file__, options.models, options.pictures, "--one", way.__name__, "--model", model]
    output, _, _ = timed(command)
    return json.loads(output.splitlines()[-1])


def penstock(options, kind, model):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        command = [options.penstock, "process" if kind == "write" else "classify", options.pictures, "--progress", "never"]
        if kind == "write":
            command += ["--to", folder / "out", "--gray", "--resize", "320x240", "--resample", "box"]
        else:
            command += ["--model", model, "--precision", "f32", "--output", folder / "results.jsonl"]
        timed([*command, "--summary", folder / "summary.json"])
        facts = json.loads((folder / "summary.json").read_text())
        return {"perSecond": facts["itemsPerSecond"], "MiB": facts["peakMemoryBytes"] / 2**20}


def measure(options, kind, model):
    runs = {}
    for _ in range(options.rounds):
        for way in WAYS[kind]:
            runs.setdefault(way.__name__, []).append(in_a_fresh_process(way, options, model))
        runs.setdefault("penstock", []).append(penstock(options, kind, model))
    print("\n| way | pictures/s | peak MiB |\n|---|---|---|")
    for name, measured in runs.items():
        rate = statistics.median(run["perSecond"] for run in measured)
        print(f"| {name} | {rate:.1f} | {statistics.median(run['MiB'] for run in measured):.0f} |")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("models", type=pathlib.Path)
    parser.add_argument("pictures", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--penstock", type=pathlib.Path, default=pathlib.Path(".build/release/penstock"))
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--model", type=pathlib.Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        return run_one(options.one, options.pictures, options.model)
    model = options.models / "mobilenet_v2" / "mobilenet_v2.xml"
    for kind in WAYS:
        measure(options, kind, model)


if __name__ == "__main__":
    main()
