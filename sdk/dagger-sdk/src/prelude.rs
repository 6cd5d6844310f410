//! What a module needs: `use dagger_sdk::prelude::*;`.

pub use crate::interface;
pub use crate::object;
pub use crate::{Enumeration, Itself, Object};
/// The result of a function, its error, and what is said about an error.
///
/// ```
/// use dagger_sdk::prelude::*;
///
/// fn half(number: i64) -> Result<i64> {
///     ensure!(number % 2 == 0, "{number} is odd");
///     Ok(number / 2)
/// }
///
/// let error = half(3).context("no half").unwrap_err();
/// assert_eq!(error.to_string(), "no half");
/// assert!(error.exec_failure().is_none());
/// ```
pub use crate::{Error, ErrorExt, Result};
pub use crate::{arg, field};
pub use crate::{enumeration, member};
pub use crate::{function, functions};
pub use eyre::{ContextCompat as _, WrapErr as _, bail, ensure};

/// Several calls at once: each argument is a future, and all run side by side.
///
/// ```
/// use dagger_sdk::prelude::*;
///
/// async fn both(one: &Container, other: &Container) -> Result<String> {
///     let (one, other) = try_join!(one.stdout(), other.stdout())?;
///     Ok(one + &other)
/// }
/// ```
pub use tokio::{join, try_join};

pub use crate::Id;
/// The client, by the name that the API has for it.
pub use crate::client::Dag as Query;
/// The client of Dagger's API: its root, its objects, enums, scalars and optional arguments.
pub use crate::client::*;
