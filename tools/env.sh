# Sourced, not run: puts Sigap's own Node.js first on the path where tools/setup.sh had to fetch one.
sigap_node=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/.cache/node/bin
case ":$PATH:" in
  *":$sigap_node:"*) ;;
  *) [ ! -x "$sigap_node/node" ] || export PATH="$sigap_node:$PATH" ;;
esac
unset sigap_node
