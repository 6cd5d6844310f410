//! The session's endpoint on the loopback: the same that a Dagger engine gives
//! to a module's process.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_graphql::dynamic::Schema;
use async_graphql::{Pos, Response};
use base64::Engine as _;
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderMap, HeaderValue};
use hyper::service::service_fn;
use hyper::{Method, Request, StatusCode};
use hyper_util::rt::TokioIo;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::connections::{Connection, Door, Pass};
use crate::schema::Resolve;
use crate::sync::locked;
use crate::{Error, query};

/// The longest query, in bytes: a file's contents are part of one. It is held
/// in memory some four times while it is read.
const LONGEST: usize = 512 << 20;

/// Where queries are sent, as on an engine.
const PATH: &str = "/query";

/// Where a module's process reaches the session.
#[derive(Clone)]
pub struct Endpoint {
    /// The port on 127.0.0.1.
    pub port: u16,
    /// The user name of basic authentication; the password is empty.
    pub token: String,
}

impl std::fmt::Debug for Endpoint {
    /// Without the token, which lets anybody in.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Endpoint")
            .field("port", &self.port)
            .finish_non_exhaustive()
    }
}

/// What somebody sees of the API.
pub trait View: Send + Sync + 'static {
    /// The schema for a query that starts at these fields of `Query`.
    ///
    /// # Errors
    /// Types that do not hold together.
    fn schema(&self, roots: &[&str]) -> Result<Schema, Error>;
}

impl View for Schema {
    fn schema(&self, _roots: &[&str]) -> Result<Schema, Error> {
        Ok(self.clone())
    }
}

/// Who may ask: what they see, and what answers them.
#[derive(Clone)]
pub struct Guest {
    pub view: Arc<dyn View>,
    pub resolver: Arc<dyn Resolve>,
}

impl Guest {
    /// Runs a query.
    pub async fn execute(&self, query: Query) -> Response {
        let document = match query::parse(&query.query) {
            Ok(document) => document,
            Err(error) => return Response::from_errors(vec![error]),
        };
        let schema = match self.view.schema(&query::roots(&document)) {
            Ok(schema) => schema,
            Err(error) => {
                let error = async_graphql::Error::new_with_source(error);
                return Response::from_errors(vec![error.into_server_error(Pos::default())]);
            }
        };
        let mut request = async_graphql::Request::new(query.query).data(self.resolver.clone());
        request.set_parsed_query(document);
        if let Some(variables) = query.variables {
            request = request.variables(async_graphql::Variables::from_json(variables));
        }
        if let Some(name) = query.operation_name {
            request = request.operation_name(name);
        }
        schema.execute(request).await
    }
}

/// Answers queries of those who may ask; at first that is nobody.
#[derive(Default)]
pub struct Server {
    guests: Mutex<HashMap<String, Guest>>,
}

impl Server {
    /// Lets whoever knows the token ask.
    pub fn admit(&self, token: &str, guest: Guest) {
        locked(&self.guests).insert(token.to_owned(), guest);
    }

    /// Forgets a token.
    pub fn dismiss(&self, token: &str) {
        locked(&self.guests).remove(token);
    }

    /// Answers who comes, until this future is dropped; who comes shows the
    /// token before `patience` is over.
    pub async fn serve(self: Arc<Self>, listener: tokio::net::TcpListener, patience: Duration) {
        let mut door = Door::new(listener, patience);
        let mut connections = JoinSet::new();
        loop {
            let connection = door.accept().await;
            connections.spawn(self.clone().attend(connection));
            while connections.try_join_next().is_some() {}
        }
    }

    /// Answers the requests of one connection.
    async fn attend(self: Arc<Self>, connection: Connection) {
        let pass = connection.pass();
        let answering = service_fn(|request| {
            let (server, pass) = (self.clone(), pass.clone());
            async move { Ok::<_, Infallible>(server.answer(request, &pass).await) }
        });
        // What is wrong with a connection ends that one.
        let _ = hyper::server::conn::http1::Builder::new()
            .serve_connection(TokioIo::new(connection), answering)
            .await;
    }

    /// Lets nobody in without the token; nothing of a stranger's body is read.
    async fn answer(&self, request: Request<Incoming>, pass: &Pass) -> HttpResponse {
        let token = token(request.headers());
        let guest = token.and_then(|token| locked(&self.guests).get(&token).cloned());
        let Some(guest) = guest else {
            let mut refused = text(StatusCode::UNAUTHORIZED, "the session token is wrong");
            let close = HeaderValue::from_static("close");
            refused.headers_mut().insert(header::CONNECTION, close);
            return refused;
        };
        pass.admit();
        match (request.method(), request.uri().path()) {
            (&Method::POST, PATH) => answer(&guest, request.into_body()).await,
            (_, PATH) => text(StatusCode::METHOD_NOT_ALLOWED, "queries are sent by POST"),
            _ => text(
                StatusCode::NOT_FOUND,
                format!("the session answers at {PATH}"),
            ),
        }
    }
}

type HttpResponse = hyper::Response<Full<Bytes>>;

fn response(status: StatusCode, kind: &'static str, body: impl Into<Bytes>) -> HttpResponse {
    let mut response = HttpResponse::new(Full::new(body.into()));
    *response.status_mut() = status;
    let kind = HeaderValue::from_static(kind);
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

fn text(status: StatusCode, text: impl Into<Bytes>) -> HttpResponse {
    response(status, "text/plain; charset=utf-8", text)
}

/// A query as it comes over HTTP.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Query {
    pub query: String,
    #[serde(default)]
    pub variables: Option<Value>,
    #[serde(default)]
    pub operation_name: Option<String>,
}

async fn answer(guest: &Guest, body: Incoming) -> HttpResponse {
    let read = match Limited::new(body, LONGEST).collect().await {
        Ok(read) => read.to_bytes(),
        Err(error) if error.is::<LengthLimitError>() => {
            let limit = LONGEST >> 20;
            let refused =
                format!("the query is longer than the {limit} MiB that the local session takes");
            return text(StatusCode::PAYLOAD_TOO_LARGE, refused);
        }
        Err(error) => return text(StatusCode::BAD_REQUEST, error.to_string()),
    };
    let query = match serde_json::from_slice(&read) {
        Ok(query) => query,
        Err(error) => {
            return text(
                StatusCode::BAD_REQUEST,
                format!("this is no query: {error}"),
            );
        }
    };
    drop(read);
    let answer = self::body(&guest.execute(query).await).to_string();
    response(StatusCode::OK, "application/json", answer)
}

/// The user name of basic authentication.
fn token(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let bytes = base64::engine::general_purpose::STANDARD
        .decode(value.strip_prefix("Basic ")?.trim())
        .ok()?;
    let text = String::from_utf8(bytes).ok()?;
    Some(
        text.split_once(':')
            .map_or(text.as_str(), |(user, _)| user)
            .to_owned(),
    )
}

/// What kind of error a failed command's is, for engines and modules.
pub const EXEC_ERROR: &str = "EXEC_ERROR";

/// The answer as the engine writes it: a failed command's parts come along as
/// extensions of its error.
fn body(response: &Response) -> Value {
    let errors: Vec<_> = response
        .errors
        .iter()
        .map(|error| {
            let failure = error_of(error);
            let mut entry = json!({"message": failure.to_string()});
            if !error.path.is_empty() {
                entry["path"] = json!(error.path);
            }
            if let Error::Exec {
                command,
                exit_code,
                stdout,
                stderr,
                ..
            } = failure
            {
                entry["extensions"] = json!({
                    "_type": EXEC_ERROR, "cmd": command, "exitCode": exit_code,
                    "stdout": stdout, "stderr": stderr,
                });
            }
            entry
        })
        .collect();
    let data = response.data.clone().into_json().unwrap_or(Value::Null);
    match errors.is_empty() {
        true => json!({"data": data}),
        false => json!({"data": data, "errors": errors}),
    }
}

/// The session's error behind one of GraphQL's.
pub fn error_of(error: &async_graphql::ServerError) -> Error {
    if let Some(error) = error.source::<Error>() {
        return error.clone();
    }
    unserved(&error.message).unwrap_or_else(|| Error::Query {
        message: error.message.clone(),
    })
}

/// `Unknown field "x" on type "Y"` says that `Y.x` is not served.
fn unserved(message: &str) -> Option<Error> {
    let quoted: Vec<_> = message.split('"').collect();
    match quoted.as_slice() {
        ["Unknown field ", field, " on type ", ty, ..] => Some(Error::Unserved {
            field: format!("{ty}.{field}"),
        }),
        [
            "Unknown argument ",
            argument,
            " on field ",
            field,
            " of type ",
            ty,
            ..,
        ] => Some(Error::Unserved {
            field: format!("the argument {argument} of {ty}.{field}"),
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Answer, Asked};

    struct Nobody;
    impl Resolve for Nobody {
        fn resolve(&self, _asked: Asked) -> Result<Answer, Error> {
            Err(Error::exec(&["a".into()], 7, "o".into(), "e".into()))
        }
    }

    async fn ask(query: &str) -> Value {
        let guest = Guest {
            view: Arc::new(crate::schema::build(crate::schema::SDL).unwrap()),
            resolver: Arc::new(Nobody),
        };
        let query = Query {
            query: query.into(),
            variables: None,
            operation_name: None,
        };
        body(&guest.execute(query).await)
    }

    #[tokio::test]
    async fn a_field_that_is_not_served_is_named() {
        let answer = ask("{container{terminal{id}}}").await;
        assert_eq!(
            answer["errors"][0]["message"],
            "the local session does not serve Container.terminal"
        );
    }

    #[tokio::test]
    async fn a_query_that_does_not_parse_is_an_error() {
        let answer = ask("{version").await;
        assert!(answer["errors"][0]["message"].is_string(), "{answer}");
    }

    #[tokio::test]
    async fn a_failed_command_comes_with_its_parts() {
        let answer = ask("{version}").await;
        assert_eq!(answer["errors"][0]["extensions"]["exitCode"], 7);
        assert_eq!(answer["errors"][0]["extensions"]["stdout"], "o");
    }

    #[test]
    fn the_token_is_the_user_name() {
        let mut headers = HeaderMap::new();
        assert_eq!(token(&headers), None);
        headers.insert(header::AUTHORIZATION, "Basic dG9rZW46".parse().unwrap());
        assert_eq!(token(&headers).as_deref(), Some("token"));
    }
}
