//! From what a function returned to the answer, and from a panic to an error.

use crate::convert::Output;
use crate::definition::TypeRef;
use crate::error::ModuleError;
use crate::registry::Registry;
use serde_json::Value;
use std::any::Any;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

/// What a function may return: a value, or a `Result` of one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be returned by a function of a Dagger module",
    label = "has no counterpart in the API",
    note = "return String, bool, a number, an object of the API such as `Container`, `Option` or `Vec` of these, or `()`",
    note = "or a `Result` of one of them, whose error is any `std::error::Error` or an `Error` of the prelude",
    note = "a struct of your own needs `#[object]`, an enum `#[enumeration]`"
)]
pub trait Outcome {
    /// The value of success.
    type Value: Output;

    /// Both kinds as a `Result`.
    ///
    /// # Errors
    /// What the function itself failed with.
    fn into_result(self) -> Result<Self::Value, eyre::Report>;
}

impl<T: Output> Outcome for T {
    type Value = T;

    fn into_result(self) -> Result<T, eyre::Report> {
        Ok(self)
    }
}

impl<T: Output, E: Into<eyre::Report>> Outcome for Result<T, E> {
    type Value = T;

    fn into_result(self) -> Result<T, eyre::Report> {
        self.map_err(Into::into)
    }
}

/// The type in the API of what a function returns.
pub fn describe_outcome<T: Outcome>(registry: &mut Registry) -> TypeRef {
    T::Value::describe(registry)
}

/// The answer of a function that has returned.
///
/// # Errors
/// The function's own, or the engine's when it names the object that was returned.
pub async fn finish<T: Outcome>(function: &str, outcome: T) -> Result<Value, ModuleError> {
    let value = outcome
        .into_result()
        .map_err(|source| ModuleError::Function {
            function: function.to_owned(),
            source,
        })?;
    let encoded = value.encode().await;
    encoded.map_err(|source| ModuleError::Result {
        function: function.to_owned(),
        source,
    })
}

/// The object of a constructor that has returned.
///
/// # Errors
/// The constructor's own.
pub fn finish_constructor<S, T: Outcome<Value = S>>(outcome: T) -> Result<S, ModuleError> {
    outcome
        .into_result()
        .map_err(|source| ModuleError::Function {
            function: String::new(),
            source,
        })
}

/// Runs a future to its end, or to its panic.
pub struct CatchPanic<F>(Pin<Box<F>>);

impl<F: Future> CatchPanic<F> {
    pub fn new(future: F) -> Self {
        Self(Box::pin(future))
    }
}

impl<F: Future> Future for CatchPanic<F> {
    type Output = Result<F::Output, String>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        // The future is dropped after a panic, so nobody sees what it left half done.
        let poll = catch_unwind(AssertUnwindSafe(|| self.0.as_mut().poll(context)));
        match poll {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(value)) => Poll::Ready(Ok(value)),
            Err(payload) => Poll::Ready(Err(panic_text(payload.as_ref()))),
        }
    }
}

fn panic_text(payload: &(dyn Any + Send)) -> String {
    if let Some(text) = payload.downcast_ref::<&str>() {
        (*text).to_owned()
    } else if let Some(text) = payload.downcast_ref::<String>() {
        text.clone()
    } else {
        "no message".to_owned()
    }
}
