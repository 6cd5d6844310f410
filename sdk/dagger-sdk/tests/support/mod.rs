//! An engine's side of the wire: a small HTTP server on loopback, answering through a recorder.

// Each test binary uses a part of it.
#![allow(dead_code)]

use dagger_sdk::testing::Recorder;
use dagger_sdk::{EngineError, Session as _};
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
        let recorder = Recorder::new();
        recorder.answer("currentFunctionCall", call);
        let answering = recorder.clone();
        Self::answering(recorder, move |query| {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .build()
                .unwrap();
            body(runtime.block_on(answering.ask(query.to_owned())))
        })
    }

    /// Serves what `answer` says to a query.
    pub fn answering(
        recorder: Recorder,
        answer: impl Fn(&str) -> Value + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let answer = Arc::new(answer);
        let requests = Arc::new(Mutex::new(Vec::new()));
        let recording = requests.clone();
        std::thread::spawn(move || {
            for (connection, stream) in listener.incoming().enumerate() {
                let (answer, recording) = (answer.clone(), recording.clone());
                // Answers to long chains are deep.
                let deep = std::thread::Builder::new().stack_size(1 << 28);
                deep.spawn(move || serve(stream.unwrap(), connection, &*answer, &recording))
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
    answer: &dyn Fn(&str) -> Value,
    requests: &Mutex<Vec<Request>>,
) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut writer = stream;
    while let Some(request) = read(&mut reader, connection) {
        requests.lock().unwrap().push(request.clone());
        let body = answer(&request.query).to_string();
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
fn body(answer: Result<Value, EngineError>) -> Value {
    let error = match answer {
        Ok(data) => return json!({"data": data}),
        Err(error) => error,
    };
    let extensions = match error.exec() {
        Some(exec) => json!({
            "_type": "EXEC_ERROR", "cmd": exec.command, "exitCode": exec.exit_code,
            "stderr": exec.stderr, "stdout": exec.stdout,
        }),
        None => json!({"another": "kind"}),
    };
    json!({"data": null, "errors": [
        {"message": error.to_string(), "path": ["container"], "extensions": extensions},
    ]})
}
