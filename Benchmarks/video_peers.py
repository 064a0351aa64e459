"""One Python stack that classifies every frame of a clip, tuned; `video.py` runs it and says what it measures.

    python3 Benchmarks/video_peers.py pyav|decord|cv2 CLIP MODEL [--threads 2] [--precision f32]

Prints one line of JSON: the frames and how many a second, from opening the clip to the last result. The model's place for
pictures is read from penstock.json beside it; loading and compiling do not count.

Needs: pip install av decord opencv-python-headless openvino numpy
"""

import argparse
import json
import os
import pathlib
import queue
import threading
import time

import numpy
import openvino
from openvino.preprocess import ColorFormat, PrePostProcessor

# Frames decoded ahead of inference.
AHEAD = 16


def compiled_model(path, precision, hint="THROUGHPUT"):
    """The model taking bytes, scaled in the graph as the preset `inception` says."""
    core = openvino.Core()
    steps = PrePostProcessor(core.read_model(path))
    tensor = steps.input().tensor()
    tensor.set_element_type(openvino.Type.u8).set_layout(openvino.Layout("NHWC")).set_color_format(ColorFormat.RGB)
    steps.input().preprocess().convert_element_type(openvino.Type.f32).mean(127.5).scale(127.5)
    model = steps.build()
    side = json.loads(path.with_name("penstock.json").read_text())["size"]
    model.reshape([1, side, side, 3])
    settings = {"PERFORMANCE_HINT": hint, "INFERENCE_PRECISION_HINT": precision}
    return core.compile_model(model, "CPU", settings), side


def pyav_frames(clip, side, threads):
    import av

    with av.open(clip) as container:
        stream = container.streams.video[0]
        stream.thread_type, stream.thread_count = "AUTO", threads
        for frame in container.decode(stream):
            yield frame.reformat(side, side, "rgb24", interpolation="FAST_BILINEAR").to_ndarray()


def decord_frames(clip, side, threads):
    import decord

    reader = decord.VideoReader(clip, width=side, height=side, num_threads=threads)
    for _ in range(len(reader)):
        yield reader.next().asnumpy()


def cv2_frames(clip, side, threads):
    os.environ["OPENCV_FFMPEG_CAPTURE_OPTIONS"] = f"threads;{threads}"
    import cv2

    cv2.setNumThreads(1)
    capture = cv2.VideoCapture(clip, cv2.CAP_FFMPEG)
    while True:
        there, frame = capture.read()
        if not there:
            return
        yield cv2.cvtColor(cv2.resize(frame, (side, side), interpolation=cv2.INTER_LINEAR), cv2.COLOR_BGR2RGB)


SOURCES = {"pyav": pyav_frames, "decord": decord_frames, "cv2": cv2_frames}


def decode_ahead(frames):
    """The frames, decoded on a thread of their own."""
    waiting = queue.Queue(AHEAD)

    def work():
        for frame in frames:
            waiting.put(frame)
        waiting.put(None)

    threading.Thread(target=work, daemon=True).start()
    while (frame := waiting.get()) is not None:
        yield frame


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stack", choices=SOURCES)
    parser.add_argument("clip", type=pathlib.Path)
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--precision", default="f32")
    options = parser.parse_args()
    compiled, side = compiled_model(options.model, options.precision)
    tops = []
    requests = openvino.AsyncInferQueue(compiled)
    requests.set_callback(lambda request, index: tops.append((index, int(request.get_output_tensor().data[0].argmax()))))
    requests.start_async({0: numpy.zeros((1, side, side, 3), numpy.uint8)}, -1)
    requests.wait_all()
    tops.clear()
    start = time.monotonic()
    for index, frame in enumerate(decode_ahead(SOURCES[options.stack](str(options.clip), side, options.threads))):
        requests.start_async({0: frame[None]}, index)
    requests.wait_all()
    seconds = time.monotonic() - start
    print(json.dumps({"stack": options.stack, "frames": len(tops), "framesPerSecond": len(tops) / seconds}))


if __name__ == "__main__":
    main()
