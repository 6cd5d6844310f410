#!/usr/bin/env bash
# Tangles the documents: every *.org here and under examples/.
#
# A named bash block becomes tests/commands/NAME, and its recorded result tests/expected/NAME; any block with
# `:tangle FILE` becomes that file. tests/commands and tests/expected belong to this script: what no block has made
# is removed. Files that are right already are left alone. tangle-host.el has the rules.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

if ! command -v emacs >/dev/null; then
  echo "tangle-host.sh: emacs is missing: install the package emacs-nox" >&2
  exit 1
fi
exec emacs --batch --no-site-file --directory . --load tangle-host.el --funcall documents-tangle -- "$@" </dev/null
