//! Calls of a module's functions as a session makes them.

use super::recorder::Recorder;
use crate::dispatch as run;
use crate::registration::Module;
use crate::session::SharedSession;
use crate::types::ModuleName;
use crate::types::Object;
use crate::types::{ArgDef, TypeRef};
use crate::types::{LoadError, ModuleError};
use serde_json::{Map, Value};
use std::future::Future;
use std::process::ExitCode;

/// Why a call in a test failed.
#[derive(Debug, thiserror::Error)]
pub enum TestError {
    /// The module's error, as a user would read it.
    #[error(transparent)]
    Module(#[from] ModuleError),
    /// The session's side of the call failed.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The test gives an argument that the function does not have, which no session would.
    #[error("{function} has no argument `{argument}`; it has {known}")]
    NoArgument {
        /// The function.
        function: String,
        /// The argument that it doesn't have.
        argument: String,
        /// The ones that it has.
        known: String,
    },
    /// The test gives arguments that are no JSON object.
    #[error("the arguments of {0} are no JSON object")]
    NoObject(String),
}

impl TestError {
    /// The module's error, if it is one.
    pub fn module(&self) -> Option<&ModuleError> {
        match self {
            Self::Module(error) => Some(error),
            _ => None,
        }
    }
}

/// Waits for a call in a test that is not `async`.
///
/// # Panics
/// If the system refuses a runtime.
pub fn block_on<F: Future>(future: F) -> F::Output {
    match tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime.block_on(future),
        Err(error) => panic!("no runtime for the test: {error}"),
    }
}

/// Makes the main object and calls a function of it, as `dagger call` does; returns the answer.
///
/// Arguments have their names of the API. Left-out ones get their defaults; a default path or address
/// becomes an object whose graph says so. Objects are given by ID, see [`Recorder::id`].
///
/// # Errors
/// What a user would see, or that the test itself gives what no session would.
pub async fn call<T: Object>(
    recorder: &Recorder,
    function: &str,
    constructor: Value,
    arguments: Value,
) -> Result<Value, TestError> {
    let object = construct::<T>(recorder, constructor).await?;
    let module = Module::of::<T>()?;
    invoke::<T>(recorder, &module, (T::NAME, object), function, arguments).await
}

/// Makes the main object; returns its state.
///
/// # Errors
/// As [`call`].
pub async fn construct<T: Object>(
    recorder: &Recorder,
    arguments: Value,
) -> Result<Value, TestError> {
    let module = Module::of::<T>()?;
    let arguments = given(recorder, &module, T::NAME, "", arguments)?;
    let name = ModuleName::new(T::NAME, "");
    Ok(run::construct::<T>(&recorder.session(), name, arguments).await?)
}

/// Calls a function of any object of the module whose main object is `T`, given its state.
///
/// # Errors
/// As [`call`].
pub async fn call_object<T: Object>(
    recorder: &Recorder,
    object: &str,
    state: Value,
    function: &str,
    arguments: Value,
) -> Result<Value, TestError> {
    let module = Module::of::<T>()?;
    invoke::<T>(recorder, &module, (object, state), function, arguments).await
}

/// Registers the module as the engine asks it to; returns the ID of the module, whose graph is the
/// whole registration.
///
/// # Errors
/// If the module contradicts itself.
pub async fn register<T: Object>(recorder: &Recorder) -> Result<String, TestError> {
    let asking = recorder.clone();
    asking.answer(
        "currentFunctionCall",
        serde_json::json!({"name": "", "parentName": "", "parent": null, "inputArgs": []}),
    );
    let answer = run::answer::<T>(&asking.session(), "").await;
    recorder.forget("currentFunctionCall");
    let id = answer??;
    Ok(id.as_str().unwrap_or_default().to_owned())
}

/// The whole life of a module's process against a session of the test's own.
///
/// # Errors
/// If the session fails where no function is to blame.
pub async fn serve<T: Object>(session: SharedSession) -> Result<ExitCode, LoadError> {
    run::serve::<T>(session, "").await
}

async fn invoke<T: Object>(
    recorder: &Recorder,
    module: &Module,
    object: (&str, Value),
    function: &str,
    arguments: Value,
) -> Result<Value, TestError> {
    let arguments = given(recorder, module, object.0, function, arguments)?;
    let (client, name) = (recorder.session(), ModuleName::new(T::NAME, ""));
    Ok(run::invoke(&client, name, module, object, function, arguments).await?)
}

/// The arguments as a session hands them over: none that the function lacks, defaults filled in.
fn given(
    recorder: &Recorder,
    module: &Module,
    object: &str,
    function: &str,
    arguments: Value,
) -> Result<Map<String, Value>, TestError> {
    let named = || match function {
        "" => "the constructor".to_owned(),
        name => format!("`{name}`"),
    };
    let mut given = match arguments {
        Value::Object(given) => given,
        Value::Null => Map::new(),
        _ => return Err(TestError::NoObject(named())),
    };
    // Whether there is such a function is for the dispatch to say.
    let Some(known) = module.arguments(object, function) else {
        return Ok(given);
    };
    for name in given.keys() {
        if !known.iter().any(|argument| argument.name == name) {
            let names: Vec<&str> = known.iter().map(|argument| argument.name).collect();
            return Err(TestError::NoArgument {
                function: named(),
                argument: name.clone(),
                known: names.join(", "),
            });
        }
    }
    for argument in known {
        if !given.contains_key(argument.name)
            && let Some(value) = supplied(recorder, argument)
        {
            given.insert(argument.name.to_owned(), value);
        }
    }
    Ok(given)
}

/// What the engine gives for an argument that the caller left out.
fn supplied(recorder: &Recorder, argument: &ArgDef) -> Option<Value> {
    if let Some(default) = &argument.default {
        return Some(default.clone());
    }
    let from = match (argument.default_path, argument.default_address) {
        (Some(path), _) => format!("default path {path}"),
        (None, Some(address)) => format!("default address {address}"),
        (None, None) => return None,
    };
    let kind = bare(&argument.type_ref);
    Some(recorder.id(&kind, &from).into())
}

fn bare(type_ref: &TypeRef) -> String {
    match type_ref {
        TypeRef::Optional(inner) => bare(inner),
        other => other.written(),
    }
}
