#!/usr/bin/env bash
# Runs as the first process in the namespaces of one sidecar of tests/dns: gives it the files that its container
# would have, then starts the wrapper, or a plain dockerd to compare with. Nothing of it is seen by the host.
#
# $1 is the sidecar's folder: `resolv.conf` there may be absent, `legacy/` and `refusing` (an iptables that takes
# nothing) are put in place where they exist. HOW is `wrapper` or `plain`, ETC `ro` makes /etc read-only, TOOLS
# `none` hides every iptables and `useless` tells dockerd that there is none, DATA_MIB gives the data folder no more room than that,
# WRAPPER_SHELL runs the wrapper.
set -euo pipefail
sidecar=$1
wrapper=$2

mount -t proc proc /proc
mount -t tmpfs tmpfs /run
ip link set lo up

# /etc/resolv.conf may be a link on the host; a copy of /etc is free of that.
mkdir -p "$sidecar/etc"
mount -t tmpfs tmpfs "$sidecar/etc"
cp -a /etc/. "$sidecar/etc"
rm -f "$sidecar/etc/resolv.conf"
[ ! -e "$sidecar/resolv.conf" ] || cp "$sidecar/resolv.conf" "$sidecar/etc/resolv.conf"
mkdir -p "$sidecar/etc/docker"
rm -f "$sidecar/etc/docker/daemon.json"
[ ! -e "$sidecar/daemon.json" ] || cp "$sidecar/daemon.json" "$sidecar/etc/docker/daemon.json"
mount --bind "$sidecar/etc" /etc
[ "${ETC:-rw}" != ro ] || mount -o remount,ro,bind /etc

if [ -n "${DATA_MIB:-}" ]; then
    mkdir -p "$sidecar/root"
    mount -t tmpfs -o "size=${DATA_MIB}m" tmpfs "$sidecar/root"
fi

mount -t tmpfs tmpfs /usr/local/sbin
mkdir /usr/local/sbin/.iptables-legacy
[ ! -d "$sidecar/legacy" ] || cp -a "$sidecar/legacy/." /usr/local/sbin/.iptables-legacy
[ ! -e "$sidecar/refusing" ] || cp "$sidecar/refusing" /usr/local/sbin/iptables

# In place of the image's entrypoint: dockerd with a data folder of its own, and a note of what it was handed.
cat >/usr/local/sbin/dockerd-entrypoint-orig.sh <<ENTRYPOINT
#!/bin/sh
printf 'path %s\narguments %s\n' "\$PATH" "\$*" >'$sidecar/handed'
exec dockerd --data-root '$sidecar/root' --host 'unix://$sidecar/docker.sock' \
    --cgroup-parent '${CGROUP_PARENT:?}' "\$@"
ENTRYPOINT
chmod +x /usr/local/sbin/dockerd-entrypoint-orig.sh

export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
if [ "${TOOLS:-all}" = none ]; then
    mkdir -p "$sidecar/tools"
    for tool in /usr/sbin/* /usr/bin/*; do
        case $tool in
            *tables*) ;;
            *) ln -sf "$tool" "$sidecar/tools/" ;;
        esac
    done
    export PATH=/usr/local/sbin:$sidecar/tools
fi

# A daemon without iptables would refuse to start by itself.
arguments=(--log-level=warn)
[ "${TOOLS:-all}" = all ] || arguments+=(--iptables=false)

if [ "${HOW:-wrapper}" = plain ]; then
    exec dockerd-entrypoint-orig.sh "${arguments[@]}"
fi
# The shell's name may be two words: busybox sh.
read -ra shell <<<"${WRAPPER_SHELL:-sh}"
exec "${shell[@]}" "$wrapper" "${arguments[@]}"
