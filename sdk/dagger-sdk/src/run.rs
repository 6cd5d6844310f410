//! The life of a module's process.

use crate::dispatch::{keep_places, serve};
use crate::session::Variables;
use crate::sources;
use crate::traces::Traces;
use crate::types::{LoadError, Object};
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
/// use dagger_sdk::prelude::*;
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
///     dagger_sdk::run::<Hello>()
/// }
/// ```
///
/// [`main!`](crate::main) writes that function, and checks the object's name.
#[must_use = "it is what the process exits with"]
pub fn run<T: Object>() -> ExitCode {
    run_described::<T>("")
}

/// The same, for a module that is described otherwise than its main object.
pub fn run_described<T: Object>(description: &'static str) -> ExitCode {
    if let Some(code) = sources::answer(std::env::args_os().skip(1)) {
        return code;
    }
    keep_places();
    let served = on_thread(async || {
        let variables = Variables::read(|name| std::env::var(name).ok())?;
        // To the end, when the last of them are sent.
        let _traces = Traces::start();
        serve::<T>(Arc::new(variables.session()?), description).await
    });
    served.and_then(|served| served).unwrap_or_else(|error| {
        eprintln!("{error}");
        ExitCode::FAILURE
    })
}

/// Runs a future on a thread with room for what is deep.
///
/// # Errors
/// If there is no thread or no runtime to be had.
pub fn on_thread<T: Send>(call: impl AsyncFnOnce() -> T + Send) -> Result<T, LoadError> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK);
        let thread = thread.spawn_scoped(scope, || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .map_err(LoadError::Runtime)?;
            Ok(runtime.block_on(call()))
        });
        let thread = thread.map_err(LoadError::Runtime)?;
        thread
            .join()
            .unwrap_or_else(|_| Err(LoadError::Answer("the program panicked".into())))
    })
}
