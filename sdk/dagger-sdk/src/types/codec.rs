//! A type's conversions as values.
//!
//! The attributes make one of these for each type that they meet and use it wherever the type is
//! described, read or written. So the compiler asks for the conversion trait in one place, and an
//! author who used a type that lacks it reads one error.

use super::conversion::ConversionError;
use super::convert::{Encoded, Input, Output};
use super::definition::TypeRef;
use super::error::ModuleError;
use super::future::LocalFuture;
use super::inputs::Inputs;
use super::outcome::{Outcome, describe_outcome, finish, finish_constructor};
use super::registry::Registry;
use crate::client::Dag;
use serde_json::Value;

/// How an argument or a field is read.
pub struct Reader<T> {
    /// The type in the API.
    pub describe: fn(&mut Registry) -> TypeRef,
    pub(crate) decode: fn(Value, &Dag) -> Result<T, ConversionError>,
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
    pub(crate) fn read(&self, value: Option<Value>, client: &Dag) -> Result<T, ConversionError> {
        match value {
            Some(value) => (self.decode)(value, client),
            None => (self.missing)().ok_or(ConversionError::Required),
        }
    }
}

impl Inputs {
    /// Takes an argument out.
    ///
    /// # Errors
    /// If it is missing and has no default, or is of another type; the error names it.
    pub fn argument<T>(
        &mut self,
        name: &'static str,
        reader: &Reader<T>,
        default: Option<Value>,
    ) -> Result<T, ModuleError> {
        let given = self.take(name).or(default);
        let read = reader.read(given, &self.client());
        read.map_err(|source| self.wrong(name, source))
    }

    /// The value of a field that is no argument of the constructor made of the fields.
    ///
    /// # Errors
    /// If its type has no default; the compiler has refused that before.
    pub fn field_of_type<T>(
        &mut self,
        name: &'static str,
        default: Option<fn() -> T>,
    ) -> Result<T, ModuleError> {
        let default = default.ok_or_else(|| self.wrong(name, ConversionError::Required))?;
        Ok(default())
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

/// Carries a type whose conversions are asked for, with [`NoConversions`] at hand.
pub struct Conversions<T>(std::marker::PhantomData<T>);

impl<T: Input> Conversions<T> {
    /// Those of an argument or a field.
    pub const READER: Reader<T> = reader();
}

impl<T: Output> Conversions<T> {
    /// Those of a field on its way to the engine.
    pub const WRITER: Writer<T> = writer();
}

impl<T: Outcome + 'static> Conversions<T> {
    /// Those of a function's result.
    pub const RETURNED: Returned<T> = returned();
}

/// What a type has that holds one without conversions: the compiler has complained of that one.
pub trait NoConversions<T> {
    /// Those of an argument or a field.
    const READER: Reader<T> = panic!("the type has no counterpart in the API");
    /// Those of a field on its way to the engine.
    const WRITER: Writer<T> = panic!("the type has no counterpart in the API");
    /// Those of a function's result.
    const RETURNED: Returned<T> = panic!("the type has no counterpart in the API");
}

impl<T> NoConversions<T> for Conversions<T> {}

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
