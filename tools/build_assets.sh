#!/usr/bin/env bash
# Builds what is not C++ and is served or played: tools/build_assets.sh [prompts] [places] [web]   (all unless told)
#   build/assets/prompts/*.au     what callers hear            tools/make_prompts.sh
#   build/assets/places.tsv       place names                  tools/make_places.mjs, data/indonesia
#   web/dist                      the pages                    web/
# Each is left alone when the contents of its inputs have not changed since it was built; a line is printed for each built.
set -euo pipefail
case "${1:-}" in -h | --help) sed -n '2,6s/^# \{0,1\}//p' "$0"; exit 0 ;; esac
top=$(cd "$(dirname "$0")/.." && pwd)
cd "$top"
. tools/env.sh
export LC_ALL=C
assets=build/assets
stamps=$assets/.stamps
mkdir -p "$stamps"
exec 9>"$assets/.lock"
flock 9  # two builds at once would write the same files

# hash_of PATH...: of names and contents below; what is not there does not count.
hash_of() {
  local path found=()
  for path in "$@"; do [ ! -e "$path" ] || found+=("$path"); done
  find "${found[@]}" \( -name node_modules -o -path web/dist \) -prune -o -type f -print0 | sort -z |
    xargs -0r sha256sum | sha256sum | cut -d' ' -f1
}

# fresh STAMP HASH OUTPUT: nothing to do? If there is, the old stamp goes: a build that fails half-way is not taken for done.
fresh() {
  [ -e "$3" ] && [ "$(cat "$1" 2>/dev/null)" = "$2" ] && return
  rm -f "$1"
  return 1
}

# built STAMP HASH SECONDS_AT_START WHAT
built() {
  echo "$2" >"$1"
  echo "assets: $4 ($((SECONDS - $3)) s)"
}

# packages_of FOLDER: node_modules as its lock file says.
packages_of() {
  local stamp=$1/node_modules/.sigap hash start=$SECONDS
  hash=$(hash_of "$1/package.json" "$1/package-lock.json")
  fresh "$stamp" "$hash" "$1/node_modules" && return
  (cd "$1" && npm ci --no-audit --no-fund --loglevel=error >/dev/null)
  mkdir -p "$1/node_modules"
  built "$stamp" "$hash" "$start" "packages of $1"
}

build_prompts() {
  [ -e tools/make_prompts.sh ] || return 0
  local hash start=$SECONDS
  hash=$(hash_of tools/make_prompts.sh data/prompts)
  fresh "$stamps/prompts" "$hash" "$assets/prompts" && return
  rm -rf "$assets/prompts"
  mkdir -p "$assets/prompts"
  tools/make_prompts.sh "$assets/prompts" >/dev/null
  built "$stamps/prompts" "$hash" "$start" "$(find "$assets/prompts" -name '*.au' | wc -l) prompts in $assets/prompts"
}

build_places() {
  local hash start=$SECONDS count
  hash=$(hash_of tools/make_places.mjs tools/package-lock.json data/indonesia)
  fresh "$stamps/places" "$hash" "$assets/places.tsv" && return
  packages_of tools
  count=$(node tools/make_places.mjs data/indonesia "$assets/places.tsv")
  built "$stamps/places" "$hash" "$start" "$count in $assets/places.tsv"
}

build_web() {
  [ -e web/package.json ] || return 0
  local hash start=$SECONDS log
  hash=$(hash_of web)
  fresh "$stamps/web" "$hash" web/dist && return
  packages_of web
  log=$(mktemp)
  if ! (cd web && npm run build >"$log" 2>&1); then
    cat "$log" >&2
    rm -f "$log"
    echo "assets: the pages do not build" >&2
    return 1
  fi
  rm -f "$log"
  built "$stamps/web" "$hash" "$start" "pages in web/dist"
}

[ $# -gt 0 ] || set -- prompts places web
for what in "$@"; do
  case "$what" in
    prompts | places | web) "build_$what" ;;
    *) echo "build_assets: no such asset: $what (prompts, places, web)" >&2; exit 2 ;;
  esac
done
