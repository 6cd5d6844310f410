#!/usr/bin/env bash
# Looks at the Docker daemon behind DOCKER_HOST, from a client that needs bash and
# the Docker CLI, and prints a report as JSON on stdout:
#
#   {"lines":[{"name":…,"status":"ok|warning|failure","found":…,"advice":…}]}
#
# The exit code is 0 whenever a report was printed, whatever it says. Every look
# has a time limit, and together they end within a minute.
#
# The daemon's own side (rules, routes, disk) is seen from a container that shares
# its network and mounts its root file system; the image of it is made of a few
# tools of this client, so no registry is needed, and is gone afterwards. Only
# tables that are in use are listed: looking at an unused legacy table creates it,
# and the next start of the daemon would then choose it.
set -euo pipefail
# Messages in English, and one byte a character.
export LC_ALL=C
# Some tools of the daemon's side are for administrators.
export PATH=$PATH:/usr/sbin:/sbin

bridge='@BRIDGE_ADDRESS@'
# For containers that have the bridge's address themselves.
second='@SECOND_ADDRESS@'
# What Dagger engines number their networks with.
engine_network=10.87.0.0/16
image=dind-doctor:$$-$RANDOM
# Below these a pull of an ordinary image no longer fits.
low_disk_mib=2048
no_disk_mib=256

lines=()
# A string of JSON: everything that is not printable ASCII becomes a blank.
quoted() {
    local text=${1//[^[:print:]]/ }
    text=${text//\\/\\\\}
    printf '"%s"' "${text//\"/\\\"}"
}

# report NAME STATUS FOUND [ADVICE]
report() {
    lines+=("{\"name\":$(quoted "$1"),\"status\":$(quoted "$2"),\"found\":$(quoted "$3"),\"advice\":$(quoted "${4-}")}")
}

scratch=$(mktemp -d)
# shellcheck disable=SC2317 # the trap calls it
cleanup() {
    local left
    left=$(timeout 5 docker ps --all --quiet --filter "ancestor=$image" 2>/dev/null) || true
    # shellcheck disable=SC2086 # a list of IDs
    [ -z "$left" ] || timeout 5 docker rm --force $left >/dev/null 2>&1 || true
    [ ! -e "$scratch/imported" ] || timeout 5 docker image rm --force "$image" >/dev/null 2>&1 || true
    rm -rf -- "$scratch"
}
trap cleanup EXIT

# look SECONDS COMMAND…: what the command printed is in $seen; where it failed,
# its reason is in $error.
look() {
    local seconds=$1 code=0
    shift
    seen=$(timeout "$seconds" "$@" 2>"$scratch/stderr") || code=$?
    case $code in
        0) return ;;
        124) error="no answer within $seconds s" ;;
        *)
            # The end of a message names the trouble, the beginning all who passed it on;
            # what the client logs beside it is about itself.
            error=$(grep -v -e '^$' -e '^time=' -e "'docker .*--help'" "$scratch/stderr" | tail -n 1 |
                sed 's/.*Error response from daemon: //; s/.*create failed: //' || true)
            error=${error:-"exit code $code"}
            ;;
    esac
    return 1
}

field() { sed -n "s/^$2 //p" <<<"$1"; }

# The tools of this client that the containers run, with their libraries, as a
# layer. Two layouts of libraries are in use: links are followed, so both work.
pack() {
    local root=$scratch/image tool path library
    mkdir -p "$root"/{bin,daemon,etc,proc,tmp}
    for tool in bash cat chroot od sleep stat timeout; do
        path=$(readlink -f "$(command -v "$tool")")
        cp "$path" "$root/bin/$tool"
        ldd "$path" 2>/dev/null | grep -o '/[^ )]*' || true
    done | sort -u >"$scratch/libraries"
    while read -r library; do
        mkdir -p "$root${library%/*}"
        cp -L "$library" "$root$library"
    done <"$scratch/libraries"
    tar -C "$root" -cf "$scratch/image.tar" .
}

# Asks a server for a name, without a tool for it: prints "udp SERVER CODE" and "tcp SERVER CODE",
# the code of the answer (0 fine, 2 server failure, 3 no such name, …), or no code. An
# answer repeats the number of the question, dd; what listens there may be no nameserver.
# It has 10 seconds, as from the C library (resolv.conf(5)); a lost question is asked again.
# shellcheck disable=SC2016 # the containers expand it
ask='ask() {
    asked=$1
    query="\x64\x64\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x07example\x03com\x00\x00\x01\x00\x01"
    {
        code=$(timeout 10 bash -c "exec 3<>/dev/tcp/$1/53 && printf \"\x00\x1d$query\" >&3 && od -An -tu1 -N6 <&3" 2>/dev/null) || code=
        set -- $code
        [ "$3$4" = 100100 ] || set --
        echo "tcp $asked ${6:+$(($6 & 15))}"
    } &
    : >"/tmp/trouble-$asked"
    until=$((SECONDS + 10)) code=
    while [ -z "$code" ] && [ $SECONDS -lt $until ]; do
        code=$(
            exec 2>>"/tmp/trouble-$asked" 3<>"/dev/udp/$asked/53" || exit
            for _ in 1 2 3 4 5; do
                printf "$query" >&3
                sleep 2
            done >/dev/null 2>&1 &
            timeout $((until - SECONDS)) od -An -tu1 -N4 <&3
            kill $!
        ) || code=
        [ -n "$code" ] || sleep 1
    done
    [ -n "$code" ] || while read -r line; do echo "trouble ${line##*: }"; done <"/tmp/trouble-$asked"
    set -- $code
    [ "$1$2" = 100100 ] || set --
    echo "udp $asked ${4:+$(($4 & 15))}"
    wait
}
servers() { while read -r keyword server _; do [ "$keyword" != nameserver ] || echo "server $server"; done <"$1"; }
'

# In the daemon's network. The rules are read with the daemon's own tools.
# shellcheck disable=SC2016 # the containers expand it
daemon_side=$ask'
servers /daemon/etc/resolv.conf
while read -r device target gateway _ _ _ _ mask _; do
    [ "$device" = Iface ] || echo "route $device $target $mask $gateway"
done </proc/net/route
# State 0A: it listens there.
for table in /proc/net/tcp /proc/net/tcp6; do
    [ ! -r "$table" ] || while read -r _ local _ state _; do
        [ "$state" != 0A ] || echo "listens ${local##*:} ${local%:*}"
    done <"$table"
done
stat -f -c "disk %a %b %S" "/daemon$1" || true
server=$(servers /daemon/etc/resolv.conf | { while read -r _ server; do case $server in *:* | 127.*) ;; *) echo "$server"; break ;; esac; done; })
[ -z "$server" ] || ask "$server"
chroot /daemon sh -c '\''
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
    seen=
    for tool in iptables iptables-legacy /usr/local/sbin/.iptables-legacy/iptables; do
        version=$("$tool" --version 2>/dev/null) || continue
        case "$version$seen" in
            *legacy*legacy*) continue ;;
            *legacy*) grep -qx nat /proc/net/ip_tables_names 2>/dev/null || continue ;;
        esac
        seen="$seen $version"
        echo "tool $version"
        "$tool" -t nat -S 2>&1 | while read -r rule; do echo "rule $rule"; done
    done
'\''
'
# In a network of its own, as any container.
# shellcheck disable=SC2016 # the containers expand it
nested_side=$ask'
servers /etc/resolv.conf
servers /etc/resolv.conf | {
    while read -r _ server; do ask "$server" & done
    wait
}
'

look_at_server() {
    if ! look 8 docker version --format '{{.Server.Version}}'; then
        report server failure "${DOCKER_HOST:-the default socket}: $error" \
            "see the log of the daemon: it is not up, or DOCKER_HOST is another's address"
        return 1
    fi
    report server ok "$seen"
}

look_at_info() {
    local driver cgroup cgroup_driver
    if ! look 8 docker info --format '{{.Driver}} {{.CgroupVersion}} {{.CgroupDriver}} {{.DockerRootDir}}'; then
        report info failure "$error" "see the log of the daemon: it answers, and cannot say how it is"
        return 1
    fi
    read -r driver cgroup cgroup_driver data <<<"$seen"
    case $driver in
        vfs) report 'storage driver' warning vfs \
            "every layer is a whole copy, slow and large: give the daemon a cache and storage-driver overlay2" ;;
        *) report 'storage driver' ok "$driver" ;;
    esac
    case $cgroup in
        1 | 2) report 'cgroup version' ok "$cgroup ($cgroup_driver)" ;;
        *) report 'cgroup version' warning "${cgroup:-none}" \
            "limits of memory and CPU are not kept: mount cgroups where the daemon runs" ;;
    esac
}

import_tools() {
    local name='nested container'
    if ! pack 2>"$scratch/stderr"; then
        report "$name" failure "no image: $(tail -n 1 "$scratch/stderr")" \
            "give the client bash, coreutils and ldd: the looks inside of the daemon need them"
        return 1
    fi
    : >"$scratch/imported"
    look 12 docker import "$scratch/image.tar" "$image" && return
    case $error in
        *'no space left'*) report disk failure "$error" \
            "the cache of /var/lib/docker is full: docker system prune, or another cache-namespace" ;;
        *) report "$name" failure "docker import: $error" "see the log of the daemon: it takes no image" ;;
    esac
    return 1
}

look_at_iptables() {
    local tools
    tools=$(field "$1" tool | tr '\n' ' ')
    if grep -q '^rule -N DOCKER$' <<<"$1"; then
        # The table is listed under the tool that holds it.
        report iptables ok "$(sed -n '/^tool /h; /^rule -N DOCKER$/{g;s/^tool iptables //;p;q;}' <<<"$1")"
    elif [ -z "$tools" ]; then
        report iptables failure "no iptables on the daemon's side" \
            "use an image of the daemon that has iptables: containers reach nothing without it"
    else
        report iptables failure "no chain of Docker's in ${tools% }" \
            "the daemon runs with iptables off, or its rules were flushed: containers reach nothing beyond it"
    fi
}

# rule_targets TEXT ADDRESS CHAIN PROTOCOL: where the rules send DNS to.
rule_targets() {
    sed -n "s/^rule -A $3 -d ${2//./\\.}\/32 -p $4 .*--dport 53 -j DNAT --to-destination //p" <<<"$1"
}

look_at_rules() {
    local address chain protocol target targets='' absent='' servers
    servers=$(field "$1" server)
    for address in "$bridge" "$second"; do
        for chain in PREROUTING OUTPUT; do
            for protocol in udp tcp; do
                target=$(rule_targets "$1" "$address" "$chain" "$protocol")
                if [ -n "$target" ]; then
                    targets+=$target$'\n'
                else
                    absent+=" $protocol to $address in $chain,"
                fi
            done
        done
    done
    targets=$(sort -u <<<"${targets%$'\n'}")
    if [ -n "$absent" ] && ! grep -q '^[0-9.]*$' <<<"$servers"; then
        report 'DNS rules' failure "the daemon's /etc/resolv.conf names no IPv4 server: ${servers//$'\n'/, }" \
            "give the network of the daemon an IPv4 nameserver: there is nothing to send names to"
    elif [ -n "$absent" ]; then
        report 'DNS rules' failure "not there:${absent%,}" \
            "start the daemon by dind-service: its entrypoint adds the rules, and its log says why it could not"
    elif ! grep -qxF -f <(echo "$targets") <<<"$servers"; then
        report 'DNS rules' warning "to ${targets//$'\n'/, }, and the nameserver is ${servers//$'\n'/, }" \
            "restart the daemon: the rules are for a server of before"
    else
        report 'DNS rules' ok "$bridge and $second to ${targets//$'\n'/, }"
    fi
}

# look_at_dns DAEMON_SIDE NESTED_SIDE
look_at_dns() {
    local server udp tcp outer outer_server trouble name='DNS in a container'
    server=$(field "$2" server | head -n 1)
    udp=$(field "$2" "udp $server") tcp=$(field "$2" "tcp $server")
    outer_server=$(field "$1" server | head -n 1)
    outer=$(field "$1" 'udp [^ ]*')
    if [ -z "$udp" ] && [ -z "$outer" ]; then
        trouble=$(field "$1" trouble | head -n 1)
        report "$name" failure "no answer from ${server:-no nameserver}, nor from $outer_server for the daemon itself${trouble:+: $trouble}" \
            "the nameserver outside of the daemon does not answer: mend that one, Docker is not to blame"
        return
    elif [ -z "$udp" ]; then
        report "$name" failure "no answer from ${server:-no nameserver}" \
            "the daemon has an answer and its containers have none: see the DNS rules and the routes"
        return
    elif [ "$server" != "$bridge" ]; then
        report "$name" failure "$server answers; $bridge is not the nameserver" \
            "a Dagger engine in a container hides that address: start the daemon by dind-service, whose daemon.json names $bridge"
        return
    elif [ "$udp" = 2 ]; then
        report "$name" warning "$server answers that it failed" \
            "the nameserver outside reaches no other: names of the internet do not resolve"
        return
    fi
    # The second one has the same server behind it: silence there is a missing rule or a network in the way.
    if [ -z "$(field "$2" "udp $second")" ]; then
        report "$name" warning "$server answers; $second does not" \
            "names fail in a container that runs Docker itself: see the DNS rules, and what else has $second"
    elif [ -z "$tcp" ]; then
        report "$name" warning "$server answers over udp, not over tcp" \
            "long answers are lost: let tcp to port 53 of the nameserver outside through"
    else
        report "$name" ok "$server and $second answer over udp and tcp"
    fi
}

# Who else can do what this client can, with the root capabilities of the daemon.
look_at_access() {
    local port='' host=${DOCKER_HOST:-unix:///var/run/docker.sock}
    local advice='with access socket no port is open: use it where the engine is shared'
    case $host in
        tcp://* | http://*) port=${host##*:} port=${port%%/*} ;;
        # Docker's own ports, 2375 and 2376, on any address but loopback.
        *) port=$(field "$1" listens | sed -n '/ 0100007F$/d; / 0\{24\}01000000$/d; s/^0947 .*/2375/p; s/^0948 .*/2376/p' | head -n 1) ;;
    esac
    if [ -n "$port" ]; then
        report access warning "port $port, open to every container on the engine's network" "$advice"
    else
        report access ok "no port; the socket ${host#*://} is open to who has its folder"
    fi
}

# As the kernel prints it: 0100570A is 10.87.0.1.
address() { echo $((0x${1:6:2} << 24 | 0x${1:4:2} << 16 | 0x${1:2:2} << 8 | 0x${1:0:2})); }
dotted() { echo "$(($1 >> 24)).$(($1 >> 16 & 255)).$(($1 >> 8 & 255)).$(($1 & 255))"; }
number() {
    local a b c d
    IFS=. read -r a b c d <<<"$1"
    echo $((a << 24 | b << 16 | c << 8 | d))
}
prefix_length() {
    local mask=$1 length=0
    while ((mask & 0x80000000)); do
        mask=$((mask << 1 & 0xffffffff)) length=$((length + 1))
    done
    echo "$length"
}

look_at_routes() {
    local device target mask shorter network uplink found='' engine_uplink='' sixteen=0xffff0000
    uplink=$(field "$1" route | sed -n 's/^\([^ ]*\) 00000000 00000000 .*/\1/p' | head -n 1)
    while read -r device target mask _; do
        [ "${mask:-00000000}" != 00000000 ] || continue
        target=$(address "$target") mask=$(address "$mask")
        shorter=$((mask & sixteen))
        for network in "$engine_network" "$bridge/16"; do
            (((target & shorter) == ($(number "${network%/*}") & shorter))) || continue
            case $network,$device in
                "$bridge/16",docker0) ;;
                # The outer engine's own network: what the DNS rules are for.
                "$engine_network,$uplink") engine_uplink=$device ;;
                *) found+=", $(dotted "$target")/$(prefix_length "$mask") by $device meets ${network/"$bridge"/172.17.0.0}" ;;
            esac
        done
    done < <(field "$1" route)
    if [ -n "$found" ]; then
        report routes warning "${found#, }" \
            "packets to containers or to the nameserver go another way: take that route or network away from the daemon"
    else
        report routes ok "no overlap${engine_uplink:+; $engine_network is the uplink $engine_uplink, which the DNS rules are for}"
    fi
}

look_at_disk() {
    local free total block mib found
    read -r free total block <<<"$(field "$1" disk)"
    if [ -z "${block:-}" ]; then
        report disk warning "$data cannot be measured" ''
        return
    fi
    mib=$((free * block / 1048576))
    found="$mib MiB of $((total * block / 1048576)) MiB free in $data"
    if ((mib < no_disk_mib)); then
        report disk failure "$found" "docker system prune, or another cache-namespace: the next pull will not fit"
    elif ((mib < low_disk_mib)); then
        report disk warning "$found" "docker system prune: a large image will not fit"
    else
        report disk ok "$found"
    fi
}

look_inside() {
    local daemon='' trouble='' nested
    # The two do not need one another: waiting for one is time for the other.
    (look 20 docker run --rm "$image" bash -c "$nested_side" && echo "$seen" || echo "error $error") >"$scratch/nested" &
    if look 20 docker run --rm --network host --cap-add NET_ADMIN --volume /:/daemon \
        "$image" bash -c "$daemon_side" - "$data"; then
        daemon=$seen
        look_at_access "$daemon"
        look_at_iptables "$daemon"
        look_at_rules "$daemon"
        look_at_routes "$daemon"
        look_at_disk "$daemon"
    else
        trouble=$error
    fi
    wait
    nested=$(<"$scratch/nested")
    if [[ $nested == "error "* ]]; then
        report 'nested container' failure "docker run: ${nested#error }" \
            "the daemon starts no container: mend what it names, the caller's daemon-json first"
        return
    fi
    look_at_dns "$daemon" "$nested"
    [ -z "$trouble" ] || report "daemon's side" failure "docker run --network host: $trouble" \
        "rules, routes and disk were not looked at: mend what it names, the caller's daemon-json first"
}

data=/var/lib/docker
# Each needs the one before.
if look_at_server && look_at_info && import_tools; then
    look_inside
fi
IFS=,
printf '{"lines":[%s]}\n' "${lines[*]}"
