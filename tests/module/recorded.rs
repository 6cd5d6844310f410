//! One recorded graph for each function, in `tests/graph/`.

use std::fs;

use crate::calls;
use crate::support::{call_with, defaults, graphs};
use dagger_sdk::testing::Recorder;
use serde_json::{Value, json};

/// The graph with the names of the module's own scripts in place of their texts, which change more often.
fn with_scripts_named(mut graph: String) -> String {
    for entry in fs::read_dir("org").expect("the scripts") {
        let path = entry.expect("a script").path();
        let text = fs::read_to_string(&path).expect("a text");
        let name = format!("the text of {}", path.display());
        graph = graph.replace(
            &Value::from(text).to_string(),
            &Value::from(name).to_string(),
        );
    }
    graph
}

/// Compares what a call evaluates and returns with the recording of that name.
async fn recorded(name: &str, fields: Value, call: &calls::Call) {
    let graphs = with_scripts_named(graphs(fields, call).await.join("\n---\n"));
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../graph");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, graphs));
}

#[tokio::test]
async fn each_function_builds_its_graph() {
    for call in calls::all() {
        recorded(call.function, defaults(), &call).await;
    }
}

#[tokio::test]
async fn containers_of_the_caller_take_the_place_of_the_modules() {
    let own = Recorder::new().id("Container", "the caller's");
    let call = call_with("dindWithDocker", json!({"cmd": "true", "ctr": own}));
    recorded("dindWithDocker-with-ctr", defaults(), &call).await;
    let call = call_with("dindContainer", json!({"base": own}));
    recorded("dindContainer-with-base", defaults(), &call).await;
}

#[tokio::test]
async fn a_cache_of_none_keeps_nothing() {
    let call = call_with("dindService", json!({}));
    recorded("dindService-without-cache", json!({"cache": "none"}), &call).await;
}

#[tokio::test]
async fn a_socket_and_a_project_lie_in_folders_that_daemon_and_client_share() {
    let call = call_with("dindWithDocker", json!({"cmd": "docker info"}));
    recorded(
        "dindWithDocker-with-socket",
        json!({"access": "socket"}),
        &call,
    )
    .await;
    let src = Recorder::new().id("Directory", "src");
    let call = call_with("dindWithDocker", json!({"cmd": "true", "src": src}));
    recorded("dindWithDocker-with-project", defaults(), &call).await;
    let arguments = json!({"src": src, "srcPath": "/home/me/app"});
    let call = call_with("dindBind", arguments);
    recorded(
        "dindBind-with-project-and-socket",
        json!({"access": "socket"}),
        &call,
    )
    .await;
}

#[tokio::test]
async fn from_scratch_wins_over_no_cache() {
    let src = Recorder::new().id("Directory", "src");
    let command = async |arguments: Value| {
        let call = call_with("dindInitExamples", arguments);
        let graph = graphs(defaults(), &call).await.pop().expect("a graph");
        let line = graph.lines().find(|line| line.contains("./init-examples"));
        line.expect("the script runs").trim().to_owned()
    };
    let both = json!({"src": src, "fromScratch": true, "noCache": true});
    assert_eq!(
        command(both).await,
        r#"withExec(args: ["bash", "-c", "./init-examples-host.sh --from-scratch"])"#
    );
    let cold = json!({"src": src, "noCache": true});
    assert_eq!(
        command(cold).await,
        r#"withExec(args: ["bash", "-c", "./init-examples-host.sh --no-cache"])"#
    );
}
