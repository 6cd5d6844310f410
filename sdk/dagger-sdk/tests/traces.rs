//! Spans and events of functions, as a collector on loopback gets them.
//!
//! The process is this test binary itself, run again with the variables that an engine gives.

mod support;

use dagger_sdk::prelude::*;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message as _;
use serde_json::json;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use support::Engine;

const AS_MODULE: &str = "DAGGER_TRACES_TEST_PROCESS";
const TRACE_ID: &str = "0af7651916cd43dd8448eb211c80319c";
const PARENT: &str = "b7ad6b7169203331";
/// The status of a span that failed, in OTLP.
const ERROR: i32 = 2;

#[object]
pub struct Traced {}

#[functions]
impl Traced {
    #[function]
    async fn works(&self, dag: &Dag) -> Result<String> {
        tracing::info!("before all");
        tracing::debug!("nobody asked for this");
        self.inner(&dag.container()).await
    }

    #[function]
    async fn fails(&self) -> Result<String> {
        self.refuses().await
    }

    #[function]
    fn panics(&self) -> String {
        panic!("out of ideas")
    }

    #[tracing::instrument(skip_all, fields(colour = "red"))]
    async fn inner(&self, base: &Container) -> Result<String> {
        tracing::warn!(answer = 42, "inside");
        base.stdout().await
    }

    #[tracing::instrument(skip_all, err)]
    async fn refuses(&self) -> Result<String> {
        bail!("not today")
    }
}

#[test]
#[ignore = "is the process that the other tests start"]
fn as_module() {
    if std::env::var_os(AS_MODULE).is_some() {
        let code = dagger_sdk::run::<Traced>();
        let success = std::process::ExitCode::SUCCESS;
        std::process::exit(i32::from(format!("{code:?}") != format!("{success:?}")));
    }
}

/// Takes what is posted to it.
struct Collector {
    port: u16,
    taken: Arc<Mutex<Vec<Span>>>,
}

impl Collector {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let taken = Arc::new(Mutex::new(Vec::new()));
        let taking = taken.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                take(stream.unwrap(), &taking);
            }
        });
        Self { port, taken }
    }

    fn spans(&self) -> Vec<Span> {
        self.taken.lock().unwrap().clone()
    }

    fn span(&self, name: &str) -> Span {
        let spans = self.spans();
        let found = spans.iter().find(|span| span.name == name);
        found
            .unwrap_or_else(|| panic!("no span {name}: {spans:#?}"))
            .clone()
    }
}

fn take(mut stream: TcpStream, taken: &Mutex<Vec<Span>>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        match line.trim() {
            "" => break,
            line => head.push(line.to_lowercase()),
        }
    }
    assert_eq!(head[0], "post /v1/traces http/1.1");
    assert!(
        head.contains(&"content-type: application/x-protobuf".into()),
        "{head:?}"
    );
    let length = head
        .iter()
        .find_map(|line| line.strip_prefix("content-length: "));
    let mut body = vec![0; length.unwrap().parse().unwrap()];
    reader.read_exact(&mut body).unwrap();
    let request = ExportTraceServiceRequest::decode(body.as_slice()).unwrap();
    let scopes = request
        .resource_spans
        .into_iter()
        .flat_map(|resource| resource.scope_spans);
    taken
        .lock()
        .unwrap()
        .extend(scopes.flat_map(|scope| scope.spans));
    stream
        .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
        .unwrap();
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn events(span: &Span) -> Vec<&str> {
    span.events
        .iter()
        .map(|event| event.name.as_str())
        .collect()
}

fn run(engine: &Engine, variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "as_module", "--include-ignored", "--nocapture"]);
    let traceparent = format!("00-{TRACE_ID}-{PARENT}-01");
    command
        .env(AS_MODULE, "1")
        .env("DAGGER_SESSION_PORT", engine.port.to_string())
        .env("DAGGER_SESSION_TOKEN", "secret")
        .env("TRACEPARENT", traceparent)
        .env_remove("RUST_LOG")
        .envs(variables.iter().copied());
    command.stdin(Stdio::null()).output().unwrap()
}

fn engine(function: &str) -> Engine {
    let engine = Engine::start(
        json!({"name": function, "parentName": "Traced", "parent": "{}", "inputArgs": []}),
    );
    engine.recorder.answer("stdout", "said");
    engine
}

/// Calls a function with a collector at hand.
fn traced(function: &str) -> (Engine, Collector, Output) {
    let (engine, collector) = (engine(function), Collector::start());
    let endpoint = format!("http://127.0.0.1:{}", collector.port);
    let output = run(&engine, &[("OTEL_EXPORTER_OTLP_ENDPOINT", &endpoint)]);
    (engine, collector, output)
}

#[test]
fn a_function_is_a_span_of_the_sessions_trace_with_those_of_its_author_inside() {
    let (engine, collector, output) = traced("works");
    assert!(output.status.success(), "{output:?}");
    assert_eq!(engine.returned(), Some(json!("said")));
    let (function, inner) = (collector.span("Traced.works"), collector.span("inner"));
    assert_eq!(collector.spans().len(), 2, "{:#?}", collector.spans());
    assert_eq!(hex(&function.trace_id), TRACE_ID);
    assert_eq!(hex(&function.parent_span_id), PARENT);
    assert_eq!(inner.trace_id, function.trace_id);
    assert_eq!(inner.parent_span_id, function.span_id);
    assert_eq!(events(&function), ["before all"]);
    assert_eq!(events(&inner), ["inside"]);
    let colour = inner.attributes.iter().find(|known| known.key == "colour");
    assert!(format!("{colour:?}").contains("red"), "{inner:#?}");
    assert_ne!(function.status.unwrap_or_default().code, ERROR);
}

#[test]
fn what_a_span_asks_the_engine_for_belongs_to_it() {
    let (engine, collector, _) = traced("works");
    let inner = collector.span("inner");
    let requests = engine.requests();
    let asked = requests
        .iter()
        .find(|request| request.query.contains("stdout"));
    let traceparent = &asked.unwrap().headers["traceparent"];
    assert_eq!(
        traceparent,
        &format!("00-{TRACE_ID}-{}-01", hex(&inner.span_id))
    );
    // The question of the process itself is the session's.
    assert_eq!(
        requests[0].headers["traceparent"],
        format!("00-{TRACE_ID}-{PARENT}-01")
    );
}

#[test]
fn the_span_of_what_fails_has_failed() {
    let (_, collector, output) = traced("fails");
    assert!(!output.status.success());
    for name in ["Traced.fails", "refuses"] {
        let status = collector.span(name).status.unwrap();
        assert_eq!(
            (status.code, status.message.as_str()),
            (ERROR, "not today"),
            "{name}"
        );
    }
    let (_, collector, _) = traced("panics");
    let status = collector.span("Traced.panics").status.unwrap();
    assert_eq!(status.code, ERROR);
    assert!(
        status.message.ends_with("out of ideas"),
        "{}",
        status.message
    );
}

#[test]
fn more_is_sent_where_more_is_asked_for() {
    let (engine, collector) = (engine("works"), Collector::start());
    let endpoint = format!("http://127.0.0.1:{}/v1/traces", collector.port);
    let asked = [
        ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", endpoint.as_str()),
        ("RUST_LOG", "debug"),
    ];
    assert!(run(&engine, &asked).status.success());
    let function = collector.span("Traced.works");
    assert_eq!(events(&function), ["before all", "nobody asked for this"]);
}

#[test]
fn a_function_works_where_nobody_collects() {
    let nobody = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let nobody = format!("http://{nobody}");
    for variables in [&[][..], &[("OTEL_EXPORTER_OTLP_ENDPOINT", nobody.as_str())]] {
        let engine = engine("works");
        let output = run(&engine, variables);
        assert!(output.status.success(), "{output:?}");
        assert_eq!(engine.returned(), Some(json!("said")));
    }
}
