//! An engine's side of the wire: a small HTTP server on loopback, answering through a recorder.

// Each test binary uses a part of it.
#![allow(dead_code)]

use dagger_module::dagger_sdk::core::graphql_client::{GraphQLClient, GraphQLError};
use dagger_module::testing::Recorder;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A request as it came in.
#[derive(Clone, Debug)]
pub struct Request {
    pub connection: usize,
    pub line: String,
    /// Names in small letters.
    pub headers: HashMap<String, String>,
    pub query: String,
}

pub struct Engine {
    pub port: u16,
    pub recorder: Recorder,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Engine {
    /// Serves until the process ends; `call` is what `currentFunctionCall` answers.
    pub fn start(call: Value) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let recorder = Recorder::new();
        recorder.answer("currentFunctionCall", call);
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (answering, recording) = (recorder.clone(), requests.clone());
        std::thread::spawn(move || {
            for (connection, stream) in listener.incoming().enumerate() {
                let (answering, recording) = (answering.clone(), recording.clone());
                // Answers to long chains are deep.
                let deep = std::thread::Builder::new().stack_size(1 << 28);
                deep.spawn(move || serve(stream.unwrap(), connection, &answering, &recording))
                    .unwrap();
            }
        });
        Self {
            port,
            recorder,
            requests,
        }
    }

    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    /// The value that was returned, as JSON.
    pub fn returned(&self) -> Option<Value> {
        let requests = self.requests();
        let query = &requests
            .iter()
            .find(|request| request.query.contains("{returnValue("))?
            .query;
        let literal = query
            .split("returnValue(value:")
            .nth(1)?
            .strip_suffix(")}}")?;
        let text: String = serde_json::from_str(literal).unwrap();
        Some(serde_json::from_str(&text).unwrap())
    }

    /// The graph of the error that was returned.
    pub fn error(&self) -> Option<String> {
        let requests = self.requests();
        let query = &requests
            .iter()
            .find(|request| request.query.contains("{returnError("))?
            .query;
        let id = query.split('"').nth(1)?;
        Some(self.recorder.graph(id))
    }
}

/// One connection, as long as it is kept.
fn serve(
    stream: TcpStream,
    connection: usize,
    recorder: &Recorder,
    requests: &Mutex<Vec<Request>>,
) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut writer = stream;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    while let Some(request) = read(&mut reader, connection) {
        requests.lock().unwrap().push(request.clone());
        let answer = runtime.block_on(GraphQLClient::query(recorder, &request.query));
        let body = body(answer).to_string();
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        if writer
            .write_all(format!("{head}{body}").as_bytes())
            .is_err()
        {
            return;
        }
    }
}

fn read(reader: &mut BufReader<TcpStream>, connection: usize) -> Option<Request> {
    let mut line = String::new();
    if reader.read_line(&mut line).ok()? == 0 {
        return None;
    }
    let mut headers = HashMap::new();
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        let Some((name, value)) = header.trim().split_once(':') else {
            break;
        };
        headers.insert(name.to_lowercase(), value.trim().to_owned());
    }
    let length = headers.get("content-length")?.parse().ok()?;
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let body: Value = serde_json::from_slice(&body).unwrap();
    Some(Request {
        connection,
        line: line.trim().to_owned(),
        headers,
        query: body["query"].as_str().unwrap().to_owned(),
    })
}

/// An answer in the engine's words. What it adds to an error beyond the message depends on the kind.
fn body(answer: Result<Option<Value>, GraphQLError>) -> Value {
    use dagger_module::dagger_sdk::core::gql_client::GraphQlExtension;
    match answer {
        Ok(data) => json!({"data": data}),
        Err(GraphQLError::HttpError(message)) => panic!("{message}"),
        Err(GraphQLError::DomainError { message, fields }) => {
            let extensions = fields.iter().find_map(|field| match field.extensions.as_ref()? {
                GraphQlExtension::ExecError { cmd, exit_code, stderr, stdout } => Some(json!({
                    "_type": "EXEC_ERROR", "cmd": cmd, "exitCode": exit_code, "stderr": stderr, "stdout": stdout,
                })),
                GraphQlExtension::Other => None,
            });
            let extensions = extensions.unwrap_or_else(|| json!({"another": "kind"}));
            json!({"data": null, "errors": [{"message": message, "path": ["container"], "extensions": extensions}]})
        }
    }
}
