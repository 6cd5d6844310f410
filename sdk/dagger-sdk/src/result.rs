//! The one error type, and the result that has it.

/// The error of the client and of functions: anything that is an error becomes one by `?`.
pub use eyre::Report as Error;

/// The result of a function, or of a leaf of the client.
pub type Result<T, E = Error> = std::result::Result<T, E>;
