//! Questions about types that demand nothing of them.

/// Asks for a value as an argument without demanding that it can be one.
#[doc(hidden)]
#[macro_export]
macro_rules! given_of {
    ($value:expr) => {{
        use $crate::__private::{NeverGiven as _, PerhapsGiven as _};
        (&$crate::__private::ValueProbe($value)).perhaps_given()
    }};
}

/// Carries a type whose default is asked for: `Probe::<T>::DEFAULT`, with [`NoDefault`] at hand.
pub struct Probe<T>(std::marker::PhantomData<T>);

impl<T: Default> Probe<T> {
    /// The default.
    pub const DEFAULT: Option<fn() -> T> = Some(T::default);
}

/// What a type without a default has; the constant of one with it comes first.
pub trait NoDefault<T> {
    /// The default, if there is one.
    const DEFAULT: Option<fn() -> T> = None;
}

impl<T> NoDefault<T> for Probe<T> {}
