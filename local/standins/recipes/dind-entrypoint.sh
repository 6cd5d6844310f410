#!/bin/sh
# Stand-in of the entrypoint of Docker's own image: no argument or leading
# flags are dockerd's, anything else is a command of its own.
set -eu

# Whatever the host mounts or lacks, dockerd wants these.
mount_for_nesting() {
    if [ -d /sys/kernel/security ] && ! mountpoint -q /sys/kernel/security; then
        mount -t securityfs none /sys/kernel/security 2>/dev/null || true
    fi
    # cgroup v2 forbids processes beside the groups that dockerd will make.
    if [ -f /sys/fs/cgroup/cgroup.controllers ]; then
        mkdir -p /sys/fs/cgroup/init
        xargs -rn1 </sys/fs/cgroup/cgroup.procs >/sys/fs/cgroup/init/cgroup.procs 2>/dev/null || true
        sed -e 's/ / +/g' -e 's/^/+/' </sys/fs/cgroup/cgroup.controllers \
            >/sys/fs/cgroup/cgroup.subtree_control 2>/dev/null || true
    fi
}

choose_iptables() {
    legacy=/usr/local/sbin/.iptables-legacy
    if [ -n "${DOCKER_IPTABLES_LEGACY+set}" ]; then
        [ -z "$DOCKER_IPTABLES_LEGACY" ] || PATH=$legacy:$PATH
    elif ! iptables -nL >/dev/null 2>&1; then
        modprobe nf_tables >/dev/null 2>&1 || true
        iptables -nL >/dev/null 2>&1 || PATH=$legacy:$PATH
    fi
    export PATH
    iptables --version >&2
}

if [ $# -eq 0 ] || [ "${1#-}" != "$1" ]; then
    if [ -n "${DOCKER_TLS_CERTDIR-}" ]; then
        echo "dockerd-entrypoint.sh: this stand-in makes no certificates, DOCKER_TLS_CERTDIR=$DOCKER_TLS_CERTDIR is not used" >&2
    fi
    set -- dockerd --host=unix:///var/run/docker.sock --host=tcp://0.0.0.0:2375 "$@"
fi

if [ "$1" = dockerd ]; then
    find /run /var/run \( -iname 'docker*.pid' -o -iname 'container*.pid' \) -delete 2>/dev/null || true
    mount_for_nesting
    choose_iptables
    set -- docker-init -- "$@"
elif [ -z "${DOCKER_HOST-}" ] && [ ! -S /var/run/docker.sock ]; then
    export DOCKER_HOST=tcp://docker:2375
fi

exec "$@"
