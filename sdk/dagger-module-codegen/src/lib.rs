//! Writes the Rust through which a module calls the functions of the modules that it depends on.
//!
//! The engine describes its whole API, dependencies included, as introspection JSON. What is not
//! Dagger's own becomes a struct with a method for each function, in the manner of `dagger-sdk`.
//! The same JSON always gives the same text, whatever the order of its parts.
//!
//! ```
//! let introspection = r#"{"__schema": {"types": [
//!   {"kind": "OBJECT", "name": "Query", "fields": [
//!     {"name": "greeter", "args": [], "type": {"kind": "OBJECT", "name": "Greeter"}}]},
//!   {"kind": "OBJECT", "name": "Greeter", "fields": [
//!     {"name": "greet", "args": [], "type": {"kind": "SCALAR", "name": "String"}}]}]}}"#;
//! let code = dagger_module_codegen::generate(introspection)?;
//! assert!(code.contains("pub async fn greet(&self)"));
//! # Ok::<(), dagger_module_codegen::Error>(())
//! ```

mod core_names;
mod dependencies;
mod introspection;
mod names;
mod render;
mod types;

use introspection::Introspection;

/// Why no code could be written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The text is no introspection JSON.
    #[error("the introspection JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// The API has no root.
    #[error("the introspection JSON has no type `Query`")]
    NoQuery,
    /// A part of the API has no counterpart in Rust.
    #[error("{place}: {what}")]
    Unsupported {
        /// The type and field.
        place: String,
        /// What is the matter with it.
        what: String,
    },
}

/// The Rust for the dependencies in `introspection`, the JSON that an engine gives.
///
/// # Errors
/// If the JSON can't be read, or a dependency uses what the generated code can't express.
pub fn generate(introspection: &str) -> Result<String, Error> {
    let Introspection { schema } = serde_json::from_str(introspection)?;
    let dependencies = dependencies::Dependencies::of(&schema)?;
    render::file(&dependencies)
}
