use super::*;

#[test]
fn subnets_stay_clear_of_daggers_and_dockers_own() {
    for number in [0, 1, 40_959, 40_960, u32::MAX] {
        let [a, b, _, last] = candidate(number).octets();
        assert_eq!((a, last), (10, 0));
        assert!((88..=247).contains(&b), "{b}");
    }
}

#[test]
fn a_route_covers_its_subnets_and_a_default_route_none() {
    let route = |line| Route::parse(line).unwrap();
    let narrow = route("eth0 0002630A 00000000 0001 0 0 0 00FFFFFF 0 0 0");
    assert!(narrow.covers(Ipv4Addr::new(10, 99, 2, 0)));
    assert!(!narrow.covers(Ipv4Addr::new(10, 99, 3, 0)));
    let wide = route("eth0 0000630A 00000000 0001 0 0 0 0000FFFF 0 0 0");
    assert!(wide.covers(Ipv4Addr::new(10, 99, 3, 0)));
    let default = route("eth0 00000000 010200C0 0003 0 0 0 00000000 0 0 0");
    assert!(!default.covers(Ipv4Addr::new(10, 99, 3, 0)));
}

#[test]
fn an_address_is_given_to_one_container_at_a_time() {
    let mut numbers = Numbers::default();
    let all: Vec<_> = std::iter::from_fn(|| numbers.take()).collect();
    assert_eq!(all.len(), usize::from(u8::MAX - NAMESERVER - 1));
    assert!(
        all.iter()
            .all(|(number, _)| *number > NAMESERVER && *number < u8::MAX)
    );
    assert_eq!(numbers.used.len(), all.len());
    numbers.used.remove(&77);
    let (number, given) = numbers.take().unwrap();
    assert_eq!(number, 77);
    assert!(all.iter().all(|(_, before)| *before != given));
}

#[test]
fn nameservers_of_the_loopback_are_reached_through_the_uplink() {
    assert!(only_loopback("# x\nnameserver 127.0.0.53\noptions edns0\n"));
    assert!(!only_loopback(
        "nameserver 127.0.0.1\nnameserver 192.0.2.1\n"
    ));
    assert!(!only_loopback("search example.org\n"));
}
