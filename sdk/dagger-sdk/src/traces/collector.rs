//! The collector of spans, over HTTP on the machine's own network.

use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::handshake;
use hyper::header::{HOST, HeaderValue};
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use opentelemetry_http::{HttpClient, HttpError};
use std::pin::Pin;
use tokio::net::TcpStream;

const PORT: u16 = 80;

/// Sends from the thread that gathers spans: it has no runtime, and nothing else to do.
#[derive(Debug)]
pub struct Collector;

type Sending<'a> = Pin<Box<dyn Future<Output = Result<Response<Bytes>, HttpError>> + Send + 'a>>;

impl HttpClient for Collector {
    fn send_bytes<'a, 'b>(&'a self, request: Request<Bytes>) -> Sending<'b>
    where
        'a: 'b,
        Self: 'b,
    {
        Box::pin(std::future::ready(sent(request)))
    }
}

fn sent(request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()?;
    runtime.block_on(send(request))
}

async fn send(request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
    let mut request = request.map(Full::new);
    let uri = request.uri().clone();
    let host = uri.host().ok_or("the endpoint has no host")?;
    let stream = TcpStream::connect((host, uri.port_u16().unwrap_or(PORT))).await?;
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await?;
    tokio::spawn(async move { drop(connection.await) });
    if let Some(authority) = uri.authority() {
        let value = HeaderValue::from_str(authority.as_str())?;
        request.headers_mut().insert(HOST, value);
    }
    // A server is asked for a path, not for the whole address.
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    *request.uri_mut() = path.parse()?;
    let (parts, body) = sender.send_request(request).await?.into_parts();
    Ok(Response::from_parts(
        parts,
        body.collect().await?.to_bytes(),
    ))
}
