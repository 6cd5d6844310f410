#!/usr/bin/env bash
# builds.sh ROOT FOLDER: how long a first module, made from the SDK's template, takes to build from
# nothing and after an edit, up to the point where it can be called, and how large it is; and the same of
# its two functions on the client of crates.io. It prints lines of name, seconds or megabytes, and the
# name that it is compared with, the slowest crates of the module's cold build last.
set -euo pipefail
root=$1 folder=$2
slowest=10

mkdir -p "$folder/hello/sdk"
cp -r "$root/sdk/template/." "$folder/hello"
for crate in dagger-sdk dagger-sdk-macros; do
    cp -r "$root/sdk/$crate" "$folder/hello/sdk/$crate"
done
cp --no-clobber "$root/Cargo.lock" "$folder/hello/Cargo.lock"
cp -r "$root/bench/stock" "$folder/stock"

# What neither has to download is measured in both.
for module in stock hello; do
    cargo fetch --quiet --manifest-path "$folder/$module/Cargo.toml"
done

since() { awk -v a="$1" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.3f", b - a }'; }

# measured MODULE PROFILE OUTPUT NAME BASE
measured() {
    local module=$1 profile=$2 output=$3 name=$4 base=$5 start binary
    cd "$folder/$module"
    export CARGO_TARGET_DIR=$folder/target-$module
    start=$EPOCHREALTIME
    cargo build --quiet --profile "$profile" --timings >/dev/null
    printf '%s from nothing\t%s\t%s from nothing\n' "$name" "$(since "$start")" "$base"
    printf '\n// An edit.\n' >>src/main.rs
    binary=$CARGO_TARGET_DIR/$output/$module
    start=$EPOCHREALTIME
    cargo build --quiet --profile "$profile" >/dev/null
    # Outside a session it says so and ends: then it was callable.
    if [[ $module = hello ]]; then
        "$binary" >/dev/null 2>&1 || true
    fi
    printf '%s from an edit to callable\t%s\t%s from an edit to callable\n' "$name" "$(since "$start")" "$base"
    printf '%s, megabytes\t%s\t%s, megabytes\n' "$name" \
        "$(stat --format=%s "$binary" | awk '{ printf "%.3f", $1 / 1e6 }')" "$base"
}

measured stock dev debug "on crates.io's client" "on crates.io's client"
measured hello release release "hello, release" "hello, release"
measured hello dev debug "hello" "on crates.io's client"

awk '
    /^const UNIT_DATA = / { inside = 1 }
    inside && /"name":/ { gsub(/[",]/, ""); name = $2 }
    inside && /"target":/ { gsub(/[",]/, ""); target = $2 }
    inside && /"duration":/ { gsub(/,/, ""); printf "%s\t%s %s\n", $2, name, target }
    inside && /^\];/ { exit }
' "$folder"/target-hello/cargo-timings/cargo-timing.html | sort -gr | head -n "$slowest" |
    awk -F'\t' '{ sub(/ +$/, "", $2); printf "crate %s\t%s\thello from nothing\n", $2, $1 }'
