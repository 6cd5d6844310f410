//! Which types an option can be given for. The engine refuses the others when a module is loaded;
//! these bounds refuse them when it is compiled.

use super::outcome::Outcome;
use crate::client::{Changeset, Container, Directory, File, GitRef, GitRepository, Service};

/// A type that `default_path` loads from the module's own files or repository.
#[diagnostic::on_unimplemented(
    message = "`default_path` can't load a `{Self}`",
    label = "is no Directory, File, GitRepository or GitRef",
    note = "for a plain value use `default = …`"
)]
pub trait FromPath {}

impl FromPath for Directory {}
impl FromPath for File {}
impl FromPath for GitRepository {}
impl FromPath for GitRef {}
impl<T: FromPath> FromPath for Option<T> {}

/// A type that `default_address` loads from a registry.
#[diagnostic::on_unimplemented(
    message = "`default_address` can't load a `{Self}`",
    label = "is no Container",
    note = "for a plain value use `default = …`"
)]
pub trait FromAddress {}

impl FromAddress for Container {}
impl<T: FromAddress> FromAddress for Option<T> {}

/// A type that `ignore` filters.
#[diagnostic::on_unimplemented(
    message = "`ignore` can't filter a `{Self}`",
    label = "is no Directory"
)]
pub trait Filtered {}

impl Filtered for Directory {}
impl<T: Filtered> Filtered for Option<T> {}

/// What a function with `generate` returns.
#[diagnostic::on_unimplemented(
    message = "a function with `generate` returns what it changed, not a `{Self}`",
    label = "is no Changeset",
    note = "return a `Changeset` or a `Result` of one, such as `after.changes(before)`"
)]
pub trait Generated {}

impl Generated for Changeset {}

/// A path, for a type that can be loaded from one.
pub fn default_path<T: FromPath>(path: &'static str) -> Option<&'static str> {
    Some(path)
}

/// An address, for a type that can be loaded from one.
pub fn default_address<T: FromAddress>(address: &'static str) -> Option<&'static str> {
    Some(address)
}

/// Patterns, for a type that they can filter.
pub fn ignore<T: Filtered>(patterns: &'static [&'static str]) -> &'static [&'static str] {
    patterns
}

/// Whether `dagger generate` runs a function, for a result that it can take.
pub fn generate<T: Outcome>() -> bool
where
    T::Value: Generated,
{
    true
}

/// What a function with `up` returns.
#[diagnostic::on_unimplemented(
    message = "a function with `up` returns what `dagger up` starts, not a `{Self}`",
    label = "is no Service",
    note = "return a `Service` or a `Result` of one, such as `container.as_service()`"
)]
pub trait Started {}

impl Started for Service {}

/// Whether `dagger up` runs a function, for a result that it can start.
pub fn up<T: Outcome>() -> bool
where
    T::Value: Started,
{
    true
}
