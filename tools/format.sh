#!/usr/bin/env bash
# tools/format.sh [--fix]: names the C++ files that are not laid out as .clang-format says, or lays them out.
# clang-format 14, as in Debian 12: another release breaks lines elsewhere, and then nothing is said.
set -euo pipefail
cd "$(dirname "$0")/.."
release=$(clang-format --version | grep -oE 'version [0-9]+' | cut -d' ' -f2)
if [ "$release" != 14 ]; then
  echo "format: clang-format $release is not 14: not checked" >&2
  exit 77
fi
mapfile -d '' files < <(git ls-files -zco --exclude-standard '*.cpp' '*.h' '*.c')
existing=()
for file in "${files[@]}"; do [ ! -e "$file" ] || existing+=("$file"); done
each() { printf '%s\0' "${existing[@]}" | xargs -0 -P "$(nproc)" -n 20 clang-format "$@"; }
if [ "${1:-}" = --fix ]; then
  each -i
  exit 0
fi
if said=$(each --dry-run -Werror 2>&1); then exit 0; fi
sed -nE 's/^([^:]+:[0-9]+):[0-9]+: error: .*/\1: not laid out by clang-format (tools\/format.sh --fix)/p' <<<"$said" | sort -u
exit 1
