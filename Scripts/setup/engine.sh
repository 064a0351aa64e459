#!/bin/sh
# Puts OpenVINO, the default inference engine, into .engines/openvino; does nothing when it is there.
#
# The libraries and headers come out of the Python wheel that openvino.txt pins; nothing of Python runs them. pip only
# downloads the wheel, so neither a virtual environment nor an installation is touched.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
engines=$here/../../.engines
pin=$here/openvino.txt
target=$engines/openvino

# The stamp is a copy of the pin: a new version or checksum unpacks anew.
! cmp -s "$pin" "$target/stamp" || exit 0

fail() {
    echo "engine: $*" >&2
    exit 1
}

[ "$(uname -sm)" = "Linux x86_64" ] ||
    fail "the pinned OpenVINO is for Linux on x86-64, and this is $(uname -sm). Set PENSTOCK_OPENVINO_PATH to the folder of your own libopenvino_c.so."

find_python() {
    for python in python3 /usr/bin/python3 /usr/local/bin/python3; do
        "$python" -c 'import pip' 2>/dev/null && return
    done
    return 1
}

"$here/system.sh" ca-certificates unzip
find_python || "$here/system.sh" python3 python3-pip
find_python || fail "no python3 with pip, which downloads the engine. On Debian: apt-get install python3-pip"

# One run at a time; what a killed run left is swept away by the next.
mkdir -p "$engines"
exec 9>"$engines/lock"
flock 9
! cmp -s "$pin" "$target/stamp" || exit 0
rm -rf "$engines"/unpacking.*
work=$(mktemp -d "$engines/unpacking.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

# The wheels of all Pythons hold the same libraries; naming one lets any Python fetch it, and the checksum hold.
download() {
    "$python" -m pip --disable-pip-version-check download --quiet --no-deps --only-binary=:all: --python-version 3.11 \
        --require-hashes --requirement "$pin" --dest "$work" 2>"$work/log"
}

echo "engine: fetching $(grep -o '^openvino==[^ ]*' "$pin") (59 MB, usually under a minute) into .engines/openvino"
attempt=1
until download; do
    if [ "$attempt" -eq 3 ] || grep -q 'DO NOT MATCH' "$work/log"; then
        tail -n 5 "$work/log" >&2
        fail "pip could not download the engine (its last words are above). Check the network and pip's configuration, then run: make engine"
    fi
    echo "engine: the download failed; trying again in $((attempt * 5)) seconds" >&2
    sleep $((attempt * 5))
    attempt=$((attempt + 1))
done

# What inference on a CPU never opens stays packed: the plugins of other devices and their cache, and the readers of
# model files that Penstock does not take.
unzip -q "$work"/openvino-*.whl 'openvino/libs/*' 'openvino/include/*' '*.dist-info/licenses/*' -d "$work" -x \
    '*/libopenvino_intel_[gn]pu_plugin.so' '*/cache.json' '*/libopenvino_gguf_*' '*/libopenvino_jax_*' \
    '*/libopenvino_paddle_*' '*/libopenvino_pytorch_*' '*/libtbbmalloc_proxy.*' '*/tbb.pc' ||
    fail "the engine could not be unpacked. Is the disk full? Make room, then run: make engine"
mv "$work"/openvino-*.dist-info/licenses "$work/openvino/licenses"
cp "$pin" "$work/openvino/stamp"
[ ! -e "$target" ] || mv "$target" "$work/old"
mv "$work/openvino" "$target"
echo "engine: unpacked $(du -sh "$target" | cut -f1) of libraries and headers into .engines/openvino"
