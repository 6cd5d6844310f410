# shellcheck shell=bash disable=SC2154
# The collision itself, Docker's own DNS and the wrapper side by side; then the other ways in which containers are
# put on a network, and downloads through the narrow uplink. Sourced by run.sh.

# resolves SIDECAR CONTAINER HOW: whether the container gets the answer of the outer server.
resolves() {
    local once=(+short +time=3 +tries=2) answer
    case $3 in
        udp) answer=$(on "$1" exec "$2" dig "${once[@]}" +notcp +ignore name.outer.test) ;;
        tcp) answer=$(on "$1" exec "$2" dig "${once[@]}" +tcp name.outer.test) ;;
        "the C library") answer=$(on "$1" exec "$2" timeout 5 getent ahostsv4 name.outer.test) ;;
        "a long answer")
            answer=$(on "$1" exec "$2" dig +time=3 +tries=2 +ignore +notcp TXT long.outer.test)
            [[ $answer =~ flags:[^\;]*\ tc ]] || {
                echo "the answer fits into udp: $answer"
                return 1
            }
            answer=$(on "$1" exec "$2" dig "${once[@]}" TXT long.outer.test)
            [ "$(wc -l <<<"$answer")" = 24 ] && return
            ;;
    esac
    [ "${answer%%[[:space:]]*}" = "$known" ] && return
    echo "answer: ${answer:-none}"
    return 1
}

does_not_resolve() { ! resolves "$@"; }

nameservers_are() {
    local found
    found=$(on "$1" exec "$2" cat /etc/resolv.conf | grep '^nameserver')
    [ "$found" = "$(printf 'nameserver %s\n' "${@:3}")" ] || {
        echo "found: $found"
        return 1
    }
}

# What a nested Dagger engine does in its container.
add_nested_bridge() {
    on "$1" exec "$2" bash -c "ip link add dagger0 type bridge && ip addr add $outer_dns/16 dev dagger0 && ip link set dagger0 up"
}

start_container() {
    local sidecar=$1 name=$2
    shift 2
    # A first process ignores SIGTERM, and a daemon that ends would wait for it.
    on "$sidecar" run --detach --name "$name" --cap-add NET_ADMIN --stop-signal KILL "$@" tools sleep 600 >/dev/null
}

cell() { if resolves "$@" >/dev/null; then echo resolves; else echo 'does not resolve'; fi; }

side_by_side() {
    local when=$1 how
    for how in udp tcp 'a long answer' 'the C library'; do
        printf '      %-14s %-15s %-17s %s\n' "$when" "$how" "$(cell plain nested "$how")" "$(cell wrapped nested "$how")"
    done
}

# arrives SIDECAR SECONDS: whether a container gets all of the far server's file in that time.
arrives() {
    local bytes
    bytes=$(on "$1" run --rm tools bash -c "exec 3<>/dev/tcp/$far/80 && timeout $2 cat <&3 | wc -c")
    [ "$bytes" = "$download_bytes" ] || {
        echo "$bytes of $download_bytes bytes"
        return 1
    }
}

stalls() { ! arrives "$@"; }

collision() {
    local how table
    mkdir -p "$work/plain" "$work/wrapped"
    echo "nameserver $outer_dns" | tee "$work/plain/resolv.conf" >"$work/wrapped/resolv.conf"
    cp "$work/daemon.json" "$work/wrapped/daemon.json"
    sidecar plain HOW=plain
    sidecar wrapped HOW=wrapper
    for name in plain wrapped; do
        import_image "$name"
        start_container "$name" nested
    done

    check "Docker by itself hands on the sidecar's nameserver" nameservers_are plain nested "$outer_dns"
    check "with the wrapper the nameservers are the bridge's gateway and the second address" nameservers_are wrapped nested "$bridge" "$second"
    for how in udp tcp 'a long answer' 'the C library'; do
        check "before the nested bridge: resolves by $how, Docker's own DNS" resolves plain nested "$how"
        check "before the nested bridge: resolves by $how, the wrapper" resolves wrapped nested "$how"
    done
    table=$(side_by_side 'before dagger0')
    add_nested_bridge plain nested
    add_nested_bridge wrapped nested
    for how in udp tcp 'a long answer' 'the C library'; do
        check "with the nested bridge: does not resolve by $how, Docker's own DNS" does_not_resolve plain nested "$how"
        check "with the nested bridge: resolves by $how, the wrapper" resolves wrapped nested "$how"
    done
    table+=$'\n'$(side_by_side 'with dagger0')
    printf '\n      %-14s %-15s %-17s %s\n%s\n\n' '' 'by' "Docker's own DNS" 'the wrapper' "$table"

    start_container wrapped host --network host
    on wrapped network create side >/dev/null
    start_container wrapped side --network side
    add_nested_bridge wrapped side
    for how in udp tcp 'a long answer' 'the C library'; do
        check "a container on the sidecar's own network resolves by $how" resolves wrapped host "$how"
        check "a container on a network of the user with a nested bridge resolves by $how" resolves wrapped side "$how"
    done

    check "a download through an uplink of 1400 bytes arrives" arrives wrapped 20
    in_net wrapped iptables -t mangle -D FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu
    check "without the clamp the same download stalls" stalls wrapped 5

    discard plain
}
