//! The graph that queries describe: immutable nodes, each named by a digest of
//! how it came about. Nothing here runs anything.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::Error;
use crate::sync::locked;

/// An object of the API: the field that gave it, on which parent, with which
/// arguments.
#[derive(Debug)]
pub struct Node {
    /// The digest that stands for the node in the API.
    pub id: String,
    /// The object's type, such as `Container`.
    pub ty: String,
    /// The object that the field was asked of; the query itself has none.
    pub parent: Option<Arc<Node>>,
    pub field: String,
    /// Arguments, defaults filled in; those that are null are left out.
    pub args: Map<String, Value>,
}

impl Node {
    /// Makes a node; equal inputs give equal IDs.
    pub fn new(
        ty: &str,
        parent: Option<Arc<Node>>,
        field: &str,
        mut args: Map<String, Value>,
    ) -> Self {
        args.retain(|_, value| !value.is_null());
        args.sort_keys();
        let mut digest = Sha256::new();
        for part in [
            ty,
            parent.as_ref().map_or("", |parent| parent.id.as_str()),
            field,
            &Value::Object(args.clone()).to_string(),
        ] {
            digest.update((part.len() as u64).to_le_bytes());
            digest.update(part);
        }
        Node {
            id: format!("{ty}@{}", hex::encode(&digest.finalize()[..20])),
            ty: ty.to_owned(),
            parent,
            field: field.to_owned(),
            args,
        }
    }

    /// `Container.from`, as errors name the node.
    pub fn name(&self) -> String {
        let parent = self
            .parent
            .as_ref()
            .map_or("Query", |parent| parent.ty.as_str());
        format!("{parent}.{}", self.field)
    }

    /// An argument as text; empty where it was not given.
    pub fn text(&self, name: &str) -> &str {
        self.args.get(name).and_then(Value::as_str).unwrap_or("")
    }

    /// An argument that is not empty, as text.
    pub fn given(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    /// A switch; off where it was not given.
    pub fn is_set(&self, name: &str) -> bool {
        self.args
            .get(name)
            .and_then(Value::as_bool)
            .unwrap_or(false)
    }

    /// A number.
    pub fn number(&self, name: &str) -> Option<i64> {
        self.args.get(name).and_then(Value::as_i64)
    }

    /// A list of texts; empty where it was not given.
    pub fn texts(&self, name: &str) -> Vec<String> {
        match self.args.get(name) {
            Some(Value::Array(items)) => items
                .iter()
                .map(|item| item.as_str().unwrap_or_default().to_owned())
                .collect(),
            Some(Value::String(item)) => vec![item.clone()],
            _ => Vec::new(),
        }
    }

    /// The parent, where the field is one of an object.
    ///
    /// # Errors
    /// A field of the query itself has no parent.
    pub fn parent(&self) -> Result<&Arc<Node>, Error> {
        self.parent.as_ref().ok_or_else(|| self.unserved())
    }

    /// The error for what the session does not know how to make.
    pub fn unserved(&self) -> Error {
        Error::Unserved { field: self.name() }
    }
}

/// All nodes of a session, by ID.
#[derive(Debug, Default)]
pub struct Nodes {
    by_id: Mutex<HashMap<String, Arc<Node>>>,
}

impl Nodes {
    /// Keeps a node, or gives the equal one that is there already.
    pub fn keep(&self, node: Node) -> Arc<Node> {
        locked(&self.by_id)
            .entry(node.id.clone())
            .or_insert_with(|| Arc::new(node))
            .clone()
    }

    /// Finds a node of a type.
    ///
    /// # Errors
    /// An ID that this session did not give, or one of another type.
    pub fn find(&self, ty: &str, id: &str) -> Result<Arc<Node>, Error> {
        let node = self.any(ty, id)?;
        match node.ty == ty {
            true => Ok(node),
            false => Err(Error::argument(
                format!("{ty}ID"),
                format!("the ID belongs to a {}", node.ty),
            )),
        }
    }

    /// Finds a node whatever its type; `ty` is what was asked for.
    ///
    /// # Errors
    /// An ID that this session did not give.
    pub fn any(&self, ty: &str, id: &str) -> Result<Arc<Node>, Error> {
        let node = locked(&self.by_id).get(id).cloned();
        node.ok_or_else(|| {
            Error::argument(
                format!("{ty}ID"),
                format!("this session knows no such ID: {id:?}"),
            )
        })
    }

    /// The object that an argument of a node names.
    ///
    /// # Errors
    /// As [`Nodes::find`].
    pub fn argument(&self, node: &Node, name: &str, ty: &str) -> Result<Arc<Node>, Error> {
        self.find(ty, node.text(name))
    }

    /// The objects that a list argument of a node names.
    ///
    /// # Errors
    /// As [`Nodes::find`].
    pub fn arguments(&self, node: &Node, name: &str, ty: &str) -> Result<Vec<Arc<Node>>, Error> {
        node.texts(name)
            .iter()
            .map(|id| self.find(ty, id))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn args(value: Value) -> Map<String, Value> {
        value.as_object().cloned().unwrap_or_default()
    }

    #[test]
    fn equal_calls_are_one_node_whatever_the_order_of_arguments() {
        let one = Node::new("Directory", None, "x", args(json!({"a": 1, "b": [2]})));
        let two = Node::new(
            "Directory",
            None,
            "x",
            args(json!({"b": [2], "a": 1, "c": null})),
        );
        assert_eq!(one.id, two.id);
    }

    #[test]
    fn a_different_call_is_another_node() {
        let one = Node::new("Directory", None, "x", args(json!({"a": "b"})));
        for (field, value) in [
            ("y", json!({"a": "b"})),
            ("x", json!({"a": "c"})),
            ("x", json!({"b": "b"})),
        ] {
            assert_ne!(one.id, Node::new("Directory", None, field, args(value)).id);
        }
    }

    #[test]
    fn an_id_of_another_type_is_refused() {
        let nodes = Nodes::default();
        let file = nodes.keep(Node::new("File", None, "file", Map::new()));
        assert!(nodes.find("File", &file.id).is_ok());
        assert!(
            nodes
                .find("Directory", &file.id)
                .unwrap_err()
                .to_string()
                .contains("belongs to a File")
        );
    }
}
