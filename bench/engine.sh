#!/usr/bin/env bash
# Measures on a Dagger engine what it costs to load this module and to call it, beside modules of one function in Go and
# in Dang, and prints one table. Seconds differ from machine to machine; compare the ratios of one run.
#
#   DAGGER=/path/to/dagger REGISTRY=registry.example.org/scratch bench/engine.sh [--base COMMIT]
#
# DAGGER     the CLI, `dagger` if it is not said; it decides which engine it talks to
# REGISTRY   where the module's program can be published; without it the published one is named as not measured
# RESET      a command that empties the engine's state, or that gives a new engine; by default the engine prunes its
#            cache, which leaves the images that it unpacked a moment ago out of the measurement, but not all of them
# --base     measure the module as it was at COMMIT, too
#
# a call is `dind-with-docker --cmd=… platform`: it answers without a command being run. The modules in Go and in Dang
# have a function that makes a container of the same two images: the tools of one, with the docker client of the other.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
repository=$PWD

say() { printf 'bench: %s\n' "$*" >&2; }
die() {
    say "$@"
    exit 2
}

base=
case ${1-} in
    '') ;;
    --base) base=${2:?"bench/engine.sh --base COMMIT"} ;;
    *) die "usage: bench/engine.sh [--base COMMIT]" ;;
esac
dagger=${DAGGER:-$(command -v dagger || true)}
[[ -x $dagger ]] || die "say which Dagger CLI: DAGGER=/path/to/dagger bench/engine.sh"
export DAGGER_NO_NAG=1
unset DAGGER_MODULE
version=$("$dagger" version | grep --only-matching 'v[0-9][^ ]*' | head -n 1)

work=$(mktemp --directory "${TMPDIR:-/tmp}/dind-bench.XXXXXX")
trap 'rm -rf -- "$work"' EXIT
log=$work/log
: >"$work/times"

# An engine looks for a module's files no higher than the root of a repository.
repository_at() {
    mkdir -p "$1"
    git -C "$1" init --quiet
}

# this FOLDER [COMMIT]: a copy of the module, as it is or as it was.
this() {
    repository_at "$1"
    if [[ -n ${2-} ]]; then
        git -C "$repository" archive "$2" | tar --directory="$1" --extract
    else
        git -C "$repository" ls-files --cached --others --exclude-standard -z |
            tar --directory="$repository" --create --null --ignore-failed-read --files-from=- 2>/dev/null |
            tar --directory="$1" --extract
    fi
    # Where nothing is said of it, a program that is published already is not measured in place of a build.
    sed -i 's|,\? *"config": *{ *"prebuilt": *"[^"]*" *}||' "$1/dagger.json"
}

this "$work/compiled"
[[ -z $base ]] || this "$work/base" "$base"

# pinned NAME: the image of that name with its tag and its digest.
pinned() {
    local reference
    reference=$(sed -n 's/.*"\('"$1"':[^"]*\)": *"\(sha256:[0-9a-f]*\)".*/\1@\2/p' image-pins.json)
    [[ -n $reference ]] || die "image-pins.json pins no image of $1"
    echo "$reference"
}
image=$(pinned ubuntu)
docker=$(pinned docker)
client=/usr/local/bin/docker

repository_at "$work/go"
printf '{"name": "probe", "engineVersion": "%s", "sdk": {"source": "go"}}\n' "$version" >"$work/go/dagger.json"
cat >"$work/go/main.go" <<GO
package main

import "dagger/probe/internal/dagger"

type Probe struct{}

func (m *Probe) Run(cmd string) *dagger.Container {
	client := dag.Container().From("$docker").File("$client")
	return dag.Container().From("$image").WithFile("$client", client).WithExec([]string{"bash", "-c", cmd})
}
GO

repository_at "$work/dang"
printf '{"name": "probe", "engineVersion": "%s", "sdk": {"source": "dang"}}\n' "$version" >"$work/dang/dagger.json"
cat >"$work/dang/main.dang" <<DANG
type Probe {
  pub run(cmd: String!): Container! {
    let client = container.from("$docker").file("$client")
    container.from("$image").withFile("$client", client).withExec(["bash", "-c", cmd])
  }
}
DANG

modules=(compiled go dang)
[[ -z $base ]] || modules=(base "${modules[@]}")

if [[ -n ${REGISTRY-} ]]; then
    say "publishing the module's program"
    reference=$("$dagger" --silent -m "$work/compiled/sdk" call prebuilt --source="$work/compiled" \
        publish --address="$REGISTRY/dind:bench-$$") || die "it could not be published at $REGISTRY"
    this "$work/prebuilt"
    sed -i "s|\"source\": *\"./sdk\"|&, \"config\": {\"prebuilt\": \"$reference\"}|" "$work/prebuilt/dagger.json"
    grep --quiet prebuilt "$work/prebuilt/dagger.json" || die "dagger.json names its SDK in another way than this script expects"
    modules+=(prebuilt)
else
    say "not measured: the published program (say REGISTRY)"
fi

reset() {
    if [[ -n ${RESET-} ]]; then
        bash -c "$RESET" >"$log" 2>&1
    else
        "$dagger" --silent core engine local-cache prune >"$log" 2>&1
    fi || { cat "$log" >&2; die "the engine's state could not be emptied"; }
    # The first session of a new engine loads the API's types: that is nobody's module.
    "$dagger" --silent core version >"$log" 2>&1 || { cat "$log" >&2; die "the engine does not answer"; }
}

# timed WHAT MODULE ARGUMENT…: one run, and a failure shows what was said.
timed() {
    local what=$1 module=$2 start=$EPOCHREALTIME
    shift 2
    "$dagger" --progress=plain -m "$work/$module" "$@" >"$log" 2>&1 || {
        cat "$log" >&2
        die "failed: $what of $module"
    }
    awk -v a="$start" -v b="$EPOCHREALTIME" -v what="$what" -v module="$module" \
        'BEGIN { printf "%s\t%s\t%.2f\n", what, module, b - a }' | tee --append "$work/times" >&2
}

call() {
    local what=$1 module=$2 function=dind-with-docker
    case $module in go | dang) function=run ;; esac
    timed "$what" "$module" call "$function" --cmd="$3" platform
}

edit() {
    case $1 in
        go) echo "// $RANDOM" >>"$work/go/main.go" ;;
        *) echo "// $RANDOM" >>"$work/$1/src/lib.rs" ;;
    esac
}

for round in 1 2 3; do
    for module in "${modules[@]}"; do
        # A minute is measured well enough at once, a few seconds are not.
        [[ $round == 1 || $module == prebuilt || $module == dang ]] || continue
        say "$module, on an engine with an empty state"
        reset
        timed "functions, nothing there" "$module" functions
        call "first call, nothing there" "$module" "echo first"
    done
done
say "on an engine that is warm"
for module in "${modules[@]}"; do
    timed "functions, warm up" "$module" functions
    call "call, warm up" "$module" "echo up"
done
for round in 1 2 3; do
    for module in "${modules[@]}"; do
        timed "functions, nothing changed" "$module" functions
        call "call, new arguments" "$module" "echo $round"
        call "call, repeated" "$module" "echo $round"
    done
    for module in compiled go; do
        edit "$module"
        timed "functions, after an edit" "$module" functions
        call "first call, after an edit" "$module" "echo edited $round"
    done
done

echo "$("$dagger" version | head -n 1), $(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg)"
sort -t $'\t' -k1,2 -k3,3g "$work/times" | awk -F'\t' '
    { key = $1 FS $2; n[key]++; all[key, n[key]] = $3; what[$1]; module[$2] }
    function median(w, m,   key) {
        key = w FS m
        return n[key] ? all[key, int((n[key] + 1) / 2)] : ""
    }
    END {
        order = "functions, nothing there|first call, nothing there|functions, nothing changed|functions, after an edit|first call, after an edit|call, new arguments|call, repeated"
        count = split(order, rows, "|")
        columns = split("base|compiled|prebuilt|go|dang", names, "|")
        printf "%-28s", "SECONDS (median)"
        for (c = 1; c <= columns; c++) if (names[c] in module) printf " %10s", names[c]
        printf " %12s %12s\n", "compiled/go", "prebuilt/go"
        for (r = 1; r <= count; r++) {
            printf "%-28s", rows[r]
            for (c = 1; c <= columns; c++) if (names[c] in module) printf " %10s", median(rows[r], names[c])
            go = median(rows[r], "go")
            for (c = 2; c <= 3; c++) {
                value = median(rows[r], names[c])
                printf " %12s", value == "" || go == "" ? "" : sprintf("%.2f", value / go)
            }
            print ""
        }
    }'
