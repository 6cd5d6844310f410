//! What a call prints: values as they are or as JSON, lists one a line, objects
//! by their type and digest.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::api::Api;
use super::chain::object_name;
use super::engine::Engine;
use super::error::{CliError, failed};
use super::options::Options;
use super::query::{Selection, quoted};
use super::run::Outcome;
use super::terminal;
use super::value_text::{indented, plain};
use crate::typedefs::TypeKind;

/// Core objects that are saved to the host by their own `export`.
const EXPORTED: [&str; 4] = ["Container", "Directory", "File", "Changeset"];

/// Core objects that stand for work that may fail: printing one does the work.
const EVALUATED: [&str; 4] = ["Container", "Directory", "File", "Changeset"];

/// Does the work that the result stands for, saves it where the options say
/// so, and gives the text to print.
///
/// # Errors
/// An object that cannot be evaluated or saved, a file that cannot be written.
pub async fn render(
    engine: &impl Engine,
    api: &Api,
    options: &Options,
    caller: &Path,
    outcome: &Outcome,
) -> Result<String, CliError> {
    let path = options.output.as_ref().map(|output| caller.join(output));
    let Some(object) = object_name(&outcome.ty) else {
        let text = match (&outcome.ty.kind, options.json) {
            (TypeKind::Void, _) => return Ok(String::new()),
            (_, true) => indented(&outcome.value),
            (_, false) => plain(&outcome.value),
        };
        if let Some(path) = path {
            save(&path, &text)?;
        }
        return Ok(text);
    };
    match (path, &outcome.value) {
        (Some(path), Value::String(id)) if outcome.is_core && EXPORTED.contains(&object) => {
            export(engine, object, id, &path).await?;
            // A trailing slash is no part of where it went.
            let path: PathBuf = path.components().collect();
            terminal::say(&format!("Saved to {path:?}."));
            return Ok(String::new());
        }
        (Some(_), _) => {
            terminal::say(&format!("nothing was saved: {object} has no files"));
        }
        (None, _) => {}
    }
    match outcome.is_core {
        true => named(engine, api, object, &outcome.value).await,
        false => {
            let object = api.global_name(object);
            Ok(names(&outcome.value, &|value| {
                format!("{object}@{}", digest(&value.to_string()))
            }))
        }
    }
}

/// Writes an object of the core to the host.
///
/// # Errors
/// What the session says.
pub async fn export(
    engine: &impl Engine,
    object: &str,
    id: &str,
    path: &Path,
) -> Result<(), CliError> {
    let mut arguments = vec![("path".to_owned(), quoted(&path.to_string_lossy()))];
    if object == "File" {
        // A folder that is there takes the file under its own name.
        arguments.push(("allowParentDirPath".to_owned(), "true".to_owned()));
    }
    let query = Selection::from_id(object, id)
        .call("export", &arguments)
        .text();
    engine.query(&query).await?;
    Ok(())
}

/// Evaluates objects of the core and gives their names.
async fn named(
    engine: &impl Engine,
    api: &Api,
    object: &str,
    value: &Value,
) -> Result<String, CliError> {
    if api.core.has(object, "sync") && EVALUATED.contains(&object) {
        let one = std::slice::from_ref(value);
        for id in value.as_array().map_or(one, Vec::as_slice) {
            if let Some(id) = id.as_str() {
                let query = Selection::from_id(object, id).call("sync", &[]).text();
                engine.query(&query).await?;
            }
        }
    }
    Ok(names(value, &|id| {
        format!("{object}@{}", digest(id.as_str().unwrap_or_default()))
    }))
}

/// A line for an object, marked ones for those of a list.
fn names(value: &Value, name: &dyn Fn(&Value) -> String) -> String {
    match value {
        Value::Null => plain(value),
        Value::Array(items) => items
            .iter()
            .map(|item| format!("- {}", names(item, name)))
            .collect(),
        value => format!("{}\n", name(value)),
    }
}

/// A short name for a graph or a state: the same has the same.
fn digest(text: &str) -> String {
    let hash = hex::encode(Sha256::digest(text.as_bytes()));
    format!("sha256:{}", &hash[..16])
}

/// Writes a file, in a folder that need not be there yet.
///
/// # Errors
/// A file that cannot be written.
pub fn save(path: &Path, text: &str) -> Result<(), CliError> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed("make", folder))?;
    }
    fs::write(path, text).map_err(failed("write", path))?;
    terminal::say(&format!("Saved output to {path:?}."));
    Ok(())
}

#[cfg(test)]
mod tests;
