//! Objects that only tell facts: elements of lists, and what may be missing.

use std::path::Path;

use serde_json::{Map, Value, json};

use crate::Error;
use crate::eval::evaluator::{Evaluator, fields};
use crate::eval::files::disk::facts;
use crate::node::Node;
use crate::tree;

impl Evaluator {
    /// The fields of an object that may be missing.
    ///
    /// # Errors
    /// What evaluation meets.
    pub fn facts(&self, node: &Node) -> Result<Option<Map<String, Value>>, Error> {
        let parent = node.parent()?;
        let found = match (parent.ty.as_str(), node.field.as_str()) {
            ("Container", "dockerHealthcheck") => {
                let it = self.container(parent)?;
                return Ok(it
                    .config
                    .healthcheck
                    .as_ref()
                    .map(crate::eval::containers::configure::healthcheck));
            }
            ("Container", "stat") => self.found(&*self.container(parent)?, node)?,
            ("Directory", "stat") => {
                let it = self.directory(parent)?;
                seen(
                    &it.path,
                    node.text("path"),
                    !node.is_set("doNotFollowSymlinks"),
                )?
            }
            ("File", "stat") => facts(&self.file(parent)?.path(), true),
            _ => return Err(node.unserved()),
        };
        Ok(found.map(fields))
    }

    /// The fields of each object of a list.
    ///
    /// # Errors
    /// What evaluation meets.
    pub fn lists(&self, node: &Node) -> Result<Vec<Map<String, Value>>, Error> {
        let parent = node.parent()?;
        let ports = |ports: &[crate::eval::containers::value::Port]| {
            ports
                .iter()
                .map(|port| {
                    fields(json!({
                        "port": port.port, "protocol": port.protocol, "description": port.description,
                        "experimentalSkipHealthcheck": port.skip_check,
                    }))
                })
                .collect()
        };
        let pair =
            |(name, value): (&String, &String)| fields(json!({"name": name, "value": value}));
        match (parent.ty.as_str(), node.field.as_str()) {
            ("Container", "envVariables") => {
                let it = self.container(parent)?;
                Ok(it
                    .config
                    .env
                    .iter()
                    .map(|(name, value)| pair((name, value)))
                    .collect())
            }
            ("Container", "labels") => Ok(self
                .container(parent)?
                .config
                .labels
                .iter()
                .map(pair)
                .collect()),
            ("Container", "exposedPorts") => Ok(ports(&self.container(parent)?.config.ports)),
            ("Service", "ports") => Ok(ports(&self.service_ports(parent)?)),
            _ => Err(node.unserved()),
        }
    }
}

/// What is at a path of a folder.
pub fn seen(root: &Path, path: &str, follow: bool) -> Result<Option<Value>, Error> {
    if follow {
        return Ok(facts(&tree::resolve(root, path)?, true));
    }
    let path = crate::eval::files::value::absolute("/", path);
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
    Ok(facts(&tree::resolve(root, folder)?.join(name), false))
}

/// Whether a path is of the type that a node expects.
pub fn matches_type(node: &Node, found: &Value) -> bool {
    let kind = found
        .get("fileType")
        .and_then(Value::as_str)
        .unwrap_or_default();
    match node.given("expectedType") {
        None => true,
        Some(expected) => expected.trim_end_matches("_TYPE") == kind,
    }
}
