//! A type's conversions as values.
//!
//! The attributes make one of these for each type that they meet and use it wherever the type is
//! described, read or written. So the compiler asks for the conversion trait in one place, and an
//! author who used a type that lacks it reads one error.

use crate::LocalFuture;
use crate::convert::{ConversionError, Encoded, Input, Output};
use crate::definition::TypeRef;
use crate::error::ModuleError;
use crate::outcome::{Outcome, describe_outcome, finish, finish_constructor};
use crate::registry::Registry;
use dagger_sdk::Query;
use serde_json::Value;

/// How an argument or a field is read.
pub struct Reader<T> {
    /// The type in the API.
    pub describe: fn(&mut Registry) -> TypeRef,
    pub(crate) decode: fn(Value, &Query) -> Result<T, ConversionError>,
    pub(crate) missing: fn() -> Option<T>,
}

/// The conversions of an argument or a field.
pub const fn reader<T: Input>() -> Reader<T> {
    Reader {
        describe: T::describe,
        decode: T::decode,
        missing: T::missing,
    }
}

impl<T> Reader<T> {
    /// The value, or what stands for one that is not there.
    ///
    /// # Errors
    /// If it is of another type, or must be given.
    pub(crate) fn read(&self, value: Option<Value>, client: &Query) -> Result<T, ConversionError> {
        match value {
            Some(value) => (self.decode)(value, client),
            None => (self.missing)().ok_or(ConversionError::Required),
        }
    }
}

/// How a field is written.
pub struct Writer<T> {
    /// The type in the API.
    pub describe: fn(&mut Registry) -> TypeRef,
    pub(crate) encode: fn(T) -> Encoded,
}

/// The conversions of a field on its way to the engine.
pub const fn writer<T: Output>() -> Writer<T> {
    Writer {
        describe: <T as Output>::describe,
        encode: T::encode,
    }
}

/// How the result of a function is written.
pub struct Returned<T> {
    /// The type in the API.
    pub describe: fn(&mut Registry) -> TypeRef,
    /// The answer of the function of that name.
    pub finish: fn(&'static str, T) -> LocalFuture<Result<Value, ModuleError>>,
}

/// The conversions of a function's result.
pub const fn returned<T: Outcome + 'static>() -> Returned<T> {
    Returned {
        describe: describe_outcome::<T>,
        finish: |function, outcome| Box::pin(finish(function, outcome)),
    }
}

/// How the object of a constructor is described and unwrapped.
pub struct Constructed<S, T> {
    /// The type in the API.
    pub describe: fn(&mut Registry) -> TypeRef,
    /// The object, or the constructor's error.
    pub finish: fn(T) -> Result<S, ModuleError>,
}

/// The conversions of a constructor's result.
pub const fn constructed<S, T: Outcome<Value = S> + 'static>() -> Constructed<S, T> {
    Constructed {
        describe: describe_outcome::<T>,
        finish: finish_constructor::<S, T>,
    }
}
