#!/usr/bin/env bash
# run-host.sh [--no-cache] [FILE…]
#
# Runs the blocks of the documents (every *.org here and in the examples, or the given ones) and records what they
# print. A block whose text and inputs did not change is answered from .tangle-deps/results, unless --no-cache is given.
# A block that fails stops the script and leaves its document as it was. org/ has the rules.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
shopt -s nullglob

options=(--commands)
if [[ ${1:-} == --no-cache ]]; then
  options+=("$1")
  shift
fi
(($#)) || set -- ./*.org examples/*/*.org
# shellcheck source=org/emacs.sh
source org/emacs.sh run "${options[@]}" "$@"
