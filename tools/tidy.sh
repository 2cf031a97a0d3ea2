#!/bin/sh
# npm run lint:tidy [-- REGEX]: clang-tidy over the files of wasm/ and demo/server whose path matches REGEX (all of
# them by default).
#
# Two things are left out: wasm/seam/bindings.cpp and embind.cpp, because they need Emscripten's headers, and the
# tests, because Catch2's macros break several checks and its headers double the time.
set -eu
cd "$(dirname "$0")/.."
cmake --preset dev >/dev/null
run-clang-tidy -quiet -p build/dev -j "$(nproc)" "/(wasm|demo/server)/.*(${1:-})[^/]*\.cpp$" >build/tidy.log 2>&1 || {
  grep -E -A 3 ': (error|warning):' build/tidy.log || cat build/tidy.log
  exit 1
}
