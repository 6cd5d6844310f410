//! The network of a session's containers, which nobody else is part of.
//!
//! Each container has a network namespace of its own, with one interface that
//! leads to the session's hub, a namespace, too. The hub passes on what goes
//! out into the world, through a process that opens the connections anew, and
//! what goes between a container and the services that are bound to it; by its
//! rules of routing there is no way for anything else. On the host there is no
//! interface, no address, no rule of a firewall and no setting, so neither its
//! users nor another session's containers have anything to knock at.

mod uplink;

use std::collections::BTreeSet;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use uplink::Uplink;

use super::namespace::{Namespace, failed, route};
use crate::Error;
use crate::sync::locked;

/// Subnets are /24s from 10.88.0.0 up; Dagger's own 10.87.0.0/16 and Docker's
/// 172.17.0.0/16 are used inside of containers and lie outside.
const CANDIDATES: u32 = 160 * 256;

/// The last parts of addresses of a subnet that the uplink has for itself:
/// the hub's side of it, its own, and that of its nameserver.
const HUB: u8 = 1;
const UPLINK: u8 = 2;
const NAMESERVER: u8 = 3;

/// The hub's routing table for what is on the way to a container.
const INWARD: &str = "table 100";

/// The hub: where the containers of one session meet.
#[derive(Debug)]
pub struct Hub {
    namespace: Namespace,
    subnet: Ipv4Addr,
    taken: Mutex<Numbers>,
    _uplink: Uplink,
}

/// A container's place in the network, given up when dropped.
#[derive(Debug)]
pub struct Place {
    hub: Arc<Hub>,
    namespace: Namespace,
    address: Ipv4Addr,
    number: u8,
    /// The hub's end of the container's interface.
    link: String,
    /// The hub's rules about this container and the services bound to it.
    rules: Vec<String>,
}

/// The last parts of the addresses in use, and how often one was given out.
#[derive(Debug, Default)]
struct Numbers {
    used: BTreeSet<u8>,
    given: u64,
}

impl Numbers {
    /// The next that is free: an address is not used again right away.
    fn take(&mut self) -> Option<(u8, u64)> {
        let all = u64::from(u8::MAX - NAMESERVER - 1);
        for _ in 0..all {
            let number = NAMESERVER + 1 + u8::try_from(self.given % all).unwrap_or_default();
            self.given += 1;
            if self.used.insert(number) {
                return Some((number, self.given));
            }
        }
        None
    }
}

impl Hub {
    /// Makes the hub of a session; `name` decides which subnet it tries first.
    ///
    /// # Errors
    /// The kernel's, or those of the uplink.
    pub fn new(name: &str) -> Result<Self, Error> {
        let namespace = Namespace::new().map_err(|error| failed(&error.to_string()))?;
        let subnet = free_subnet(name)?;
        namespace.set(&[
            ("ipv4/ip_forward", "1"),
            // Answers come where the way back does not lead through the same table.
            ("ipv4/conf/all/rp_filter", "0"),
            ("ipv4/conf/default/rp_filter", "0"),
            ("ipv6/conf/all/disable_ipv6", "1"),
            ("ipv6/conf/default/disable_ipv6", "1"),
        ])?;
        let uplink = Uplink::start(&namespace, subnet)?;
        let device = uplink::DEVICE;
        // The uplink asks who has a container's address: the hub answers, at once.
        namespace.set(&[
            (&format!("ipv4/conf/{device}/proxy_arp"), "1"),
            (&format!("ipv4/neigh/{device}/proxy_delay"), "0"),
        ])?;
        let at = |number| address(subnet, number);
        namespace.ip(&[
            "link set lo up".into(),
            format!("address add {}/32 dev {device}", at(HUB)),
            format!("link set {device} up"),
            route(at(UPLINK), &format!("dev {device} src {}", at(HUB))),
            route(at(NAMESERVER), &format!("dev {device} src {}", at(HUB))),
            format!("route add default via {} dev {device} onlink", at(UPLINK)),
            format!("route add prohibit {subnet}/24"),
            format!("rule add pref 100 iif {device} lookup 100"),
            // What the session itself sends.
            "rule add pref 100 iif lo lookup 100".into(),
        ])?;
        Ok(Hub {
            namespace,
            subnet,
            taken: Mutex::default(),
            _uplink: uplink,
        })
    }

    /// A place for a new container, from which it reaches the world and the
    /// services that are bound to it.
    ///
    /// # Errors
    /// The kernel's.
    pub fn place(self: &Arc<Self>, services: &[&Place]) -> Result<Place, Error> {
        let (number, given) = locked(&self.taken)
            .take()
            .ok_or_else(|| failed("too many containers run at once"))?;
        let own = address(self.subnet, number);
        let link = format!("c{given}");
        let made = Namespace::new().map_err(|error| failed(&error.to_string()));
        let namespace = made.inspect_err(|_| {
            locked(&self.taken).used.remove(&number);
        })?;
        let mut rules = Vec::new();
        for service in services {
            let (there, its_link) = (service.address, &service.link);
            rules.push(format!("pref 200 iif {link} to {there} lookup 100"));
            rules.push(format!("pref 200 iif {its_link} to {own} lookup 100"));
        }
        // From here on, whatever fails is undone by its end.
        let place = Place {
            hub: self.clone(),
            namespace,
            address: own,
            number,
            link,
            rules,
        };
        let (link, hub) = (&place.link, address(self.subnet, HUB));
        let inside = place.namespace.path();
        let mut lines = vec![
            format!(
                "link add {link} mtu {0} type veth peer name eth0 mtu {0} netns {inside}",
                uplink::MTU
            ),
            format!("link set {link} up"),
            route(own, &format!("dev {link} {INWARD}")),
        ];
        lines.extend(place.rules.iter().map(|rule| format!("rule add {rule}")));
        self.namespace.ip(&lines)?;
        place.namespace.ip(&[
            "link set lo up".into(),
            format!("address add {own}/32 dev eth0"),
            "link set eth0 up".into(),
            format!("route add default via {hub} dev eth0 onlink"),
        ])?;
        Ok(place)
    }
}

impl Place {
    /// The container's address, for the services' users and the session alone.
    pub fn address(&self) -> Ipv4Addr {
        self.address
    }

    /// The path of the namespace, for Podman.
    pub fn path(&self) -> String {
        self.namespace.path()
    }

    /// The nameserver that stands for the host's, where only processes of the
    /// host reach those.
    pub fn nameserver(&self) -> Option<Ipv4Addr> {
        let host = std::fs::read_to_string("/etc/resolv.conf").unwrap_or_default();
        only_loopback(&host).then(|| address(self.hub.subnet, NAMESERVER))
    }

    /// Listens at an address of the container: its own, which who is bound to
    /// it reaches, or its loopback, where nobody else comes by.
    ///
    /// # Errors
    /// A port that is taken.
    pub fn listen(&self, address: Ipv4Addr, port: u16) -> io::Result<TcpListener> {
        self.namespace.within(|| TcpListener::bind((address, port)))
    }

    /// Connects to a port of the container, from the hub.
    ///
    /// # Errors
    /// A port that is not open.
    pub fn connect(&self, port: u16, limit: Duration) -> io::Result<TcpStream> {
        let address = SocketAddr::from((self.address, port));
        self.hub
            .namespace
            .within(|| TcpStream::connect_timeout(&address, limit))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let rules = self.rules.iter().map(|rule| format!("rule del {rule}"));
        let link = [format!("link del {}", self.link)];
        self.hub
            .namespace
            .ip_each(&rules.chain(link).collect::<Vec<_>>());
        locked(&self.hub.taken).used.remove(&self.number);
    }
}

fn address(subnet: Ipv4Addr, last: u8) -> Ipv4Addr {
    let [a, b, c, _] = subnet.octets();
    Ipv4Addr::new(a, b, c, last)
}

/// Whether a `resolv.conf` names nameservers of the host's loopback alone.
fn only_loopback(text: &str) -> bool {
    let mut servers = text
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("nameserver"))
        .map(str::trim)
        .peekable();
    servers.peek().is_some() && servers.all(|server| server.starts_with("127.") || server == "::1")
}

/// A subnet that no route of the host covers: what has a route there is to be
/// reached from containers, too.
fn free_subnet(name: &str) -> Result<Ipv4Addr, Error> {
    let digest = crate::state::digest([name]);
    let start = u32::from_str_radix(&digest[..8], 16).unwrap_or_default();
    let routes = routes();
    (0..CANDIDATES)
        .map(|offset| candidate(start.wrapping_add(offset)))
        .find(|subnet| !routes.iter().any(|route| route.covers(*subnet)))
        .ok_or_else(|| failed("every subnet of 10.88.0.0 to 10.247.255.0 has a route on this host"))
}

fn candidate(number: u32) -> Ipv4Addr {
    let number = number % CANDIDATES;
    Ipv4Addr::from((10 << 24) + (88 << 16) + (number << 8))
}

/// A route of the host, as `/proc/net/route` lists it.
struct Route {
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
    let table = std::fs::read_to_string(Path::new("/proc/net/route")).unwrap_or_default();
    table.lines().skip(1).filter_map(Route::parse).collect()
}

#[cfg(test)]
mod tests;
