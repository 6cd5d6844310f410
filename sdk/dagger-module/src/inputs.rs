//! The arguments of one call.

use crate::codec::Reader;
use crate::convert::ConversionError;
use crate::error::ModuleError;
use dagger_sdk::Query;
use serde_json::{Map, Value};

/// The arguments of a call, and the client it may use.
pub struct Inputs {
    function: String,
    values: Map<String, Value>,
    client: Query,
}

impl Inputs {
    /// The arguments of a call of `function`; of the constructor, if that is empty.
    pub fn new(function: &str, values: Map<String, Value>, client: Query) -> Self {
        Self {
            function: function.to_owned(),
            values,
            client,
        }
    }

    /// The client of the session.
    pub fn client(&self) -> Query {
        self.client.clone()
    }

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
        let given = self.values.remove(name).or(default);
        reader
            .read(given, &self.client)
            .map_err(|source| ModuleError::Input {
                argument: name.to_owned(),
                function: self.function.clone(),
                source,
            })
    }

    /// The value of a private field in a constructor made of the fields.
    ///
    /// # Errors
    /// If its type has no default; registration has refused that before.
    pub fn private_field<T>(
        &mut self,
        name: &'static str,
        default: Option<T>,
    ) -> Result<T, ModuleError> {
        default.ok_or_else(|| ModuleError::Input {
            argument: name.to_owned(),
            function: self.function.clone(),
            source: ConversionError::Required,
        })
    }
}

/// Asks whether a type has a default without demanding one: `default_of!(T)` is an `Option<T>`.
#[doc(hidden)]
#[macro_export]
macro_rules! default_of {
    ($ty:ty) => {{
        use $crate::__private::{PerhapsDefault as _, PerhapsNone as _};
        (&$crate::__private::Probe::<$ty>::new()).perhaps()
    }};
}

/// Carries the type that [`default_of!`] asks about.
pub struct Probe<T>(std::marker::PhantomData<T>);

impl<T> Probe<T> {
    /// Asks about `T`.
    pub fn new() -> Self {
        Self(std::marker::PhantomData)
    }
}

impl<T> Default for Probe<T> {
    fn default() -> Self {
        Self::new()
    }
}

/// Method resolution finds this one first, where it applies.
pub trait PerhapsDefault<T> {
    /// The default, if there is one.
    fn perhaps(&self) -> Option<T>;
}

impl<T: Default> PerhapsDefault<T> for Probe<T> {
    fn perhaps(&self) -> Option<T> {
        Some(T::default())
    }
}

/// Method resolution falls back to this one.
pub trait PerhapsNone<T> {
    /// The default, if there is one.
    fn perhaps(&self) -> Option<T>;
}

impl<T> PerhapsNone<T> for &Probe<T> {
    fn perhaps(&self) -> Option<T> {
        None
    }
}
