//! The one question a module's process is asked, and its answer.

use crate::query::literal;
use crate::registration::{Chain, aliased, ids};
use crate::session::{EXEC_ERROR, EngineError, Session};
use crate::types::{LoadError, ModuleError};
use serde_json::{Map, Value};

/// What the session wants of this process.
#[derive(Debug)]
pub enum Call {
    /// To know what the module consists of. Holds the IDs of the types that were asked along.
    Registration { asked: Vec<String> },
    /// A new object.
    Constructor { inputs: Map<String, Value> },
    /// A function of an object.
    Function {
        parent_name: String,
        parent: Value,
        name: String,
        inputs: Map<String, Value>,
    },
}

/// The call, and the name under which the module was installed.
const QUESTION: &str =
    "currentFunctionCall{name parentName parent inputArgs{name value}} currentModule{name}";

/// Asks for the call and the module's name, and for the IDs of some types along the way.
///
/// # Errors
/// If the session does not answer, or not in the words of the protocol.
pub async fn current(
    client: &dyn Session,
    alias: &str,
    along: &[Chain],
) -> Result<(Call, String), LoadError> {
    let question = format!("{{{QUESTION}{}}}", aliased(alias, along));
    let answer = client.ask(question).await.map_err(LoadError::Question)?;
    let call = answer
        .get("currentFunctionCall")
        .filter(|call| call.is_object())
        .ok_or_else(|| LoadError::Answer("there is no call".into()))?;
    let module = answer.pointer("/currentModule/name");
    let module = module
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let text = |name: &str| call.get(name).and_then(Value::as_str).unwrap_or_default();
    let parent_name = text("parentName");
    if parent_name.is_empty() {
        let asked = ids(&answer, alias, along.len())
            .map_err(|index| LoadError::Answer(format!("type {index} has no ID")))?;
        return Ok((Call::Registration { asked }, module));
    }
    let inputs = inputs(call.get("inputArgs"))?;
    let call = match text("name") {
        "" => Call::Constructor { inputs },
        name => Call::Function {
            parent_name: parent_name.to_owned(),
            parent: json("the object", text("parent"))?,
            name: name.to_owned(),
            inputs,
        },
    };
    Ok((call, module))
}

fn inputs(arguments: Option<&Value>) -> Result<Map<String, Value>, LoadError> {
    let none = Vec::new();
    let arguments = arguments.and_then(Value::as_array).unwrap_or(&none);
    let pairs = arguments.iter().map(|argument| {
        let text = |name: &str| {
            argument
                .get(name)
                .and_then(Value::as_str)
                .unwrap_or_default()
        };
        let name = text("name").to_owned();
        let value = json(&format!("argument `{name}`"), text("value"))?;
        Ok((name, value))
    });
    pairs.collect()
}

fn json(what: &str, text: &str) -> Result<Value, LoadError> {
    if text.is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_str(text)
        .map_err(|error| LoadError::Answer(format!("{what} is no JSON: {error}")))
}

/// Hands the answer over.
///
/// # Errors
/// The session's.
pub async fn return_value(client: &dyn Session, value: &Value) -> Result<(), EngineError> {
    // A value is always written.
    let value = literal(&serde_json::to_string(value).unwrap_or_default());
    let query = format!("{{currentFunctionCall{{returnValue(value:{value})}}}}");
    client.ask(query).await.map(drop)
}

/// Hands an error over; the process must exit with another code than 0 afterwards.
///
/// # Errors
/// The session's.
pub async fn return_error(client: &dyn Session, error: &ModuleError) -> Result<(), EngineError> {
    let mut chain = Chain::new(format!("error(message:{})", literal(&error.to_string())));
    if let Some(exec) = error.exec_failure() {
        // The names that the other SDKs use.
        let values = [
            // Without the kind the CLI takes no notice of the others: it exits with 1 and keeps what
            // the command wrote to itself.
            ("_type", Value::from(EXEC_ERROR)),
            ("cmd", Value::from(exec.command)),
            ("exitCode", Value::from(exec.exit_code)),
            ("stdout", Value::from(exec.stdout)),
            ("stderr", Value::from(exec.stderr)),
        ];
        for (name, value) in values {
            chain = chain.then(format!(
                "withValue(name:{},value:{})",
                literal(name),
                literal(&value.to_string())
            ));
        }
    }
    let query = format!("{{{}}}", aliased("error", &[chain]));
    let answer = client.ask(query).await?;
    let named = ids(&answer, "error", 1).unwrap_or_default();
    let id = literal(named.first().map_or("", String::as_str));
    let query = format!("{{currentFunctionCall{{returnError(error:{id})}}}}");
    client.ask(query).await.map(drop)
}
