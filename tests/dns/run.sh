#!/usr/bin/env bash
# The DNS wrapper, proven with real parts: dnsmasq as the outer Dagger engine's server, src/dockerd-entrypoint.sh
# and a real dockerd behind it, and containers that do what a nested Dagger engine does. Every rule is a line of
# output; the last one counts them. Needs root; touches no network of the host.
#
# Without arguments every part runs; collision, depth, starts and doctor name one.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
# shellcheck source=/dev/null
source "$here/world.sh"
# shellcheck source=/dev/null
source "$here/collision.sh"
# shellcheck source=/dev/null
source "$here/depth.sh"
# shellcheck source=/dev/null
source "$here/starts.sh"
# shellcheck source=/dev/null
source "$here/doctor.sh"

[ "$(id -u)" = 0 ] || {
    echo "tests/dns needs root: network namespaces and a Docker daemon are made" >&2
    exit 1
}
if [ -z "${DIND_DNS_OWN_MOUNTS:-}" ]; then
    "$root/local/setup.sh" daemon
    DIND_DNS_OWN_MOUNTS=1 exec unshare --mount --propagation private -- "${BASH_SOURCE[0]}" "$@"
fi
# The names of network namespaces are mounts: here nobody else sees them, and they go with this process.
mkdir -p /run/netns
mount -t tmpfs -o mode=755 tmpfs /run/netns

passed=0 failed=0
# check RULE COMMAND…: the rule holds when the command does.
check() {
    local rule=$1
    shift
    # In this shell, for a command may start daemons that a later one ends.
    if "$@" >"$work/said" 2>&1; then
        passed=$((passed + 1))
        echo "ok    $rule"
    else
        failed=$((failed + 1))
        echo "FAIL  $rule"
        sed 's/^/      /' "$work/said"
    fi
}

trap tear_down EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
work=$(mktemp -d "${TMPDIR:-/tmp}/dind-dns.XXXXXX")
# The names are for the sourced files, or theirs.
# shellcheck disable=SC2034
wrapper=$work/dockerd-entrypoint.sh
# shellcheck disable=SC2154
sed "s/@BRIDGE_ADDRESS@/$bridge/; s/@SECOND_ADDRESS@/$second/" "$root/src/dockerd-entrypoint.sh" >"$wrapper"
# The user's locale, logins and contexts are none of these daemons'.
export LC_ALL=C.UTF-8 DOCKER_CONFIG=$work/docker-config
unset DOCKER_HOST DOCKER_CONTEXT DOCKER_TLS_VERIFY DOCKER_CERT_PATH DOCKER_API_VERSION
# What the image's /bin/sh is.
export WRAPPER_SHELL='busybox sh'

build_outer
build_image
printf '{"dns": ["%s", "%s"], "bip": "%s/16"}' "$bridge" "$second" "$bridge" >"$work/daemon.json"
parts=("$@")
[ $# -gt 0 ] || parts=(collision depth starts doctor)
for part in "${parts[@]}"; do
    "$part"
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
