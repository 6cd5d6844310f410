//! Questions about types that demand nothing of them.

/// Asks whether a type has a default without demanding one: `default_of!(T)` is an `Option<T>`.
#[doc(hidden)]
#[macro_export]
macro_rules! default_of {
    ($ty:ty) => {{
        use $crate::__private::{PerhapsDefault as _, PerhapsNone as _};
        (&$crate::__private::Probe::<$ty>::new()).perhaps()
    }};
}

/// Asks for a value as an argument without demanding that it can be one.
#[doc(hidden)]
#[macro_export]
macro_rules! given_of {
    ($value:expr) => {{
        use $crate::__private::{NeverGiven as _, PerhapsGiven as _};
        (&$crate::__private::ValueProbe($value)).perhaps_given()
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
