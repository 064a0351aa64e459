#!/bin/sh
# docs.sh FOLDER: writes the documentation of the public libraries to FOLDER, as a static web site.
set -eu

folder=$1
cd "$(dirname "$0")/.."
swift=${SWIFT:-swift}

echo "docs: reading the public symbols"
# The symbols of the test modules are asked for as well, and those are there only once they are built.
"$swift" build --build-tests >/dev/null
"$swift" package dump-symbol-graph --minimum-access-level public --skip-synthesized-members >/dev/null
graphs=$("$swift" build --show-bin-path)/../symbolgraph
# The product's users see the libraries; the tests and the command line have no public symbols to read.
chosen=$(mktemp -d)
trap 'rm -rf "$chosen"' EXIT
for module in Penstock PenstockCore; do
    cp "$graphs/$module".symbols.json "$graphs/$module"@*.symbols.json "$chosen/" 2>/dev/null || true
done

catalogue=
[ ! -d Sources/Penstock/Penstock.docc ] || catalogue=Sources/Penstock/Penstock.docc
echo "docs: writing $folder"
# An absent catalogue is no argument at all.
docc convert ${catalogue:+"$catalogue"} --additional-symbol-graph-dir "$chosen" --output-path "$folder" \
    --fallback-display-name Penstock --fallback-bundle-identifier org.penstock.Penstock \
    --transform-for-static-hosting
echo "docs: look at them with: python3 -m http.server --directory $folder, then /documentation/penstock"
