#!/bin/sh
# Checks what the compiler cannot: links, sizes, and names that do not belong in the repository.
#
# Looks at tracked files only. Prints every fault and then fails.
set -eu

cd "$(dirname "$0")/.."
faults=$(mktemp)
trap 'rm -f "$faults"' EXIT

# Every relative link of a Markdown file leads to something; what follows # or a blank is not part of the path.
git ls-files '*.md' | while IFS= read -r page; do
    grep -oE '\]\([^)]+\)' "$page" | sed -E 's/^\]\(//; s/\)$//; s/[# ].*//' | while IFS= read -r link; do
        case $link in
            '' | *://* | mailto:* | doc:*) ;;
            *) [ -e "$(dirname "$page")/$link" ] || echo "$page: the link to $link leads nowhere" ;;
        esac
    done
done >>"$faults"

# Nothing large: what is large belongs beside the repository, or is made by a script. A file just deleted is no fault.
git ls-files -z | xargs -0 sh -c 'find "$@" -maxdepth 0 -type f -size +1024k' find 2>/dev/null |
    sed 's/$/: larger than 1 MB/' >>"$faults"

if [ -e README.md ] && [ "$(wc -l <README.md)" -ge 200 ]; then
    echo "README.md: 200 lines or more; move what is long to Documentation/" >>"$faults"
fi

# Package registries are found through their own clients. The names are written in two halves so that this file passes.
registries='py''pi\.org|python''hosted\.org|npm''js\.(com|org)|registry\.''yarnpkg|crates\.''io|rubygems\.''org'
git grep -nIiE "$registries" | sed 's/^/names a package registry: /' >>"$faults" || true

if command -v shellcheck >/dev/null; then
    git ls-files '*.sh' '.ci/run' | xargs shellcheck >>"$faults" || true
fi

if [ -s "$faults" ]; then
    cat "$faults"
    echo "check: the above needs mending" >&2
    exit 1
fi
