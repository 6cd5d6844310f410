//! What is known of elsewhere, asked for once a session.

use std::sync::Arc;

use crate::fetch::remote::Remote;
use crate::sync::Memo;

/// What is known of elsewhere.
#[derive(Default)]
pub struct Fetched {
    /// The names of repositories, by their addresses.
    pub remotes: Memo<Arc<Remote>>,
}
