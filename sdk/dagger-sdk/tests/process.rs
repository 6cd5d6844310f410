//! A module's process as an engine starts it: over HTTP, by its exit code.
//!
//! The process is this test binary itself, run again with the session's variables.

mod support;

use dagger_sdk::prelude::*;
use dagger_sdk::testing::Recorder;
use serde_json::{Value, json};
use std::process::{Command, Output, Stdio};
use support::Engine;

const AS_MODULE: &str = "DAGGER_MODULE_TEST_PROCESS";
const TRACE: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

/// A module.
#[object]
pub struct Process {}

#[functions]
impl Process {
    #[function]
    async fn hosts(&self, dag: &Dag) -> Result<String> {
        let base = dag.container().from("alpine");
        let name = base.file("/etc/hostname").contents().await?;
        Ok(name + &base.stdout().await?)
    }

    /// Several leaves at once.
    #[function]
    async fn both(&self, dag: &Dag) -> Result<String> {
        let (one, other) = (dag.container().from("one"), dag.container().from("other"));
        let (one, other) = try_join!(one.stdout(), other.stdout())?;
        Ok(one + &other)
    }

    /// What a file holds that is as large.
    #[function]
    async fn large(&self, dag: &Dag, size: i64) -> Result<String> {
        let text = "x".repeat(size.try_into()?);
        let file = dag.directory().with_new_file("large", text).file("large");
        file.contents().await
    }

    /// The number of bytes in a text.
    #[function]
    fn length(&self, text: String) -> Result<i64> {
        Ok(text.len().try_into()?)
    }

    #[function]
    fn panics(&self) -> String {
        panic!("out of ideas")
    }

    #[function]
    async fn fails(&self) -> Result<()> {
        Err(Error::msg("the inner reason").wrap_err("the outer one"))
    }

    /// As deep as a long chain of calls.
    #[function]
    async fn deep(&self, dag: &Dag, steps: i64) -> Result<String> {
        let start = dag.container();
        let end = (0..steps).fold(start, |ctr, _| ctr.with_exec(["true"]));
        end.stdout().await
    }
}

#[test]
#[ignore = "is the process that the other tests start"]
fn as_module() {
    if std::env::var_os(AS_MODULE).is_some() {
        let code = dagger_sdk::run::<Process>();
        // ExitCode can't be compared, only printed.
        std::process::exit(i32::from(
            format!("{code:?}") != format!("{:?}", std::process::ExitCode::SUCCESS),
        ));
    }
}

fn process(variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "as_module", "--include-ignored", "--nocapture"]);
    for name in ["DAGGER_SESSION_PORT", "DAGGER_SESSION_TOKEN", "TRACEPARENT"] {
        command.env_remove(name);
    }
    command.env(AS_MODULE, "1").envs(variables.iter().copied());
    command.stdin(Stdio::null()).output().unwrap()
}

fn run(engine: &Engine, more: &[(&str, &str)]) -> Output {
    let port = engine.port.to_string();
    let session = [
        ("DAGGER_SESSION_PORT", port.as_str()),
        ("DAGGER_SESSION_TOKEN", "secret"),
    ];
    process(&[session.as_slice(), more].concat())
}

fn function(name: &str, arguments: Value) -> Value {
    let given = arguments.as_object().unwrap().iter();
    let arguments: Vec<Value> = given
        .map(|(name, value)| json!({"name": name, "value": value.to_string()}))
        .collect();
    json!({"name": name, "parentName": "Process", "parent": "{}", "inputArgs": arguments})
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn an_answer_is_returned_over_one_kept_connection() {
    let engine = Engine::start(function("hosts", json!({})));
    let output = run(&engine, &[]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(engine.returned(), Some(json!("contentsstdout")));
    let requests = engine.requests();
    assert_eq!(requests.len(), 4);
    assert!(
        requests.iter().all(|request| request.connection == 0),
        "{requests:#?}"
    );
    assert!(
        requests
            .iter()
            .all(|request| request.line.starts_with("POST /query "))
    );
}

#[test]
fn leaves_that_are_waited_for_together_are_asked_side_by_side() {
    let engine = Engine::start(function("both", json!({})));
    let output = run(&engine, &[]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(engine.returned(), Some(json!("stdoutstdout")));
    let leaves = engine.requests().into_iter();
    let leaves = leaves.filter(|request| request.query.contains("{stdout}"));
    let connections: Vec<usize> = leaves.map(|request| request.connection).collect();
    assert_eq!(connections.len(), 2);
    assert_ne!(connections[0], connections[1], "one waited for the other");
}

/// What requests and answers are to hold at least, in bytes.
const LARGE: usize = 64 << 20;

#[test]
fn sixty_four_megabytes_pass_in_each_direction() {
    let text = "y\n".repeat(LARGE / 2);
    let (call, contents) = (function("large", json!({"size": LARGE})), text.clone());
    // A recorder would parse it all.
    let engine = Engine::answering(Recorder::new(), move |query| {
        json!({"data": if query.contains("{currentFunctionCall{name") {
            json!({"currentFunctionCall": call})
        } else if query.contains("{contents}") {
            json!({"directory": {"withNewFile": {"file": {"contents": contents}}}})
        } else {
            json!({"currentFunctionCall": {"returnValue": null}})
        }})
    });
    let output = run(&engine, &[]);
    assert!(output.status.success(), "{}", stderr(&output));
    let returned = engine.returned().unwrap();
    assert!(returned.as_str() == Some(&text), "another text");
    let requests = engine.requests();
    assert!(requests[1].query.len() > LARGE, "another file");
}

#[test]
fn an_argument_may_have_sixty_four_megabytes() {
    let text = "\u{e9}\n".repeat(LARGE / 3);
    let engine = Engine::start(function("length", json!({"text": text})));
    let output = run(&engine, &[]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(engine.returned(), Some(json!(text.len())));
}

#[test]
fn every_request_carries_the_trace_and_the_token() {
    let engine = Engine::start(function("hosts", json!({})));
    run(&engine, &[("TRACEPARENT", TRACE)]);
    for request in engine.requests() {
        assert_eq!(request.headers["traceparent"], TRACE);
        assert_eq!(request.headers["authorization"], "Basic c2VjcmV0Og==");
    }
}

#[test]
fn without_a_trace_no_request_carries_one() {
    for variables in [&[][..], &[("TRACEPARENT", "")]] {
        let engine = Engine::start(function("hosts", json!({})));
        run(&engine, variables);
        assert_eq!(engine.requests().len(), 4);
        assert!(
            engine
                .requests()
                .iter()
                .all(|request| !request.headers.contains_key("traceparent"))
        );
    }
}

#[test]
fn an_error_is_returned_and_the_exit_code_is_1() {
    let engine = Engine::start(function("fails", json!({})));
    let output = run(&engine, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stderr(&output), "");
    let error = engine.error().unwrap();
    assert_eq!(
        error,
        r#"error(message: "the outer one: the inner reason")"#
    );
}

#[test]
fn a_panic_is_returned_as_an_error_and_says_nothing_on_stderr() {
    let engine = Engine::start(function("panics", json!({})));
    let output = run(&engine, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stderr(&output), "");
    let error = engine.error().unwrap();
    assert_eq!(
        error,
        r#"error(message: "function `panics` panicked at sdk/dagger-sdk/tests/process.rs:53: out of ideas")"#
    );
}

#[test]
fn a_failed_exec_returns_its_command_code_and_output() {
    let engine = Engine::start(function("hosts", json!({})));
    engine.recorder.fail_exec(
        "contents",
        dagger_sdk::ExecFailure {
            command: vec!["sh".into(), "-c".into(), "exit 7".into()],
            exit_code: 7,
            stdout: "out".into(),
            stderr: "err".into(),
        },
    );
    let output = run(&engine, &[]);
    assert_eq!(output.status.code(), Some(1));
    insta::assert_snapshot!(engine.error().unwrap(), @r#"
    error(message: "exit code: 7")
    withValue(name: "_type", value: "\"EXEC_ERROR\"")
    withValue(name: "cmd", value: "[\"sh\",\"-c\",\"exit 7\"]")
    withValue(name: "exitCode", value: "7")
    withValue(name: "stdout", value: "\"out\"")
    withValue(name: "stderr", value: "\"err\"")
    "#);
}

#[test]
fn an_error_with_an_unknown_extension_keeps_its_message() {
    let engine = Engine::start(function("hosts", json!({})));
    engine.recorder.fail("contents", "no such file");
    run(&engine, &[]);
    assert_eq!(engine.error().unwrap(), r#"error(message: "no such file")"#);
}

#[test]
fn no_text_for_users_names_a_place_in_the_source() {
    for name in ["fails", "unknown"] {
        let engine = Engine::start(function(name, json!({})));
        let output = run(&engine, &[]);
        let seen = stderr(&output) + &engine.error().unwrap();
        assert!(
            !seen.contains("Location") && !seen.contains(".rs"),
            "{seen}"
        );
    }
}

#[test]
fn a_chain_may_be_hundreds_of_calls_long() {
    let engine = Engine::start(function("deep", json!({"steps": 300})));
    let output = run(&engine, &[]);
    assert!(
        output.status.success(),
        "{:?} {}",
        engine.error(),
        stderr(&output)
    );
    assert_eq!(engine.returned(), Some(json!("stdout")));
}

#[test]
fn the_empty_call_registers_the_module() {
    let engine =
        Engine::start(json!({"name": "", "parentName": "", "parent": null, "inputArgs": []}));
    let output = run(&engine, &[]);
    assert!(
        output.status.success(),
        "{:?} {}",
        engine.error(),
        stderr(&output)
    );
    let id = engine.returned().unwrap();
    let graph = engine.recorder.graph(id.as_str().unwrap());
    assert!(
        graph.starts_with("module\nwithDescription(description: \"A module.\")"),
        "{graph}"
    );
}

#[test]
fn without_a_session_the_program_says_what_it_is() {
    let output = process(&[]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        stderr(&output),
        "DAGGER_SESSION_PORT is not set: this program is a Dagger module, started by `dagger call` or `dagger functions`\n"
    );
}

#[test]
fn a_session_that_does_not_listen_is_one_line() {
    let output = process(&[
        ("DAGGER_SESSION_PORT", "1"),
        ("DAGGER_SESSION_TOKEN", "secret"),
    ]);
    assert_eq!(output.status.code(), Some(1));
    let text = stderr(&output);
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(text.contains("the session can't be reached"), "{text}");
}
