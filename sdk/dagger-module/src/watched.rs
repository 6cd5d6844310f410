//! A client that remembers its last error.
//!
//! `dagger-sdk` unwraps the ID of an object that is passed as an argument, so the engine's refusal
//! of that object reaches a function as a panic, with the engine's words lost in debug text.

use async_trait::async_trait;
use dagger_sdk::core::graphql_client::{DynGraphQLClient, GraphQLClient, GraphQLError};
use dagger_sdk::errors::DaggerError;
use serde_json::Value;
use std::sync::{Arc, Mutex, PoisonError};

pub struct Watched {
    inner: DynGraphQLClient,
    last_error: Mutex<Option<GraphQLError>>,
}

/// How `Result::unwrap` begins its panic when the error is a failed query.
const UNWRAPPED_QUERY: &str = "called `Result::unwrap()` on an `Err` value: Query(";

/// Gives up on a chain whose argument the engine refused, in the way of `dagger-sdk`: a literal is
/// wanted, and there is none.
pub fn refuse(error: &DaggerError) -> ! {
    panic!("called `Result::unwrap()` on an `Err` value: {error:?}")
}

impl Watched {
    pub fn new(inner: DynGraphQLClient) -> Arc<Self> {
        Arc::new(Self {
            inner,
            last_error: Mutex::new(None),
        })
    }

    /// The engine's error behind a panic, if the panic came of one.
    pub fn behind(&self, panic: &str) -> Option<DaggerError> {
        if !panic.starts_with(UNWRAPPED_QUERY) {
            return None;
        }
        let mut last = self
            .last_error
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        last.take().map(DaggerError::Query)
    }
}

#[async_trait]
impl GraphQLClient for Watched {
    async fn query(&self, query: &str) -> Result<Option<Value>, GraphQLError> {
        let answer = self.inner.query(query).await;
        if let Err(error) = &answer {
            let copy = match error {
                GraphQLError::HttpError(message) => GraphQLError::HttpError(message.clone()),
                GraphQLError::DomainError { message, fields } => GraphQLError::DomainError {
                    message: message.clone(),
                    fields: fields.clone(),
                },
            };
            *self
                .last_error
                .lock()
                .unwrap_or_else(PoisonError::into_inner) = Some(copy);
        }
        answer
    }
}
