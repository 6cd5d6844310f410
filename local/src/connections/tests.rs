use super::*;
use std::net::SocketAddr;

use base64::Engine as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::http::{Guest, Server};
use crate::schema::{self, Answer, Asked, Resolve};

struct Version;
impl Resolve for Version {
    fn resolve(&self, _asked: Asked) -> Result<Answer, crate::Error> {
        Ok(Answer::Value("v1".into()))
    }
}

/// A server that knows one token, and its address.
async fn server(patience: Duration) -> SocketAddr {
    let server = Arc::new(Server::default());
    let guest = Guest {
        view: Arc::new(schema::build(schema::SDL).unwrap()),
        resolver: Arc::new(Version),
    };
    server.admit("token", guest);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(server.serve(listener, patience));
    address
}

fn head(token: &str, length: usize) -> String {
    let token = base64::engine::general_purpose::STANDARD.encode(format!("{token}:"));
    format!(
        "POST /query HTTP/1.1\r\nHost: x\r\nAuthorization: Basic {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n"
    )
}

async fn ask(stream: &mut TcpStream, token: &str, body: &str) -> String {
    let request = format!("{}\r\n{body}", head(token, body.len()));
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = vec![0; 1000];
    let read = stream.read(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer[..read]).into_owned()
}

/// Whether the other side has ended a connection.
async fn is_ended(stream: &mut TcpStream) -> bool {
    let mut answer = Vec::new();
    let end = stream.read_to_end(&mut answer);
    tokio::time::timeout(Duration::from_millis(5), end)
        .await
        .is_ok()
}

const VERSION: &str = r#"{"query":"{version}"}"#;

#[tokio::test]
async fn half_open_requests_of_strangers_keep_nobody_out() {
    let address = server(PATIENCE).await;
    let mut early = TcpStream::connect(address).await.unwrap();
    assert!(ask(&mut early, "token", VERSION).await.contains("v1"));
    let mut strangers = Vec::new();
    for number in 0..3 * WAITING {
        let mut stream = TcpStream::connect(address).await.unwrap();
        // Some say nothing, some begin a head, some end it and stop there.
        let text = match number % 3 {
            0 => String::new(),
            1 => head("guess", 10),
            _ => format!("{}\r\n{{", head("guess", 1 << 30)),
        };
        stream.write_all(text.as_bytes()).await.unwrap();
        strangers.push(stream);
    }
    let mut late = TcpStream::connect(address).await.unwrap();
    for stream in [&mut late, &mut early] {
        assert!(ask(stream, "token", VERSION).await.contains("v1"));
    }
    let mut open = 0;
    for stream in &mut strangers {
        let silent_or_begun = !is_ended(stream).await;
        open += usize::from(silent_or_begun);
    }
    assert!(open <= WAITING, "{open}");
}

#[tokio::test]
async fn a_wrong_token_is_refused_before_the_body_is_sent() {
    let address = server(PATIENCE).await;
    for token in ["guess", ""] {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let head = format!("{}\r\n", head(token, 1 << 40));
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut answer = String::new();
        let read = stream.read_to_string(&mut answer);
        let read = tokio::time::timeout(Duration::from_secs(5), read).await;
        read.expect("the connection ends").unwrap();
        assert!(answer.starts_with("HTTP/1.1 401 "), "{answer}");
    }
}

#[tokio::test]
async fn a_connection_without_the_token_ends_in_time_and_one_with_it_stays() {
    let patience = Duration::from_millis(500);
    let address = server(patience).await;
    let mut known = TcpStream::connect(address).await.unwrap();
    assert!(ask(&mut known, "token", VERSION).await.contains("v1"));
    let mut silent = TcpStream::connect(address).await.unwrap();
    let begun = b"POST /query HTTP/1.1\r\nHo";
    silent.write_all(begun).await.unwrap();
    let mut byte = [0];
    let end = tokio::time::timeout(20 * patience, silent.read(&mut byte));
    assert!(matches!(end.await, Ok(Ok(0) | Err(_))));
    tokio::time::sleep(patience).await;
    assert!(ask(&mut known, "token", VERSION).await.contains("v1"));
}

#[tokio::test]
async fn a_query_of_several_mebibytes_is_taken() {
    let address = server(PATIENCE).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let text = "0123456789abcdef".repeat(5 << 16);
    let query = serde_json::json!({"query": "{version}", "variables": {"v": text}}).to_string();
    assert!(ask(&mut stream, "token", &query).await.contains("v1"));
}
