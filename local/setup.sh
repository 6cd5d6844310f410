#!/usr/bin/env bash
# Installs what a part of this project needs from Debian's packages.
#
#   local/setup.sh GROUP…
#
# build       a linker for cargo
# podman      what the local session runs containers with, and fetches with
# daemon      a Docker daemon and DNS tools, for the tests of the DNS wrapper
# documents   emacs with org, a YAML reader, for the documents
# languages   what blocks of the documents may be written in, beside bash
# browser     what looks at the pages; Ubuntu packs none but as a snap, so there it is what the machine has
# lint        shellcheck
#
# Silent and quick when nothing is missing. As root it installs through apt;
# otherwise it prints the one command that does, and fails.
set -euo pipefail

# A line per package: its name, and what shows that it is there: a command, a
# file, or nothing where only dpkg knows.
group_packages() {
    case $1 in
        build) printf '%s\n' 'gcc cc' 'libc6-dev /usr/include/stdio.h' ;;
        podman)
            printf '%s\n' 'podman podman' 'runc runc' 'iptables iptables' 'mmdebstrap mmdebstrap'
            printf '%s\n' 'iproute2 ip' 'slirp4netns slirp4netns' 'netavark /usr/lib/podman/netavark' 'ca-certificates update-ca-certificates'
            printf '%s\n' 'git git' 'curl curl'
            # Podman without root maps users and reaches networks by these.
            [ "$(id -u)" = 0 ] ||
                printf '%s\n' 'uidmap newuidmap' 'fuse-overlayfs fuse-overlayfs'
            ;;
        daemon)
            printf '%s\n' 'docker.io dockerd' 'iptables iptables' 'iproute2 ip'
            printf '%s\n' 'dnsmasq-base dnsmasq' 'dnsutils dig' 'procps pgrep' 'busybox-static busybox' 'perl perl' 'openssl openssl' 'e2fsprogs mkfs.ext4'
            ;;
        documents) printf '%s\n' 'emacs-nox emacs' 'elpa-htmlize' 'python3-yaml' ;;
        languages) printf '%s\n' 'python3 python3' 'sqlite3 sqlite3' 'graphviz dot' 'gcc gcc' 'libc6-dev /usr/include/stdio.h' ;;
        browser) grep --quiet '^ID=ubuntu' /etc/os-release || printf '%s\n' 'chromium chromium' ;;
        lint) printf '%s\n' 'shellcheck shellcheck' ;;
        *)
            echo "setup: no group '$1': build, podman, daemon, documents, languages, browser and lint are known" >&2
            exit 2
            ;;
    esac
}

is_there() {
    local package=$1 probe=${2-}
    case $probe in
        '') [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ;;
        /*) [ -e "$probe" ] ;;
        # Administration tools are not on every user's PATH.
        *) PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin command -v "$probe" >/dev/null ;;
    esac
}

# missing GROUP…: the packages that are not there, each once.
missing() {
    local group package probe
    for group in "$@"; do
        while read -r package probe; do
            is_there "$package" "$probe" || echo "$package"
        done < <(group_packages "$group")
    done | sort -u
}

[ $# -gt 0 ] || {
    echo "usage: local/setup.sh GROUP… (build, podman, daemon, documents, languages, browser, lint)" >&2
    exit 2
}
for group in "$@"; do
    group_packages "$group" >/dev/null
done

mapfile -t packages < <(missing "$@")
[ ${#packages[@]} -gt 0 ] || exit 0

if ! command -v apt-get >/dev/null; then
    echo "setup: missing here, and there is no apt-get to install it: ${packages[*]}" >&2
    exit 1
fi
if [ "$(id -u)" != 0 ]; then
    echo "setup: something is missing; this installs it: sudo apt-get install -y --no-install-recommends ${packages[*]}" >&2
    exit 1
fi

# Two calls at once must not install side by side: the second one waits, and
# then finds nothing missing.
exec 9>"${TMPDIR:-/tmp}/dagger-local-setup.lock"
flock 9
mapfile -t packages < <(missing "$@")
[ ${#packages[@]} -gt 0 ] || exit 0

log=$(mktemp)
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
apt_options=(-q -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3)

echo "setup: installing ${packages[*]}" >&2
updated=
for _ in 1 2 3 4 5 6; do
    # Unlike dpkg's lock, apt does not wait for the one of its lists.
    if apt-get "${apt_options[@]}" update >"$log" 2>&1; then
        updated=yes
        break
    fi
    grep -q 'Could not get lock' "$log" || break
    sleep 10
done
# Without new lists the old ones may still do.
[ -n "$updated" ] || echo "setup: apt-get update failed, going on with the lists at hand: $(grep -m1 '^E:' "$log" || true)" >&2
if ! apt-get "${apt_options[@]}" install -y --no-install-recommends "${packages[@]}" </dev/null 9>&- >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "setup: apt-get install failed for: ${packages[*]}" >&2
    exit 1
fi
mapfile -t packages < <(missing "$@")
[ ${#packages[@]} -eq 0 ] || {
    echo "setup: installed, and still not found: ${packages[*]}" >&2
    exit 1
}
echo "setup: done" >&2
