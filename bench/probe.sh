#!/usr/bin/env bash
# probe.sh ROOT FOLDER: writes a program that registers modules of 10, 100 and 1000 functions and
# this project's own, and starts a module's process. It prints lines of name and seconds.
set -euo pipefail
root=$1 folder=$2
sizes=(10 100 1000)

mkdir -p "$folder/src"
cp "$root/Cargo.lock" "$folder/Cargo.lock"
cat >"$folder/Cargo.toml" <<END
[package]
name = "dind-probe"
version = "0.0.0"
edition = "2024"
publish = false

[workspace]

[profile.dev]
debug = false

[dependencies]
dagger-sdk = { path = "$root/sdk/dagger-sdk", features = ["test-support"] }
dind = { path = "$root" }
serde_json = "1"
tokio = { version = "1", features = ["rt-multi-thread", "macros"] }
END

for size in "${sizes[@]}"; do
    {
        printf 'use dagger_sdk::prelude::*;\n\n/// A module of %s functions.\n' "$size"
        printf '#[object]\npub struct Module {\n    #[arg(default = "image")]\n    image: String,\n}\n\n'
        printf '#[functions]\nimpl Module {\n'
        for ((i = 1; i <= size; i++)); do
            printf '    /// Return container %s.\n    #[function]\n' "$i"
            printf '    pub fn function_%s(&self, dag: &Dag, #[arg(default = "a")] first: String, second: Option<Directory>) -> Container {\n' "$i"
            printf '        drop((first, second));\n        dag.container().from(&self.image)\n    }\n\n'
        done
        printf '}\n'
    } >"$folder/src/functions_$size.rs"
done

cat >"$folder/src/main.rs" <<'END'
mod engine;
mod functions_10;
mod functions_100;
mod functions_1000;

use std::io::Read;
use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use dagger_sdk::Object;
use dagger_sdk::testing;
use engine::Engine;

const RUNS: usize = 5;

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64()
}

/// From the question what to do to the answer with the module's ID.
async fn registration<T: Object>(name: &str) {
    let mut times = Vec::new();
    let mut requests = 0;
    for _ in 0..RUNS {
        let engine = Arc::new(Engine::default());
        let start = Instant::now();
        testing::serve::<T>(engine.clone()).await.expect("a module");
        times.push(start.elapsed());
        // The question and the answer are part of every call.
        requests = engine.requests() - 2;
    }
    println!("registration of {name} functions, {requests} requests\t{:.6}", median(times));
}

/// From the start of the process to its first request.
fn start(module: &str) {
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let start = Instant::now();
        let mut process = Command::new(module)
            .env("DAGGER_SESSION_PORT", port.to_string())
            .env("DAGGER_SESSION_TOKEN", "token")
            .stderr(Stdio::null())
            .spawn()
            .expect("the module starts");
        let (mut connection, _) = listener.accept().expect("a connection");
        connection.read_exact(&mut [0]).expect("a request");
        times.push(start.elapsed());
        process.kill().expect("the module ends");
        process.wait().expect("the module has ended");
    }
    println!("start of the module up to its first request\t{:.6}", median(times));
}

#[tokio::main]
async fn main() {
    registration::<functions_10::Module>("10").await;
    registration::<functions_100::Module>("100").await;
    registration::<functions_1000::Module>("1000").await;
    registration::<dind::Dind>("dind's").await;
    start(&std::env::args().nth(1).expect("the module's binary"));
}
END

cat >"$folder/src/engine.rs" <<'END'
//! Answers a registration at once: every leaf is a text, the call is a registration.

use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};

use dagger_sdk::{EngineError, Session};
use serde_json::{Map, Value, json};

#[derive(Default)]
pub struct Engine(AtomicUsize);

impl Engine {
    pub fn requests(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

impl Session for Engine {
    fn ask(&self, query: String) -> Pin<Box<dyn Future<Output = Result<Value, EngineError>> + Send + '_>> {
        self.0.fetch_add(1, Ordering::Relaxed);
        let start = query.find('{').expect("a selection") + 1;
        let mut reader = Reader { text: query.as_bytes(), at: start };
        let answer = reader.selection();
        Box::pin(std::future::ready(Ok(answer)))
    }
}

struct Reader<'a> {
    text: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn peek(&mut self) -> u8 {
        while self.text[self.at].is_ascii_whitespace() || self.text[self.at] == b',' {
            self.at += 1;
        }
        self.text[self.at]
    }

    fn word(&mut self) -> String {
        self.peek();
        let start = self.at;
        while self.text[self.at].is_ascii_alphanumeric() || self.text[self.at] == b'_' {
            self.at += 1;
        }
        assert!(self.at > start, "a name in {}", String::from_utf8_lossy(&self.text[start..]));
        String::from_utf8_lossy(&self.text[start..self.at]).into_owned()
    }

    fn arguments(&mut self) {
        let mut quoted = false;
        loop {
            match self.text[self.at] {
                b'\\' if quoted => self.at += 1,
                b'"' => quoted = !quoted,
                b')' if !quoted => break,
                _ => {}
            }
            self.at += 1;
        }
        self.at += 1;
    }

    fn selection(&mut self) -> Value {
        let mut fields = Map::new();
        while self.peek() != b'}' {
            let key = self.word();
            let mut name = key.clone();
            if self.peek() == b':' {
                self.at += 1;
                name = self.word();
            }
            if self.peek() == b'(' {
                self.arguments();
            }
            let mut value = Value::from("id");
            if self.peek() == b'{' {
                self.at += 1;
                value = self.selection();
            }
            if name == "currentFunctionCall" && value.is_object() && key == name {
                value = json!({"name": "", "parentName": "", "parent": "null", "inputArgs": []});
            }
            fields.insert(key, value);
        }
        self.at += 1;
        Value::Object(fields)
    }
}
END
