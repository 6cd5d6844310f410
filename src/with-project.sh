#!/usr/bin/env bash
# with-project.sh FOLDER COPY COMMAND…: runs the command, then moves what FOLDER
# holds to COPY. FOLDER is shared with the Docker daemon and outlives the call on
# the engine: nothing stays in it, whatever becomes of the command.
set -uo pipefail

folder=$1 copy=$2
shift 2

# A folder that is mounted cannot be removed itself, only emptied.
# shellcheck disable=SC2317 # the trap calls it
empty() {
    cd / && rm -rf -- "$folder" 2>/dev/null
    [ -z "$(ls -A -- "$folder" 2>/dev/null)" ] ||
        echo "dind: not everything in $folder could be removed; the engine keeps it until its cache is pruned" >&2
}
trap empty EXIT

"$@"
code=$?
[ $code = 0 ] || exit $code

# A container that still runs may take a file away under the first try.
cp -a -- "$folder/." "$copy/" 2>/dev/null || {
    rm -rf -- "${copy:?}"/* "$copy"/.[!.]* "$copy"/..?*
    cp -a -- "$folder/." "$copy/" || {
        echo "dind: what the command left in $folder could not be copied" >&2
        exit 1
    }
}
