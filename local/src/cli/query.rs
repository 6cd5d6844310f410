//! Writes the queries of a chained call, and turns what was given into IDs.

use std::path::Path;

use serde_json::Value;

use super::engine::Engine;
use super::error::CliError;
use super::values::{Given, HostObject};

/// A chain of fields, each with one field below it.
pub struct Selection {
    calls: Vec<String>,
}

impl Selection {
    /// Starts at the query itself.
    pub fn new() -> Self {
        Selection { calls: Vec::new() }
    }

    /// Starts at an object that is known by its ID.
    pub fn from_id(object: &str, id: &str) -> Self {
        let mut selection = Selection::new();
        selection.call(
            &format!("load{object}FromID"),
            &[("id".to_owned(), quoted(id))],
        );
        selection
    }

    /// Goes on with a field; the arguments' values are literals of GraphQL.
    pub fn call(&mut self, name: &str, arguments: &[(String, String)]) -> &mut Self {
        let arguments: Vec<_> = arguments
            .iter()
            .map(|(name, value)| format!("{name}:{value}"))
            .collect();
        self.calls.push(match arguments.is_empty() {
            true => name.to_owned(),
            false => format!("{name}({})", arguments.join(",")),
        });
        self
    }

    /// The query.
    pub fn text(&self) -> String {
        format!("{{{}{}", self.calls.join("{"), "}".repeat(self.calls.len()))
    }
}

/// A string as GraphQL writes it; JSON's escapes are a subset of its own.
pub fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// The value as JSON, as a module's function takes it: objects are IDs.
///
/// # Errors
/// An object that the session refuses.
pub async fn resolve(engine: &impl Engine, given: &Given) -> Result<Value, CliError> {
    Ok(match given {
        Given::Plain(value) => value.clone(),
        Given::Enum(member) => member.clone().into(),
        Given::Host(object) => object_id(engine, object).await?.into(),
        Given::List(items) => {
            let mut values = Vec::with_capacity(items.len());
            for item in items {
                values.push(Box::pin(resolve(engine, item)).await?);
            }
            Value::Array(values)
        }
    })
}

/// The value as an argument in a query.
///
/// # Errors
/// As [`resolve`].
pub async fn literal(engine: &impl Engine, given: &Given) -> Result<String, CliError> {
    Ok(match given {
        Given::Enum(member) => member.clone(),
        Given::List(items) => {
            let mut literals = Vec::with_capacity(items.len());
            for item in items {
                literals.push(Box::pin(literal(engine, item)).await?);
            }
            format!("[{}]", literals.join(","))
        }
        other => plain(&resolve(engine, other).await?),
    })
}

fn plain(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let fields: Vec<_> = fields
                .iter()
                .map(|(name, value)| match (name.as_str(), value.as_str()) {
                    // The one enumeration inside of an input object.
                    ("protocol", Some(member)) => format!("{name}:{member}"),
                    _ => format!("{name}:{}", plain(value)),
                })
                .collect();
            format!("{{{}}}", fields.join(","))
        }
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(plain).collect();
            format!("[{}]", items.join(","))
        }
        value => value.to_string(),
    }
}

async fn object_id(engine: &impl Engine, object: &HostObject) -> Result<String, CliError> {
    let mut selection = Selection::new();
    let argument = |name: &str, value: String| (name.to_owned(), value);
    let path_of = |path: &Path| quoted(&path.to_string_lossy());
    match object {
        HostObject::Directory { path, ignore } => {
            let mut arguments = vec![argument("path", path_of(path))];
            if !ignore.is_empty() {
                arguments.push(argument("exclude", plain(&ignore.clone().into())));
            }
            selection.call("host", &[]).call("directory", &arguments)
        }
        HostObject::File { path } => selection
            .call("host", &[])
            .call("file", &[argument("path", path_of(path))]),
        HostObject::Container { address } => selection
            .call("container", &[])
            .call("from", &[argument("address", quoted(address))]),
        HostObject::Secret { uri } => selection.call("secret", &[argument("uri", quoted(uri))]),
        HostObject::Service { host, port } => selection.call("host", &[]).call(
            "service",
            &[
                argument("host", quoted(host)),
                argument("ports", format!("[{{backend:{port},frontend:{port}}}]")),
            ],
        ),
        HostObject::CacheVolume { key } => {
            selection.call("cacheVolume", &[argument("key", quoted(key))])
        }
        HostObject::Socket { path } => selection
            .call("host", &[])
            .call("unixSocket", &[argument("path", path_of(path))]),
    }
    .call("id", &[]);
    let data = engine.query(&selection.text()).await?;
    let mut value = &data;
    while let Some(fields) = value.as_object() {
        value = fields.values().next().unwrap_or(&Value::Null);
    }
    Ok(value.as_str().unwrap_or_default().to_owned())
}
