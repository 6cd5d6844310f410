//! From what a function returned to the answer.

use super::convert::Output;
use super::definition::TypeRef;
use super::error::ModuleError;
use super::registry::Registry;
use crate::result::Error;
use serde_json::Value;

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
    fn into_result(self) -> Result<Self::Value, Error>;
}

impl<T: Output> Outcome for T {
    type Value = T;

    fn into_result(self) -> Result<T, Error> {
        Ok(self)
    }
}

impl<T: Output, E: Into<Error>> Outcome for Result<T, E> {
    type Value = T;

    fn into_result(self) -> Result<T, Error> {
        self.map_err(Into::into)
    }
}

/// The error of a function.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be the error of a function of a Dagger module",
    label = "has an error that is no `std::error::Error`",
    note = "return the prelude's `Result<T>`, whose error takes any other by `?`, or an error that is a `std::error::Error`"
)]
pub trait Failure {}

#[diagnostic::do_not_recommend]
impl<E: Into<Error>> Failure for E {}

/// A `Result`, whatever is in it.
pub trait Fallible {
    /// The error.
    type Error;
}

impl<T, E> Fallible for Result<T, E> {
    type Error = E;
}

/// Demands an error that a function can have.
pub fn failure<T: Fallible>()
where
    T::Error: Failure,
{
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
