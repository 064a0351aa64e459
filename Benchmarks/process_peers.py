"""One Python way of making pictures grey, tuned; `process.py` runs it and says what it measures.

    python3 Benchmarks/process_peers.py cv2-loop|cv2-pool|vips|encode PICTURES jpeg|png OUT [--threads 2]

Prints one line of JSON: how many pictures a second, and the bytes written. Opening libraries does not count.

Needs: pip install opencv-python-headless pyvips numpy; the library libvips42
"""

import argparse
import concurrent.futures
import json
import pathlib
import time

QUALITY = 95


def cv2_writer(kind, out):
    import cv2

    # Pictures are spread over threads; inside one, more of them would only be in each other's way.
    cv2.setNumThreads(1)
    settings = [cv2.IMWRITE_JPEG_QUALITY, QUALITY] if kind == "jpeg" else []

    def write(path):
        picture = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
        cv2.imwrite(str(out / f"{path.stem}.{'jpg' if kind == 'jpeg' else 'png'}"), picture, settings)

    return write


def vips_writer(kind, out):
    import pyvips

    pyvips.concurrency_set(1)
    # Level 1 is the fastest, and the nearest to the size that OpenCV writes.
    settings = {"Q": QUALITY} if kind == "jpeg" else {"compression": 1}

    def write(path):
        picture = pyvips.Image.new_from_file(str(path), access="sequential")
        picture.colourspace("b-w").write_to_file(str(out / f"{path.stem}.{'jpg' if kind == 'jpeg' else 'png'}"), **settings)

    return write


def encoder(kind, paths):
    """Encoding alone: pictures are decoded before the clock starts, and nothing is written."""
    import cv2

    cv2.setNumThreads(1)
    settings = [cv2.IMWRITE_JPEG_QUALITY, QUALITY] if kind == "jpeg" else []
    pictures = {path: cv2.imread(str(path), cv2.IMREAD_GRAYSCALE) for path in paths}

    def encode(path):
        cv2.imencode(".jpg" if kind == "jpeg" else ".png", pictures[path], settings)

    return encode


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("way", choices=["cv2-loop", "cv2-pool", "vips", "encode"])
    parser.add_argument("pictures", type=pathlib.Path)
    parser.add_argument("kind", choices=["jpeg", "png"])
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    paths = sorted(arguments.pictures.glob("*.jpg"))
    if arguments.way == "encode":
        work = encoder(arguments.kind, paths)
    else:
        work = (vips_writer if arguments.way == "vips" else cv2_writer)(arguments.kind, arguments.out)
    start = time.monotonic()
    if arguments.way == "cv2-loop":
        for path in paths:
            work(path)
    else:
        with concurrent.futures.ThreadPoolExecutor(arguments.threads) as pool:
            list(pool.map(work, paths))
    seconds = time.monotonic() - start
    written = sum(path.stat().st_size for path in arguments.out.iterdir())
    print(json.dumps({"perSecond": len(paths) / seconds, "bytes": written}))


if __name__ == "__main__":
    main()
