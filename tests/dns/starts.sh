# shellcheck shell=bash disable=SC2154
# How the wrapper starts a daemon: again and again, with every kind of resolv.conf, and where something of the
# machine is missing. Sourced by run.sh.

# rules_are SIDECAR SERVER [IPTABLES]: the rules for one server, each once, and the clamp once.
rules_are() {
    local tool=${3:-iptables-nft} address chain protocol expected='' found
    for address in "$bridge" "$second"; do
        for chain in PREROUTING OUTPUT; do
            for protocol in udp tcp; do
                expected+="-A $chain -d $address/32 -p $protocol -m $protocol --dport 53 -j DNAT --to-destination $2"$'\n'
            done
        done
    done
    expected+='-A FORWARD -p tcp -m tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu'
    found=$(in_net "$1" "$tool" -t nat -S | grep -e '--dport 53' || true
        in_net "$1" "$tool" -t mangle -S | grep TCPMSS || true)
    [ "$(sort <<<"$found")" = "$(sort <<<"$expected")" ] || {
        echo "found: $found"
        return 1
    }
}

# no_dns_rules SIDECAR [IPTABLES]
no_dns_rules() {
    ! in_net "$1" "${2:-iptables-nft}" -t nat -S | grep -e '--dport 53'
}

# says SIDECAR [TEXT]: what the wrapper wrote is one line with the text; without a text, nothing at all.
says() {
    local said
    said=$(grep -v -e '^time=' "$work/$1/log" || true)
    if [ $# = 1 ]; then
        [ -z "$said" ] && return
    else
        [ "$(wc -l <<<"$said")" = 1 ] && [[ $said == "dind: "*"$2"* ]] && return
    fi
    echo "it said: ${said:-nothing}"
    return 1
}

answers() { on "$1" version --format '{{.Server.Version}}' >/dev/null; }

# starts_with NAME RESOLV_CONF SERVER: a resolv.conf (printf's escapes) of which this server is taken.
starts_with() {
    mkdir -p "$work/case"
    printf '%b' "$2" >"$work/case/resolv.conf"
    check "$1: the daemon starts" sidecar case
    check "$1: the rules are for $3" rules_are case "$3"
    check "$1: nothing is said" says case
    discard case
}

# starts_without NAME [RESOLV_CONF]: one of which no server can be taken.
starts_without() {
    mkdir -p "$work/case"
    [ $# = 1 ] || printf '%b' "$2" >"$work/case/resolv.conf"
    check "$1: the daemon starts" sidecar case
    check "$1: no rules for DNS" no_dns_rules case
    check "$1: one line says so" says case "names no IPv4 server"
    discard case
}

again() {
    local signal
    if [ ! -e "/run/netns/$prefix-wrapped" ]; then
        new_case
        mv "$work/case" "$work/wrapped"
        sidecar wrapped
        import_image wrapped
        start_container wrapped nested
    fi
    in_net wrapped iptables -t mangle -S | grep -q TCPMSS ||
        in_net wrapped iptables -t mangle -A FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu
    for signal in TERM KILL; do
        stop_daemon wrapped "$signal"
        check "ended by SIG$signal, the daemon starts again" sidecar wrapped
        check "ended by SIG$signal and started again: the rules are there once" rules_are wrapped "$outer_dns"
        on wrapped start nested >/dev/null
        check "ended by SIG$signal and started again: a container resolves" resolves wrapped nested udp
    done
    stop_daemon wrapped TERM
    echo "nameserver 10.87.0.77" >"$work/wrapped/resolv.conf"
    check "with another nameserver the daemon starts again" sidecar wrapped
    check "with another nameserver the rules are for that one alone" rules_are wrapped 10.87.0.77
    discard wrapped
}

resolv_confs() {
    starts_without "no resolv.conf"
    starts_without "an empty resolv.conf" ''
    starts_without "only an IPv6 nameserver" 'nameserver fd00::53\n'
    starts_without "only loopback nameservers" 'nameserver 127.0.0.53\nnameserver ::1\n'
    starts_without "only addresses that are none" 'nameserver 10.87.0\nnameserver 10.87.0.256\nnameserver ten\n'
    starts_without "only the bridge's own address" "nameserver $bridge\n"
    starts_with "the nameservers of another sidecar" "nameserver $bridge\nnameserver $second\n" "$second"
    starts_with "several nameservers" 'nameserver fd00::53\nnameserver 10.87.0.1\nnameserver 10.87.0.2\n' 10.87.0.1
    starts_with "loopback before a real one" 'nameserver 127.0.0.11\nnameserver 10.87.0.3\n' 10.87.0.3
    starts_with "comments, tabs, blanks and CRLF" \
        '# nameserver 1.1.1.1\n\n; nameserver 2.2.2.2\r\nsearch outer.test\r\noptions ndots:0\n\tnameserver\t 10.87.0.4\t# ours\r\n' 10.87.0.4
    starts_with "no line break at the end" 'nameserver 10.87.0.5' 10.87.0.5
}

refuse() {
    cat >"$1" <<'STUB'
#!/bin/sh
echo "iptables v1.8.9: can't initialize iptables table: Permission denied" >&2
exit 3
STUB
    chmod +x "$1"
}

new_case() {
    mkdir -p "$work/case"
    echo "nameserver $outer_dns" >"$work/case/resolv.conf"
    cp "$work/daemon.json" "$work/case/daemon.json"
}

machines() {
    local name legacy
    new_case
    check "an /etc that no daemon has seen: the daemon starts" sidecar case
    stop_daemon case TERM
    check "a read-only /etc: the daemon starts" sidecar case ETC=ro
    check "a read-only /etc: the rules are there" rules_are case "$outer_dns"
    check "a read-only /etc: nothing is said" says case
    discard case

    new_case
    check "no iptables: the daemon starts" sidecar case TOOLS=none
    check "no iptables: one line says so" says case "iptables is missing"
    discard case

    new_case
    refuse "$work/case/refusing"
    check "an iptables that refuses: the daemon starts" sidecar case TOOLS=useless
    check "an iptables that refuses: one line says why" says case "can't initialize iptables table: Permission denied"
    discard case

    new_case
    mkdir "$work/case/legacy"
    refuse "$work/case/legacy/iptables"
    check "nft only: the daemon starts" sidecar case
    check "nft only: the rules are there" rules_are case "$outer_dns" iptables-nft
    check "nft only: nothing is said" says case
    discard case

    # An iptables that takes nat, and knows no mangle.
    new_case
    cat >"$work/case/refusing" <<'STUB'
#!/bin/sh
[ "$2" != mangle ] || { echo "no mangle here" >&2; exit 3; }
exec /usr/sbin/iptables "$@"
STUB
    chmod +x "$work/case/refusing"
    check "no mangle table: the daemon starts" sidecar case
    check "no mangle table: one line says so" says case "narrow uplink: no mangle here"
    import_image case
    start_container case any
    check "no mangle table: a container resolves all the same" resolves case any udp
    discard case

    if ! legacy=$(unshare --net iptables-legacy -t nat -S 2>&1); then
        echo "      not run: legacy only, for this kernel has no legacy tables: $legacy"
        # In CI a rule that cannot be checked is a rule that fails.
        [ "${CI:-}" != true ] || check "this kernel has legacy tables" false
        return
    fi
    new_case
    refuse "$work/case/refusing"
    mkdir "$work/case/legacy"
    for name in iptables ip6tables; do
        ln -s "$(command -v "$name-legacy")" "$work/case/legacy/$name"
    done
    check "legacy only: the daemon starts" sidecar case
    check "legacy only: the rules are there" rules_are case "$outer_dns" iptables-legacy
    check "legacy only: none of them are in nft" no_dns_rules case iptables-nft
    check "legacy only: nothing is said" says case
    check "legacy only: the daemon is handed the same tools" \
        grep -q '^path /usr/local/sbin/.iptables-legacy:' "$work/case/handed"
    import_image case
    start_container case nested
    add_nested_bridge case nested
    for name in udp tcp; do
        check "legacy only: a container with a nested bridge resolves by $name" resolves case nested "$name"
    done
    discard case
}

starts() {
    again
    resolv_confs
    machines
}
