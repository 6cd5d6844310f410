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

# What the sidecar's /etc holds is decided here, and is never the machine's own: the few files that dockerd, the C
# library and the tools read. It outlives a daemon, as a container's does: Docker 20.10 makes its key file beside
# daemon.json when it first starts, Docker 27 makes none.
etc=$sidecar/etc
mkdir -p "$etc/docker" "$etc/alternatives"
echo 'root:x:0:0:root:/root:/bin/sh' >"$etc/passwd"
printf 'root:x:0:\ndocker:x:999:\n' >"$etc/group"
echo '127.0.0.1 localhost' >"$etc/hosts"
echo 'hosts: files dns' >"$etc/nsswitch.conf"
printf 'tcp 6 TCP\nudp 17 UDP\n' >"$etc/protocols"
# Debian's names of the tools lead through here.
for tool in iptables iptables-save iptables-restore ip6tables ip6tables-save ip6tables-restore; do
    ln -sf "/usr/sbin/${tool/tables/tables-nft}" "$etc/alternatives/$tool"
done
for file in resolv.conf docker/daemon.json; do
    rm -f "$etc/$file"
    [ ! -e "$sidecar/${file##*/}" ] || cp "$sidecar/${file##*/}" "$etc/$file"
done
mount --bind "$etc" /etc
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
