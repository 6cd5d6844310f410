#!/usr/bin/env bash
# Measures this project on this machine and prints one table. Seconds differ from machine to
# machine, ratios of one run much less: those are what to compare.
#
#   bench/run.sh            calls, graphs, registration, start
#   bench/run.sh --builds   and how long a module takes to build
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
# How often a thing is measured; the median counts.
runs=3

builds=
case ${1-} in
    '') ;;
    --builds) builds=yes ;;
    *)
        echo "usage: bench/run.sh [--builds]" >&2
        exit 2
        ;;
esac

work=$(mktemp -d "${TMPDIR:-/tmp}/dind-bench.XXXXXX")
trap 'rm -rf -- "$work"' EXIT
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$root/target}
log=$work/log
: >"$work/rows"

say() { printf 'bench: %s\n' "$*" >&2; }

# row WHAT SECONDS BASE-SECONDS BASE
row() {
    printf '%s\t%s\t%s\t%s\n' "$1" "$2" "$(awk -v a="$2" -v b="$3" 'BEGIN { printf "%.2f", a / b }')" "$4" \
        >>"$work/rows"
}

median() { sort -g | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }

# once COMMAND…: seconds of one run; a failure shows what was said.
once() {
    local start=$EPOCHREALTIME
    "$@" >"$log" 2>&1 || {
        say "failed: $*"
        cat "$log" >&2
        exit 1
    }
    awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.4f\n", b - a }'
}

# --- whole calls ---

# The same module, but for the one argument. Both are built where the dependencies are built already.
say "building the module without --tls=false"
mkdir "$work/slow"
cp -r Cargo.toml Cargo.lock src sdk local bench image-pins.json dagger.json "$work/slow"
sed -i 's/vec!\["--tls=false".to_owned()\]/Vec::new()/' "$work/slow/src/access.rs"
if cmp --silent src/access.rs "$work/slow/src/access.rs"; then
    say "src/access.rs no longer says --tls=false the way this script takes it out"
    exit 1
fi
cargo build --quiet --locked --manifest-path "$work/slow/Cargo.toml" --package dind
cp "$CARGO_TARGET_DIR/debug/dind" "$work/dind-slow"
rm -rf "$work/slow"

say "building the module and the local session"
cargo build --quiet --locked --package dind --package dagger-local
cp "$CARGO_TARGET_DIR/debug/dind" "$work/dind"
if cmp --silent "$work/dind" "$work/dind-slow"; then
    say "both builds are the same program"
    exit 1
fi

number=0
# call MODULE: with a command that no call had before.
call() {
    number=$((number + 1))
    call_again "$1" "$number"
}
call_again() {
    DAGGER_LOCAL_MODULE_BINARY=$1 "$CARGO_TARGET_DIR/debug/dagger-local" call dind-with-docker "${@:3}" \
        --cmd="docker info --format '{{.OSType}}' # $work $2" stdout
}
# A call whose project lies in the client and beside the daemon, and comes back.
call_with_project() { call_again "$work/dind" project --src="$work/$1"; }
files=20000

say "calls with Docker"
once call "$work/dind" >/dev/null
quick=$(for ((i = 0; i < runs; i++)); do once call "$work/dind"; number=$((number + 1)); done | median)
number=1000
slow=$(for ((i = 0; i < runs; i++)); do once call "$work/dind-slow"; number=$((number + 1)); done | median)
once call_again "$work/dind" again >/dev/null
again=$(for ((i = 0; i < runs; i++)); do once call_again "$work/dind" again; done | median)
row "call, a new command" "$quick" "$quick" "itself"
row "call without --tls=false" "$slow" "$quick" "call, a new command"
row "call, nothing changed" "$again" "$quick" "call, a new command"
mkdir -p "$work/few" "$work/many"
echo one >"$work/few/file"
for ((i = 0; i < files; i++)); do
    mkdir -p "$work/many/$((i / 100))"
    echo "$i" >"$work/many/$((i / 100))/$i"
done
few=$(for ((i = 0; i < runs; i++)); do once call_with_project few; done | median)
many=$(for ((i = 0; i < runs; i++)); do once call_with_project many; done | median)
row "call with a project of 1 file" "$few" "$quick" "call, a new command"
row "call with a project of $files files" "$many" "$quick" "call, a new command"

# --- chains ---

say "chains"
base=
while IFS=$'\t' read -r what seconds; do
    base=${base:-$seconds}
    row "$what" "$seconds" "$base" "chain of 300 steps"
done < <(cargo bench --quiet --locked --profile dev --package dagger-local --bench chains)

# --- graphs ---

say "graphs"
cargo bench --quiet --locked --profile dev --package dind --bench graphs -- \
    --noplot --warm-up-time 0.3 --measurement-time 1 >"$log" 2>&1 || {
    cat "$log" >&2
    exit 1
}
estimate() {
    sed -n 's/^{"mean":{"confidence_interval":{[^}]*},"point_estimate":\([0-9.e+-]*\).*/\1/p' \
        "$CARGO_TARGET_DIR/criterion/graph/$1/new/estimates.json" | awk '{ printf "%.6f", $1 / 1e9 }'
}
base=$(estimate dindContainer)
for folder in "$CARGO_TARGET_DIR"/criterion/graph/*/new; do
    function=$(basename "$(dirname "$folder")")
    row "graph of $function" "$(estimate "$function")" "$base" "graph of dindContainer"
done

# --- registration and start ---

say "registration of generated modules"
bench/probe.sh "$root" "$work/probe"
cargo build --quiet --manifest-path "$work/probe/Cargo.toml"
"$CARGO_TARGET_DIR/debug/dind-probe" "$work/dind" >"$work/probes"
base=$(awk -F'\t' '$1 ~ /^registration of 10 / { print $2 }' "$work/probes")
while IFS=$'\t' read -r what seconds; do
    case $what in
        registration*) row "$what" "$seconds" "$base" "registration of 10" ;;
        *) row "$what" "$seconds" "$seconds" "itself" ;;
    esac
done <"$work/probes"

# --- builds ---

if [[ -n $builds ]]; then
    bench/builds.sh "$root" "$work/builds" >"$work/builds.rows"
    rows=$work/builds.rows
    while IFS=$'\t' read -r what seconds base base_seconds; do
        row "$what" "$seconds" "$base_seconds" "$base"
    done < <(awk -F'\t' 'NR == FNR { of[$1] = $2; next } { print $0 "\t" of[$3] }' "$rows" "$rows")
fi

awk -F'\t' '
    BEGIN { printf "%-56s %10s %8s  %s\n", "WHAT", "SECONDS", "RATIO", "TO" }
    { printf "%-56s %10.4f %8.2f  %s\n", $1, $2, $3, $4 }
' "$work/rows"
