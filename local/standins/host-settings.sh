#!/usr/bin/env bash
# How this host reaches its package sources, as functions for `build`: a
# stand-in that cannot install packages where the host can would be of no use.
set -euo pipefail

# debian_sources FILE: the host's enabled Debian sources, one `deb` line each.
# Third-party sources stay out: they may hold other versions of our packages.
debian_sources() {
    local target uri release component signed_by
    target=$(apt-get indextargets --format "\$(REPO_URI)|\$(RELEASE)|\$(COMPONENT)|\$(SIGNED_BY)" \
        'Created-By: Packages' 'Origin: Debian')
    if [ -z "$target" ]; then
        # apt knows a source's origin only once it has read its lists.
        apt-get -o DPkg::Lock::Timeout=120 update >/dev/null 2>&1 || true
        target=$(apt-get indextargets --format "\$(REPO_URI)|\$(RELEASE)|\$(COMPONENT)|\$(SIGNED_BY)" \
            'Created-By: Packages' 'Origin: Debian')
    fi
    [ -n "$target" ] || {
        echo "standins: apt has no Debian source here: run 'apt-get update' and look at /etc/apt/sources.list.d" >&2
        return 1
    }
    while IFS='|' read -r uri release component signed_by; do
        # apt leaves the placeholder as it is where no key is named.
        case $signed_by in
            /*) echo "deb [signed-by=$signed_by] $uri $release $component" ;;
            *) echo "deb $uri $release $component" ;;
        esac
    done <<<"$target" >"$1"
}

# host_settings FOLDER: lays the settings of apt, pip, npm and cargo into it,
# and apt.conf for the build itself into the build's folder.
# shellcheck disable=SC2154 # $work is `build`'s
host_settings() {
    local folder=$1 file
    # Proxies, time-outs, retries, checks; not the lists of index files.
    apt-config dump --no-empty |
        grep -E '^Acquire::(http|https|ftp|Retries|Check-|ForceIPv|Max-)' >"$work/apt.conf" || true
    mkdir -p "$folder/etc/apt/apt.conf.d"
    cp "$work/apt.conf" "$folder/etc/apt/apt.conf.d/80host"
    for file in /etc/apt/auth.conf /etc/apt/auth.conf.d/* /etc/pip.conf /etc/npmrc; do
        [ -f "$file" ] || continue
        install -D -m 600 "$file" "$folder$file"
    done
    [ ! -f "$folder/etc/pip.conf" ] || chmod 644 "$folder/etc/pip.conf"
    for file in .config/pip/pip.conf .pip/pip.conf .npmrc .cargo/config.toml; do
        [ -f "$HOME/$file" ] || continue
        install -D -m 600 "$HOME/$file" "$folder/root/$file"
    done
}

# own_authorities, host_bundle: the hooks that make the root trust what this host trusts. The host's own
# certificates go where update-ca-certificates looks for them, before its package is there: its script then takes them
# along. The host's whole bundle, which may hold more than those, comes last.
own_authorities() {
    cat <<'HOOK'
for ca in /usr/local/share/ca-certificates/*.crt; do
    [ ! -f "$ca" ] || install -D -m 644 "$ca" "$1$ca"
done
HOOK
}
host_bundle() {
    cat <<'HOOK'
bundle=/etc/ssl/certs/ca-certificates.crt
[ ! -f $bundle ] || install -m 644 $bundle "$1$bundle"
HOOK
}
