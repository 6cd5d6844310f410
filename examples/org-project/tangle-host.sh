#!/bin/sh
set -eu
exec emacs --batch --no-site-file --load=org --eval='(org-babel-tangle-file "readme.org")'
