#!/usr/bin/env bash
# Installs what Sigap needs on a bare Debian 12: tools/packages.txt, as root or through sudo. Seconds when all is there.
set -euo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)

have() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

missing=()
while read -r package _why; do
  case "$package" in
    '#'* | '') continue ;;
    nodejs) command -v node >/dev/null && continue ;;  # any Node on the machine will do
    npm) command -v npm >/dev/null && continue ;;
  esac
  have "$package" || missing+=("$package")
done <"$top/tools/packages.txt"
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "setup: needs root or sudo to install: ${missing[*]}" >&2; exit 1; }
  as_root=(sudo)
fi

# Debian starts rtpengine as a system service when it is installed; Sigap starts its own. Forbid that, for the time of the
# installation only, unless the machine has a policy of its own.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
  "${as_root[@]}" chmod 755 "$policy"
  trap '"${as_root[@]}" rm -f "$policy"' EXIT
fi

echo "setup: installing ${#missing[@]} packages: ${missing[*]}"
"${as_root[@]}" apt-get update -q
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
