//! Reads queries, of any depth and length that a module may send, and refuses
//! those that would cost the session more than an answer is worth.

mod deep;
mod limits;
mod long;
mod selections;
mod tokens;

pub use selections::roots;

use async_graphql::ServerError;
use async_graphql::parser::types::ExecutableDocument;

/// The document of a query.
///
/// # Errors
/// What the parser says, or the limit that the query goes beyond.
pub fn parse(query: &str) -> Result<ExecutableDocument, ServerError> {
    limits::check_text(query)?;
    let document = document(query)?;
    limits::check_document(&document)?;
    Ok(document)
}

fn document(query: &str) -> Result<ExecutableDocument, ServerError> {
    if let Some(lifted) = long::lift(query) {
        let mut document = deep::parse(&lifted.query)?;
        if lifted.put_back(&mut document) {
            return Ok(document);
        }
    }
    Ok(deep::parse(query)?)
}
