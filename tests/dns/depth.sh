# shellcheck shell=bash disable=SC2154
# Names in containers that own the addresses of nameservers themselves: with the bridge of a Dagger engine, with that
# of a Docker daemon, with both, and three daemons deep. Each beside a sidecar that hands out the bridge's address
# alone. Sourced by run.sh.

# A resolver that waits for an answer waits five seconds before it asks the next server.
at_once_ms=3000

# What a nested Docker daemon does in its container, where nothing else has its network.
add_docker_bridge() {
    on "$1" exec "$2" bash -c "ip link add docker0 type bridge && ip addr add $bridge/16 dev docker0 && ip link set docker0 up"
}

# at_once COMMAND…: the command succeeds before a resolver gives a server up; says how long it took.
at_once() {
    local start=${EPOCHREALTIME/./} took
    "$@" || return
    took=$(((${EPOCHREALTIME/./} - start) / 1000))
    echo "$took ms"
    ((took < at_once_ms))
}

# put_bridge NAMESPACE ADDRESS: a daemon's network, whose containers' packets go out as its own.
put_bridge() {
    in_net "$1" ip link add docker0 type bridge
    in_net "$1" ip addr add "$2/16" dev docker0
    in_net "$1" ip link set docker0 up
    in_net "$1" sysctl -qw net.ipv4.ip_forward=1
    in_net "$1" iptables -t nat -A POSTROUTING -s "$2/16" ! -o docker0 -j MASQUERADE
}

# put_container DAEMON CONTAINER ADDRESS GATEWAY: a namespace on a daemon's bridge.
put_container() {
    ip netns add "$prefix-$2"
    in_net "$2" ip link set lo up
    link "$1" "to-$2" "$2" eth0
    in_net "$1" ip link set "to-$2" master docker0
    in_net "$2" ip addr add "$3/16" dev eth0
    in_net "$2" ip route add default via "$4"
}

# Below a container of the sidecar's daemon two more, as they number their networks: a daemon leaves out a network
# that its own container is on, so every second one has Docker's default.
dig_deep() {
    local sidecar=$1 first pid
    start_container "$sidecar" one
    # The daemon counts the processes of its own namespace.
    first=$(pgrep -P "${process[$sidecar]}")
    pid=$(on "$sidecar" inspect --format '{{.State.Pid}}' one)
    touch "/run/netns/$prefix-one-$sidecar"
    mount --bind "/proc/$first/root/proc/$pid/ns/net" "/run/netns/$prefix-one-$sidecar"
    put_bridge "one-$sidecar" 172.18.0.1
    put_container "one-$sidecar" "two-$sidecar" 172.18.0.2 172.18.0.1
    put_bridge "two-$sidecar" "$bridge"
    put_container "two-$sidecar" "three-$sidecar" 172.17.0.2 "$bridge"
}

# resolves_deep SIDECAR udp|tcp: three daemons deep, with the nameservers that the first container was given.
resolves_deep() {
    local transport=+notcp answer root=$work/image
    [ "$2" = udp ] || transport=+tcp
    on "$1" exec one cat /etc/resolv.conf >"$root/etc/resolv.conf"
    answer=$(in_net "three-$1" chroot "$root" dig +short +time=5 +tries=1 "$transport" name.outer.test | grep -v '^;')
    [ "${answer%%[[:space:]]*}" = "$known" ] && return
    echo "answer: ${answer:-none}"
    return 1
}

does_not_resolve_deep() { ! resolves_deep "$@"; }

depth() {
    local sidecar how name
    mkdir -p "$work/deep" "$work/single"
    echo "nameserver $outer_dns" | tee "$work/deep/resolv.conf" >"$work/single/resolv.conf"
    cp "$work/daemon.json" "$work/deep/daemon.json"
    printf '{"dns": ["%s"], "bip": "%s/16"}' "$bridge" "$bridge" >"$work/single/daemon.json"
    for sidecar in deep single; do
        sidecar "$sidecar"
        import_image "$sidecar"
        on "$sidecar" network create side >/dev/null
        for name in none dagger docker both; do
            start_container "$sidecar" "$name" --network side
        done
        add_nested_bridge "$sidecar" dagger
        add_docker_bridge "$sidecar" docker
        add_nested_bridge "$sidecar" both
        add_docker_bridge "$sidecar" both
        dig_deep "$sidecar"
    done

    for how in udp tcp; do
        for name in none dagger docker both; do
            check "two nameservers, $(bridges "$name"): resolves by $how at once" at_once resolves deep "$name" "$how"
        done
        check "two nameservers, three daemons deep: resolves by $how at once" at_once resolves_deep deep "$how"
        for name in none dagger; do
            check "the bridge's address alone, $(bridges "$name"): resolves by $how" resolves single "$name" "$how"
        done
        for name in docker both; do
            check "the bridge's address alone, $(bridges "$name"): does not resolve by $how" does_not_resolve single "$name" "$how"
        done
        check "the bridge's address alone, three daemons deep: does not resolve by $how" does_not_resolve_deep single "$how"
    done
    depth_table

    for sidecar in deep single; do
        for name in "three-$sidecar" "two-$sidecar" "one-$sidecar"; do
            ip netns del "$prefix-$name"
        done
        discard "$sidecar"
    done
}

bridges() {
    case $1 in
        none) echo 'no bridge' ;;
        dagger) echo "dagger0 with $outer_dns/16" ;;
        docker) echo "docker0 with $bridge/16" ;;
        both) echo 'both bridges' ;;
    esac
}

# took COMMAND…: in milliseconds, or that there was no answer.
took() {
    local start=${EPOCHREALTIME/./}
    if "$@" >/dev/null; then
        echo "$(((${EPOCHREALTIME/./} - start) / 1000)) ms"
    else
        echo 'no answer'
    fi
}

depth_table() {
    local name
    printf '\n      %-32s %-18s %s\n' 'udp, docker exec included' 'one nameserver' 'two'
    for name in none dagger docker both; do
        printf '      %-32s %-18s %s\n' "$(bridges "$name")" "$(took resolves single "$name" udp)" "$(took resolves deep "$name" udp)"
    done
    printf '      %-32s %-18s %s\n\n' 'three daemons deep' "$(took resolves_deep single udp)" "$(took resolves_deep deep udp)"
}
