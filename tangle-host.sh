#!/usr/bin/env bash
# tangle-host.sh [FILE…]
#
# Tangles the documents (every *.org here and in the examples, or the given ones): a block with `:tangle FILE` becomes
# that file. A named bash block becomes tests/commands/NAME, and its recorded result tests/expected/NAME; these two
# folders belong to this script: what no block has made is removed. Files that are right already are left alone.
# org/ has the rules.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
shopt -s nullglob

(($#)) || set -- --stale ./*.org examples/*/*.org
# shellcheck source=org/emacs.sh
source org/emacs.sh tangle --commands "$@"
