#!/usr/bin/env bash
# Runs a command in the project's toolchain:
#   tools/toolchain.sh [--needs wasm,native,fuzz,format,tidy,stream] CMD [ARG...]
#
# CMD runs with the tools on PATH when they are new enough for the named needs (all of them by default). Otherwise
# this script makes a Debian root with the right versions once, outside the checkout, and runs CMD inside it: same
# paths, working directory, environment and exit code. Progress goes to stderr, so stdout belongs to CMD alone.
#
#   VITRINE_TOOLCHAIN  folder of that root                   default ~/.cache/vitrine/toolchain-<release>-<recipe>
#   VITRINE_MIRROR     Debian mirror that the root is from   default the mirror that apt on this machine uses
set -euo pipefail

release=trixie
# The packages are installed without recommends, so the list names libclang-rt-dev and llvm (symbolizer), which
# libFuzzer and the sanitizers need.
packages=(g++ clang libclang-rt-dev llvm clang-format clang-tidy cmake ninja-build pkgconf emscripten
          nlohmann-json3-dev catch2 libsqlite3-dev libcpp-httplib-dev libnats-dev nats-server)
# Debian ships Emscripten's system libraries prebuilt. Three quarters of them, 1.2 GB, are variants for threads and
# shared libraries, which are not unpacked.
unpack_not=('/usr/share/emscripten/cache/sysroot/lib/wasm32-emscripten/pic/*'
            '/usr/share/emscripten/cache/sysroot/lib/wasm32-emscripten/lto-pic/*'
            '/usr/share/emscripten/cache/sysroot/lib/wasm32-emscripten/*-mt*'
            '/usr/share/emscripten/cache/sysroot/lib/wasm32-emscripten/*-ww*'
            '/usr/share/doc/*' '/usr/share/man/*' '/usr/share/locale/*')
min_emscripten=3.1.69
min_cmake=3.25
min_nats_server=2.9  # the first whose durable consumers end when nobody has used them for long
min_clang=19  # clang-format and clang-tidy: other versions format and warn differently

say() { printf '[toolchain] %s\n' "$*" >&2; }
at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }  # at_least MINIMUM ACTUAL
version_of() { "$@" --version 2>/dev/null | grep -oE '[0-9]+\.[0-9]+(\.[0-9]+)?' | head -n 1; }

missing=()
want_tool() {  # want_tool TOOL MINIMUM
  local found=
  if command -v "$1" >/dev/null; then found=$(version_of "$1" || true); fi
  if [ -z "$found" ] || ! at_least "$2" "$found"; then missing+=("$1 >= $2${found:+ (found $found)}"); fi
}
want_header() {  # want_header HEADER NAME MINIMUM MACROS: runs the preprocessor only, so this takes milliseconds
  local found
  found=$(printf '#include <%s>\n%s\n' "$1" "$4" | c++ -std=c++20 -E -P -x c++ - 2>/dev/null |
    tail -n 1 | tr -dc '0-9.' || true)
  if [ -z "$found" ] || ! at_least "$3" "$found"; then missing+=("$2 >= $3${found:+ (found $found)}"); fi
}
look_on_path() {  # look_on_path NEEDS: fills `missing` with each need that PATH does not meet
  local needs=,$1,
  if [[ $needs == *,format,* ]]; then want_tool clang-format $min_clang; fi
  if [[ $needs == *,tidy,* ]]; then want_tool clang-tidy $min_clang; fi
  if [[ $needs == *,wasm,* ]]; then want_tool em++ $min_emscripten; fi
  if [[ $needs == *,stream,* ]]; then want_tool nats-server $min_nats_server; fi
  if [[ $needs != *,wasm,* && $needs != *,native,* && $needs != *,fuzz,* ]]; then return; fi
  want_tool cmake $min_cmake
  want_tool ninja 1.10
  if ! echo 'auto f = []<class T>(T) { return 1; };' | c++ -std=c++20 -fsyntax-only -x c++ - 2>/dev/null; then
    missing+=("a C++20 compiler as c++")
    return
  fi
  want_header nlohmann/detail/abi_macros.hpp nlohmann-json 3.11 NLOHMANN_JSON_VERSION_MAJOR.NLOHMANN_JSON_VERSION_MINOR
  if [[ $needs == *,native,* || $needs == *,fuzz,* ]]; then
    want_header catch2/catch_version_macros.hpp Catch2 3.4 CATCH_VERSION_MAJOR.CATCH_VERSION_MINOR
    want_header sqlite3.h "SQLite's development files" 3.35 SQLITE_VERSION
    want_header httplib.h cpp-httplib 0.15 CPPHTTPLIB_VERSION
    want_header nats/version.h cnats 3.4 NATS_VERSION_MAJOR.NATS_VERSION_MINOR
  fi
  if [[ $needs == *,fuzz,* ]]; then
    echo 'extern "C" int LLVMFuzzerTestOneInput(const char*, long) { return 0; }' |
      clang++ -fsanitize=fuzzer,address -x c++ - -o /dev/null 2>/dev/null || missing+=("clang++ with compiler-rt")
  fi
}

give_up() {  # give_up WHY
  say "not on PATH: $(printf '%s; ' "${missing[@]}")"
  say "and this script cannot make a toolchain here: $1."
  say "Either put the tools named above on PATH (emsdk gives em++: 'emsdk install latest && emsdk activate latest'; the"
  say "rest are the packages ${packages[*]}"
  say "of Debian 13, or the like on your system), or run this as root on Debian 12 or later, where the script installs"
  say "them."
  exit 69
}

# step WHAT CMD...: sends CMD's output to the log, and prints the last line of it every ten seconds.
step() {
  local what=$1 started=$SECONDS beat=0 job
  shift
  say "$what"
  "$@" >>"$log" 2>&1 &
  job=$!
  while kill -0 "$job" 2>/dev/null; do
    sleep 1
    if ((++beat % 10 == 0)); then say "  $((SECONDS - started)) s: $(tail -n 1 "$log" | cut -c 1-100)"; fi
  done
  if ! wait "$job"; then
    tail -n 15 "$log" >&2
    say "'$what' failed; all of its output is in $log"
    exit 1
  fi
  say "  done in $((SECONDS - started)) s"
}

install_debootstrap() {
  local install=(apt-get install -qy --no-install-recommends debootstrap debian-archive-keyring)
  "${install[@]}" || { apt-get update -q && "${install[@]}"; }
}

apt_mirror() { apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | head -n 1; }

make_root() {  # gives the root its final name only when it is complete
  local mirror proxy made=$root.partial
  proxy=$(apt-config dump 2>/dev/null | sed -n 's/^Acquire::http::Proxy "\(.*\)";$/\1/p')
  if [ -n "$proxy" ]; then export http_proxy=${http_proxy:-$proxy}; fi
  export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
  unset LD_PRELOAD LD_LIBRARY_PATH TMPDIR
  trap 'exit 130' INT TERM

  say "making the toolchain in $root (once; one to two minutes, 1.5 GB)"
  rm -rf "$made"
  : >"$log"
  mirror=${VITRINE_MIRROR:-$(apt_mirror)}
  if [ -z "$mirror" ]; then  # apt knows its mirror only after the first update
    step "apt-get update" apt-get update -q
    mirror=$(apt_mirror)
  fi
  if [ -z "$mirror" ]; then say "apt on this machine has no mirror. Name one in VITRINE_MIRROR."; exit 1; fi
  if ! command -v debootstrap >/dev/null || [ ! -e "/usr/share/keyrings/debian-archive-$release-stable.gpg" ]; then
    step "debootstrap, and the keys of Debian $release" install_debootstrap
  fi
  step "1/2 Debian $release, the base system" debootstrap --variant=minbase "$release" "$made" "$mirror"
  if [ -n "$proxy" ]; then printf 'Acquire::http::Proxy "%s";\n' "$proxy" >"$made/etc/apt/apt.conf.d/90proxy"; fi
  printf 'path-exclude=%s\n' "${unpack_not[@]}" >"$made/etc/dpkg/dpkg.cfg.d/unpack-not"
  # An interrupted root is made again, so no write needs to be safe.
  echo force-unsafe-io >"$made/etc/dpkg/dpkg.cfg.d/unsafe-io"
  step "2/2 compilers and libraries" chroot "$made" sh -c "apt-get update -q &&
    apt-get install -qy --no-install-recommends ${packages[*]} && apt-get clean && rm -rf /var/lib/apt/lists/*"
  mv -T "$made" "$root"
  say "the toolchain is ready"
}

# Runs in a mount namespace of its own, so nothing stays mounted after the command, and removing the root never
# reaches the checkout.
enter_root() {
  mount_at() { mkdir -p "$root$1" && mount --rbind "$1" "$root$1"; }
  mount_at /proc
  mount_at /dev
  mount_at /tmp
  mount_at "$checkout"
  # The root is mounted at its own path as well: native programs name their loader and libraries by that path, so
  # they run inside and outside.
  mkdir -p "$root$root" && mount --bind "$root" "$root$root"

  unset LD_PRELOAD LD_LIBRARY_PATH LIBRARY_PATH CPATH C_INCLUDE_PATH CPLUS_INCLUDE_PATH PKG_CONFIG_PATH TMPDIR
  unset NODE_EXTRA_CA_CERTS NODE_OPTIONS
  export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8
  export VITRINE_TOOLCHAIN_ROOT=$root
  exec chroot "$root" sh -c 'cd "$1" 2>/dev/null || cd "$2"; shift 2; exec "$@"' sh "$PWD" "$checkout" "$@"
}

self=${BASH_SOURCE[0]}
checkout=$(cd "$(dirname "$self")/.." && pwd -P)
recipe=$(printf '%s ' "$release" "${packages[@]}" "${unpack_not[@]}" | cksum | cut -d ' ' -f 1)
root=${VITRINE_TOOLCHAIN:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/vitrine/toolchain-$release-$recipe}
log=$root.log

case ${1:-} in  # the script calls itself for the steps that must run in a namespace
  --make-root) make_root; exit ;;
  --enter-root) shift; enter_root "$@" ;;
esac
needs=wasm,native,fuzz,format,tidy,stream
if [ "${1:-}" = --needs ]; then needs=${2:?--needs wants a list}; shift 2; fi
if [ $# -eq 0 ]; then sed -n '2,10s/^# \{0,1\}//p' "$self" >&2; exit 2; fi

look_on_path "$needs"
if [ ${#missing[@]} -eq 0 ]; then exec "$@"; fi

if [ "$(uname -s)" != Linux ]; then give_up "this is not Linux"; fi
if [ "$(id -u)" != 0 ]; then give_up "that takes root"; fi
if ! unshare --mount true 2>/dev/null; then give_up "root may not mount here (a container needs CAP_SYS_ADMIN)"; fi
if [ ! -d "$root" ]; then
  if ! command -v apt-get >/dev/null; then give_up "this is not Debian or a relative of it"; fi
  mkdir -p "$(dirname "$root")"
  exec {lock}>"$root.lock"
  if ! flock --nonblock "$lock"; then
    say "waiting for another run that is making the toolchain"
    flock "$lock"
  fi
  # The process namespace ends every child with it, so that nothing writes into an incomplete root later.
  if [ ! -d "$root" ]; then
    unshare --mount --propagation private --pid --fork --kill-child --mount-proc "$self" --make-root || {
      code=$?
      if [ $code -ge 128 ]; then exit $code; fi  # interrupted
      give_up "see the failure above (if the mirror has no Debian $release, name another one in VITRINE_MIRROR)"
    }
  fi
  exec {lock}>&-
fi
exec unshare --mount --propagation private "$self" --enter-root "$@"
