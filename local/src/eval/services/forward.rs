//! Ports of services on the host's loopback, forwarded by this process.

use std::io;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread::spawn;
use std::time::Duration;

use serde_json::Value;

use crate::Error;
use crate::eval::evaluator::Evaluator;
use crate::eval::services::store::{LOOK, Running};
use crate::node::Node;

impl Evaluator {
    /// Runs a service with its ports on the host until the session ends.
    ///
    /// # Errors
    /// A port that is taken, a service that does not start, or that ends.
    pub fn up(&self, node: &Node, service: &Arc<Node>) -> Result<(), Error> {
        let running = self.running(service)?;
        let mut pairs: Vec<(u16, u16)> = ports(node)?;
        if pairs.is_empty() {
            let tcp = running.ports.iter().filter(|port| port.protocol == "TCP");
            pairs = tcp.map(|port| (port.port, port.port)).collect();
        }
        if pairs.is_empty() {
            return Err(Error::argument("Service.up", "the service exposes no port"));
        }
        for (frontend, backend) in pairs {
            let frontend = if node.is_set("random") { 0 } else { frontend };
            let listener = TcpListener::bind(("127.0.0.1", frontend)).map_err(|error| {
                Error::argument(
                    format!("port {frontend} of 127.0.0.1"),
                    format!("it cannot be opened: {error}"),
                )
            })?;
            let port = listener
                .local_addr()
                .map_or(frontend, |address| address.port());
            let target = (running.clone(), backend);
            spawn(move || accept(&listener, &target));
            self.progress.note(&format!(
                "127.0.0.1:{port} leads to port {backend} of the service, for every user of this machine"
            ));
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
}

/// The pairs of ports that were asked for: on the host, and of the service.
fn ports(node: &Node) -> Result<Vec<(u16, u16)>, Error> {
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
        let backend = port(pair, "backend")?.unwrap_or_default();
        found.push((port(pair, "frontend")?.unwrap_or(backend), backend));
    }
    Ok(found)
}

/// A service, and the port of it that connections go to.
type Target = (Arc<Running>, u16);

/// How long the service may take to answer a connection.
const LIMIT: Duration = Duration::from_secs(10);

/// Takes connections until the process ends.
fn accept(listener: &TcpListener, target: &Target) {
    for client in listener.incoming().flatten() {
        let target = target.clone();
        spawn(move || forward(client, &target));
    }
}

/// Passes bytes both ways; whatever ends one way ends it for the other side.
fn forward(client: TcpStream, target: &Target) -> io::Result<()> {
    let server = target.0.place.connect(target.1, LIMIT)?;
    let (mut from_server, mut to_client) = (server.try_clone()?, client.try_clone()?);
    let back = spawn(move || {
        let passed = io::copy(&mut from_server, &mut to_client);
        let _ = to_client.shutdown(Shutdown::Write);
        passed
    });
    let (mut from_client, mut to_server) = (client, server);
    let passed = io::copy(&mut from_client, &mut to_server);
    let _ = to_server.shutdown(Shutdown::Write);
    let _ = back.join();
    passed.map(|_| ())
}
