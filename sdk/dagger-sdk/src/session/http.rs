//! Queries over HTTP on loopback, through connections that are kept.
//!
//! There is no time limit: a query lasts as long as the work that it asks for.

use super::answer::{self, EngineError};
use super::ask::{Sent, Session};
use crate::traces::traceparent;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HOST, HeaderName, HeaderValue};
use hyper::{Request, Response, StatusCode, body::Incoming};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use std::net::{Ipv4Addr, SocketAddrV4};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::net::TcpStream;

type Connection = SendRequest<Full<Bytes>>;

/// A header's value.
#[derive(Clone)]
pub struct Header(HeaderValue);

impl Header {
    /// A text; nothing, if it can't be a header.
    pub fn plain(text: &str) -> Option<Self> {
        HeaderValue::from_str(text).ok().map(Self)
    }

    /// The token as a user without a password; debug output leaves it out.
    pub fn basic(token: &str) -> Option<Self> {
        // What base64 would hide is no token that a session gives.
        HeaderValue::from_str(token).ok()?;
        let mut header = Self::plain(&format!("Basic {}", STANDARD.encode(format!("{token}:"))))?;
        header.0.set_sensitive(true);
        Some(header)
    }
}

/// A session behind a port of this machine.
pub struct Http {
    address: SocketAddrV4,
    headers: Vec<(HeaderName, HeaderValue)>,
    /// Connections that nobody waits on; each query takes one or opens another.
    idle: Mutex<Vec<Connection>>,
}

impl Http {
    pub fn new(port: u16, authorization: Header, trace: Option<Header>) -> Self {
        let address = SocketAddrV4::new(Ipv4Addr::LOCALHOST, port);
        let json = HeaderValue::from_static("application/json");
        let mut headers = vec![(AUTHORIZATION, authorization.0), (CONTENT_TYPE, json)];
        headers.extend(HeaderValue::try_from(address.to_string()).map(|host| (HOST, host)));
        headers.extend(trace.map(|trace| (HeaderName::from_static("traceparent"), trace.0)));
        Self {
            address,
            headers,
            idle: Mutex::default(),
        }
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn request(&self, body: Bytes) -> Result<Request<Full<Bytes>>, EngineError> {
        let request = Request::post("/query").body(Full::new(body));
        let mut request = request.map_err(unreachable)?;
        request.headers_mut().extend(self.headers.iter().cloned());
        if let Some(Header(within)) = traceparent().as_deref().and_then(Header::plain) {
            request.headers_mut().insert("traceparent", within);
        }
        Ok(request)
    }

    async fn dial(&self) -> Result<Connection, EngineError> {
        let stream = TcpStream::connect(self.address)
            .await
            .map_err(unreachable)?;
        // A query is one write; waiting for more to send would only delay it.
        stream.set_nodelay(true).map_err(unreachable)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await.map_err(unreachable)?;
        // Its end is seen by whoever sends next.
        tokio::spawn(async move { drop(connection.await) });
        Ok(sender)
    }

    /// Sends over a kept connection, or a new one where none is left that is still open.
    async fn send(&self, body: Bytes) -> Result<(Connection, Response<Incoming>), EngineError> {
        let mut request = self.request(body)?;
        loop {
            let kept = self.idle().pop();
            let is_kept = kept.is_some();
            let mut connection = match kept {
                Some(kept) => kept,
                None => self.dial().await?,
            };
            match connection.try_send_request(request).await {
                Ok(response) => return Ok((connection, response)),
                Err(mut failed) => match failed.take_message() {
                    // The session had closed the connection before anything was written to it.
                    Some(unsent) if is_kept => request = unsent,
                    _ => return Err(unreachable(failed.into_error())),
                },
            }
        }
    }

    async fn asked(&self, query: String) -> Result<Value, EngineError> {
        // A query can be large: it is copied as little as can be.
        let body = format!(
            "{{\"query\":{}}}",
            serde_json::to_string(&query).map_err(unreachable)?
        );
        drop(query);
        let (mut connection, response) = self.send(body.into()).await?;
        let status = response.status();
        let body = response.into_body().collect().await.map_err(unreachable)?;
        let text = body.to_bytes();
        if connection.ready().await.is_ok() {
            self.idle().push(connection);
        }
        answer::data(&text).unwrap_or_else(|| Err(no_json(status, &text)))
    }
}

impl Session for Http {
    fn ask(&self, query: String) -> Sent<'_, Result<Value, EngineError>> {
        Box::pin(self.asked(query))
    }
}

fn no_json(status: StatusCode, text: &[u8]) -> EngineError {
    let text = String::from_utf8_lossy(text);
    EngineError::new(if status.is_success() {
        "the session's answer is no JSON".into()
    } else {
        format!("the session answered {status}: {}", text.trim())
    })
}

/// The innermost cause says what happened; what lies around it are names of layers.
fn unreachable(error: impl std::error::Error + 'static) -> EngineError {
    let causes = std::iter::successors(Some(&error as &dyn std::error::Error), |e| e.source());
    let cause = causes.last().map(ToString::to_string).unwrap_or_default();
    EngineError::new(format!("the session can't be reached: {cause}"))
}
