//! One question, one answer.

use super::call::{self, Call};
use super::panic::CatchPanic;
use crate::client::Dag;
use crate::query::{ApiObject, Node};
use crate::registration::{ELEMENT, Module, Types, elements, register};
use crate::session::SharedSession;
use crate::traces::in_span;
use crate::types::{Inputs, LoadError, ModuleError, ModuleName, Object, encode_object, in_module};
use serde_json::{Map, Value};
use std::future::Future;
use std::process::ExitCode;

/// Answers the session behind `client`, with a module of that description, and says what the process exits with.
///
/// # Errors
/// If the session can't be asked or answered.
pub async fn serve<T: Object>(
    client: SharedSession,
    description: &'static str,
) -> Result<ExitCode, LoadError> {
    match answer::<T>(&client, description).await? {
        Ok(value) => {
            let returned = call::return_value(&*client, &value).await;
            returned.map_err(LoadError::Return)?;
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => {
            if let Err(unreachable) = call::return_error(&*client, &error).await {
                eprintln!("{error}");
                return Err(LoadError::Return(unreachable));
            }
            Ok(ExitCode::FAILURE)
        }
    }
}

/// Asks for the call, and makes it.
///
/// # Errors
/// The outer one if the session can't be asked, the inner one the call's own.
pub async fn answer<T: Object>(
    client: &SharedSession,
    description: &'static str,
) -> Result<Result<Value, ModuleError>, LoadError> {
    let module = match Module::of::<T>() {
        Ok(module) => module.described(description),
        Err(contradiction) => return Ok(Err(contradiction)),
    };
    let types = Types::of(&module);
    let along = elements(&types);
    let (call, installed) = call::current(&**client, ELEMENT, &along).await?;
    let name = ModuleName::new(T::NAME, &installed);
    Ok(match call {
        Call::Registration { asked } => {
            let id = register(&**client, &module, &types, asked).await;
            id.map(Value::String)
        }
        Call::Constructor { inputs } => construct::<T>(client, name, inputs).await,
        Call::Function {
            parent_name,
            parent,
            name: function,
            inputs,
        } => {
            let object = (parent_name.as_str(), parent);
            invoke(client, name, &module, object, &function, inputs).await
        }
    })
}

/// Makes the main object, and returns its state.
///
/// # Errors
/// An argument's or the constructor's own.
pub async fn construct<T: Object>(
    client: &SharedSession,
    module: ModuleName,
    inputs: Map<String, Value>,
) -> Result<Value, ModuleError> {
    guarded(client, module, (T::NAME, ""), |query| async move {
        let object = T::construct(Inputs::new("", inputs, query)).await?;
        let state = encode_object(object).await;
        state.map_err(|source| ModuleError::Result {
            function: String::new(),
            source,
        })
    })
    .await
}

/// Calls a function of an object, which is given by its type and its state.
///
/// # Errors
/// An argument's or the function's own.
pub async fn invoke(
    client: &SharedSession,
    name: ModuleName,
    module: &Module,
    (parent_name, parent): (&str, Value),
    function: &str,
    inputs: Map<String, Value>,
) -> Result<Value, ModuleError> {
    guarded(client, name, (parent_name, function), |query| {
        let inputs = Inputs::new(function, inputs, query);
        module.call(parent_name, parent, function, inputs)
    })
    .await
}

/// Runs what the author of the module wrote, so that a panic in it becomes an error of the function.
async fn guarded<F: Future<Output = Result<Value, ModuleError>>>(
    client: &SharedSession,
    module: ModuleName,
    (object, function): (&str, &str),
    call: impl FnOnce(Dag) -> F,
) -> Result<Value, ModuleError> {
    let dag = <Dag as ApiObject>::at(Node::root(client.clone()));
    let called = CatchPanic::new(in_module(module, async { call(dag).await }));
    let called = async {
        called.await.unwrap_or_else(|panic| {
            let function = function.to_owned();
            Err(ModuleError::Panic { function, panic })
        })
    };
    let span = match function {
        "" => object.to_owned(),
        name => format!("{object}.{name}"),
    };
    in_span(&span, called).await
}
