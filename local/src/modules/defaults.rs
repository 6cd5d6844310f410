//! What stands for the arguments of a module's function that nobody gave.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::eval::fields;
use crate::modules::Invocation;
use crate::node::{Node, Nodes};
use crate::typedefs::{ArgDef, FunctionDef, TypeKind};

/// Adds the defaults of a function to a call of it.
pub fn fill(call: &mut Invocation, function: &FunctionDef, root: &Path, nodes: &Nodes) {
    for arg in &function.args {
        let mut given = call.args.iter();
        if given.any(|(name, value)| *name == arg.name && !value.is_null()) {
            continue;
        }
        call.args.retain(|(name, _)| *name != arg.name);
        if let Some(value) = default(arg, root, nodes) {
            call.args.push((arg.name.clone(), value));
        }
    }
}

fn default(arg: &ArgDef, root: &Path, nodes: &Nodes) -> Option<Value> {
    if let Some(value) = &arg.default_value {
        return Some(value.clone());
    }
    let object = |ty: &str, start: Arc<Node>, field: &str, args: Map<String, Value>| {
        json!(nodes.keep(Node::new(ty, Some(start), field, args)).id)
    };
    let start = |ty: &str, field: &str| nodes.keep(Node::new(ty, None, field, Map::new()));
    if let Some(path) = &arg.default_path {
        let (ty, field, args) = at_default_path(path, arg, root);
        return Some(object(ty, start("Host", "host"), field, args));
    }
    let address = arg.default_address.as_ref()?;
    let args = fields(json!({"address": address}));
    Some(object(
        "Container",
        start("Container", "container"),
        "from",
        args,
    ))
}

/// The `Host` field that loads an argument's default path: relative paths
/// start at the module, absolute ones at the repository around it.
fn at_default_path(
    path: &str,
    arg: &ArgDef,
    root: &Path,
) -> (&'static str, &'static str, Map<String, Value>) {
    let path = match path.strip_prefix('/') {
        Some(inner) => context_root(root).join(inner),
        None => root.join(path),
    };
    let path = path.display().to_string();
    match &arg.ty.kind {
        TypeKind::Object(name) if name == "File" => ("File", "file", fields(json!({"path": path}))),
        _ => (
            "Directory",
            "directory",
            fields(json!({"path": path, "exclude": arg.ignore, "include": [], "gitignore": true})),
        ),
    }
}

/// The repository that the module lies in, or the module itself.
fn context_root(root: &Path) -> PathBuf {
    let mut folders = root.ancestors();
    let repository = folders.find(|folder| folder.join(".git").exists());
    repository.unwrap_or(root).to_owned()
}
