//! The session that started this process: where it listens, and the one client that talks to it.

use crate::error::LoadError;
use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use dagger_sdk::core::gql_client::GraphQLErrorMessage;
use dagger_sdk::core::graphql_client::{GraphQLClient, GraphQLError};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use serde::Deserialize;
use serde_json::Value;

const PORT: &str = "DAGGER_SESSION_PORT";
const TOKEN: &str = "DAGGER_SESSION_TOKEN";
const TRACEPARENT: &str = "TRACEPARENT";

/// What the environment says about the session.
#[derive(Debug, Clone)]
pub struct Session {
    port: u16,
    token: String,
    traceparent: Option<String>,
}

impl Session {
    /// Reads the session's variables through `variable`.
    ///
    /// # Errors
    /// If one is missing or can't be read.
    pub fn from_variables(
        variable: impl Fn(&'static str) -> Option<String>,
    ) -> Result<Self, LoadError> {
        let port = variable(PORT).ok_or(LoadError::NoSession(PORT))?;
        let token = variable(TOKEN).ok_or(LoadError::NoSession(TOKEN))?;
        Ok(Self {
            port: port.parse().map_err(|_| LoadError::BadVariable {
                name: PORT,
                value: port,
                expected: "expected a port, a number up to 65535",
            })?,
            token,
            traceparent: variable(TRACEPARENT).filter(|text| !text.is_empty()),
        })
    }

    /// The client of this session.
    ///
    /// # Errors
    /// If the token or the trace can't be a header, or the client can't be set up.
    pub fn client(&self) -> Result<SessionClient, LoadError> {
        let mut headers = HeaderMap::new();
        let credentials = STANDARD.encode(format!("{}:", self.token));
        let mut authorization = header(TOKEN, format!("Basic {credentials}"))?;
        authorization.set_sensitive(true);
        headers.insert(AUTHORIZATION, authorization);
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Some(traceparent) = &self.traceparent {
            headers.insert("traceparent", header(TRACEPARENT, traceparent.clone())?);
        }
        // No timeout: a query lasts as long as the work that it asks for. No proxy: it is loopback.
        let client = reqwest::Client::builder()
            .default_headers(headers)
            .no_proxy()
            .build()
            .map_err(LoadError::Client)?;
        Ok(SessionClient {
            client,
            endpoint: format!("http://127.0.0.1:{}/query", self.port),
        })
    }
}

fn header(name: &'static str, value: String) -> Result<HeaderValue, LoadError> {
    HeaderValue::from_str(&value).map_err(|_| LoadError::BadVariable {
        name,
        value: "…".into(),
        expected: "expected letters, digits and punctuation only",
    })
}

/// Sends queries over connections that it keeps.
///
/// `dagger-sdk`'s own client dials anew for every query and sends no `traceparent`.
#[derive(Debug)]
pub struct SessionClient {
    client: reqwest::Client,
    endpoint: String,
}

#[async_trait]
impl GraphQLClient for SessionClient {
    async fn query(&self, query: &str) -> Result<Option<Value>, GraphQLError> {
        let body = serde_json::json!({ "query": query }).to_string();
        let request = self.client.post(&self.endpoint).body(body);
        let response = request.send().await.map_err(unreachable)?;
        let status = response.status();
        let text = response.text().await.map_err(unreachable)?;
        match parse(&text) {
            Ok(answer) => answer.into_result(),
            Err(_) if !status.is_success() => Err(GraphQLError::HttpError(format!(
                "the session answered {status}: {}",
                text.trim()
            ))),
            Err(error) => Err(GraphQLError::HttpError(format!(
                "the session's answer is no JSON: {error}"
            ))),
        }
    }
}

fn unreachable(error: reqwest::Error) -> GraphQLError {
    let cause = std::iter::successors(Some(&error as &dyn std::error::Error), |error| {
        error.source()
    })
    .last()
    .map(ToString::to_string)
    .unwrap_or_default();
    GraphQLError::HttpError(format!("the session can't be reached: {cause}"))
}

/// Answers are as deep as the chain of calls that was asked, which has no limit.
fn parse(text: &str) -> serde_json::Result<GraphQLAnswer> {
    let mut reader = serde_json::Deserializer::from_str(text);
    reader.disable_recursion_limit();
    GraphQLAnswer::deserialize(&mut reader)
}

#[derive(Deserialize)]
struct GraphQLAnswer {
    data: Option<Value>,
    #[serde(default)]
    errors: Option<Vec<Value>>,
}

impl GraphQLAnswer {
    fn into_result(self) -> Result<Option<Value>, GraphQLError> {
        match self.errors {
            Some(errors) if !errors.is_empty() => {
                let fields: Vec<_> = errors.into_iter().map(error_message).collect();
                let message = fields.first().map(|first| first.message.clone());
                Err(GraphQLError::DomainError {
                    message: message.unwrap_or_default(),
                    fields,
                })
            }
            _ if self.data.is_none() => Err(GraphQLError::HttpError(
                "the session answered neither data nor errors".into(),
            )),
            _ => Ok(self.data),
        }
    }
}

/// Reads what it can: an extension of a kind that the SDK doesn't know must not hide the message.
fn error_message(error: Value) -> GraphQLErrorMessage {
    let part = |name: &str| error.get(name).cloned().unwrap_or_default();
    GraphQLErrorMessage {
        message: part("message").as_str().unwrap_or_default().to_owned(),
        locations: None,
        extensions: serde_json::from_value(part("extensions")).ok(),
        path: serde_json::from_value(part("path")).ok(),
    }
}
