//! The fields of services that ask for a value.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::Error;
use crate::eval::evaluator::Evaluator;
use crate::node::Node;
use crate::sync::locked;

impl Evaluator {
    /// A field of a service without an object behind it.
    ///
    /// # Errors
    /// A service that does not start, or a field that is not served.
    pub fn service_leaf(&self, node: &Node, parent: &Arc<Node>) -> Result<Value, Error> {
        if parent.field == "tunnel" {
            return self.tunnel_leaf(node, parent);
        }
        Ok(match node.field.as_str() {
            "start" => {
                self.running(parent)?;
                json!(parent.id)
            }
            "sync" => {
                self.service_key(parent)?;
                json!(parent.id)
            }
            "stop" => {
                self.stop_service(parent, node.is_set("kill"))?;
                json!(parent.id)
            }
            // Only who is bound to the service finds it by a name: the address
            // is what everybody does.
            "hostname" => match hostname(parent) {
                Some(name) => json!(name),
                None => json!(self.running(parent)?.place.address().to_string()),
            },
            "endpoint" => {
                let running = self.running(parent)?;
                let first = running.ports.first().map(|port| port.port);
                let host = running.place.address().to_string();
                json!(endpoint(node, &host, first)?)
            }
            "up" => {
                self.up(node, parent)?;
                Value::Null
            }
            _ => return Err(node.unserved()),
        })
    }

    fn tunnel_leaf(&self, node: &Node, tunnel: &Arc<Node>) -> Result<Value, Error> {
        Ok(match node.field.as_str() {
            "start" | "sync" => {
                self.tunnel(tunnel)?;
                json!(tunnel.id)
            }
            "stop" => {
                locked(&self.services.tunnels).remove(&tunnel.id);
                json!(tunnel.id)
            }
            "hostname" => json!("localhost"),
            "endpoint" => {
                let first = self.tunnel(tunnel)?.ports.first().copied();
                json!(endpoint(node, "localhost", first)?)
            }
            _ => return Err(Error::argument(node.name(), "a tunnel has none")),
        })
    }
}

/// The name that `withHostname` gave a service last.
pub fn hostname(service: &Node) -> Option<String> {
    match service.field.as_str() {
        "withHostname" => Some(service.text("hostname").to_owned()),
        _ => None,
    }
}

/// The address of a port, the first one where none is named.
fn endpoint(node: &Node, host: &str, first: Option<u16>) -> Result<String, Error> {
    let port = node.number("port").or(first.map(i64::from));
    let port =
        port.ok_or_else(|| Error::argument(node.name(), "the service exposes no port: give one"))?;
    Ok(match node.given("scheme") {
        Some(scheme) => format!("{scheme}://{host}:{port}"),
        None => format!("{host}:{port}"),
    })
}
