#!/usr/bin/env bash
# script.sh tangle|run|export-html [ARGUMENT…]: the project's own script of that name, or where it has none the one of
# this folder, on every document of the project. The current folder is the project's.
set -euo pipefail
script=$1-host.sh

if [[ -e $script ]]; then
  echo "dind: the project's own $script runs" >&2
  exec "./$script" "${@:2}"
fi
echo "dind: the project has no $script, so the module's own scripts run" >&2
# shellcheck source=org/emacs.sh
source "$(dirname "${BASH_SOURCE[0]}")/emacs.sh" "${1%-html}" "${@:2}"
