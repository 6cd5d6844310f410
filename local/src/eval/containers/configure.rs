//! Fields of a container that change what runs in it and how, but no files.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::Error;
use crate::eval::containers::value::{Change, Container, Mount, MountKind, Port};
use crate::eval::evaluator::{Evaluator, fields};
use crate::node::Node;

impl Evaluator {
    /// Fields that change what runs and how, but no files.
    pub(in crate::eval) fn configured(
        &self,
        node: &Arc<Node>,
        mut it: Container,
        target: String,
    ) -> Result<Container, Error> {
        let name = node.text("name");
        let owner = self.owner(&it, node);
        match node.field.as_str() {
            "withEnvVariable" => {
                let value = match node.is_set("expand") {
                    true => it.expanded(node.text("value")),
                    false => node.text("value").to_owned(),
                };
                it.secret_env.retain(|(known, _)| known != name);
                it.set_env(name, &value);
            }
            "withoutEnvVariable" => it.config.env.retain(|(known, _)| known != name),
            "withSecretVariable" => {
                let secret = self.nodes.argument(node, "secret", "Secret")?;
                it.config.env.retain(|(known, _)| known != name);
                it.secret_env.retain(|(known, _)| known != name);
                it.secret_env.push((name.to_owned(), secret));
            }
            "withoutSecretVariable" => it.secret_env.retain(|(known, _)| known != name),
            "withWorkdir" => {
                it.pending.push(Change::Folder {
                    path: target.clone(),
                });
                it.config.workdir = target;
            }
            "withoutWorkdir" => it.config.workdir.clear(),
            "withUser" => name.clone_into(&mut it.config.user),
            "withoutUser" => it.config.user.clear(),
            "withEntrypoint" => {
                it.config.entrypoint = node.texts("args");
                if !node.is_set("keepDefaultArgs") {
                    it.config.args.clear();
                }
            }
            "withoutEntrypoint" => {
                it.config.entrypoint.clear();
                if !node.is_set("keepDefaultArgs") {
                    it.config.args.clear();
                }
            }
            "withDefaultArgs" => it.config.args = node.texts("args"),
            "withoutDefaultArgs" => it.config.args.clear(),
            "withLabel" => {
                it.config
                    .labels
                    .insert(name.to_owned(), node.text("value").to_owned());
            }
            "withoutLabel" => {
                it.config.labels.remove(name);
            }
            "withAnnotation" => {
                it.config
                    .annotations
                    .insert(name.to_owned(), node.text("value").to_owned());
            }
            "withoutAnnotation" => {
                it.config.annotations.remove(name);
            }
            "withExposedPort" => {
                let port = port_of(node)?;
                it.config.ports.retain(|known| !port.is_at(known));
                it.config.ports.push(port);
            }
            "withoutExposedPort" => {
                let port = port_of(node)?;
                it.config.ports.retain(|known| !port.is_at(known));
            }
            "withDockerHealthcheck" => it.config.healthcheck = Some(node.args.clone()),
            "withoutDockerHealthcheck" => it.config.healthcheck = None,
            "withMountedCache" => {
                let cache = self.nodes.argument(node, "cache", "CacheVolume")?;
                let source = match node.given("source") {
                    Some(_) => Some(self.directory(&self.nodes.argument(
                        node,
                        "source",
                        "Directory",
                    )?)?),
                    None => None,
                };
                let sharing = node.given("sharing").unwrap_or("SHARED").to_owned();
                let key = match cache.given("namespace") {
                    Some(namespace) => format!("{namespace}:{}", cache.text("key")),
                    None => cache.text("key").to_owned(),
                };
                it.mount(
                    target,
                    MountKind::Cache {
                        key,
                        sharing,
                        source,
                        owner,
                    },
                );
            }
            "withMountedDirectory" => {
                let source = self.nodes.argument(node, "source", "Directory")?;
                let tree = self.directory(&source)?;
                it.mount(target, MountKind::Directory { tree, owner });
            }
            "withMountedFile" => {
                let source = self.nodes.argument(node, "source", "File")?;
                let file = self.file(&source)?;
                it.mount(target, MountKind::File { file, owner });
            }
            "withMountedSecret" => {
                let secret = self.nodes.argument(node, "source", "Secret")?;
                let mode = node
                    .number("mode")
                    .and_then(|mode| u32::try_from(mode).ok());
                it.mount(
                    target,
                    MountKind::Secret {
                        secret,
                        owner,
                        mode: mode.unwrap_or(0o400),
                    },
                );
            }
            "withMountedTemp" => {
                it.mount(
                    target,
                    MountKind::Temporary {
                        size: node.number("size"),
                    },
                );
            }
            "withUnixSocket" => {
                let socket = self.nodes.argument(node, "source", "Socket")?;
                let path = self.socket_path(&socket)?;
                it.mount(target, MountKind::Socket { path });
            }
            "withoutMount" | "withoutUnixSocket" => {
                it.mounts.retain(|mount| mount.target != target)
            }
            "withServiceBinding" => {
                let service = self.nodes.argument(node, "service", "Service")?;
                let alias = node.text("alias");
                it.services.retain(|(known, _)| known != alias);
                it.services.push((alias.to_owned(), service));
            }
            "withRegistryAuth" => {
                let secret = self.nodes.argument(node, "secret", "Secret")?;
                let address = node.text("address");
                it.logins.retain(|(known, _, _)| known != address);
                it.logins
                    .push((address.to_owned(), node.text("username").to_owned(), secret));
            }
            "withoutRegistryAuth" => it
                .logins
                .retain(|(known, _, _)| known != node.text("address")),
            _ => return Err(node.unserved()),
        }
        Ok(it)
    }
}

impl Container {
    fn mount(&mut self, target: String, kind: MountKind) {
        self.mounts.retain(|mount| mount.target != target);
        self.mounts.push(Mount { target, kind });
    }
}

impl Port {
    fn is_at(&self, other: &Port) -> bool {
        self.port == other.port && self.protocol == other.protocol
    }
}

fn port_of(node: &Node) -> Result<Port, Error> {
    let number = node.number("port").unwrap_or_default();
    let port = u16::try_from(number)
        .ok()
        .filter(|port| *port > 0)
        .ok_or_else(|| Error::argument(format!("port {number}"), "ports are 1 to 65535"))?;
    Ok(Port {
        port,
        protocol: node.given("protocol").unwrap_or("TCP").to_owned(),
        description: node.given("description").map(str::to_owned),
        skip_check: node.is_set("experimentalSkipHealthcheck"),
    })
}

/// The health check of a container as the fields of `HealthcheckConfig`.
pub fn healthcheck(args: &Map<String, Value>) -> Map<String, Value> {
    let mut facts = fields(serde_json::json!({
        "args": [], "shell": false, "interval": "30s", "timeout": "30s",
        "startPeriod": "0s", "startInterval": "5s", "retries": 3,
    }));
    facts.extend(args.clone());
    facts
}
