#!/bin/sh
set -eu
mkdir -p _site
exec emacs --batch --no-site-file --load=ox-html --visit=readme.org \
  --eval='(org-export-to-file (quote html) "_site/index.html")'
