#!/usr/bin/env bash
# export-html-host.sh [FILE…]
#
# Exports the documents (every *.org here, in src/ and in the examples, or the given ones) to _site/: a page for each, an
# index, one stylesheet. The old _site stays until the new one is whole. org/ has the rules.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
shopt -s nullglob

(($#)) || set -- ./*.org src/*.org examples/*/*.org
# shellcheck source=org/emacs.sh
source org/emacs.sh export "$@"
