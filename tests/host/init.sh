# shellcheck shell=bash
# Rules of init-examples-host.sh; sourced by run.sh. A mock stands in for the Dagger CLI: what is checked is what it
# is asked to do.

example() {
  mkdir -p examples/hello sdk
  echo '{"name": "hello", "sdk": {"source": "../../sdk"}, "dependencies": [{"name": "dind", "source": "../.."}]}' \
    >examples/hello/dagger.json
  mock dagger <<'MOCK'
#!/bin/sh
echo "$(basename "$PWD"): $*" >>"$CALLS"
case $1 in init) echo '{"name": "hello", "sdk": {"source": "../../sdk"}}' >dagger.json ;; esac
[ "$1" != "${BROKEN:-}" ] || { echo "no engine" >&2; exit 3; }
MOCK
  export CALLS=$PWD/calls PATH=$PWD/bin:$PATH
}

develops() {
  example
  ./init-examples-host.sh
  same "$(<calls)" "hello: develop"
  ./init-examples-host.sh
  same "$(wc -l <calls)" 1
  ./init-examples-host.sh --no-cache
  same "$(wc -l <calls)" 2
  touch sdk/new
  ./init-examples-host.sh
  same "$(wc -l <calls)" 3
}
rule "an example is developed once, and again after a change of it or of its SDK, or with --no-cache" develops

from_scratch() {
  example
  ./init-examples-host.sh --from-scratch
  same "$(<calls)" "$(printf 'hello: init --name=hello --source=. --license= --sdk=../../sdk\nhello: install --name=dind ../..')"
}
rule "--from-scratch makes dagger.json again, with the name, SDK and dependencies that it had" from_scratch

broken_develop() {
  example
  BROKEN=develop fails ./init-examples-host.sh
  has errors "no engine"
  has errors "examples/hello/dagger.json"
  ./init-examples-host.sh
  same "$(wc -l <calls)" 2
}
rule "a failing dagger develop is an error with its stderr and the file's name, and is tried again" broken_develop

broken_init() {
  example
  cp examples/hello/dagger.json before
  BROKEN=install fails ./init-examples-host.sh --from-scratch
  has errors "examples/hello/dagger.json"
  diff before examples/hello/dagger.json
  same "$(ls -A examples/hello)" dagger.json
}
rule "where dagger init fails, the old dagger.json comes back" broken_init

no_modules() {
  ./init-examples-host.sh 2>errors
  has errors "nothing to do"
}
rule "a project without such examples has nothing to do" no_modules

no_dagger() {
  mkdir -p examples/hello none
  echo '{"name": "hello"}' >examples/hello/dagger.json
  ln -s "$(command -v dirname)" none/dirname
  fails env PATH="$PWD/none" "$BASH" ./init-examples-host.sh
  has errors "dagger is missing"
}
rule "a machine without the Dagger CLI is told so" no_dagger

bad_arguments_of_init() {
  fails ./init-examples-host.sh --all
  has errors --all
}
rule "an unknown argument is named" bad_arguments_of_init
