//! Everything that can go wrong in a module's life, by stage, and what a user reads of it.

use super::conversion::ConversionError;
use crate::result::Error;
use crate::session::{EngineError, ExecFailure, VariablesError};
use std::error::Error as StdError;
use std::fmt;

/// A failure of a module, by the stage of its life. Its text is what a user reads.
///
/// ```
/// # #[cfg(feature = "test-support")] {
/// use dagger_sdk::{ModuleError, prelude::*, testing::{self, Recorder, json}};
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
    #[error("{}", text(source.as_ref()))]
    Function {
        /// The function's name in the API; empty for the constructor.
        function: String,
        /// What it returned.
        source: Error,
    },
    /// The function panicked.
    #[error("{} {panic}", function_place(function))]
    Panic {
        /// The function's name in the API; empty for the constructor.
        function: String,
        /// Where, and what it panicked with.
        panic: Panic,
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
    /// The environment names no session.
    #[error(transparent)]
    Session(#[from] VariablesError),
    /// The runtime could not be started.
    #[error("the module's runtime: {0}")]
    Runtime(#[source] std::io::Error),
    /// The session did not say which function to call.
    #[error("asking the session for the call: {0}")]
    Question(#[source] EngineError),
    /// The session did not take the answer.
    #[error("answering the session: {0}")]
    Return(#[source] EngineError),
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
        place: &'static str,
        /// The name.
        name: &'static str,
    },
    /// The engine refused a definition.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The engine's answer lacks an ID that was asked for.
    #[error("the engine gave no ID for {0}")]
    NoId(String),
}

/// What a function panicked with.
#[derive(Clone, Debug)]
pub struct Panic {
    /// The text.
    pub message: String,
    /// File and line, where the panic could be seen.
    pub place: Option<String>,
}

impl fmt::Display for Panic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Some(place) => write!(formatter, "panicked at {place}: {}", self.message),
            None => write!(formatter, "panicked: {}", self.message),
        }
    }
}

fn result_text(function: &str, source: &ConversionError) -> String {
    match source {
        ConversionError::Engine(error) => text(error.as_ref()),
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

/// Contexts, outermost first, down to the innermost cause: the engine's own words, if it is one.
fn text(error: &(dyn StdError + 'static)) -> String {
    let mut texts: Vec<String> = Vec::new();
    for error in eyre::Chain::new(error) {
        let text = error.to_string();
        // Many errors end with their source's text already.
        if !texts.last().is_some_and(|outer| outer.ends_with(&text)) {
            texts.push(text);
        }
        if error.is::<ModuleError>() {
            // Its text is that of all that lies below.
            break;
        }
    }
    texts.join(": ")
}

impl ModuleError {
    /// The failed command behind the error, if there is one.
    pub fn exec_failure(&self) -> Option<ExecFailure> {
        exec_failure(self)
    }
}

fn exec_failure(error: &(dyn StdError + 'static)) -> Option<ExecFailure> {
    eyre::Chain::new(error).find_map(|cause| cause.downcast_ref::<EngineError>()?.exec().cloned())
}

/// What an error of a function can be asked.
pub trait ErrorExt {
    /// The failed command behind the error, however deep it lies.
    fn exec_failure(&self) -> Option<ExecFailure>;
}

impl ErrorExt for Error {
    fn exec_failure(&self) -> Option<ExecFailure> {
        exec_failure(self.as_ref())
    }
}
