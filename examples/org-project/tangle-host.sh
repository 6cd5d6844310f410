#!/bin/sh
set -eu
exec emacs --batch --load=org --eval='(org-babel-tangle-file "readme.org")'
