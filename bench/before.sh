#!/usr/bin/env bash
# Compares the local session with that of an earlier version, in one run on this machine: each is cloned into a folder
# of its own and called as its users call it.
#
#   bench/before.sh COMMIT
#
# What both need of the machine is set up first, and the crates are fetched: the first answer is the building of the
# session and the module, of stand-ins where no registry is reached, and the call.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
repository=$PWD
# How often a thing is measured, the two versions in turn; the median counts.
runs=5

say() { printf 'bench: %s\n' "$*" >&2; }
die() {
    say "$@"
    exit 2
}

[[ $# == 1 ]] || die "usage: bench/before.sh COMMIT"
before=$(git rev-parse --verify --quiet "$1^{commit}") || die "there is no commit $1"

work=$(mktemp -d "${TMPDIR:-/tmp}/dind-bench.XXXXXX")
log=$work/log
finish() {
    local version
    for version in before now; do
        DAGGER_LOCAL_STATE=$work/$version.state "$work/$version/target/debug/dagger-local" prune >/dev/null 2>&1 || true
    done
    rm -rf -- "$work"
}
trap finish EXIT
unset CARGO_TARGET_DIR DAGGER_MODULE DAGGER_LOCAL_MODULE_BINARY
export DIND_SESSION=local
# In a module's folder that module would be called.
cd "$work"

# call VERSION COMMAND
call() {
    DAGGER_LOCAL_STATE=$work/$1.state "$work/$1/dind" call dind-with-docker \
        --cmd="docker info --format '{{.OSType}}' # $2" stdout
}

eight_at_once() {
    local number pid pids=()
    for number in {1..8}; do
        call "$1" "$2 $number" &
        pids+=($!)
    done
    for pid in "${pids[@]}"; do wait "$pid"; done
}

# timed WHAT VERSION COMMAND…: one run; a failure shows what was said.
timed() {
    local what=$1 version=$2 start=$EPOCHREALTIME
    shift 2
    "$@" >"$log" 2>&1 || {
        cat "$log" >&2
        die "failed: $what, $version"
    }
    awk -v a="$start" -v b="$EPOCHREALTIME" -v what="$what" -v version="$version" \
        'BEGIN { printf "%s\t%s\t%.2f\n", what, version, b - a }' | tee --append "$work/times" >&2
}

"$repository/local/setup.sh" build podman
for version in before now; do
    git clone --quiet "$repository" "$work/$version"
    [[ $version == now ]] || git -C "$work/$version" checkout --quiet "$before"
    cargo fetch --quiet --locked --manifest-path "$work/$version/Cargo.toml"
done
for version in before now; do
    timed "from a clone to the first answer" "$version" call "$version" first
done
for ((round = 0; round < runs; round++)); do
    for version in before now; do
        timed "a call, nothing changed" "$version" call "$version" first
        timed "a call, a new command" "$version" call "$version" "new $round"
    done
done
for version in before now; do
    timed "eight calls at once, new commands" "$version" eight_at_once "$version" "at once"
done

sort -t $'\t' -k1,2 -k3,3g "$work/times" | awk -F'\t' '
    { key = $1 FS $2; n[key]++; all[key, n[key]] = $3; if (!($1 in seen)) { seen[$1]; order[++rows] = $1 } }
    function median(what, version,   key) {
        key = what FS version
        return all[key, int((n[key] + 1) / 2)]
    }
    END {
        printf "%-36s %10s %10s %10s\n", "SECONDS (median)", "before", "now", "now/before"
        for (r = 1; r <= rows; r++) {
            b = median(order[r], "before")
            a = median(order[r], "now")
            printf "%-36s %10s %10s %10.2f\n", order[r], b, a, a / b
        }
    }'
