"""An engine's own Python API, fed with ready-made tensors: what `engines.py` compares Penstock with.

    python3 Benchmarks/engines_peers.py openvino|tensorflow|onnxruntime MODEL [--seconds 10] [--precision auto]

Prints one JSON object: pictures a second, the batch and threads that were best, and the seconds to read, compile and warm
up. Nothing is decoded: each inference gets the same tensor of random values.

`--precision` is OpenVINO's to take: TensorFlow and ONNX Runtime compute a model as it is, in f32, and refuse another.

Needs the engine's own package and numpy.
"""

import argparse
import json
import os
import threading
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import numpy

BATCHES = (1, 2, 4, 8, 16, 32)
CORES = len(os.sched_getaffinity(0))


def picture(count, side):
    return numpy.random.default_rng(1).uniform(-1, 1, (count, side, side, 3)).astype(numpy.float32)


def rate(step, count, seconds):
    """Calls `step`, which infers `count` pictures, for so long; pictures a second."""
    step()
    done, start = 0, time.monotonic()
    while time.monotonic() - start < seconds:
        step()
        done += count
    return done / (time.monotonic() - start)


def best(candidates, seconds):
    """Tries each (key, step, count) for a moment, and measures the fastest."""
    tries = [(rate(step, count, max(1, seconds / 6)), key, step, count) for key, step, count in candidates]
    _, key, step, count = max(tries, key=lambda row: row[0])
    return rate(step, count, seconds), key


def openvino(path, side, seconds, precision):
    import openvino

    start = time.monotonic()
    core = openvino.Core()
    model = core.read_model(path)
    model.reshape([1, side, side, 3])
    read = time.monotonic()
    settings = {"PERFORMANCE_HINT": "THROUGHPUT"}
    if precision != "auto":
        settings["INFERENCE_PRECISION_HINT"] = precision
    compiled = core.compile_model(model, "CPU", settings)
    ready = time.monotonic()
    queue = openvino.AsyncInferQueue(compiled)
    tensor = picture(1, side)

    def burst():
        for _ in range(len(queue)):
            queue.start_async({0: tensor}, share_inputs=True)

    burst()
    queue.wait_all()
    warm = time.monotonic()
    done, start_of_run = 0, time.monotonic()
    while time.monotonic() - start_of_run < seconds:
        burst()
        done += len(queue)
    queue.wait_all()
    per_second = done / (time.monotonic() - start_of_run)
    return per_second, f"{len(queue)} requests", (read - start, ready - read, warm - ready)


def tensorflow(path, side, seconds, _precision):
    import tensorflow

    start = time.monotonic()
    model = tensorflow.saved_model.load(path)
    function = model.signatures["serving_default"]
    name = list(function.structured_input_signature[1])[0]
    read = time.monotonic()
    first = tensorflow.constant(picture(1, side))
    function(**{name: first})
    warm = time.monotonic()

    def step(count):
        tensor = tensorflow.constant(picture(count, side))
        return lambda: [value.numpy() for value in function(**{name: tensor}).values()]

    per_second, key = best([(f"batch {count}", step(count), count) for count in BATCHES], seconds)
    return per_second, key, (read - start, 0.0, warm - read)


def onnxruntime(path, side, seconds, _precision):
    import onnxruntime

    def session(threads):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

    start = time.monotonic()
    whole = session(CORES)
    name = whole.get_inputs()[0].name
    read = time.monotonic()
    whole.run(None, {name: picture(1, side)})
    warm = time.monotonic()
    single = session(1)

    def step(count):
        tensor = picture(count, side)
        return lambda: whole.run(None, {name: tensor})

    def side_by_side(count):
        """A batch on each core: run() gives the interpreter's lock up."""
        tensor = picture(count, side)

        def run():
            threads = [threading.Thread(target=single.run, args=(None, {name: tensor})) for _ in range(CORES)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()

        return run

    candidates = [(f"batch {count}, {CORES} threads each", step(count), count) for count in BATCHES[:5]]
    candidates += [(f"batch {count}, {CORES} at once", side_by_side(count), count * CORES) for count in BATCHES[:4]]
    per_second, key = best(candidates, seconds)
    return per_second, key, (0.0, read - start, warm - read)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("engine", choices=["openvino", "tensorflow", "onnxruntime"])
    parser.add_argument("model")
    parser.add_argument("--side", type=int, default=299)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--precision", default="auto")
    options = parser.parse_args()
    if options.engine != "openvino" and options.precision not in ("auto", "f32"):
        parser.error(f"the API of {options.engine} computes the model as it is, in f32, and not in {options.precision}")
    measure = {"openvino": openvino, "tensorflow": tensorflow, "onnxruntime": onnxruntime}[options.engine]
    per_second, setting, (read, compile, warm_up) = measure(
        options.model, options.side, options.seconds, options.precision
    )
    print(json.dumps({
        "rate": per_second, "setting": setting, "read": read, "compile": compile, "warmUp": warm_up,
    }))


if __name__ == "__main__":
    main()
