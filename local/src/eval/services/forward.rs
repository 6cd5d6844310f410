//! Ports of services on the host's loopback, forwarded by this process.

use std::io;
use std::net::TcpListener;
use std::sync::Arc;

use serde_json::Value;

use crate::Error;
use crate::eval::evaluator::Evaluator;
use crate::eval::services::listening::{LIMIT, Listening};
use crate::eval::services::store::{LOOK, Running};
use crate::node::Node;

impl Evaluator {
    /// Runs a service with its ports on the host until the session ends.
    ///
    /// # Errors
    /// A port that is taken, a service that does not start, or that ends.
    pub fn up(&self, node: &Node, service: &Arc<Node>) -> Result<(), Error> {
        let running = self.running(service)?;
        let mut pairs = pairs(node)?;
        if pairs.is_empty() {
            let tcp = running.ports.iter().filter(|port| port.protocol == "TCP");
            pairs = tcp.map(|port| (None, port.port)).collect();
        }
        if pairs.is_empty() {
            return Err(Error::argument("Service.up", "the service exposes no port"));
        }
        let mut listening = Vec::new();
        for (frontend, backend) in pairs {
            let frontend = match node.is_set("random") {
                true => 0,
                false => frontend.unwrap_or(backend),
            };
            let (_, opened) = self.open_port(frontend, &running, backend)?;
            listening.push(opened);
        }
        let podman = self.podman()?;
        loop {
            podman.may_start()?;
            if !running.is_alive() {
                return Err(self.ended(&running, "it ended"));
            }
            std::thread::sleep(LOOK);
        }
    }

    /// Opens a port of the host's loopback that leads to one of a service; for
    /// 0 one that is free. Gives the port, too.
    ///
    /// # Errors
    /// A port that is taken.
    pub fn open_port(
        &self,
        frontend: u16,
        running: &Arc<Running>,
        backend: u16,
    ) -> Result<(u16, Listening), Error> {
        let refused = |error: io::Error| {
            Error::argument(
                format!("port {frontend} of 127.0.0.1"),
                format!("it cannot be opened: {error}"),
            )
        };
        let listener = TcpListener::bind(("127.0.0.1", frontend)).map_err(refused)?;
        let port = listener.local_addr().map_err(refused)?.port();
        let running = running.clone();
        let connect = move || running.place.connect(backend, LIMIT);
        let listening = Listening::start(listener, connect).map_err(refused)?;
        self.progress.note(&format!(
            "127.0.0.1:{port} leads to port {backend} of the service, for every user of this machine"
        ));
        Ok((port, listening))
    }
}

/// The pairs of ports that were asked for: in front, where one was named, and
/// behind it.
///
/// # Errors
/// A number that is no port, or a protocol that is not forwarded.
pub fn pairs(node: &Node) -> Result<Vec<(Option<u16>, u16)>, Error> {
    let Some(Value::Array(pairs)) = node.args.get("ports") else {
        return Ok(Vec::new());
    };
    let port = |pair: &Value, name: &str| match pair.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => value
            .as_u64()
            .and_then(|port| u16::try_from(port).ok())
            .map(Some)
            .ok_or_else(|| Error::argument(format!("port {value}"), "ports are 0 to 65535")),
    };
    let mut found = Vec::new();
    for pair in pairs {
        if pair.get("protocol").is_some_and(|known| known == "UDP") {
            return Err(Error::argument(node.name(), "only TCP is forwarded"));
        }
        let frontend = port(pair, "frontend")?.filter(|port| *port > 0);
        found.push((frontend, port(pair, "backend")?.unwrap_or_default()));
    }
    Ok(found)
}
