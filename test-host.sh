#!/usr/bin/env bash
# The test command: sets up what the tests need, then format, lints, unit, graph, UI and end-to-end tests.
# A missing tool is installed or named. Every step runs, whatever became of the one before; the end lists them all with
# their seconds, and fails where one did. What needs a Dagger engine or a registry is named as not run;
# so is what needs Podman inside dind-run-tests, where the Dagger CLI with the bound Docker takes its place.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# Every process of this run carries this mark, so that one that is left behind can be found.
export DIND_TEST_RUN="$$-$RANDOM"

# What a shell, a login or a machine has set is no part of what is tested.
export LC_ALL=C.UTF-8 TZ=UTC0 GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
unset LANGUAGE DOCKER_CONTEXT DOCKER_API_VERSION CONTAINER_HOST CONTAINERS_CONF CONTAINERS_STORAGE_CONF
unset DAGGER_MODULE DAGGER_SESSION_PORT DAGGER_SESSION_TOKEN GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE

# The tests' own state, away from what a user's calls keep; gone at the end.
state=$(mktemp -d "${TMPDIR:-/tmp}/dind-tests.XXXXXX")
export DAGGER_LOCAL_STATE="$state/local" DAGGER_LOCAL_TEST_STATE="$state/local"

# What of this machine a session could change: a line each.
things_outside() {
  local family folder
  ip -oneline link show | awk -F': ' '{ sub(/@.*/, "", $2); print "network interface " $2 }'
  ip netns list | awk '{ print "network namespace " $1 }'
  awk '{ print "mount " $2 }' /proc/mounts
  # Without comments and counters, which change by themselves.
  for family in iptables ip6tables; do
    "$family-save" 2>/dev/null | sed -n "/^[-:]/s/ \[[0-9:]*\]$//; s/^[-:*]/$family &/p"
  done
  grep --with-filename . /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv{4,6}/conf/{all,default}/forwarding 2>/dev/null || true
  for folder in /run/containers /run/dagger-local /run/netns /dev/shm /var/lib/containers /var/lib/cni \
    ~/.cache/dagger-local ~/.config/containers ~/.local/share/containers; do
    find "$folder" -mindepth 1 -maxdepth 1 2>/dev/null || true
  done
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

# step NAME FUNCTION: in a shell of its own, which the first failing command ends. The steps after it run all the same;
# the list at the end tells.
names=() outcomes=() seconds=()
step() {
  local name=$1 start=$SECONDS outcome=passed
  printf '\n=== %s ===\n' "$name"
  # A shell with its own set -e: in a condition bash would go on after a failing command.
  set +e
  (trap - EXIT && set -e && "$2")
  local code=$?
  set -e
  ((code == 0)) || outcome="FAILED ($code)"
  names+=("$name") outcomes+=("$outcome") seconds+=($((SECONDS - start)))
}

# not_run NAME REASON
not_run() {
  printf '\n=== %s ===\nnot run: %s\n' "$1" "$2"
  names+=("$1") outcomes+=("not run: $2") seconds+=(0)
}

setup() {
  local groups=(documents languages browser lint)
  [[ $session == dagger ]] || groups+=(podman daemon)
  local/setup.sh "${groups[@]}"
  things_outside >"$state/before"
}

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

format() {
  with_tool rustfmt cargo fmt --all --check
}

lints() {
  with_tool cargo-clippy cargo clippy --quiet --locked --workspace --all-targets --all-features -- --deny warnings
  RUSTDOCFLAGS="--deny warnings" cargo doc --quiet --locked --workspace --all-features --no-deps
  # The blocks of the documents are checked by running them.
  sources -not -path './tests/commands/*' | xargs -0 grep --files-with-matches --null --max-count=1 --extended-regexp '^#!.*\b(ba)?sh$' |
    xargs -0 shellcheck --external-sources
}

unit_tests() {
  cargo test --quiet --locked --no-fail-fast --workspace --all-features --exclude dagger-local --exclude dind
  cargo test --quiet --locked --no-fail-fast --package dind --lib --bins --test example --test module --test nameserver
}

local_session() { cargo test --quiet --locked --no-fail-fast --package dagger-local; }

end_to_end() {
  cargo build --quiet --locked --package dind --package dagger-local
  cargo test --quiet --locked --package dind --test session
}

nothing_is_left() {
  local left
  "${CARGO_TARGET_DIR:-target}/debug/dagger-local" prune
  things_outside >"$state/after"
  left=$(grep --invert-match --fixed-strings --line-regexp --file="$state/before" "$state/after" || true)
  left+=$(processes_of_this_run)
  if [[ -n $left ]]; then
    printf 'left behind:\n%s\n' "$left" >&2
    exit 1
  fi
  echo "ok    no interface, namespace, mount, rule, setting of the kernel, folder or process"
}

step "setup" setup
step "format" format
step "lints" lints
step "unit, graph and UI tests" unit_tests
step "org scripts" tests/host/run.sh
if [[ $session == local ]]; then
  step "local session" local_session
  step "nested DNS, proven" tests/dns/run.sh
else
  for name in "local session" "nested DNS, proven"; do
    not_run "$name" "it needs Podman and network namespaces"
  done
fi
step "end to end" end_to_end
step "documentation" tests/docs.sh
step "nothing is left behind" nothing_is_left

passed=0 failed=0
printf '\n'
for number in "${!names[@]}"; do
  case ${outcomes[number]} in
    passed) passed=$((passed + 1)) ;;
    FAILED*) failed=$((failed + 1)) ;;
  esac
  printf '%-26s %5d s  %s\n' "${names[number]}" "${seconds[number]}" "${outcomes[number]}"
done
echo "steps: $passed passed, $failed failed"
((failed == 0))
