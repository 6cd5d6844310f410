#!/bin/sh
# The entrypoint of the Docker daemon sidecar: name resolution first, then the
# image's own entrypoint.
#
# Why: every Dagger engine numbers its network 10.87.0.0/16 and answers DNS at
# 10.87.0.1, and none can be told otherwise. The sidecar therefore finds
# 10.87.0.1 in its resolv.conf, and Docker would pass that address on to the
# containers that it starts. Once one of them is a Dagger engine, it puts up a
# bridge of the same range, the route of that bridge swallows whatever is sent
# to 10.87.0.1, and no name resolves any more in there.
#
# What the containers of this daemon can reach is the gateway of Docker's bridge.
# daemon.json hands that address out as the nameserver, and after it one that no
# interface has: a container that runs a Docker daemon itself may own the bridge's
# address, too, and refuses what is asked there. The rules below send what arrives
# for either on port 53 to the server of the sidecar's resolv.conf:
#
# - PREROUTING for containers on any bridge, OUTPUT for those that share the
#   sidecar's network (--network host);
# - the clamp in mangle FORWARD has nothing to do with names: containers think
#   of 1500 bytes, and where the uplink takes less and ICMP is kept back, their
#   downloads would stand still after the first packets.
#
# The daemon starts in any case: what could not be set up is one line on stderr.
# Written for the shells of Alpine (busybox) and Debian (dash) alike.
set -eu

# Filled in by the module, which gives daemon.json the same addresses.
bridge='@BRIDGE_ADDRESS@'
second='@SECOND_ADDRESS@'
# Where the image keeps the tools that write to the kernel's older tables.
legacy_tools=/usr/local/sbin/.iptables-legacy

# Reads a resolv.conf on stdin and prints the first server that a packet of a
# container can be sent on to: loopback, "any" and multicast addresses are of
# no use behind DNAT, and the bridge's own address would be a circle.
first_nameserver() {
    carriage_return=$(printf '\r')
    while IFS=' 	' read -r keyword server _ || [ -n "$keyword" ]; do
        server=${server%"$carriage_return"}
        if [ "$keyword" != nameserver ] || [ "$server" = "$bridge" ]; then
            continue
        fi
        case $server in
            *[!0-9.]* | *.*.*.*.* | .* | *. | *..*) continue ;;
            0.* | 127.*) continue ;;
            *.*.*.*) ;;
            *) continue ;;
        esac
        rest=$server.
        while [ -n "$rest" ]; do
            octet=${rest%%.*}
            case $octet in
                0 | [1-9] | [1-9][0-9] | 1[0-9][0-9] | 2[0-4][0-9] | 25[0-5]) ;;
                *) continue 2 ;;
            esac
            rest=${rest#*.}
        done
        if [ "${server%%.*}" -ge 224 ]; then
            continue
        fi
        echo "$server"
        return
    done
}

# ensure TOOL TABLE CHAIN RULE…: adds the rule unless it is there already, and
# leaves what the tool had to say against it in $objection.
ensure() {
    tool=$1 table=$2 chain=$3
    shift 3
    if ! command -v "$tool" >/dev/null; then
        objection="$tool is missing"
        return 1
    fi
    "$tool" -t "$table" -C "$chain" "$@" 2>/dev/null ||
        objection=$("$tool" -t "$table" -A "$chain" "$@" 2>&1)
}

# drop_others TOOL CHAIN SERVER: takes away the rules that a former start left
# for another server; the first match wins, so they would hide the new ones.
drop_others() {
    "$1" -t nat -S "$2" 2>/dev/null | while read -r _ rule; do
        case "$rule " in
            *" --to-destination $3 "*) ;;
            *"-d $bridge/32 "*"--dport 53 -j DNAT "* | *"-d $second/32 "*"--dport 53 -j DNAT "*)
                # The rule is a list of words as iptables prints them.
                # shellcheck disable=SC2086
                "$1" -t nat -D $rule || true
                ;;
        esac
    done
}

# forward_dns TOOL SERVER: every rule or failure.
forward_dns() {
    for chain in PREROUTING OUTPUT; do
        drop_others "$1" "$chain" "$2"
        for address in "$bridge" "$second"; do
            for protocol in udp tcp; do
                ensure "$1" nat "$chain" -d "$address" -p "$protocol" --dport 53 \
                    -j DNAT --to-destination "$2" || return 1
            done
        done
    done
}

clamp() {
    ensure "$1" mangle FORWARD -p tcp --tcp-flags SYN,RST SYN \
        -j TCPMSS --clamp-mss-to-pmtu
}

complain() {
    echo "dind: $*" >&2
}

# What the tool said, on one line.
reason() {
    set -f
    # Without quotes the words lose their line breaks.
    # shellcheck disable=SC2086
    echo ${objection:-iptables does not take the rules}
    set +f
}

objection=
server=
if [ -r /etc/resolv.conf ]; then
    server=$(first_nameserver </etc/resolv.conf)
fi

tools=
if [ -z "$server" ]; then
    complain "/etc/resolv.conf names no IPv4 server that can be forwarded to:" \
        "containers get no DNS at $bridge"
    # The clamp is of use all the same.
    clamp iptables || clamp "$legacy_tools/iptables" || true
elif forward_dns iptables "$server"; then
    tools=iptables
elif [ -x "$legacy_tools/iptables" ] && forward_dns "$legacy_tools/iptables" "$server"; then
    tools=$legacy_tools/iptables
    # The daemon's rules belong in the same tables.
    PATH=$legacy_tools:$PATH
    export PATH
else
    complain "containers get no DNS at $bridge: $(reason)"
fi
if [ -n "$tools" ] && ! clamp "$tools"; then
    complain "packets are not fitted to a narrow uplink: $(reason)"
fi

exec dockerd-entrypoint-orig.sh "$@"
