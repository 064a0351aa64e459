#!/bin/sh
# run.sh address|thread [ARGUMENT...]: runs the tests under a sanitizer; the arguments go to `swift test`.
#
# The engine is not instrumented. Its memory goes through the sanitizer's allocator all the same, so that what we do to
# it, and it to ours, is seen; its own locking is not.
set -eu

sanitizer=$1
shift
cd "$(dirname "$0")/../.."
swift=${SWIFT:-swift}
built=.build/sanitize-$sanitizer
set -- --sanitize="$sanitizer" --scratch-path "$built" "$@"

echo "sanitize: building for the $sanitizer sanitizer; the first time takes some minutes"
"$swift" build --build-tests --sanitize="$sanitizer" --scratch-path "$built"

# Keeps the engine's threading library from opening its helper in a way that sanitizers refuse.
export TBB_ENABLE_SANITIZERS=1
# The engine asks for absurd amounts of memory and copes with the refusal.
refusing=allocator_may_return_null=1
echo "sanitize: running the tests under the $sanitizer sanitizer"
case $sanitizer in
    address)
        # The sanitizer's own care for the thread-local memory of libraries fails when threads of an opened library end.
        export ASAN_OPTIONS="$refusing:intercept_tls_get_addr=0${ASAN_OPTIONS:+:$ASAN_OPTIONS}"
        export LSAN_OPTIONS="suppressions=$PWD/Scripts/sanitize/leaks.txt:print_suppressions=0${LSAN_OPTIONS:+:$LSAN_OPTIONS}"
        ;;
    thread)
        export TSAN_OPTIONS="$refusing${TSAN_OPTIONS:+:$TSAN_OPTIONS}"
        clang -shared -fPIC -O1 -o "$built/thread_mutex.so" Scripts/sanitize/thread_mutex.c
        export LD_PRELOAD="$PWD/$built/thread_mutex.so"
        ;;
esac
exec "$swift" test --skip-build "$@"
