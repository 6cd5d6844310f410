#!/usr/bin/env bash
# docker:27-dind: Debian's docker.io, laid out as Docker's own image: the
# programs in /usr/local/bin, the legacy iptables beside the default ones, and
# an entrypoint that takes leading flags as dockerd's.
# shellcheck disable=SC2034,SC2154,SC2016 # read and set by `build`; $1 is the hooks' own
adds_to=ubuntu:24.04
packages+=(docker.io iptables procps xz-utils pigz git openssh-client openssl kmod iproute2)

install -D -m 755 "$recipes/dind-entrypoint.sh" "$overlay/usr/local/bin/dockerd-entrypoint.sh"

# Debian packs compose and buildx for the docker command only since trixie.
for plugin in docker-buildx docker-compose; do
    version=$(LC_ALL=C apt-cache policy "$plugin" | sed -n 's/^ *Candidate: //p')
    case $plugin:$version in
        *:'' | *:'(none)' | docker-compose:1.*) ;;
        *) packages+=("$plugin") ;;
    esac
done

# Real files, not links: graphs copy the client out of the image by this path.
customize+=('mv "$1/usr/bin/docker" "$1/usr/local/bin/docker"
ln -s /usr/local/bin/docker "$1/usr/bin/docker"
mv "$1/usr/sbin/dockerd" "$1/usr/local/bin/dockerd"
ln -s /usr/local/bin/dockerd "$1/usr/sbin/dockerd"
ln -s /usr/bin/tini-static "$1/usr/local/bin/docker-init"
[ -e "$1/usr/bin/tini-static" ] || ln -sf /usr/bin/tini "$1/usr/local/bin/docker-init"')
# What Docker's image does not have: Perl beyond the part that packages are set up with, and some programs.
excludes+=('/usr/share/perl/*' '/usr/lib/*/perl/*')
customize+=('rm -f "$1/usr/bin/dnet" "$1/usr/sbin/ovrouter" "$1/usr/bin/containerd-shim" "$1/usr/bin/containerd-shim-runc-v1"')
customize+=('legacy=$1/usr/local/sbin/.iptables-legacy
mkdir -p "$legacy"
for tool in iptables iptables-save iptables-restore ip6tables ip6tables-save ip6tables-restore; do
    ln -s /usr/sbin/xtables-legacy-multi "$legacy/$tool"
done')
customize+=('for folder in usr/libexec/docker/cli-plugins usr/lib/docker/cli-plugins; do
    [ -d "$1/$folder" ] || continue
    mkdir -p "$1/usr/local/libexec/docker/cli-plugins"
    cp -aL "$1/$folder/." "$1/usr/local/libexec/docker/cli-plugins/"
done')

config='{
    "Env": ["DOCKER_TLS_CERTDIR=/certs"],
    "ExposedPorts": {"2375/tcp": {}, "2376/tcp": {}},
    "Volumes": {"/var/lib/docker": {}},
    "Entrypoint": ["dockerd-entrypoint.sh"],
    "Cmd": []
}'
