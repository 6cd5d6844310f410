#!/usr/bin/env bash
# run-host.sh [--no-cache] [FILE…]
#
# Runs the named bash blocks of the documents (all of them, or the given ones) and records what they print. A block
# whose text and inputs did not change is answered from .tangle-deps/results, unless --no-cache is given.
# A block that fails stops the script and leaves its document as it was. run-host.el has the rules.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

if ! command -v emacs >/dev/null; then
  echo "run-host.sh: emacs is missing: install the package emacs-nox" >&2
  exit 1
fi
exec emacs --batch --no-site-file --directory . --load run-host.el --funcall documents-run -- "$@" </dev/null
