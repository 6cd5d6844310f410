#!/usr/bin/env bash
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# Where published ports are: beside the daemon, whose name is docker where it is reached by a socket.
case ${DOCKER_HOST-} in
  tcp://*) host=${DOCKER_HOST#tcp://} host=${host%:*} ;;
  unix:///run/dind/*) host=docker ;;
  *) host=localhost ;;
esac

{
  echo /usr/bin/perl
  ldd /usr/bin/perl | grep --only-matching '/[^ ]*'
  perl -e 'print "$_\n" for grep { -d } @INC'
} | tar --create --dereference --absolute-names --file=root.tar --files-from=-
docker build --quiet --tag=greeter . >/dev/null
container=$(docker run --detach --env=GREETING --publish=8080:8080 greeter)
trap 'docker rm --force "$container" >/dev/null' EXIT

# ask PATH: what the service answers; it gets ten seconds to start.
ask() {
  local try answer
  for ((try = 0; try < 100; try++)); do
    # Docker takes a connection before the service does, and drops it.
    answer=$({ exec 3<>"/dev/tcp/$host/8080" && printf 'GET /%s HTTP/1.0\r\n\r\n' "$1" >&3 && tail -n 1 <&3; } 2>/dev/null) || true
    if [[ -n $answer ]]; then
      echo "$answer"
      return
    fi
    sleep 0.1
  done
  echo "no answer"
}

check() {
  local answer
  answer=$(ask "$1")
  if [[ $answer != "$2" ]]; then
    echo "FAIL /$1: $answer" && exit 1
  fi
  echo "ok /$1: $answer"
}
check "" "hello, world"
check dagger "hello, dagger"
