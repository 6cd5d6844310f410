//! The traits by which values cross the wire.

use super::conversion::ConversionError;
use super::definition::TypeRef;
use super::future::LocalFuture;
use super::registry::Registry;
use crate::client::Dag;
use serde_json::Value;

/// An encoded value, once the engine has named the objects in it.
pub type Encoded = LocalFuture<Result<Value, ConversionError>>;

/// A type that arguments and fields can have.
///
/// Implemented for strings, booleans, numbers, the objects, enums and scalars of Dagger's API,
/// whatever has `#[object]`, `#[enumeration]` or `#[interface]`, and `Option` and `Vec` of all these.
/// A type of one's own that is one of them in the API:
///
/// ```
/// use dagger_sdk::{ConversionError, Dag, Input, Registry, TypeRef, serde_json::Value};
///
/// /// A port, which is never 0.
/// struct Port(u16);
///
/// impl Input for Port {
///     fn describe(registry: &mut Registry) -> TypeRef {
///         <u16 as Input>::describe(registry)
///     }
///
///     fn decode(value: Value, client: &Dag) -> Result<Self, ConversionError> {
///         match u16::decode(value.clone(), client)? {
///             0 => Err(ConversionError::unexpected("a port", &value)),
///             port => Ok(Self(port)),
///         }
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be an argument or a field of a Dagger module",
    label = "has no counterpart in the API",
    note = "use String, bool, a number, an object of the API such as `Directory`, or `Option` or `Vec` of these",
    note = "a struct of your own needs `#[object]`, an enum `#[enumeration]`"
)]
pub trait Input: Sized {
    /// The type in the API; types of the module enter the registry on the way.
    fn describe(registry: &mut Registry) -> TypeRef;

    /// Whether the type itself allows that no value is given, as `Option` does.
    const OPTIONAL: bool = false;

    /// The value out of its JSON. `client` is what objects of the API are loaded with.
    ///
    /// # Errors
    /// If the JSON is of another type.
    fn decode(value: Value, client: &Dag) -> Result<Self, ConversionError>;

    /// The value of an argument that the caller left out; `None` where it must be given.
    fn missing() -> Option<Self> {
        None
    }
}

/// A type that functions can return and fields can have.
///
/// Implemented for the same types as [`Input`], and for `()`. A type of one's own that is one of them
/// in the API:
///
/// ```
/// use dagger_sdk::{Encoded, Output, Registry, TypeRef};
///
/// /// A version that is written with dots.
/// struct Version(u8, u8);
///
/// impl Output for Version {
///     fn describe(registry: &mut Registry) -> TypeRef {
///         <String as Output>::describe(registry)
///     }
///
///     fn encode(self) -> Encoded {
///         format!("{}.{}", self.0, self.1).encode()
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be a result or a field of a Dagger module",
    label = "has no counterpart in the API",
    note = "return String, bool, a number, an object of the API such as `Container`, `Option` or `Vec` of these, `()`, or a `Result` of one of them",
    note = "a struct of your own needs `#[object]`, an enum `#[enumeration]`"
)]
pub trait Output: Sized {
    /// The type in the API; types of the module enter the registry on the way.
    fn describe(registry: &mut Registry) -> TypeRef;

    /// The value as JSON: scalars as they are, objects of the API by their ID.
    fn encode(self) -> Encoded;
}

/// A value that can be the default of an argument of type `T`.
///
/// ```
/// use dagger_sdk::{DefaultFor, serde_json::json};
///
/// assert_eq!(DefaultFor::<Option<String>>::into_json("alpine"), json!("alpine"));
/// assert_eq!(DefaultFor::<Vec<i64>>::into_json([1, 2]), json!([1, 2]));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no default for an argument of type `{T}`",
    label = "not a `{T}`",
    note = "the default is of the argument's own type; for `Option<T>` one of `T`, for `Vec<T>` an array"
)]
pub trait DefaultFor<T> {
    /// The default as the API stores it.
    fn into_json(self) -> Value;
}

/// A list without items as a default: unlike an array, it needs no type of its own.
pub struct EmptyList;

#[diagnostic::do_not_recommend]
impl<T> DefaultFor<Vec<T>> for EmptyList {
    fn into_json(self) -> Value {
        Value::Array(Vec::new())
    }
}

/// The default of a type as that of an argument.
pub fn default_of<T: Default + DefaultFor<T>>() -> Value {
    T::default().into_json()
}

/// The default of an argument of type `T`, checked against it when the module is compiled.
pub fn default_value<T, D: DefaultFor<T>>(value: D) -> Value {
    value.into_json()
}
