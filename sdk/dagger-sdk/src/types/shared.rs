//! Values that this module gives to calls of others over the session.

use super::convert::Input;
use crate::query::Argument;

/// A type that functions of an interface can take and return.
///
/// Implemented for strings, booleans, numbers, the objects, enums and scalars of Dagger's API,
/// whatever has `#[interface]` or `#[enumeration]`, and `Option` and `Vec` of all these.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be an argument or a result of an interface's function",
    label = "is not known to the modules that implement the interface",
    note = "use String, bool, a number, an object of the API such as `Directory`, an `#[enumeration]`, an `#[interface]`, or `Option` or `Vec` of these",
    note = "an `#[object]` is known to its own module only: make an `#[interface]` of what others need of it"
)]
pub trait Shared: Input + Send + Sync + 'static {
    /// The value as a call takes it.
    fn argument(&self) -> Argument;

    /// Whether there is a value at all; an `Option` may be left out.
    fn is_given(&self) -> bool {
        true
    }
}
