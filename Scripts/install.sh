#!/bin/sh
# install.sh PREFIX: installs the built program, the engines and the shell completions under PREFIX.
#
#   PREFIX/lib/penstock/    the program, and .engines beside it, where the program looks
#   PREFIX/bin/penstock     a link to the program
set -eu

prefix=$1
cd "$(dirname "$0")/.."
home=$prefix/lib/penstock

# Building is done by you, only the copying by root, so that nothing in the clone comes to belong to root.
if ! mkdir -p "$prefix/bin" "$home" 2>/dev/null || ! [ -w "$prefix/bin" ] || ! [ -w "$home" ]; then
    if [ "$(id -u)" -ne 0 ] && command -v sudo >/dev/null; then
        echo "install: $prefix belongs to root; copying with sudo"
        exec sudo Scripts/install.sh "$prefix"
    fi
    echo "install: $prefix cannot be written. Choose another folder: make install PREFIX=\$HOME/.local" >&2
    exit 1
fi

mkdir -p "$home/.engines"
install -m 755 .build/release/penstock "$home/penstock"
for engine in openvino tensorflow onnxruntime; do
    [ -d ".engines/$engine" ] || continue
    rm -rf "$home/.engines/$engine"
    cp -R ".engines/$engine" "$home/.engines/"
done
ln -sf ../lib/penstock/penstock "$prefix/bin/penstock"

# completions SHELL FILE: the program writes its own completions, so they always agree with it.
completions() {
    mkdir -p "$(dirname "$prefix/share/$2")"
    "$home/penstock" completions "$1" >"$prefix/share/$2"
}
completions bash bash-completion/completions/penstock
completions zsh zsh/site-functions/_penstock
completions fish fish/vendor_completions.d/penstock.fish

echo "install: penstock is in $prefix/bin"
