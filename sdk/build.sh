#!/bin/sh
# Compiles the crate in the working folder to one static program: build.sh PROFILE OUT
# The profile is dev for a module that somebody waits for, release for one that is published.
set -e
profile=$1 out=$2

# Cargo judges freshness by modification time, which a checkout does not keep: hence the touch of
# every file that may be compiled or included. The crates of the SDK are left as they are: another
# SDK has another target volume.
find . -path '*/sdk/dagger-sdk*' -prune -o -type f -exec touch {} +

# For the host named as the target, the flags are not those of procedural macros, too.
host=$(rustc --print host-tuple)
set -- --target "$host" --config "target.$host.rustflags=['-Ctarget-feature=+crt-static']"
if [ -f Cargo.lock ]; then set -- "$@" --locked; fi

# Unoptimised and without debug information: the users of a module wait for the compiler, not for
# the program, which only sends queries.
export CARGO_PROFILE_DEV_DEBUG=0 CARGO_PROFILE_DEV_STRIP=symbols CARGO_PROFILE_RELEASE_STRIP=symbols
cargo build --profile "$profile" --message-format=json-render-diagnostics "$@" >/tmp/build.json
cp "$(sed -n 's/.*"executable":"\([^"]*\)".*/\1/p' /tmp/build.json | tail -n 1)" "$out"
