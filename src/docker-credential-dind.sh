#!/bin/sh
# docker-credential-dind get|store|erase|list: the Docker CLI asks it for the logins
# that the caller gave. They are mounted for the time of a command, and in no layer;
# logins that the command makes for the same registries are kept beside its config.json.
#
# Both files have lines in pairs: a registry, and the answer for it. The last pair
# wins, and one without an answer stands for a registry that was logged out of.
set -eu

given=/run/secrets/dind-logins
own=${DOCKER_CONFIG:-$HOME/.docker}/dind-logins

# look_in FILE REGISTRY
look_in() {
    [ -r "$1" ] || return 0
    while IFS= read -r registry && IFS= read -r line; do
        [ "$registry" != "$2" ] || answer=$line
    done <"$1"
}

# keep REGISTRY ANSWER
keep() (
    umask 077
    printf '%s\n%s\n' "$1" "$2" >>"$own"
)

case ${1-} in
    get)
        IFS= read -r wanted || true
        answer=
        look_in "$given" "$wanted"
        look_in "$own" "$wanted"
        if [ -z "$answer" ]; then
            # The words by which the Docker CLI knows that there is no login.
            echo "credentials not found in native keychain"
            exit 1
        fi
        printf '%s\n' "$answer"
        ;;
    store)
        login=$(cat)
        registry=${login#*\"ServerURL\":\"}
        keep "${registry%%\"*}" "$login"
        ;;
    erase)
        IFS= read -r registry || true
        keep "$registry" ''
        ;;
    # Asked only of a helper for all registries.
    list) echo '{}' ;;
    *)
        echo "usage: docker-credential-dind get|store|erase|list" >&2
        exit 2
        ;;
esac
