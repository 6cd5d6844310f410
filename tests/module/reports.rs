//! What the functions that return text return.

use dagger_sdk::testing::Recorder;
use serde_json::{Value, json};

use crate::calls;
use crate::support::{call, call_with, defaults};

const FAILURE: &str = r#"{"lines":[
    {"name":"server","status":"ok","found":"27","advice":""},
    {"name":"dns","status":"failure","found":"no answer","advice":"look at the wrapper"}
]}"#;

async fn text(recorder: &Recorder, call: &calls::Call) -> Result<String, String> {
    let answer = calls::answer(recorder, defaults(), call).await;
    let answer = answer.map_err(|error| error.to_string())?;
    Ok(answer.as_str().expect("a text").to_owned())
}

#[tokio::test]
async fn the_doctor_reports_json_or_a_table() {
    let report = text(&calls::recorder(), &call("dindDoctor"))
        .await
        .expect("a report");
    let report: Value = serde_json::from_str(&report).expect("JSON");
    assert_eq!(
        report,
        serde_json::from_str::<Value>(calls::REPORT).expect("JSON")
    );
    let table = call_with("dindDoctor", json!({"table": true}));
    let table = text(&calls::recorder(), &table).await.expect("a report");
    insta::assert_snapshot!(table, @r"
        CHECK   FOUND  ADVICE
    ok  server  27
    ");
}

#[tokio::test]
async fn a_failure_fails_the_doctor_and_the_check_and_is_named() {
    for function in ["dindDoctor", "dindCheck"] {
        let recorder = Recorder::new();
        recorder.answer("stdout", FAILURE);
        let error = text(&recorder, &call(function))
            .await
            .expect_err("a failure");
        for part in ["1 failure", "dns", "no answer", "look at the wrapper"] {
            assert!(error.contains(part), "{error}");
        }
    }
}

#[tokio::test]
async fn a_doctor_that_dies_is_reported_with_its_last_words() {
    let recorder = Recorder::new();
    recorder
        .answer("stdout", "")
        .answer("stderr", "one\nno such command: docker\n");
    let error = text(&recorder, &call("dindDoctor"))
        .await
        .expect_err("no report");
    assert!(error.contains("no such command: docker"), "{error}");
}

#[tokio::test]
async fn the_doctor_is_never_answered_from_a_cache() {
    let asked = async || {
        let recorder = calls::recorder();
        text(&recorder, &call("dindDoctor"))
            .await
            .expect("a report");
        recorder.queries().pop().expect("a query")
    };
    assert_ne!(asked().await, asked().await);
}

#[tokio::test]
async fn the_matrix_has_a_line_for_each_version() {
    let recorder = Recorder::new();
    recorder.answer("stdout", "linux\n");
    let table = text(&recorder, &call("dindMatrix")).await.expect("a table");
    insta::assert_snapshot!(table, @r"
    VERSION  EXIT  OUTPUT
    27       0     linux
    28       0     linux
    ");
}

#[tokio::test]
async fn a_command_that_fails_in_the_matrix_shows_its_code_and_both_outputs() {
    let recorder = Recorder::new();
    recorder
        .answer("exitCode", 7)
        .answer("stdout", "what\n")
        .answer("stderr", "why\n");
    let table = text(&recorder, &call("dindMatrix")).await.expect("a table");
    assert!(table.contains("27       7     what ⏎ why"), "{table}");
}

#[tokio::test]
async fn a_daemon_that_does_not_start_is_a_line_of_the_matrix() {
    let recorder = Recorder::new();
    recorder.fail("exitCode", "no such image");
    let table = text(&recorder, &call("dindMatrix")).await.expect("a table");
    assert!(
        table.contains("28       -     not run: no such image"),
        "{table}"
    );
}

#[tokio::test]
async fn upgraded_pins_are_sorted_and_keep_what_they_do_not_know() {
    let recorder = calls::recorder();
    let fields = json!({
        "dindImage": "a:1",
        "dindUbuntuImage": "z:1",
        "dindRustImage": "docker.io/pinned@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    });
    let file = calls::answer(&recorder, fields, &call("upgradePins"))
        .await
        .expect("a file");
    let graph = recorder.graph(file.as_str().expect("an ID"));
    let contents = graph
        .lines()
        .find_map(|line| line.strip_prefix("withNewFile(contents: "))
        .and_then(|line| line.strip_suffix(r#", path: "image-pins.json")"#))
        .expect("a file's text");
    let text: String = serde_json::from_str(contents).expect("a text");
    let digest = calls::IMAGE_REF.rsplit_once('@').expect("a digest").1;
    assert!(
        text.starts_with(&format!("{{\n  \"a:1\": \"{digest}\",\n")),
        "{text}"
    );
    assert!(
        text.ends_with(&format!("  \"z:1\": \"{digest}\"\n}}\n")),
        "{text}"
    );
    assert!(
        text.contains("docker:27-dind") && !text.contains("pinned"),
        "{text}"
    );
    let keys: Vec<_> = text.lines().filter(|line| line.starts_with(' ')).collect();
    assert!(keys.is_sorted(), "{text}");
}

#[tokio::test]
async fn an_image_without_a_digest_is_an_error_that_names_it() {
    let recorder = Recorder::new();
    recorder.answer("imageRef", "docker:27-dind");
    let error = calls::answer(&recorder, defaults(), &call("upgradePins")).await;
    assert!(
        error
            .expect_err("no digest")
            .to_string()
            .contains("docker:27-dind")
    );
}
