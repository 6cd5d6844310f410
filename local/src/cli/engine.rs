//! The part of a session that the command line uses. Behind a trait, so that
//! its tests need neither Podman nor a module.

use std::future::Future;
use std::path::PathBuf;

use serde_json::Value;

use crate::{Error, Invocation, Session};

/// Answers queries on the core API and calls of the module.
pub trait Engine {
    /// Runs a GraphQL query and gives its `data`.
    fn query(&self, text: &str) -> impl Future<Output = Result<Value, Error>>;

    /// Calls a function of the module.
    fn invoke(&self, call: Invocation) -> impl Future<Output = Result<Value, Error>>;
}

/// A session with the module's binary.
pub struct SessionEngine<'a> {
    pub session: &'a Session,
    pub binary: PathBuf,
}

impl Engine for SessionEngine<'_> {
    async fn query(&self, text: &str) -> Result<Value, Error> {
        self.session.query(text).await
    }

    async fn invoke(&self, call: Invocation) -> Result<Value, Error> {
        self.session.invoke(&self.binary, call).await
    }
}
