//! What every session can do: answer a query.

use super::answer::EngineError;
use serde_json::Value;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// A future that may be waited for on any thread.
pub type Sent<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Something that answers queries: an engine behind HTTP, or a recorder in a test.
pub trait Session: Send + Sync {
    /// Sends a query in GraphQL; gives its `data`.
    ///
    /// # Errors
    /// The engine's, or that it can't be reached.
    fn ask(&self, query: String) -> Sent<'_, Result<Value, EngineError>>;
}

/// A session that many chains go through.
pub type SharedSession = Arc<dyn Session>;
