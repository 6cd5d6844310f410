#!/usr/bin/env bash
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

{
  echo /usr/bin/perl
  ldd /usr/bin/perl | grep --only-matching '/[^ ]*'
  perl -e 'print "$_\n" for grep { -d } @INC'
} | tar --create --dereference --absolute-names --file=root.tar --files-from=-

# The plugin of the Docker CLI, or the older program of the same name.
compose() {
  if docker compose version >/dev/null 2>&1; then
    docker compose "$@"
  else
    docker-compose "$@"
  fi
}
trap 'compose down --volumes >/dev/null 2>&1' EXIT
compose build --quiet counter
compose run --rm client
