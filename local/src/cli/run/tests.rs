//! What is asked of the module and the session, in which order.

use serde_json::json;

use super::*;
use crate::cli::chain::{Request, read};
use crate::cli::options::Options;
use crate::cli::testing::{Recorder, api, places};

async fn run_line(recorder: &Recorder, line: &str) -> Result<Outcome, CliError> {
    let api = api();
    let words = shlex::split(line).expect("words");
    let request = read(&api, &places(), "dagger call", &words, Options::default());
    let Ok(Request::Call(chain)) = request else {
        panic!("{line}: {request:?}")
    };
    run(recorder, &api.core, &chain).await
}

fn recorder(answers: &[(&'static str, Value)]) -> Recorder {
    Recorder {
        answers: answers.to_vec(),
        ..Recorder::default()
    }
}

#[tokio::test]
async fn the_constructor_comes_first_and_core_functions_are_one_query() {
    let recorder = recorder(&[("dindWithDocker", json!("ctr-1"))]);
    let line = "dind-with-docker --cmd='say \"hi\"' with-exec --args=a,b --expand stdout";
    let outcome = run_line(&recorder, line).await.expect("a result");
    assert_eq!(
        recorder.log.borrow().as_slice(),
        [
            "Dind.(dindImage: \"docker:27-dind\") on null",
            "Dind.dindWithDocker(cmd: \"say \\\"hi\\\"\") on {\"made\":\"by the module\"}",
            "{loadContainerFromID(id:\"ctr-1\"){withExec(args:[\"a\",\"b\"],expand:true){stdout}}}",
        ]
    );
    assert_eq!((outcome.value, outcome.is_core), (json!("id 3"), false));
}

#[tokio::test]
async fn objects_of_the_host_become_ids_first() {
    let recorder = recorder(&[
        ("dindTangle", json!("dir-1")),
        ("dindWithDocker", json!("ctr-1")),
    ]);
    run_line(&recorder, "dind-tangle --cache=shared")
        .await
        .expect("a result");
    let line = "dind-with-docker --cmd=x --ctr=ubuntu:24.04 with-directory --path=/x --source=.";
    run_line(&recorder, line).await.expect("a result");
    let log = recorder.log.borrow();
    let queries: Vec<_> = log
        .iter()
        .filter(|entry| entry.starts_with('{') || entry.contains("ind"))
        .collect();
    insta::assert_snapshot!(
        queries
            .iter()
            .map(|entry| format!("{entry}\n"))
            .collect::<String>()
    );
}

#[tokio::test]
async fn a_field_is_the_objects_own_state() {
    let recorder = recorder(&[("", json!({"dindImage": "docker:28-dind"}))]);
    let outcome = run_line(&recorder, "dind-image").await.expect("a result");
    assert_eq!(outcome.value, json!("docker:28-dind"));
    assert_eq!(recorder.log.borrow().len(), 1);
}

#[tokio::test]
async fn a_list_is_called_element_by_element() {
    let reports = json!([{"line": "a"}, {"line": "b"}]);
    let answers = [("dindReports", reports), ("container", json!("ctr-1"))];
    let lines = run_line(&recorder(&answers), "dind-reports line")
        .await
        .expect("a result");
    assert_eq!(lines.value, json!(["a", "b"]));
    let recorder = recorder(&answers);
    let outcome = run_line(&recorder, "dind-reports container stdout")
        .await
        .expect("a result");
    assert_eq!(outcome.value, json!(["id 5", "id 6"]));
}

#[tokio::test]
async fn an_object_at_the_end_is_an_id() {
    let service = || recorder(&[("dindService", json!("svc-1"))]);
    let ports = service();
    let outcome = run_line(&ports, "dind-service ports")
        .await
        .expect("a result");
    assert_eq!(
        ports.log.borrow()[2],
        "{loadServiceFromID(id:\"svc-1\"){ports{id}}}"
    );
    assert!(outcome.is_core);
    // Its answer is an ID as it is.
    let started = service();
    run_line(&started, "dind-service start")
        .await
        .expect("a result");
    assert_eq!(
        started.log.borrow()[2],
        "{loadServiceFromID(id:\"svc-1\"){start}}"
    );
}

#[tokio::test]
async fn ports_are_written_as_graphql() {
    let recorder = recorder(&[("dindService", json!("svc-1"))]);
    run_line(&recorder, "dind-service up --ports=2375:2375,53:53/udp")
        .await
        .expect("a result");
    assert_eq!(
        recorder.log.borrow()[2],
        "{loadServiceFromID(id:\"svc-1\"){up(ports:[{backend:2375,frontend:2375},\
         {backend:53,frontend:53,protocol:UDP}])}}"
    );
}

#[tokio::test]
async fn nothing_has_no_functions() {
    let recorder = recorder(&[("dindNothing", Value::Null)]);
    let error = run_line(&recorder, "dind-nothing stdout")
        .await
        .expect_err("nothing");
    assert!(error.to_string().contains("returned nothing"), "{error}");
}

#[tokio::test]
async fn json_of_a_lists_elements_names_what_was_called_on_them() {
    let reports = json!([{"line": "a"}, {"line": "b"}]);
    let recorder = recorder(&[("dindReports", reports)]);
    let outcome = run_line(&recorder, "--json dind-reports line")
        .await
        .expect("a result");
    assert_eq!(outcome.value, json!([{"line": "a"}, {"line": "b"}]));
}
