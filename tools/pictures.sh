#!/bin/bash
# The pictures of the pages in docs/pictures, made anew by the self-check and by the tests that come by what they show:
# a picture that nobody can make anew is stale. Needs ./run's build and pages. usage: tools/pictures.sh
# The two of reports are made by `sigap simulate` and `sigap staffing` (docs/operating).
set -euo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)
shown=$(mktemp -d)
trap 'rm -rf "$shown"' EXIT

node "$top/tests/e2e/self_check.mjs" --pictures "$shown"
for test in guests loss roster browser_caller; do
  PICTURES=$shown node --test "$top/tests/e2e/$test.test.mjs" >"$shown/$test.log" 2>&1 || { cat "$shown/$test.log" >&2; exit 1; }
done

# what it is called there = who shows it
while IFS='=' read -r name from; do
  [ -f "$shown/$from.png" ] || { echo "nobody shows $from" >&2; exit 1; }
  cp "$shown/$from.png" "$top/docs/pictures/$name.png"
  echo "docs/pictures/$name.png"
done <<'NAMES'
console-ringing=console-ringing
console-dispatched=console-dispatched
officer-alert=officer-alert
citizen=citizen
console-three-voices=guest-joined-operator
console-cut-off=cut-off
roster=roster-missing
first-page=web-call-first-phone
NAMES
