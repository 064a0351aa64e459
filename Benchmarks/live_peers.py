"""A Python loop that classifies a live stream; `live.py` runs it and says what it measures.

    python3 Benchmarks/live_peers.py loop|latest ADDRESS MODEL

`loop` reads a frame, infers, and reads the next, as most programs do. `latest` reads on a thread of its own and infers the
newest frame; what it leaves out is dropped. Prints a JSON line a result with the number of its frame.

Needs: pip install opencv-python-headless openvino numpy
"""

import argparse
import json
import pathlib
import threading

import cv2

from video_peers import compiled_model


def frames(address):
    """Numbered frames as they come."""
    capture = cv2.VideoCapture(address, cv2.CAP_FFMPEG)
    index = 0
    while True:
        there, frame = capture.read()
        if not there:
            return
        yield index, frame
        index += 1


def newest(numbered):
    """The newest frame each time, read on a thread of its own."""
    ready, slot = threading.Condition(), [None]

    def work():
        for item in numbered:
            with ready:
                slot[0] = item
                ready.notify()

    threading.Thread(target=work, daemon=True).start()
    while True:
        with ready:
            if not ready.wait_for(lambda: slot[0] is not None, timeout=10):
                return
            item, slot[0] = slot[0], None
        yield item


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=["loop", "latest"])
    parser.add_argument("address")
    parser.add_argument("model", type=pathlib.Path)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    compiled, side = compiled_model(options.model, "f32", hint="LATENCY")
    request = compiled.create_infer_request()
    numbered = frames(options.address)
    for index, frame in newest(numbered) if options.kind == "latest" else numbered:
        small = cv2.cvtColor(cv2.resize(frame, (side, side), interpolation=cv2.INTER_LINEAR), cv2.COLOR_BGR2RGB)
        top = int(request.infer({0: small[None]})[0][0].argmax())
        print(json.dumps({"frame": index, "class": top}), flush=True)


if __name__ == "__main__":
    main()
