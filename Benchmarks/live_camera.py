"""A camera that sends JPEGs over HTTP (multipart/x-mixed-replace) at a steady rate, to one reader, and knows when.

    python3 Benchmarks/live_camera.py FRAMES_FOLDER --fps 30

Prints its address, and once a reader is there `{"start": S}`, in seconds of the monotonic clock, which every process of the
machine shares: picture n was taken at S + n / fps, whenever it can be sent. A reader that is too slow therefore sees pictures
that are older and older, as with any sender that does not throw pictures away.
"""

import argparse
import json
import pathlib
import socket
import time

HEAD = b"HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace;boundary=ffmpeg\r\n\r\n--ffmpeg\r\n"


def send(reader, pictures, rate):
    """Sends pictures until the reader goes."""
    reader.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    reader.recv(65536)
    reader.sendall(HEAD)
    start = time.monotonic()
    print(json.dumps({"start": start}), flush=True)
    index = 0
    while True:
        time.sleep(max(0, start + index / rate - time.monotonic()))
        picture = pictures[index % len(pictures)]
        part = f"Content-type: image/jpeg\r\nContent-length: {len(picture)}\r\n\r\n".encode()
        reader.sendall(part + picture + b"\r\n--ffmpeg\r\n")
        index += 1


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("frames", type=pathlib.Path)
    parser.add_argument("--fps", type=float, default=30)
    options = parser.parse_args()
    pictures = [path.read_bytes() for path in sorted(options.frames.glob("*.jpg"))]
    with socket.create_server(("127.0.0.1", 0)) as server:
        print(f"http://127.0.0.1:{server.getsockname()[1]}/stream.mjpg", flush=True)
        reader, _ = server.accept()
        try:
            send(reader, pictures, options.fps)
        except OSError:
            pass


if __name__ == "__main__":
    main()
