#!/usr/bin/env bash
# tools/check.sh [PART...]: everything that can be checked, one part after the other, and a summary. Parts:
#   format  every C++ file is laid out by clang-format     tidy    clang-tidy over all of it (half an hour on two cores)
#   asan    address and undefined-behaviour sanitizers     tsan    thread sanitizer
#   fuzz    every target for a minute                      test    the release build and ./test
# Without PART: all of them. SIGAP_FUZZ_SECONDS: for how long each target is fuzzed. The exit code is 0 only if all held.
set -uo pipefail
case "${1:-}" in -h | --help) sed -n '2,7s/^# \{0,1\}//p' "$0"; exit 0 ;; esac
top=$(cd "$(dirname "$0")/.." && pwd)
cd "$top"
. tools/env.sh
parts=(format tidy asan tsan fuzz test)

# asan and tsan: the tests of the code itself. Those that start whole installations are of the release build.
sanitized() {
  cmake --preset "$1" >/dev/null && cmake --build --preset "$1" || return 1
  ctest --test-dir "build/$1" --output-on-failure --exclude-regex \
    '^(lint|lint_self_test|protocol|prompts|nation|command_line|config|roster_command|attack|cluster|sbom|staffing_command)$'
}

# Finds beyond the corpus go to build/fuzz/found/TARGET, and what breaks a target stays there as crash-*: fixed, it
# belongs into tests/fuzz/corpus under a name that says what it is.
fuzz() {
  cmake --preset fuzz >/dev/null && cmake --build --preset fuzz || return 1
  local target found status=0
  for corpus in tests/fuzz/corpus/*/; do
    target=$(basename "$corpus")
    found=build/fuzz/found/$target
    mkdir -p "$found"
    if ! build/fuzz/tests/fuzz/"fuzz_$target" -max_total_time="${SIGAP_FUZZ_SECONDS:-60}" -timeout=10 -rss_limit_mb=2048 \
      -max_len=16384 -print_final_stats=1 -artifact_prefix="$found/" "$found" "$corpus" >"$found.log" 2>&1; then
      tail -40 "$found.log"
      status=1
    fi
    echo "fuzz_$target: $(sed -n 's/^stat::number_of_executed_units: *//p' "$found.log") inputs"
  done
  return $status
}

part() {
  case "$1" in
    format) tools/format.sh ;;
    tidy) tools/tidy.sh ;;
    asan | tsan) sanitized "$1" ;;
    fuzz) fuzz ;;
    test) ./test ;;
  esac
}

[ $# -gt 0 ] || set -- "${parts[@]}"
for name in "$@"; do
  if [[ " ${parts[*]} " != *" $name "* ]]; then
    echo "check: no such part: $name (${parts[*]})" >&2
    exit 2
  fi
done
summary=() status=0
for name in "$@"; do
  echo "== $name"
  since=$SECONDS
  if part "$name"; then
    summary+=("ok   $name ($((SECONDS - since)) s)")
  else
    summary+=("FAIL $name ($((SECONDS - since)) s)")
    status=1
  fi
done
printf '%s\n' "${summary[@]}"
exit $status
