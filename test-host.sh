#!/usr/bin/env bash
# The test command: sets up what the tests need, then format, lints, unit, graph, UI and end-to-end tests.
# A missing tool is installed or named, and ends the run. What needs a Dagger engine or a registry is named as not run;
# so is what needs Podman inside dind-run-tests, where the Dagger CLI with the bound Docker takes its place.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# Every process of this run carries this mark, so that one that is left behind can be found.
export DIND_TEST_RUN="$$-$RANDOM"
step() { printf '\n=== %s ===\n' "$1"; }

# The tests' own state, away from what a user's calls keep; gone at the end.
state=$(mktemp -d "${TMPDIR:-/tmp}/dind-tests.XXXXXX")
export DAGGER_LOCAL_STATE="$state/local" DAGGER_LOCAL_TEST_STATE="$state/local"

things_outside() {
  ip -oneline link show | awk -F': ' '{ sub(/@.*/, "", $2); print "network interface " $2 }'
  ip netns list | awk '{ print "network namespace " $1 }'
  awk '{ print "mount " $2 }' /proc/mounts
}

processes_of_this_run() {
  local environment pid
  for environment in /proc/[0-9]*/environ; do
    pid=${environment#/proc/} pid=${pid%/environ}
    [[ $pid != "$$" && $pid != "$BASHPID" ]] || continue
    tr '\0' '\n' 2>/dev/null <"$environment" | grep --quiet --line-regexp "DIND_TEST_RUN=$DIND_TEST_RUN" || continue
    [[ $(ps -o ppid= -p "$pid" | tr -d ' ') != "$BASHPID" ]] || continue
    ps -o pid=,args= -p "$pid" || true
  done 2>/dev/null
}

cleanup() {
  local session=${CARGO_TARGET_DIR:-target}/debug/dagger-local
  if [[ -x $session ]]; then
    "$session" prune >/dev/null 2>&1 || true
  fi
  rm -rf -- "$state"
}
trap cleanup EXIT

session=local
if [[ -n ${DOCKER_HOST:-} ]] && command -v dagger >/dev/null && ! unshare --mount --net true 2>/dev/null; then
  session=dagger
  echo "Podman cannot run in this container: end-to-end and documentation tests go through the Dagger CLI and the Docker at $DOCKER_HOST."
fi
export DIND_SESSION=$session

step "setup"
groups=(documents lint)
[[ $session == dagger ]] || groups+=(podman daemon go)
local/setup.sh "${groups[@]}"
things_outside >"$state/before"

# Runs a check with a tool, which only the container of dind-run-tests may lack.
with_tool() {
  local tool=$1
  shift
  if command -v "$tool" >/dev/null; then
    "$@"
  elif [[ $session == dagger ]]; then
    echo "not run: $tool is not part of this container"
  else
    echo "$tool is missing: see the readme for what the tests need" >&2
    exit 1
  fi
}

sources() { find . \( -name target -o -name .git -o -name .tangle-deps \) -prune -o -type f "$@" -print0; }

go_is_formatted() {
  local unformatted
  unformatted=$(sources -name '*.go' | xargs -0 gofmt -l)
  [[ -z $unformatted ]] || { echo "gofmt: format $unformatted" >&2; exit 1; }
}

step "format"
with_tool rustfmt cargo fmt --all --check
with_tool gofmt go_is_formatted

step "lints"
with_tool cargo-clippy cargo clippy --quiet --locked --workspace --all-targets --all-features -- --deny warnings
# The blocks of the documents are checked by running them.
sources -not -path './tests/commands/*' | xargs -0 grep --files-with-matches --null --max-count=1 --extended-regexp '^#!.*\b(ba)?sh$' |
  xargs -0 shellcheck --external-sources

step "unit, graph and UI tests"
cargo test --quiet --locked --workspace --all-features --exclude dagger-local --exclude dind
cargo test --quiet --locked --package dind --lib --bins --test example --test module --test nameserver

step "org scripts"
tests/host/run.sh

if [[ $session == local ]]; then
  step "local session"
  cargo test --quiet --locked --package dagger-local

  step "nested DNS, proven"
  tests/dns/run.sh
else
  echo "not run: the local session's and the DNS tests need Podman and network namespaces"
fi

step "end to end"
cargo build --quiet --locked --package dind --package dagger-local
cargo test --quiet --locked --package dind --test session

step "documentation"
tests/docs.sh

step "nothing is left behind"
things_outside >"$state/after"
left=$(grep --invert-match --fixed-strings --line-regexp --file="$state/before" "$state/after" || true)
left+=$(processes_of_this_run)
if [[ -n $left ]]; then
  printf 'left behind:\n%s\n' "$left" >&2
  exit 1
fi
echo "ok    no interface, namespace, mount or process"
echo "all steps passed"
