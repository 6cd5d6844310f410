//! Futures of authors.

use std::future::Future;
use std::pin::Pin;

/// A future that stays on the thread that made it: authors' futures need not be `Send`.
pub type LocalFuture<T> = Pin<Box<dyn Future<Output = T>>>;
