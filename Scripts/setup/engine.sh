#!/bin/sh
# engine.sh [NAME [ENGINES]]: puts an inference engine into ENGINES/NAME; does nothing when it is there.
#
#   NAME      openvino, the default; tensorflow; or onnxruntime
#   ENGINES   the folder of engines, .engines in this clone by default
#
# The libraries come out of the Python wheel that NAME.txt pins; nothing of Python runs them. pip only downloads the
# wheel, so neither a virtual environment nor an installation is touched.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
name=${1:-openvino}
engines=${2:-$(cd "$here/../.." && pwd)/.engines}
pin=$here/$name.txt
target=$engines/$name

fail() {
    echo "engine: $*" >&2
    exit 1
}

# What is told of each: the bytes that are fetched, the library that the program opens, and the target of the Makefile.
case $name in
    openvino)
        size="59 MB, usually under a minute"
        library=libopenvino_c.so
        variable=PENSTOCK_OPENVINO_PATH
        command="make engine"
        ;;
    tensorflow)
        size="274 MB, which become 854 MB"
        library=libtensorflow_cc.so.2
        variable=PENSTOCK_TENSORFLOW_PATH
        command="make engine-tensorflow"
        ;;
    onnxruntime)
        size="24 MB"
        library=libonnxruntime.so
        variable=PENSTOCK_ONNXRUNTIME_PATH
        command="make engine-onnxruntime"
        ;;
    *) fail "there is no engine named $name; there are openvino, tensorflow and onnxruntime." ;;
esac

# The stamp is a copy of the pin: a new version or checksum unpacks anew.
! cmp -s "$pin" "$target/stamp" || exit 0

[ "$(uname -sm)" = "Linux x86_64" ] ||
    fail "the pinned engine is for Linux on x86-64, and this is $(uname -sm). Set $variable to the folder of your own $library."

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

echo "engine: fetching $(grep -o '^[a-z-]*==[^ ]*' "$pin") ($size) into $target"
attempt=1
until download; do
    if [ "$attempt" -eq 3 ] || grep -q 'DO NOT MATCH' "$work/log"; then
        tail -n 5 "$work/log" >&2
        fail "pip could not download the engine (its last words are above). Check the network and pip's configuration, then run: $command"
    fi
    echo "engine: the download failed; trying again in $((attempt * 5)) seconds" >&2
    sleep $((attempt * 5))
    attempt=$((attempt + 1))
done

wheel=$(echo "$work"/*.whl)
unpack() {
    unzip -q "$@" ||
        fail "the engine could not be unpacked. Is the disk full? Make room, then run: $command"
}

case $name in
    # What inference on a CPU never opens stays packed: the plugins of other devices and their cache, and the readers
    # of model files that Penstock does not take.
    openvino)
        unpack "$wheel" 'openvino/libs/*' 'openvino/include/*' '*.dist-info/licenses/*' -d "$work" -x \
            '*/libopenvino_intel_[gn]pu_plugin.so' '*/cache.json' '*/libopenvino_gguf_*' '*/libopenvino_jax_*' \
            '*/libopenvino_paddle_*' '*/libopenvino_pytorch_*' '*/libtbbmalloc_proxy.*' '*/tbb.pc'
        mv "$work"/openvino-*.dist-info/licenses "$work/openvino/licenses"
        ;;
    tensorflow)
        unpack -j "$wheel" '*/libtensorflow_cc.so.2' '*/libtensorflow_framework.so.2' '*/THIRD_PARTY_NOTICES.txt' \
            -d "$work/tensorflow"
        ;;
    onnxruntime)
        unpack -j "$wheel" '*/libonnxruntime.so.*' 'onnxruntime/LICENSE' 'onnxruntime/ThirdPartyNotices.txt' \
            -d "$work/onnxruntime"
        ;;
esac
cp "$pin" "$work/$name/stamp"
[ ! -e "$target" ] || mv "$target" "$work/old"
mv "$work/$name" "$target"
echo "engine: unpacked $(du -s -BMB "$target" | cut -f1) into $target"
