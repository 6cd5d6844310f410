//! Answers the fields of the API: objects become nodes, everything else is
//! evaluated.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::Error;
use crate::eval::answers::call::{Call, Reply};
use crate::eval::answers::definitions;
use crate::eval::answers::home::Home;
use crate::eval::evaluator::{Evaluator, fields};
use crate::node::Node;
use crate::schema::{Answer, Asked, Gives, Resolve};

/// Types whose fields are the arguments of the node itself: elements of lists.
const PLAIN: &[&str] = &[
    "EnvVariable",
    "ErrorValue",
    "FunctionCallArgValue",
    "HealthcheckConfig",
    "Label",
    "Port",
    "SourceMap",
    "Stat",
];

/// Somebody who asks: a module's process with the call it is to answer, or the
/// session itself.
pub struct Caller {
    pub evaluator: Arc<Evaluator>,
    pub call: Option<Arc<Call>>,
    /// Where its own paths are.
    pub home: Home,
}

impl Resolve for Caller {
    fn resolve(&self, asked: Asked) -> Result<Answer, Error> {
        let Asked {
            parent,
            field,
            args,
            gives,
            is_of_module: _,
        } = asked;
        let args = self.home.settle(parent.as_deref(), &field, args)?;
        match gives {
            Gives::Object(ty) => self.object(&ty, parent, &field, args).map(Answer::Object),
            Gives::Maybe(ty) => {
                let node = Node::new(&ty, parent, &field, args);
                match self.evaluator.facts(&node)? {
                    Some(facts) => {
                        let node = Node::new(&ty, node.parent.clone(), &field, facts);
                        Ok(Answer::Object(self.evaluator.nodes.keep(node)))
                    }
                    None => Ok(Answer::Value(Value::Null)),
                }
            }
            Gives::Objects(ty) => {
                let node = Node::new(&ty, parent, &field, args);
                self.elements(&node).map(Answer::Objects)
            }
            Gives::Value => {
                // A node for the field itself carries its arguments.
                let node = Node::new("", parent, &field, args);
                self.value(&node).map(Answer::Value)
            }
        }
    }
}

impl Caller {
    fn object(
        &self,
        ty: &str,
        parent: Option<Arc<Node>>,
        field: &str,
        mut args: Map<String, Value>,
    ) -> Result<Arc<Node>, Error> {
        let nodes = &self.evaluator.nodes;
        if parent.is_none() {
            match field {
                "currentFunctionCall" => {
                    let call = self.call.as_ref().ok_or_else(|| {
                        Error::argument("currentFunctionCall", "no function is being called")
                    })?;
                    args.insert("call".into(), call.number.into());
                }
                "currentModule" => {
                    if let Some(call) = &self.call {
                        let root = call.origin.root.display().to_string();
                        args.insert("root".into(), root.into());
                        args.insert("name".into(), call.origin.name.clone().into());
                    }
                }
                // Each module has caches of its own.
                "cacheVolume" => {
                    if let Some(call) = &self.call {
                        let root = call.origin.root.display().to_string();
                        args.insert("namespace".into(), root.into());
                    }
                }
                // Whoever is not given one of the host's objects cannot guess its ID.
                "host" | "address" | "secret" => {
                    args.insert("mark".into(), self.evaluator.mark().into());
                }
                "setSecret" => args = self.evaluator.keep_secret(args),
                _ if field.starts_with("load") && field.ends_with("FromID") => {
                    let id = args.get("id").and_then(Value::as_str).unwrap_or_default();
                    return nodes.find(ty, id);
                }
                _ => {}
            }
        }
        Ok(nodes.keep(Node::new(ty, parent, field, args)))
    }

    /// The call behind a `FunctionCall`.
    fn call(&self, node: &Node) -> Result<&Arc<Call>, Error> {
        self.call
            .as_ref()
            .filter(|call| node.number("call") == i64::try_from(call.number).ok())
            .ok_or_else(|| Error::argument("FunctionCall", "it belongs to another process"))
    }

    fn elements(&self, node: &Node) -> Result<Vec<Arc<Node>>, Error> {
        let parent = node.parent()?;
        let nodes = &self.evaluator.nodes;
        let facts: Vec<Map<String, Value>> = match (parent.ty.as_str(), node.field.as_str()) {
            ("FunctionCall", "inputArgs") => self
                .call(parent)?
                .args
                .iter()
                .map(|(name, value)| fields(json!({"name": name, "value": value.to_string()})))
                .collect(),
            ("Error", "values") => error_values(parent)
                .into_iter()
                .map(|(name, value)| fields(json!({"name": name, "value": value.to_string()})))
                .collect(),
            _ => self.evaluator.lists(node)?,
        };
        let mut elements = Vec::with_capacity(facts.len());
        for fact in facts {
            elements.push(nodes.keep(Node::new(&node.ty, node.parent.clone(), &node.field, fact)));
        }
        Ok(elements)
    }

    fn value(&self, node: &Node) -> Result<Value, Error> {
        let Some(parent) = &node.parent else {
            return match node.field.as_str() {
                "version" => Ok(json!(crate::API_VERSION)),
                "defaultPlatform" => Ok(json!(crate::eval::evaluator::platform())),
                _ => Err(node.unserved()),
            };
        };
        if node.field == "id" {
            return Ok(json!(parent.id));
        }
        let ty = parent.ty.as_str();
        if PLAIN.contains(&ty) {
            return Ok(parent.args.get(&node.field).cloned().unwrap_or(Value::Null));
        }
        match ty {
            "FunctionCall" => self.answer(node, parent),
            "Error" => match node.field.as_str() {
                "message" => Ok(json!(error_message(parent))),
                _ => Err(node.unserved()),
            },
            "Function" => {
                let function = definitions::function(&self.evaluator.nodes, parent)?;
                match node.field.as_str() {
                    "name" => Ok(json!(function.name)),
                    "description" => Ok(json!(function.description)),
                    "deprecated" => Ok(json!(function.deprecated)),
                    _ => Err(node.unserved()),
                }
            }
            "TypeDef" => {
                let ty = definitions::type_def(&self.evaluator.nodes, parent)?;
                match node.field.as_str() {
                    "optional" => Ok(json!(ty.optional)),
                    "kind" => Ok(json!(definitions::kind_name(&ty.kind))),
                    _ => Err(node.unserved()),
                }
            }
            "Module" => match node.field.as_str() {
                "sync" => Ok(json!(parent.id)),
                "description" => {
                    let module = definitions::module(&self.evaluator.nodes, parent)?;
                    Ok(json!(module.description))
                }
                "name" => Ok(json!(match &self.call {
                    Some(call) => call.origin.name.clone(),
                    None => self.evaluator.module_name(),
                })),
                _ => Err(node.unserved()),
            },
            _ => self.evaluator.leaf(node, parent),
        }
    }

    fn answer(&self, node: &Node, parent: &Arc<Node>) -> Result<Value, Error> {
        let call = self.call(parent)?;
        match node.field.as_str() {
            "returnValue" => {
                let text = node.text("value");
                let value = serde_json::from_str(text).map_err(|error| {
                    Error::argument("returnValue", format!("{text:?} is no JSON: {error}"))
                })?;
                call.reply(Reply::Value(value));
                Ok(Value::Null)
            }
            "returnError" => {
                let error = self.evaluator.nodes.argument(node, "error", "Error")?;
                call.reply(Reply::Error {
                    message: error_message(&error),
                    values: error_values(&error).into_iter().collect(),
                });
                Ok(Value::Null)
            }
            field => call.field(field).ok_or_else(|| node.unserved()),
        }
    }
}

/// The message that an `Error` began with.
fn error_message(error: &Node) -> String {
    let mut first = error;
    while let Some(parent) = &first.parent {
        first = parent;
    }
    first.text("message").to_owned()
}

/// The values of an `Error`, in the order they were added.
fn error_values(error: &Node) -> Vec<(String, Value)> {
    let mut values = Vec::new();
    let mut current = Some(error);
    while let Some(node) = current {
        if node.field == "withValue" {
            let text = node.text("value");
            // What is no JSON is kept as the text that it is.
            let value = serde_json::from_str(text).unwrap_or_else(|_| json!(text));
            values.push((node.text("name").to_owned(), value));
        }
        current = node.parent.as_deref();
    }
    values.reverse();
    values
}
