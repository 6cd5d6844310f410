#!/usr/bin/env bash
# tests/host/run.sh [PART…]: the rules of the host scripts and of tests/docs.sh, each on a project of its own in a
# temporary folder. A part is a file beside this one.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
export REPOSITORY=$PWD

work=$(mktemp --directory "${TMPDIR:-/tmp}/dind-host.XXXXXX")
trap 'rm -rf -- "$work"' EXIT
passed=0 failed=0

# A rule may keep things here that are no part of its project; plain Org, which some are compared with, keeps things there.
export ASIDE=$work/aside TMPDIR=$work/tmp
mkdir "$ASIDE" "$TMPDIR"

# rule TEXT FUNCTION: FUNCTION, in a new project, has to succeed.
rule() {
  local text=$1 project=$work/project log=$work/log
  rm -rf -- "$project"
  mkdir -p "$project"
  cp -R "$REPOSITORY"/*-host.sh "$REPOSITORY"/org "$project"
  rm "$project/test-host.sh"
  # A subshell with its own set -e: inside a condition bash would go on after a failing line.
  set +e
  (set -e && cd "$project" && set -x && "$2") </dev/null >"$log" 2>&1
  local code=$?
  set -e
  if ((code == 0)); then
    passed=$((passed + 1))
    echo "ok    $text"
  else
    failed=$((failed + 1))
    echo "FAIL  $text"
    sed 's/^/      /' "$log"
  fi
}

# document FILE: standard input becomes FILE, each line's first @ taken away (so that these texts are no Org here).
document() {
  mkdir -p "$(dirname "$1")"
  sed 's/^@//' >"$1"
}

same() { [[ $1 == "$2" ]] || { echo "expected: $2" && echo "found: $1" && return 1; }; }
has() { grep --quiet --fixed-strings -- "$2" "$1" || { echo "$1 lacks: $2" && cat "$1" && return 1; }; }
lacks() { if grep --fixed-strings -- "$2" "$1"; then return 1; fi; }
fails() { if "$@" 2>errors; then echo "it succeeded" && return 1; fi; }
# What there is: names, modes, contents and the times of the last change.
state() { find . -type f -not -path './.tangle-deps/*' -printf '%p %m %T@\n' -exec sha256sum {} + | sort; }
# mock NAME: standard input becomes the command NAME.
mock() { mkdir -p bin && cat >"bin/$1" && chmod +x "bin/$1"; }

hello() {
  document readme.org <<'ORG'
@#+title: A project
@#+name: hello
@#+begin_src bash
@echo hello
@#+end_src
@
@#+RESULTS: hello
@: hello
ORG
}

(($#)) || set -- stock tangle run-blocks export browser init docs
for part in "$@"; do
  # shellcheck source=/dev/null
  source "tests/host/$part.sh"
done

echo "$passed passed, $failed failed"
((failed == 0))
