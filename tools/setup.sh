#!/usr/bin/env bash
# Installs what Sigap needs on a bare Debian 12: tools/packages.txt, as root or through sudo, and a Node.js that is new
# enough for the pages. Asks the package database each time (a tenth of a second), so it notices what was removed.
set -euo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)
. "$top/tools/env.sh"

node_new_enough() {  # Vite 8: 20.19 or later, but not 21
  command -v node >/dev/null && command -v npm >/dev/null &&
    node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit((a === 20 && b >= 19) || a >= 22 ? 0 : 1)'
}

# ---- Debian packages
have_node=no
! node_new_enough || have_node=yes
wanted=()
while read -r package _why; do
  case "$package" in
    '#'* | '') continue ;;
    nodejs | npm) [ $have_node = no ] || continue ;;  # any good Node on the machine will do
  esac
  wanted+=("$package")
done <"$top/tools/packages.txt"

# A name's architecture, if any, follows a colon; unknown names are reported on stderr and are simply missing here.
declare -A installed=()
while read -r status package; do
  [ "$status" != installed ] || installed[$package]=1
done < <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${wanted[@]}" 2>/dev/null || true)
missing=()
for package in "${wanted[@]}"; do
  [ -n "${installed[$package]:-}" ] || missing+=("$package")
done

as_root=()  # seen by the trap, too
install_packages() {
  local policy=/usr/sbin/policy-rc.d package service unit
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "setup: needs root or sudo to install: $*" >&2; exit 1; }
    as_root=(sudo)
  fi
  echo "setup: installing $# packages: $*"
  # Debian starts these as system services when they are installed, and at each boot; Sigap starts its own rtpengine, tests
  # start a PostgreSQL of their own, and an edge or a database is somebody's decision (docs/operating/edge.md, docs/history.md). So nothing is started during the installation,
  # unless the machine has a policy of its own, and the units are masked afterwards, unless they were there before us.
  if [ ! -e "$policy" ]; then
    trap '"${as_root[@]}" rm -f /usr/sbin/policy-rc.d' EXIT
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
    "${as_root[@]}" chmod 755 "$policy"
  fi
  "${as_root[@]}" apt-get update -q
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
  if [ -n "$(trap -p EXIT)" ]; then
    "${as_root[@]}" rm -f "$policy"
    trap - EXIT
  fi
  for package in rtpengine-daemon kamailio coturn postgresql-15; do
    service=${package%-15}
    unit=/etc/systemd/system/$service.service
    if [[ " $* " == *" $package "* ]] && [ ! -e "$unit" ] && [ ! -L "$unit" ]; then
      "${as_root[@]}" mkdir -p "${unit%/*}"
      "${as_root[@]}" ln -s /dev/null "$unit"
      echo "setup: masked the system service $service (to undo: systemctl unmask $service)"
    fi
  done
}
[ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"

# ---- Node.js, where Debian's is too old: pinned by tools/node/package-lock.json
if ! node_new_enough; then
  echo "setup: fetching Node.js 20 for the pages"
  mkdir -p "$top/.cache/node"
  cp "$top/tools/node/package.json" "$top/tools/node/package-lock.json" "$top/.cache/node/"
  (
    cd "$top/.cache/node"
    npm ci --no-audit --no-fund --loglevel=error >/dev/null
    mkdir -p bin  # by hand: npm 9 leaves out node, which two packages of the list offer
    cd bin
    ln -sf ../node_modules/node-linux-*/bin/node ../node_modules/.bin/np[mx] .
  )
  . "$top/tools/env.sh"
  hash -r
  node_new_enough || { echo "setup: Node.js 20.19 or later is needed; found $(node --version || echo none)" >&2; exit 1; }
fi
