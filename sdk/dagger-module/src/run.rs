//! The life of a module's process: one question, one answer.

use crate::call::{self, Call};
use crate::error::{LoadError, ModuleError};
use crate::inputs::Inputs;
use crate::interface::in_module;
use crate::object::{Object, encode_object};
use crate::outcome::CatchPanic;
use crate::register;
use crate::registry::{Module, Registry};
use crate::session::Session;
use crate::spelling::ModuleName;
use crate::types_of::Types;
use crate::watched::Watched;
use dagger_sdk::Query;
use dagger_sdk::core::graphql_client::DynGraphQLClient;
use serde_json::{Map, Value};
use std::future::Future;
use std::process::ExitCode;
use std::sync::Arc;

/// Room for answers as deep as a chain of several thousand calls; only what is used is taken.
const STACK: usize = 256 * 1024 * 1024;

/// Answers the one call that this process was started for. `T` is the main object.
///
/// Reads the session from `DAGGER_SESSION_PORT` and `DAGGER_SESSION_TOKEN`. The exit code is 1 if
/// the call failed; the session has its error then. Without a session the error goes to stderr.
///
/// ```no_run
/// use dagger_module::prelude::*;
///
/// /// Says hello.
/// #[object]
/// pub struct Hello {}
///
/// #[functions]
/// impl Hello {
///     /// Greet somebody.
///     #[function]
///     pub fn greet(&self, name: String) -> String {
///         format!("Hello, {name}!")
///     }
/// }
///
/// fn main() -> std::process::ExitCode {
///     dagger_module::run::<Hello>()
/// }
/// ```
pub fn run<T: Object>() -> ExitCode {
    // A panic becomes an error of its function; the text of the default hook is not for users.
    std::panic::set_hook(Box::new(|_| {}));
    let thread = std::thread::Builder::new()
        .stack_size(STACK)
        .spawn(on_thread::<T>);
    let served = thread
        .map_err(LoadError::Runtime)
        .and_then(|thread| match thread.join() {
            Ok(served) => served,
            Err(_) => Err(LoadError::Answer("the module's SDK panicked".into())),
        });
    served.unwrap_or_else(|error| {
        eprintln!("{error}");
        ExitCode::FAILURE
    })
}

fn on_thread<T: Object>() -> Result<ExitCode, LoadError> {
    let session = Session::from_variables(|name| std::env::var(name).ok())?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(LoadError::Runtime)?;
    let _entered = runtime.enter();
    runtime.block_on(serve::<T>(Arc::new(session.client()?)))
}

/// Answers the session behind `client`, and says what the process exits with.
///
/// # Errors
/// If the session can't be asked or answered.
pub async fn serve<T: Object>(client: DynGraphQLClient) -> Result<ExitCode, LoadError> {
    match answer::<T>(&client).await? {
        Ok(value) => {
            let returned = call::return_value(&client, &value).await;
            returned.map_err(LoadError::Return)?;
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => {
            if let Err(unreachable) = call::return_error(&client, &error).await {
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
    client: &DynGraphQLClient,
) -> Result<Result<Value, ModuleError>, LoadError> {
    let module = match Registry::module::<T>() {
        Ok(module) => module,
        Err(contradiction) => return Ok(Err(contradiction)),
    };
    let types = Types::of(&module);
    let along = register::elements(&types);
    let (call, installed) = call::current(client, register::ELEMENT, &along).await?;
    let name = ModuleName::new(T::NAME, &installed);
    Ok(match call {
        Call::Registration { asked } => {
            let id = register::register(client, &module, &types, asked).await;
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
    client: &DynGraphQLClient,
    module: ModuleName,
    inputs: Map<String, Value>,
) -> Result<Value, ModuleError> {
    guarded(client, module, "", |query| async move {
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
    client: &DynGraphQLClient,
    name: ModuleName,
    module: &Module,
    (parent_name, parent): (&str, Value),
    function: &str,
    inputs: Map<String, Value>,
) -> Result<Value, ModuleError> {
    guarded(client, name, function, |query| {
        let inputs = Inputs::new(function, inputs, query);
        module.call(parent_name, parent, function, inputs)
    })
    .await
}

/// Runs what the author of the module wrote, so that a panic in it becomes an error of the function.
async fn guarded<F: Future<Output = Result<Value, ModuleError>>>(
    client: &DynGraphQLClient,
    module: ModuleName,
    function: &str,
    call: impl FnOnce(Query) -> F,
) -> Result<Value, ModuleError> {
    let watched = Watched::new(client.clone());
    let called = in_module(module, async { call(query(watched.clone())).await });
    let panicked = match CatchPanic::new(called).await {
        Ok(answer) => return answer,
        Err(message) => message,
    };
    let function = function.to_owned();
    Err(match watched.behind(&panicked) {
        Some(error) => ModuleError::Function {
            function,
            source: error.into(),
        },
        None => ModuleError::Panic {
            function,
            message: panicked,
        },
    })
}

/// The root of the API behind a client.
pub fn query(client: DynGraphQLClient) -> Query {
    Query {
        proc: None,
        selection: Default::default(),
        graphql_client: client,
    }
}
