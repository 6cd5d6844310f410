#!/usr/bin/env bash
# source org/emacs.sh tangle|run|export [OPTION…] [FILE…]: does that to documents of the current folder; without FILE to all.

if ! command -v emacs >/dev/null; then
  echo "$1-host.sh: emacs is missing: install the packages emacs-nox and elpa-htmlize" >&2
  exit 1
fi
# Neither the user's settings nor the machine's change what documents mean; in a Turkish locale BEGIN_SRC is no begin_src.
export LC_ALL=C.UTF-8
exec emacs -Q --batch --directory "${BASH_SOURCE[0]%/*}" --load "documents-$1" \
  --funcall "documents-$1" -- "${@:2}" </dev/null
