#!/usr/bin/env bash
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

{
  echo /usr/bin/perl
  ldd /usr/bin/perl | grep --only-matching '/[^ ]*'
  perl -e 'print "$_\n" for grep { -d } @INC'
} | tar --create --dereference --absolute-names --file=root.tar --files-from=-
trap 'docker compose down --volumes >/dev/null 2>&1' EXIT
docker compose build --quiet
docker compose run --rm client
