#!/usr/bin/env bash
# load-and-run.sh ARCHIVE TAG COMMAND: loads an image into the Docker daemon, gives
# it the tag, and runs the command. Both are one step, because a daemon whose data
# is gone would not be loaded again by a step that an engine answers from its cache.
set -euo pipefail

archive=$1 tag=$2 command=$3

answer=$(docker load --quiet --input "$archive")
loaded=
while IFS= read -r line; do
    case $line in
        # An image without a name of its own.
        'Loaded image ID: '*) loaded=${line#'Loaded image ID: '} ;;
        'Loaded image: '*) loaded=${line#'Loaded image: '} ;;
    esac
done <<<"$answer"
if [[ -z $loaded ]]; then
    echo "docker load does not say which image it loaded: $answer" >&2
    exit 1
fi
docker tag "$loaded" "$tag"

exec bash -c "$command"
