//! What a call prints: scalars as they are, lists one a line, objects of the
//! module as JSON, objects of the core by their type and digest.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::api::Api;
use super::chain::object_name;
use super::engine::Engine;
use super::error::CliError;
use super::options::Options;
use super::query::{Selection, quoted};
use super::run::Outcome;

/// Core objects that are saved to the host by their own `export`.
const EXPORTED: [&str; 4] = ["Container", "Directory", "File", "Changeset"];

/// Core objects that stand for work that may fail: printing one does the work.
const EVALUATED: [&str; 4] = ["Container", "Directory", "File", "Changeset"];

/// Does the work that the result stands for and gives the text to print;
/// `None` where the object itself was saved to the host.
///
/// # Errors
/// An object that cannot be evaluated or saved.
pub async fn render(
    engine: &impl Engine,
    api: &Api,
    options: &Options,
    caller: &Path,
    outcome: &Outcome,
) -> Result<Option<String>, CliError> {
    let object = object_name(&outcome.ty).filter(|_| outcome.is_core);
    if let (Some(object), Some(output), Value::String(id)) =
        (object, &options.output, &outcome.value)
        && EXPORTED.contains(&object)
    {
        let path = caller.join(output);
        export(engine, object, id, &path).await?;
        eprintln!("Saved to {}", path.display());
        return Ok(None);
    }
    let value = match object {
        Some(object) => named(engine, api, object, &outcome.value).await?,
        None => outcome.value.clone(),
    };
    Ok(Some(match options.json {
        true => format!("{value:#}"),
        false => plain(&value),
    }))
}

/// Prints the text, or saves it where the options say so.
///
/// # Errors
/// A file that cannot be written.
pub fn write(options: &Options, caller: &Path, text: &str) -> Result<(), CliError> {
    match &options.output {
        Some(output) => save(&caller.join(output), text),
        None => print(text),
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

/// Evaluates objects and gives their names in place of their IDs.
async fn named(
    engine: &impl Engine,
    api: &Api,
    object: &str,
    value: &Value,
) -> Result<Value, CliError> {
    match value {
        Value::Array(items) => {
            let mut names = Vec::with_capacity(items.len());
            for item in items {
                names.push(Box::pin(named(engine, api, object, item)).await?);
            }
            Ok(Value::Array(names))
        }
        Value::String(id) => {
            if api.core.has(object, "sync") && EVALUATED.contains(&object) {
                let query = Selection::from_id(object, id).call("sync", &[]).text();
                engine.query(&query).await?;
            }
            Ok(format!("{object}@{}", digest(id)).into())
        }
        other => Ok(other.clone()),
    }
}

/// A short name for a graph: the same graph has the same.
fn digest(id: &str) -> String {
    let hash = hex::encode(Sha256::digest(id.as_bytes()));
    format!("sha256:{}", &hash[..16])
}

/// A value as a person or a shell reads it.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items
            .iter()
            .map(|item| format!("{}\n", plain(item)))
            .collect(),
        Value::Object(_) => format!("{value:#}"),
        value => value.to_string(),
    }
}

fn print(text: &str) -> Result<(), CliError> {
    let mut stdout = io::stdout().lock();
    let is_open_line = !text.is_empty() && !text.ends_with('\n');
    let written = stdout.write_all(text.as_bytes()).and_then(|()| {
        // A pipe gets the value and nothing else; a prompt wants a line of its own.
        if is_open_line && stdout.is_terminal() {
            stdout.write_all(b"\n")?;
        }
        stdout.flush()
    });
    match written {
        // The reader had enough, as `head` does.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(|source| CliError::Host {
            operation: "write to",
            path: "stdout".into(),
            source,
        }),
    }
}

fn save(path: &Path, text: &str) -> Result<(), CliError> {
    fs::write(path, text).map_err(|source| CliError::Host {
        operation: "write",
        path: path.to_path_buf(),
        source,
    })?;
    eprintln!("Saved to {}", path.display());
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn scalars_are_printed_as_they_are_and_lists_one_a_line() {
        assert_eq!(plain(&json!("linux\n")), "linux\n");
        assert_eq!(plain(&json!(7)), "7");
        assert_eq!(plain(&json!(["a", 1, true])), "a\n1\ntrue\n");
        assert_eq!(plain(&Value::Null), "");
        assert_eq!(plain(&json!({"a": 1})), "{\n  \"a\": 1\n}");
    }

    #[test]
    fn a_graph_has_one_name() {
        assert_eq!(digest("a"), digest("a"));
        assert_ne!(digest("a"), digest("b"));
    }
}
