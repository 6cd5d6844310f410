//! A client that answers by itself, and remembers what it was asked.

use super::graph::{self, Argument, Step};
use crate::client::Dag;
use crate::query::{ApiObject, Node};
use crate::session::{EngineError, ExecFailure, Sent, Session, SharedSession};
use apollo_compiler::ast::{self, Definition, Document, Selection};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Answers what a leaf is not told to answer, where a text would be of the wrong type.
const NUMBERS: &[&str] = &[
    "exitCode", "size", "port", "backend", "frontend", "line", "column",
];
const TRUTHS: &[&str] = &["exists"];
const LISTS: &[&str] = &[
    "entries",
    "glob",
    "addedPaths",
    "modifiedPaths",
    "removedPaths",
    "entrypoint",
    "defaultArgs",
];

/// Stands in for an engine: every object has an ID that embeds the calls which made it, and every
/// leaf a text or what [`Recorder::answer`] says.
///
/// Clones share what they record.
#[derive(Clone, Debug, Default)]
pub struct Recorder(Arc<Mutex<Recorded>>);

#[derive(Debug, Default)]
struct Recorded {
    queries: Vec<String>,
    answers: HashMap<String, Value>,
    failures: HashMap<String, EngineError>,
}

impl Recorder {
    /// A recorder that has recorded nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// The root of the API, as a function gets it.
    pub fn dag(&self) -> Dag {
        <Dag as ApiObject>::at(Node::root(self.session()))
    }

    /// The recorder as a session.
    pub fn session(&self) -> SharedSession {
        Arc::new(self.clone())
    }

    /// The ID of an object that comes from elsewhere, such as an argument; its graph is one line,
    /// `kind "description"`.
    pub fn id(&self, kind: &str, description: &str) -> String {
        graph::id(&[Step {
            field: format!("{kind} {}", Value::from(description)),
            arguments: BTreeMap::new(),
        }])
    }

    /// The graph that an ID stands for: one call a line, arguments sorted, nested graphs indented.
    /// An ID of another making is printed as it is.
    pub fn graph(&self, id: &str) -> String {
        graph::steps(id).map_or_else(|error| error.to_string(), |steps| graph::printed(&steps))
    }

    /// Every query so far, in order.
    pub fn queries(&self) -> Vec<String> {
        self.recorded().queries.clone()
    }

    /// From now on, the field `field` of any object answers `value`.
    ///
    /// Without that, `exitCode`, `size` and ports are 0, `exists` is true, `entries`, `glob` and the
    /// paths of a changeset are empty, and every other leaf is its own name.
    pub fn answer(&self, field: &str, value: impl Into<Value>) -> &Self {
        self.recorded()
            .answers
            .insert(field.to_owned(), value.into());
        self
    }

    /// Undoes [`Recorder::answer`].
    pub fn forget(&self, field: &str) {
        self.recorded().answers.remove(field);
    }

    /// From now on, a query with the field `field` fails with `message`.
    pub fn fail(&self, field: &str, message: &str) -> &Self {
        self.fail_with(field, EngineError::new(message))
    }

    /// From now on, a query with the field `field` fails as if a command of the graph had.
    pub fn fail_exec(&self, field: &str, exec: ExecFailure) -> &Self {
        let message = format!("exit code: {}", exec.exit_code);
        self.fail_with(field, EngineError::of_exec(message, exec))
    }

    fn fail_with(&self, field: &str, error: EngineError) -> &Self {
        self.recorded().failures.insert(field.to_owned(), error);
        self
    }

    fn recorded(&self) -> MutexGuard<'_, Recorded> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Session for Recorder {
    fn ask(&self, query: String) -> Sent<'_, Result<Value, EngineError>> {
        self.recorded().queries.push(query.clone());
        // A parser needs a frame for each level, and tests run on small stacks.
        let answered = std::thread::scope(|scope| {
            let thread = std::thread::Builder::new().stack_size(STACK);
            let thread = thread.spawn_scoped(scope, || self.recorded().answered(&query));
            thread.map(|thread| {
                let answer = thread.join();
                answer.unwrap_or_else(|_| Err(refused(&query, "the recorder panicked")))
            })
        });
        let answered = answered.unwrap_or_else(|error| Err(refused(&query, &error.to_string())));
        Box::pin(std::future::ready(answered))
    }
}

/// Room for queries of several thousand levels; only what is used is taken.
const STACK: usize = 256 * 1024 * 1024;

fn refused(query: &str, reason: &str) -> EngineError {
    EngineError::new(format!("{query}: {reason}"))
}

fn root(document: &Document) -> &[Selection] {
    let operation = document
        .definitions
        .iter()
        .find_map(|definition| match definition {
            Definition::OperationDefinition(operation) => Some(operation),
            _ => None,
        });
    operation.map_or(&[], |operation| &operation.selection_set)
}

impl Recorded {
    fn answered(&self, query: &str) -> Result<Value, EngineError> {
        let document = apollo_compiler::parser::Parser::new()
            .recursion_limit(usize::MAX)
            .parse_ast(query, "query.graphql")
            .map_err(|error| refused(query, &error.to_string()))?;
        self.selected(root(&document), &[])
    }

    fn selected(&self, selections: &[Selection], parent: &[Step]) -> Result<Value, EngineError> {
        let mut answer = Map::new();
        for selection in selections {
            match selection {
                Selection::Field(field) => {
                    let value = self.field(field, parent)?;
                    answer.insert(field.response_name().to_string(), value);
                }
                Selection::InlineFragment(fragment) => {
                    if let Value::Object(fields) = self.selected(&fragment.selection_set, parent)? {
                        answer.extend(fields);
                    }
                }
                Selection::FragmentSpread(_) => {}
            }
        }
        Ok(Value::Object(answer))
    }

    fn field(&self, field: &ast::Field, parent: &[Step]) -> Result<Value, EngineError> {
        let name = field.name.as_str();
        if let Some(failure) = self.failures.get(name) {
            return Err(failure.clone());
        }
        if let Some(answer) = self.answers.get(name) {
            return Ok(answer.clone());
        }
        if field.selection_set.is_empty() {
            return Ok(leaf(name, parent));
        }
        self.selected(&field.selection_set, &chained(field, parent))
    }
}

fn leaf(name: &str, parent: &[Step]) -> Value {
    match name {
        "id" | "sync" => graph::id(parent).into(),
        name if NUMBERS.contains(&name) => 0.into(),
        name if TRUTHS.contains(&name) => true.into(),
        name if LISTS.contains(&name) => json!([]),
        name => name.into(),
    }
}

/// The parent's chain and this call; an object loaded by its ID is the chain of that ID.
fn chained(field: &ast::Field, parent: &[Step]) -> Vec<Step> {
    let arguments: BTreeMap<String, Argument> = field
        .arguments
        .iter()
        .map(|argument| (argument.name.to_string(), value(&argument.value)))
        .collect();
    let loads =
        field.name == "node" || field.name.starts_with("load") && field.name.ends_with("FromID");
    if loads && let Some(Argument::Graph(steps)) = arguments.get("id") {
        return steps.clone();
    }
    let mut steps = parent.to_vec();
    steps.push(Step {
        field: field.name.to_string(),
        arguments,
    });
    steps
}

fn value(value: &ast::Value) -> Argument {
    match value {
        ast::Value::String(text) => match graph::steps(text) {
            Ok(steps) => Argument::Graph(steps),
            Err(_) => Argument::Scalar(text.as_str().into()),
        },
        ast::Value::Null => Argument::Scalar(Value::Null),
        ast::Value::Boolean(truth) => Argument::Scalar((*truth).into()),
        ast::Value::Int(number) => Argument::Scalar(written_number(number.as_str())),
        ast::Value::Float(number) => Argument::Scalar(written_number(number.as_str())),
        ast::Value::Enum(name) => Argument::Enum(name.to_string()),
        ast::Value::Variable(name) => Argument::Enum(format!("${name}")),
        ast::Value::List(items) => {
            Argument::List(items.iter().map(|item| self::value(item)).collect())
        }
        ast::Value::Object(fields) => Argument::Object(
            fields
                .iter()
                .map(|(name, field)| (name.to_string(), self::value(field)))
                .collect(),
        ),
    }
}

fn written_number(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| text.into())
}
