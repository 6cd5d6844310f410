#!/usr/bin/env bash
# builds.sh ROOT FOLDER: how long a first module, made from the SDK's template, takes to build from
# nothing and after an edit, as the SDK builds it and as a stock release build, up to the point where
# it answers a call. It prints lines of name, seconds and the name that it is compared with, the slowest
# crates of the cold build last.
set -euo pipefail
root=$1 folder=$2
slowest=10

mkdir -p "$folder/hello/sdk"
cp -r "$root/sdk/template/." "$folder/hello"
for crate in dagger-module dagger-module-macros; do
    cp -r "$root/sdk/$crate" "$folder/hello/sdk/$crate"
done
cd "$folder/hello"
cp --no-clobber "$root/Cargo.lock" Cargo.lock
export CARGO_TARGET_DIR=$folder/target

now() { printf '%s' "$EPOCHREALTIME"; }
since() { awk -v a="$1" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.3f", b - a }'; }

# Outside a session the module says so and ends: then it was callable.
callable() {
    local binary
    binary=$(find "$CARGO_TARGET_DIR/$1" -maxdepth 1 -type f -executable | head -n 1)
    "$binary" >/dev/null 2>&1 || true
}

for profile in release dev; do
    output=$profile
    [[ $profile != dev ]] || output=debug
    start=$(now)
    cargo build --quiet --profile "$profile" --timings >/dev/null
    printf 'hello from nothing, %s\t%s\thello from nothing, release\n' "$profile" "$(since "$start")"
    printf '\n// An edit.\n' >>src/main.rs
    start=$(now)
    cargo build --quiet --profile "$profile" >/dev/null
    callable "$output"
    printf 'hello from an edit to callable, %s\t%s\thello from an edit to callable, release\n' "$profile" "$(since "$start")"
done

awk '
    /^const UNIT_DATA = / { inside = 1 }
    inside && /"name":/ { gsub(/[",]/, ""); name = $2 }
    inside && /"target":/ { gsub(/[",]/, ""); target = $2 }
    inside && /"duration":/ { gsub(/,/, ""); printf "%s\t%s %s\n", $2, name, target }
    inside && /^\];/ { exit }
' "$CARGO_TARGET_DIR/cargo-timings/cargo-timing.html" | sort -gr | head -n "$slowest" |
    awk -F'\t' '{ sub(/ +$/, "", $2); printf "crate %s, dev\t%s\thello from nothing, dev\n", $2, $1 }'
