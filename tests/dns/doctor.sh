# shellcheck shell=bash disable=SC2154
# The doctor, at daemons that are well and at daemons in which this test breaks something: it names the culprit.
# Sourced by run.sh.

# examine SIDECAR: the report, a line for each thing, in $work/report; its image must be gone afterwards.
examine() {
    local doctor=$work/doctor.sh
    sed "s/@BRIDGE_ADDRESS@/$bridge/; s/@SECOND_ADDRESS@/$second/" "$root/src/doctor.sh" >"$doctor"
    DOCKER_HOST=unix://$work/$1/docker.sock bash "$doctor" >"$work/report.json" || return
    sed 's/},{/},\n{/g' "$work/report.json" >"$work/report"
}

# finds NAME STATUS TEXT: the report has that line.
finds() {
    grep -F "{\"name\":\"$1\",\"status\":\"$2\"" "$work/report" | grep -qF -- "$3" && return
    cat "$work/report"
    return 1
}

finds_no_failure() {
    ! grep -F '"status":"failure"' "$work/report"
}

nothing_is_left() {
    local left
    left=$(on "$1" images --quiet dind-doctor && on "$1" ps --all --quiet) || return
    [ -z "$left" ] || {
        echo "left: $left"
        return 1
    }
}

doctor() {
    new_case
    sidecar case
    check "the doctor looks at a daemon that is well" examine case
    check "the doctor finds no failure there" finds_no_failure
    check "the doctor finds the rules" finds 'DNS rules' ok "$bridge and $second to $outer_dns"
    check "the doctor finds that a container gets an answer" finds 'DNS in a container' ok "$bridge and $second answer over udp and tcp"
    check "the doctor finds Docker's own rules" finds iptables ok nf_tables
    check "the doctor finds the outer engine's network" finds routes ok '10.87.0.0/16 is the uplink eth0'
    check "the doctor measures the disk" finds disk ok 'MiB free in '
    # shellcheck disable=SC2016 # Perl's variable
    check "the doctor's report is JSON" perl -MJSON::PP -0777 -ne 'decode_json($_)' "$work/report.json"
    check "the doctor leaves neither image nor container" nothing_is_left case

    check "the doctor finds that no port is open" finds access ok "no port; the socket $work/case/docker.sock"
    # shellcheck disable=SC2016 # Perl's variables
    ip netns exec "$prefix-case" perl -MIO::Socket::INET -e '
        alarm 120;
        my $server = IO::Socket::INET->new(LocalPort => 2375, Listen => 5, ReuseAddr => 1) or die "no port: $!";
        sleep 120;
    ' >/dev/null 2>&1 &
    local open=$!
    check "an open port: the doctor looks" examine case
    check "an open port: who reaches it is named" finds access warning "port 2375, open to every container on the engine's network"
    kill "$open"
    wait "$open" || true

    # Of four questions of a nested container to the first server one arrives.
    local every
    for every in 4 3 2; do
        in_net case iptables -t mangle -A POSTROUTING -s "$bridge/16" -p udp --dport 53 \
            -m conntrack --ctorigdst "$bridge" -m statistic --mode nth --every "$every" --packet 0 -j DROP
    done
    check "a network that loses questions: the doctor looks" examine case
    check "a network that loses questions: they are asked again" finds 'DNS in a container' ok "$bridge and $second answer over udp and tcp"
    in_net case iptables -t mangle -F POSTROUTING

    # A proxy answers every connection.
    # shellcheck disable=SC2016 # Perl's variables
    ip netns exec "$prefix-case" perl -MIO::Socket::INET -e '
        alarm 120;
        my $server = IO::Socket::INET->new(LocalPort => 8053, Listen => 5, ReuseAddr => 1) or die "no port: $!";
        while (my $client = $server->accept) { print $client "HTTP/1.1 400 Bad Request\r\n\r\n" }
    ' >/dev/null 2>&1 &
    local proxy=$!
    in_net case iptables -t nat -I PREROUTING -s "$bridge/16" -p tcp --dport 53 -j REDIRECT --to-ports 8053
    check "a proxy in the nameserver's place: the doctor looks" examine case
    check "a proxy in the nameserver's place: it is no answer" finds 'DNS in a container' warning 'answers over udp, not over tcp'
    in_net case iptables -t nat -D PREROUTING 1
    kill "$proxy"
    wait "$proxy" || true

    in_net case iptables -t nat -D PREROUTING -d "$bridge" -p tcp --dport 53 -j DNAT --to-destination "$outer_dns"
    check "one rule taken away: the doctor looks" examine case
    check "one rule taken away: it is named" finds 'DNS rules' failure "not there: tcp to $bridge in PREROUTING\""
    in_net case iptables -t nat -D PREROUTING -d "$second" -p udp --dport 53 -j DNAT --to-destination "$outer_dns"
    check "the second nameserver without its rule: the doctor looks" examine case
    check "the second nameserver without its rule: it is named" finds 'DNS in a container' warning "$bridge answers; $second does not"
    in_net case ip link add other type bridge
    in_net case ip addr add 10.87.128.1/17 dev other
    in_net case ip link set other up
    in_net case ip route add 172.17.128.0/17 via "$outer_dns"
    check "networks that overlap: the doctor looks" examine case
    check "networks that overlap: one is named" finds routes warning '10.87.128.0/17 by other meets 10.87.0.0/16'
    check "networks that overlap: the other is named" finds routes warning '172.17.128.0/17 by eth0 meets 172.17.0.0/16'
    discard case

    new_case
    rm "$work/case/daemon.json"
    sidecar case HOW=plain
    check "a daemon without the wrapper: the doctor looks" examine case
    check "a daemon without the wrapper: the rules are missed" finds 'DNS rules' failure "udp to $bridge in PREROUTING, tcp to $bridge in PREROUTING"
    discard case

    # An outer server that does not answer: a hole in the net.
    new_case
    echo 'nameserver 10.87.0.99' >"$work/case/resolv.conf"
    sidecar case
    check "a dead nameserver outside: the doctor looks" examine case
    check "a dead nameserver outside: it is to blame" finds 'DNS in a container' failure 'nor from 10.87.0.99 for the daemon itself'
    discard case

    new_case
    echo "nameserver $far" >"$work/case/resolv.conf"
    sidecar case
    check "no nameserver at its address: the doctor looks" examine case
    check "no nameserver at its address: the reason is named" finds 'DNS in a container' failure "nor from $far for the daemon itself: Connection refused"
    discard case

    new_case
    sidecar case DATA_MIB=100
    check "a small disk: the doctor looks" examine case
    check "a small disk: it is named, with the room left" finds disk failure ' MiB of 100 MiB free in '
    discard case

    new_case
    sidecar case DATA_MIB=4
    check "a full disk: the doctor looks" examine case
    check "a full disk: it is named" finds disk failure 'no space left on device'
    check "a full disk: nothing is left in it" nothing_is_left case
    discard case

    new_case
    printf '{"dns": ["%s", "%s"], "bip": "%s/16", "storage-driver": "vfs"}' "$bridge" "$second" "$bridge" >"$work/case/daemon.json"
    sidecar case
    check "the vfs driver: the doctor looks" examine case
    check "the vfs driver: it is a warning" finds 'storage driver' warning vfs
    check "the vfs driver: it is no failure" finds_no_failure
    stop_daemon case KILL
    check "no daemon: the doctor looks" examine case
    check "no daemon: one line says so" finds server failure "$work/case/docker.sock"
    start_daemon case
    discard case
}
