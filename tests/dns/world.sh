# shellcheck shell=bash disable=SC2154,SC2034
# The world that tests/dns plays in, made of network namespaces with names of this process: "outer" is the network
# of an outer Dagger engine (10.87.0.0/16, DNS at 10.87.0.1, an uplink of 1400 bytes), "far" a web server behind
# it, and every sidecar a namespace on it with a real dockerd. Sourced by run.sh.
set -euo pipefail

bridge=172.17.0.1
second=192.0.2.53
outer_dns=10.87.0.1
# An address that only the outer server knows.
known=198.51.100.7
far=203.0.113.2
# More than dig and a libc take over udp.
download_bytes=300000

work=
prefix=dns$$
declare -A process=()
next_host=2

# Everything with the prefix goes, in whatever state the test stopped.
tear_down() {
    local name cgroup
    for name in "${!process[@]}"; do
        # A sidecar's first process takes all of its PID namespace along.
        kill -KILL "${process[$name]}" 2>/dev/null || true
        wait "${process[$name]}" 2>/dev/null || true
    done
    process=()
    for name in $(ip netns list | awk -v prefix="$prefix-" 'index($1, prefix) == 1 { print $1 }'); do
        ip netns del "$name" || true
    done
    # Cgroups go only once the last process has been reaped.
    for cgroup in /sys/fs/cgroup/"$prefix" /sys/fs/cgroup/*/"$prefix"; do
        for _ in $(seq 50); do
            [ -d "$cgroup" ] || break
            find "$cgroup" -depth -type d -exec rmdir {} + 2>/dev/null || sleep 0.1
        done
    done
    [ -z "$work" ] || rm -rf -- "$work" || true
}

in_net() {
    local name=$1
    shift
    ip netns exec "$prefix-$name" "$@"
}

# in_background NAME COMMAND…: in a PID namespace of its own, whose end is the end of all its processes. Its first
# process is a shell, for one that changes its user, as dnsmasq does, no longer ends with its parent.
in_background() {
    local name=$1
    shift
    nsenter --net="/run/netns/$prefix-$name" unshare --pid --fork --kill-child \
        bash -c '"$@" & wait' - "$@" >"$work/$name.log" 2>&1 &
    process[$name]=$!
}

# Connects two namespaces: link A DEVICE_A B DEVICE_B.
link() {
    ip link add "$2" netns "$prefix-$1" type veth peer name "$4" netns "$prefix-$3"
    in_net "$1" ip link set "$2" up
    in_net "$3" ip link set "$4" up
}

until_true() {
    local seconds=$1
    shift
    for _ in $(seq $((seconds * 20))); do
        ! "$@" >/dev/null 2>&1 || return 0
        sleep 0.05
    done
    return 1
}

build_outer() {
    local name record
    for name in outer far; do
        ip netns add "$prefix-$name"
        in_net "$name" ip link set lo up
    done
    # Without an address of its own a bridge takes one of its ports', and changes it when that one leaves.
    in_net outer ip link add uplink address 02:00:0a:57:00:01 type bridge
    in_net outer ip addr add "$outer_dns/16" dev uplink
    in_net outer ip link set uplink mtu 1400 up
    in_net outer sysctl -qw net.ipv4.ip_forward=1
    # "ICMP is kept back": nobody is told that a packet was too long.
    in_net outer iptables -A OUTPUT -p icmp --icmp-type fragmentation-needed -j DROP

    link outer to-far far eth0
    in_net outer ip addr add 203.0.113.1/24 dev to-far
    in_net far ip addr add "$far/24" dev eth0
    in_net far ip route add default via 203.0.113.1
    # These are Perl's variables.
    # shellcheck disable=SC2016
    in_background far perl -MIO::Socket::INET -e '
        $SIG{CHLD} = $SIG{PIPE} = "IGNORE";
        my $server = IO::Socket::INET->new(LocalPort => 80, Listen => 5, ReuseAddr => 1) or die $!;
        while (my $client = $server->accept) {
            next if fork;
            print $client "x" x $ARGV[0];
            exit;
        }' "$download_bytes"

    # 24 records of 200 bytes: too much for any answer over udp.
    local records=()
    for record in $(seq -w 24); do
        records+=("--txt-record=long.outer.test,$record$(printf 'x%.0s' $(seq 198))")
    done
    in_background outer dnsmasq --keep-in-foreground --conf-file=/dev/null --pid-file= --user=root --no-resolv --no-hosts \
        --listen-address="$outer_dns" --bind-interfaces --host-record="name.outer.test,$known" "${records[@]}"
    until_true 30 in_net outer dig +time=1 +tries=1 "@$outer_dns" name.outer.test || {
        echo "the outer DNS server does not start: $(cat "$work/outer.log")" >&2
        exit 1
    }
}

# A root file system out of tools of this machine, as a layer that docker import takes.
build_image() {
    local root=$work/image tool path library
    mkdir -p "$root"/{bin,etc,tmp}
    for tool in bash cat dig getent ip sleep timeout wc; do
        path=$(readlink -f "$(command -v "$tool")")
        cp "$path" "$root/bin/$tool"
        ldd "$path" | grep -o '/[^ )]*' || true
    done | sort -u >"$work/libraries"
    # The C library loads its name services by itself, from beside itself.
    library=$(grep '/libc\.so' "$work/libraries")
    printf '%s\n' "${library%/*}"/libnss_{dns,files}.so.2 >>"$work/libraries"
    while read -r library; do
        mkdir -p "$root${library%/*}"
        cp -L "$library" "$root$library"
    done <"$work/libraries"
    echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
    tar -C "$root" -cf "$work/image.tar" .
}

# sidecar NAME [VARIABLE=VALUE…]: starts a daemon in a namespace of its own and returns once it answers. The
# variables are those of inside.sh. Its folder, $work/NAME, may be there already and holds its resolv.conf.
sidecar() {
    local name=$1
    shift
    mkdir -p "$work/$name"
    if [ ! -e "/run/netns/$prefix-$name" ]; then
        ip netns add "$prefix-$name"
        link outer "to-$next_host" "$name" eth0
        in_net outer ip link set "to-$next_host" mtu 1400 master uplink
        in_net "$name" ip addr add "10.87.0.$next_host/16" dev eth0
        in_net "$name" ip link set eth0 mtu 1400
        in_net "$name" ip route add default via "$outer_dns"
        next_host=$((next_host + 1))
    fi
    start_daemon "$name" "$@"
}

start_daemon() {
    local name=$1
    shift
    rm -f "$work/$name/docker.sock"
    env "$@" CGROUP_PARENT="/$prefix" nsenter --net="/run/netns/$prefix-$name" \
        unshare --mount --pid --fork --kill-child \
        bash "$here/inside.sh" "$work/$name" "$wrapper" >"$work/$name/log" 2>&1 &
    process[$name]=$!
    until_true 60 on "$name" version && return
    echo "the daemon of sidecar $name does not answer:" >&2
    tail -n 20 "$work/$name/log" >&2
    return 1
}

# stop_daemon NAME SIGNAL: to dockerd itself, and waits for its end.
stop_daemon() {
    local outside=${process[$1]} first
    first=$(pgrep -P "$outside")
    kill "-$2" "$first"
    wait "$outside" 2>/dev/null || true
    unset "process[$1]"
}

discard() {
    kill -KILL "${process[$1]}" 2>/dev/null || true
    wait "${process[$1]}" 2>/dev/null || true
    unset "process[$1]"
    ip netns del "$prefix-$1"
    rm -rf -- "${work:?}/$1"
}

on() {
    local name=$1
    shift
    timeout 60 docker --host "unix://$work/$name/docker.sock" "$@"
}

import_image() {
    on "$1" import "$work/image.tar" tools >/dev/null
}
