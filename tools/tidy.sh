#!/bin/sh
# npm run lint:tidy [-- REGEX]: clang-tidy over the files of wasm/ and demo/server whose path matches REGEX (all of
# them by default).
#
# A file is skipped while its text, the project's headers that it includes, and .clang-tidy are as they were when it
# last passed: build/tidy/ holds a checksum for each file that passed, and the list of what the checksum covers.
# Two things are left out: wasm/seam/bindings.cpp and embind.cpp, because they need Emscripten's headers, and the
# tests, because Catch2's macros break several checks and its headers double the time.
set -eu
cd "$(dirname "$0")/.."

if [ "${1:-}" = --file ]; then  # the script calls itself for each file
  file=${2:?no file of wasm/ or demo/server matches}
  stamp=build/tidy/$(echo "$file" | tr / -)
  sum() { cat .clang-tidy $(cat "$stamp.list") 2>&1 | cksum; }
  if [ -e "$stamp.sum" ] && [ "$(sum)" = "$(cat "$stamp.sum")" ]; then exit 0; fi
  rm -f "$stamp.sum"
  # The rule that the compiler prints for make, without its target and line ends: the file and the project's headers.
  c++ -std=c++20 -Iwasm -Idemo/server -Ibuild/dev/include -isystem build/dev/nlohmann -MM "$file" |
    sed 's/^[^ ]*: //; s/\\$//' >"$stamp.list"
  passed=$(sum)
  if ! clang-tidy --quiet -p build/dev "$file" >"$stamp.log" 2>&1; then
    grep -E -A 3 ': (error|warning):' "$stamp.log" || cat "$stamp.log"
    exit 1
  fi
  echo "$passed" >"$stamp.sum"
  exit 0
fi

cmake --preset dev >/dev/null
mkdir -p build/tidy
sed -n "s|^ *\"file\": \"$PWD/\(.*\)\".*|\1|p" build/dev/compile_commands.json |
  grep -E "^(wasm|demo/server)/.*(${1:-})" | sort -u | xargs -P "$(nproc)" -n 1 tools/tidy.sh --file
