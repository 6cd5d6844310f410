//! Graphs of calls: as values, inside IDs, and as the text that tests compare.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// What every ID of the recorder begins with.
///
/// Letters and digits only, so that a query which holds one can be read.
const PREFIX: &str = "graph-";

/// How far a nested graph is moved to the right.
const INDENT: &str = "  ";

/// One call of a chain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    #[serde(rename = "f")]
    pub field: String,
    #[serde(rename = "a", default, skip_serializing_if = "BTreeMap::is_empty")]
    pub arguments: BTreeMap<String, Argument>,
}

/// A value given to a call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Argument {
    #[serde(rename = "v")]
    Scalar(Value),
    #[serde(rename = "e")]
    Enum(String),
    #[serde(rename = "g")]
    Graph(Vec<Step>),
    #[serde(rename = "l")]
    List(Vec<Argument>),
    #[serde(rename = "o")]
    Object(BTreeMap<String, Argument>),
}

/// An ID that is none of the recorder's.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is no ID of a recorder")]
pub struct GraphError(String);

/// The ID of the object at the end of a chain.
pub fn id(steps: &[Step]) -> String {
    // Text keys and values only: they can always be written.
    let json = serde_json::to_vec(steps).unwrap_or_default();
    format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(json))
}

/// The chain that an ID stands for.
pub fn steps(id: &str) -> Result<Vec<Step>, GraphError> {
    let decoded = id
        .strip_prefix(PREFIX)
        .and_then(|text| URL_SAFE_NO_PAD.decode(text).ok())
        .and_then(|json| parse(&json));
    decoded.ok_or_else(|| GraphError(id.to_owned()))
}

/// Nested graphs have no limit.
fn parse(json: &[u8]) -> Option<Vec<Step>> {
    let mut reader = serde_json::Deserializer::from_slice(json);
    reader.disable_recursion_limit();
    Vec::<Step>::deserialize(&mut reader).ok()
}

/// A chain, one call a line, nested graphs further to the right.
pub fn printed(steps: &[Step]) -> String {
    let lines: Vec<String> = steps.iter().map(printed_step).collect();
    lines.join("\n")
}

fn printed_step(step: &Step) -> String {
    if step.arguments.is_empty() {
        return step.field.clone();
    }
    let arguments: Vec<String> = step
        .arguments
        .iter()
        .map(|(name, value)| match value {
            Argument::Graph(_) => format!("{name}:{}", printed_argument(value)),
            value => format!("{name}: {}", printed_argument(value)),
        })
        .collect();
    format!("{}({})", step.field, arguments.join(", "))
}

fn printed_argument(argument: &Argument) -> String {
    match argument {
        Argument::Scalar(value) => value.to_string(),
        Argument::Enum(name) => name.clone(),
        Argument::Graph(steps) => format!("\n{}\n", indented(&printed(steps))),
        Argument::List(items) => {
            let items: Vec<String> = items.iter().map(printed_argument).collect();
            format!("[{}]", items.join(", "))
        }
        Argument::Object(fields) => {
            let fields: Vec<String> = fields
                .iter()
                .map(|(name, value)| format!("{name}: {}", printed_argument(value)))
                .collect();
            format!("{{{}}}", fields.join(", "))
        }
    }
}

fn indented(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| format!("{INDENT}{line}")).collect();
    lines.join("\n")
}
