//! A client that answers by itself, and remembers what it was asked.

use crate::run;
use crate::testing::graph::{self, Argument, Step};
use apollo_compiler::ast::{self, Definition, Document, Selection};
use async_trait::async_trait;
use dagger_sdk::Query;
use dagger_sdk::core::gql_client::{GraphQLErrorMessage, GraphQlExtension};
use dagger_sdk::core::graphql_client::{DynGraphQLClient, GraphQLClient, GraphQLError};
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
    failures: HashMap<String, GraphQLErrorMessage>,
}

impl Recorder {
    /// A recorder that has recorded nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// The root of the API, as a function gets it.
    pub fn query(&self) -> Query {
        run::query(self.client())
    }

    /// The recorder as a client of `dagger-sdk`.
    pub fn client(&self) -> DynGraphQLClient {
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
        self.fail_with(field, message, None)
    }

    /// From now on, a query with the field `field` fails as if a command of the graph had.
    pub fn fail_exec(&self, field: &str, exec: crate::ExecFailure) -> &Self {
        let message = format!("exit code: {}", exec.exit_code);
        let extension = GraphQlExtension::ExecError {
            cmd: exec.command,
            exit_code: exec.exit_code,
            stderr: exec.stderr,
            stdout: exec.stdout,
        };
        self.fail_with(field, &message, Some(extension))
    }

    fn fail_with(&self, field: &str, message: &str, extensions: Option<GraphQlExtension>) -> &Self {
        let failure = GraphQLErrorMessage {
            message: message.to_owned(),
            locations: None,
            extensions,
            path: None,
        };
        self.recorded().failures.insert(field.to_owned(), failure);
        self
    }

    fn recorded(&self) -> MutexGuard<'_, Recorded> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl GraphQLClient for Recorder {
    async fn query(&self, query: &str) -> Result<Option<Value>, GraphQLError> {
        self.recorded().queries.push(query.to_owned());
        // A parser needs a frame for each level, and tests run on small stacks.
        let answered = std::thread::scope(|scope| {
            let thread = std::thread::Builder::new().stack_size(STACK);
            let thread = thread.spawn_scoped(scope, || self.recorded().answered(query));
            thread.map(|thread| {
                thread
                    .join()
                    .unwrap_or_else(|_| Err(refused(query, "the recorder panicked")))
            })
        });
        answered.unwrap_or_else(|error| Err(refused(query, &error.to_string())))
    }
}

/// Room for queries of several thousand levels; only what is used is taken.
const STACK: usize = 256 * 1024 * 1024;

fn refused(query: &str, reason: &str) -> GraphQLError {
    GraphQLError::HttpError(format!("{query}: {reason}"))
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
    fn answered(&self, query: &str) -> Result<Option<Value>, GraphQLError> {
        let document = apollo_compiler::parser::Parser::new()
            .recursion_limit(usize::MAX)
            .parse_ast(query, "query.graphql")
            .map_err(|error| refused(query, &error.to_string()))?;
        self.selected(root(&document), &[]).map(Some)
    }

    fn selected(&self, selections: &[Selection], parent: &[Step]) -> Result<Value, GraphQLError> {
        let mut answer = Map::new();
        for selection in selections {
            if let Selection::Field(field) = selection {
                let value = self.field(field, parent)?;
                answer.insert(field.response_name().to_string(), value);
            }
        }
        Ok(Value::Object(answer))
    }

    fn field(&self, field: &ast::Field, parent: &[Step]) -> Result<Value, GraphQLError> {
        let name = field.name.as_str();
        if let Some(failure) = self.failures.get(name) {
            return Err(GraphQLError::DomainError {
                message: failure.message.clone(),
                fields: vec![failure.clone()],
            });
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
    if field.name.starts_with("load") && field.name.ends_with("FromID") {
        if let Some(Argument::Graph(steps)) = arguments.get("id") {
            return steps.clone();
        }
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
