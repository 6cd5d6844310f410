//! Writes the client through which a Dagger module calls the API: Dagger's own, and the modules that
//! it depends on.
//!
//! The engine describes its whole API, dependencies included, as introspection JSON. Every type of it
//! becomes Rust in one file, which is the module `client` of `dagger-sdk`. The same JSON always gives
//! the same text, whatever the order of its parts.
//!
//! ```
//! let introspection = r#"{"__schema": {"types": [
//!   {"kind": "OBJECT", "name": "Query", "fields": [
//!     {"name": "greeter", "type": {"kind": "NON_NULL", "ofType": {"kind": "OBJECT", "name": "Greeter"}}}]},
//!   {"kind": "OBJECT", "name": "Greeter", "fields": [
//!     {"name": "greet", "type": {"kind": "SCALAR", "name": "String"}}]}]}}"#;
//! let code = dagger_sdk_codegen::generate(introspection)?;
//! assert!(code.contains("pub fn greeter(&self) -> Greeter"));
//! assert!(code.contains("pub async fn greet(&self) -> Result<Option<String>>"));
//! # Ok::<(), dagger_sdk_codegen::Error>(())
//! ```

mod api;
mod docs;
mod introspection;
mod names;
mod render;
pub mod template;
mod types;

use api::Api;
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

/// The client for the API in `introspection`, the JSON that an engine gives.
///
/// # Errors
/// If the JSON can't be read, or the API has what the generated code can't express.
pub fn generate(introspection: &str) -> Result<String, Error> {
    let introspection: Introspection = serde_json::from_str(introspection)?;
    render::file(&mut Api::of(&introspection)?)
}
