//! Everything that can go wrong in a module's life, by stage, and what a user reads of it.

use crate::convert::ConversionError;
use dagger_sdk::core::gql_client::GraphQlExtension;
use dagger_sdk::core::graphql_client::GraphQLError;
use dagger_sdk::errors::DaggerError;
use std::error::Error as StdError;

/// A failure of a module, by the stage of its life. Its text is what a user reads.
///
/// ```
/// # #[cfg(feature = "test-support")] {
/// use dagger_module::{ModuleError, prelude::*, testing::{self, Recorder, json}};
///
/// #[object]
/// pub struct Doubler {}
///
/// #[functions]
/// impl Doubler {
///     #[function]
///     fn double(&self, number: i64) -> i64 {
///         2 * number
///     }
/// }
///
/// let recorder = Recorder::new();
/// let call = testing::call::<Doubler>(&recorder, "double", json!({}), json!({"number": "two"}));
/// let error = testing::block_on(call).unwrap_err();
/// assert!(matches!(error.module(), Some(ModuleError::Input { argument, .. }) if argument == "number"));
/// assert_eq!(
///     error.to_string(),
///     "argument `number` of function `double`: expected a whole number, got \"two\""
/// );
/// # }
/// ```
#[derive(Debug, thiserror::Error)]
pub enum ModuleError {
    /// The process was not started by a session, or can't reach it.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The module contradicts itself, or the engine refused a definition.
    #[error("registering the module: {0}")]
    Register(#[source] RegisterError),
    /// The engine called something that the module does not have: it was built from other sources.
    #[error("`{object}` has no function `{function}`")]
    Unknown {
        /// The object that was asked.
        object: String,
        /// The function that it does not have.
        function: String,
    },
    /// The object that a function was called on can't be read.
    #[error("the state of `{object}`: {source}")]
    State {
        /// The object.
        object: String,
        /// What is wrong with it.
        source: ConversionError,
    },
    /// An argument can't be read.
    #[error("{}: {source}", argument_place(argument, function))]
    Input {
        /// The argument's name in the API.
        argument: String,
        /// The function's name in the API; empty for the constructor.
        function: String,
        /// What is wrong with it.
        source: ConversionError,
    },
    /// The function returned an error.
    #[error("{}", of_chain(source.chain()).message)]
    Function {
        /// The function's name in the API; empty for the constructor.
        function: String,
        /// What it returned.
        source: eyre::Report,
    },
    /// The function panicked.
    #[error("{} panicked: {message}", function_place(function))]
    Panic {
        /// The function's name in the API; empty for the constructor.
        function: String,
        /// What it panicked with.
        message: String,
    },
    /// The function's result can't be brought to the engine.
    #[error("{}", result_text(function, source))]
    Result {
        /// The function's name in the API; empty for the constructor.
        function: String,
        /// What is wrong with it.
        source: ConversionError,
    },
}

/// Why a module did not get as far as its call.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// A variable of the session is not set.
    #[error(
        "{0} is not set: this program is a Dagger module, started by `dagger call` or `dagger functions`"
    )]
    NoSession(&'static str),
    /// A variable of the session can't be read.
    #[error("{name}={value}: {expected}")]
    BadVariable {
        /// The variable.
        name: &'static str,
        /// What it is set to.
        value: String,
        /// What it should be.
        expected: &'static str,
    },
    /// The runtime could not be started.
    #[error("the module's runtime: {0}")]
    Runtime(#[source] std::io::Error),
    /// The HTTP client could not be set up.
    #[error("the session's client: {0}")]
    Client(#[source] reqwest::Error),
    /// The session did not say which function to call.
    #[error("asking the session for the call: {}", engine_text(.0))]
    Question(#[source] GraphQLError),
    /// The session did not take the answer.
    #[error("answering the session: {}", engine_text(.0))]
    Return(#[source] GraphQLError),
    /// The session's words are not those of the protocol.
    #[error("the session's call: {0}")]
    Answer(String),
}

/// Why a module could not be registered.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// Two things share a name in the API.
    #[error("{place} has {what} called `{name}`: rename one, or give it `name = \"…\"`")]
    SameName {
        /// Which kinds of things.
        what: &'static str,
        /// Where.
        place: String,
        /// The name.
        name: &'static str,
    },
    /// Nobody gives a private field of the main object its value.
    #[error(
        "the private field `{field}` of `{object}` has no value: give it a `default`, or write a `#[function(constructor)]`"
    )]
    NoValue {
        /// The main object.
        object: &'static str,
        /// The field.
        field: &'static str,
    },
    /// The engine refused a definition.
    #[error("{}", engine_text(.0))]
    Engine(#[source] GraphQLError),
    /// The engine's answer lacks an ID that was asked for.
    #[error("the engine gave no ID for {0}")]
    NoId(String),
}

fn result_text(function: &str, source: &ConversionError) -> String {
    match source {
        ConversionError::Engine(error) => of_engine(error, &[]).message,
        other => format!("the result of {}: {other}", function_place(function)),
    }
}

fn function_place(function: &str) -> String {
    match function {
        "" => "the constructor".into(),
        name => format!("function `{name}`"),
    }
}

fn argument_place(argument: &str, function: &str) -> String {
    match function {
        "" => format!("argument `{argument}` of the constructor"),
        name => format!("argument `{argument}` of function `{name}`"),
    }
}

/// A command that failed, as the engine reports it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExecFailure {
    /// The command and its arguments.
    pub command: Vec<String>,
    /// What it exited with.
    pub exit_code: i32,
    /// What it wrote to its standard output.
    pub stdout: String,
    /// What it wrote to its standard error.
    pub stderr: String,
}

/// The text of an error, and the failed command behind it.
struct Told {
    message: String,
    exec: Option<ExecFailure>,
}

impl ModuleError {
    /// The failed command behind the error, if there is one.
    pub fn exec_failure(&self) -> Option<ExecFailure> {
        match self {
            Self::Function { source, .. } => of_chain(source.chain()).exec,
            Self::Result {
                source: ConversionError::Engine(error),
                ..
            } => of_engine(error, &[]).exec,
            _ => None,
        }
    }
}

/// Contexts, outermost first, up to the engine's message or the innermost cause.
///
/// The engine's own words stand for themselves: wrapped into the names of the layers that they
/// passed through they would only be harder to read.
fn of_chain<'a>(chain: impl Iterator<Item = &'a (dyn StdError + 'static)>) -> Told {
    let mut contexts: Vec<String> = Vec::new();
    for error in chain {
        if let Some(error) = error.downcast_ref::<DaggerError>() {
            return of_engine(error, &contexts);
        }
        if let Some(ModuleError::Function { source, .. }) = error.downcast_ref() {
            return of_chain(source.chain());
        }
        let text = error.to_string();
        // Many errors end with their source's text already.
        if !contexts.last().is_some_and(|outer| outer.ends_with(&text)) {
            contexts.push(text);
        }
    }
    Told {
        message: contexts.join(": "),
        exec: None,
    }
}

fn of_engine(error: &DaggerError, contexts: &[String]) -> Told {
    let (text, exec) = match error {
        DaggerError::Query(error) => (engine_text(error), exec_failure(error)),
        other => (with_sources(other), None),
    };
    let mut parts = contexts.to_vec();
    parts.push(text);
    Told {
        message: parts.join(": "),
        exec,
    }
}

/// The text of an error and of its sources, which the client's own errors leave out.
fn with_sources(error: &(dyn StdError + 'static)) -> String {
    let texts: Vec<_> = eyre::Chain::new(error).map(ToString::to_string).collect();
    texts.join(": ")
}

/// The engine's message without the names of the client's layers.
pub fn engine_text(error: &GraphQLError) -> String {
    match error {
        GraphQLError::DomainError { message, .. } => message.clone(),
        GraphQLError::HttpError(message) => message.clone(),
    }
}

/// The failed command behind an error, if it is one.
pub fn exec_failure(error: &GraphQLError) -> Option<ExecFailure> {
    let GraphQLError::DomainError { fields, .. } = error else {
        return None;
    };
    fields.iter().find_map(|field| match &field.extensions {
        Some(GraphQlExtension::ExecError {
            cmd,
            exit_code,
            stderr,
            stdout,
        }) => Some(ExecFailure {
            command: cmd.clone(),
            exit_code: *exit_code,
            stdout: stdout.clone(),
            stderr: stderr.clone(),
        }),
        _ => None,
    })
}
