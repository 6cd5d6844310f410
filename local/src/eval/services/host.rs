//! Services of the host in the network of containers, and tunnels the other
//! way: services' ports on the host.

use std::io;
use std::net::{TcpStream, ToSocketAddrs as _};
use std::sync::Arc;

use crate::Error;
use crate::eval::containers::value::Port;
use crate::eval::evaluator::Evaluator;
use crate::eval::services::forward::pairs;
use crate::eval::services::listening::{LIMIT, Listening};
use crate::eval::services::store::{Running, Tunnel};
use crate::node::Node;
use crate::sync::locked;

/// A service of the host: where it is, and the ports in front of its own.
pub struct OfHost {
    host: String,
    pairs: Vec<(u16, u16)>,
}

impl OfHost {
    /// What a node says of a service of the host.
    ///
    /// # Errors
    /// An address or ports that cannot be used.
    pub fn of(node: &Node) -> Result<Self, Error> {
        let (host, pairs) = match &node.parent {
            Some(address) if address.ty == "Address" => {
                let (host, port) = host_and_port(address.text("value"))?;
                (host, vec![(None, port)])
            }
            _ => {
                let host = node.given("host").unwrap_or("localhost").to_owned();
                (host, pairs(node)?)
            }
        };
        if pairs.is_empty() || pairs.iter().any(|(_, port)| *port == 0) {
            return Err(Error::argument(node.name(), "expected a port of the host"));
        }
        let pairs = pairs.into_iter();
        Ok(OfHost {
            host,
            pairs: pairs
                .map(|(front, port)| (front.unwrap_or(port), port))
                .collect(),
        })
    }

    /// The ports that containers see.
    pub fn ports(&self) -> Vec<Port> {
        self.pairs.iter().map(|(port, _)| tcp(*port)).collect()
    }

    /// What tells it from others.
    pub fn key(&self) -> String {
        format!("{} {:?}", self.host, self.pairs)
    }
}

/// The host and the port of an address such as `tcp://localhost:8080`.
fn host_and_port(address: &str) -> Result<(String, u16), Error> {
    let wrong = || {
        Error::argument(
            format!("service {address:?}"),
            "expected an address such as tcp://localhost:8080",
        )
    };
    let (scheme, rest) = address.split_once("://").unwrap_or(("tcp", address));
    let (host, port) = rest.rsplit_once(':').ok_or_else(wrong)?;
    let host = host.trim_start_matches('[').trim_end_matches(']');
    match (scheme, port.parse()) {
        ("tcp", Ok(port)) if !host.is_empty() => Ok((host.to_owned(), port)),
        _ => Err(wrong()),
    }
}

/// Connects to a host as this machine reaches it.
fn connect(host: &str, port: u16) -> io::Result<TcpStream> {
    let mut failed = io::ErrorKind::NotFound.into();
    for address in (host, port).to_socket_addrs()? {
        match TcpStream::connect_timeout(&address, LIMIT) {
            Ok(stream) => return Ok(stream),
            Err(error) => failed = error,
        }
    }
    Err(failed)
}

fn tcp(port: u16) -> Port {
    Port {
        port,
        protocol: "TCP".into(),
        description: None,
        skip_check: true,
    }
}

impl Evaluator {
    /// A place in the network of containers whose ports lead to the host's.
    pub(super) fn start_of_host(&self, service: &OfHost) -> Result<Running, Error> {
        let refused = |error: io::Error| Error::Service {
            name: service.key(),
            problem: error.to_string(),
        };
        let place = self.podman()?.place(&[])?;
        let mut listening = Vec::new();
        for (front, port) in &service.pairs {
            let listener = place.listen(place.address(), *front).map_err(refused)?;
            let (host, port) = (service.host.clone(), *port);
            let connect = move || connect(&host, port);
            listening.push(Listening::start(listener, connect).map_err(refused)?);
        }
        Ok(Running {
            process: None,
            place,
            ports: service.ports(),
            title: service.key(),
            scrubber: crate::scrub::Scrubber::default(),
            _locks: Vec::new(),
            _door: None,
            _listening: listening,
        })
    }

    /// The tunnel that a node stands for, opened if it is not.
    ///
    /// # Errors
    /// A port that is taken, a service that does not start.
    pub(super) fn tunnel(&self, node: &Arc<Node>) -> Result<Arc<Tunnel>, Error> {
        let mut tunnels = locked(&self.services.tunnels);
        if let Some(tunnel) = tunnels.get(&node.id) {
            return Ok(tunnel.clone());
        }
        let service = self.nodes.argument(node, "service", "Service")?;
        let running = self.running(&service)?;
        let own = || {
            let tcp = running.ports.iter().filter(|port| port.protocol == "TCP");
            tcp.map(|port| port.port)
        };
        let mut wanted: Vec<(u16, u16)> = Vec::new();
        if node.is_set("native") {
            wanted.extend(own().map(|port| (port, port)));
        }
        for (front, port) in pairs(node)? {
            wanted.push((front.unwrap_or(0), port));
        }
        if wanted.is_empty() {
            wanted.extend(own().map(|port| (0, port)));
        }
        if wanted.is_empty() {
            return Err(Error::argument(node.name(), "the service exposes no port"));
        }
        let (mut ports, mut listening) = (Vec::new(), Vec::new());
        for (front, port) in wanted {
            let (port, opened) = self.open_port(front, &running, port)?;
            ports.push(port);
            listening.push(opened);
        }
        let tunnel = Arc::new(Tunnel {
            ports,
            _listening: listening,
        });
        tunnels.insert(node.id.clone(), tunnel.clone());
        Ok(tunnel)
    }

    /// The ports of a tunnel.
    ///
    /// # Errors
    /// As [`Evaluator::tunnel`].
    pub(super) fn tunnel_ports(&self, node: &Arc<Node>) -> Result<Vec<Port>, Error> {
        Ok(self.tunnel(node)?.ports.iter().copied().map(tcp).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::host_and_port;

    #[test]
    fn an_address_of_a_service_has_a_host_and_a_port() {
        for (address, host, port) in [
            ("tcp://localhost:8080", "localhost", 8080),
            ("example.org:80", "example.org", 80),
            ("tcp://[::1]:80", "::1", 80),
        ] {
            assert_eq!(host_and_port(address).unwrap(), (host.to_owned(), port));
        }
        for address in ["", "localhost", "udp://localhost:53", "tcp://:80", "a:b"] {
            let error = host_and_port(address).unwrap_err().to_string();
            assert!(error.contains(&format!("{address:?}")), "{error}");
        }
    }
}
