//! The session's own bridge network: derived from the state folder, so that
//! two state folders never share one, and checked against the host's routes.

use std::net::Ipv4Addr;
use std::path::Path;

use serde_json::json;

use crate::Error;
use crate::state::{State, write_whole};

/// The network's name, also of its bridge: hosts allow 15 characters. Address
/// leases of all of a host's Podmans are kept by this name.
pub fn name(state: &State) -> String {
    format!("dl{}", &digest_of(state)[..10])
}

fn digest_of(state: &State) -> String {
    crate::state::digest([state.root().as_os_str().as_encoded_bytes()])
}

/// Subnets are /24s from 10.88.0.0 up; Dagger's own 10.87.0.0/16 and Docker's
/// 172.17.0.0/16 are used inside of containers and lie outside.
const CANDIDATES: u32 = 160 * 256;

/// Writes the network's definition unless it is there.
pub fn ensure(state: &State) -> Result<(), Error> {
    let name = name(state);
    let file = state.path("networks").join(format!("{name}.json"));
    if file.exists() {
        return Ok(());
    }
    let digest = digest_of(state);
    let start = u32::from_str_radix(&digest[..8], 16).unwrap_or_default();
    let routes = routes();
    let subnet = (0..CANDIDATES)
        .map(|offset| candidate(start.wrapping_add(offset)))
        .find(|subnet| !routes.iter().any(|route| route.covers(*subnet)))
        .ok_or_else(|| Error::Setup {
            problem: "every subnet of 10.88.0.0 to 10.247.255.0 has a route on this host".into(),
        })?;
    let [a, b, c, _] = subnet.octets();
    let definition = json!({
        "name": name,
        "id": crate::state::digest([digest.as_bytes()]),
        "driver": "bridge",
        "network_interface": name,
        "created": "2026-01-01T00:00:00Z",
        "subnets": [{"subnet": format!("{subnet}/24"), "gateway": format!("{a}.{b}.{c}.1")}],
        "ipv6_enabled": false,
        "internal": false,
        "dns_enabled": false,
        "options": {"mtu": uplink_mtu().to_string()},
        "ipam_options": {"driver": "host-local"},
    });
    write_whole(&file, definition.to_string().as_bytes())
}

/// Fixes the address of a network's bridge at what it is. Otherwise the kernel changes it when a container
/// comes or goes, and what the others send to the address that they know is lost for up to a minute.
pub fn keep_address(name: &str) {
    let file = Path::new("/sys/class/net").join(name).join("address");
    // A container that has ended already took the bridge along.
    if let Ok(address) = std::fs::read_to_string(file) {
        let arguments = ["link", "set", "dev", name, "address", address.trim()];
        let _ = std::process::Command::new("ip").args(arguments).output();
    }
}

fn candidate(number: u32) -> Ipv4Addr {
    let number = number % CANDIDATES;
    Ipv4Addr::from((10 << 24) + (88 << 16) + (number << 8))
}

/// A route of the host, as `/proc/net/route` lists it.
struct Route {
    interface: String,
    network: u32,
    mask: u32,
}

impl Route {
    fn parse(line: &str) -> Option<Self> {
        let fields: Vec<_> = line.split_whitespace().collect();
        let number = |index: usize| {
            fields
                .get(index)
                .and_then(|text| u32::from_str_radix(text, 16).ok())
                .map(u32::swap_bytes)
        };
        Some(Route {
            interface: (*fields.first()?).to_owned(),
            network: number(1)?,
            mask: number(7)?,
        })
    }

    /// Whether the route and the subnet's /24 have addresses in common; the
    /// default route covers everything and does not count.
    fn covers(&self, subnet: Ipv4Addr) -> bool {
        let mask = self.mask & 0xffff_ff00;
        self.mask != 0 && self.network & mask == u32::from(subnet) & mask
    }
}

fn routes() -> Vec<Route> {
    let table = std::fs::read_to_string("/proc/net/route").unwrap_or_default();
    table.lines().skip(1).filter_map(Route::parse).collect()
}

/// The MTU of the interface with the default route: packets that are larger
/// get lost on the way out.
fn uplink_mtu() -> u32 {
    routes()
        .iter()
        .find(|route| route.mask == 0)
        .and_then(|route| {
            let file = Path::new("/sys/class/net")
                .join(&route.interface)
                .join("mtu");
            std::fs::read_to_string(file).ok()?.trim().parse().ok()
        })
        .unwrap_or(1500)
}

#[cfg(test)]
mod tests {
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
}
