//! What only one evaluation's daemon and client have: sockets and projects.

use std::collections::BTreeSet;

use dagger_sdk::testing::Recorder;
use serde_json::{Value, json};

use crate::calls::{self, Call};
use crate::support::{call, call_with, defaults, graphs, randoms, refusal};

/// The functions whose clients take a project.
const WITH_PROJECT: [&str; 4] = [
    "dindBind",
    "dindTestcontainers",
    "dindWithDocker",
    "dindWithImage",
];

fn socket() -> Value {
    json!({"access": "socket"})
}

/// A call with a project, beside the arguments that it needs.
fn with_project(function: &str, path: &str) -> Call {
    let mut call = call(function);
    let recorder = Recorder::new();
    call.arguments["src"] = recorder.id("Directory", "project").into();
    call.arguments["srcPath"] = path.into();
    call
}

/// The graph that the call built, with what is random in it.
async fn raw(fields: Value, call: &Call) -> String {
    let recorder = calls::recorder();
    let answer = calls::answer(&recorder, fields, call).await;
    let answer = answer.expect(call.function);
    recorder.graph(answer.as_str().expect("an object"))
}

#[tokio::test]
async fn with_a_socket_no_daemon_but_the_service_alone_has_a_port() {
    let mut daemons = 0;
    for call in calls::all() {
        for graph in graphs(socket(), &call).await {
            let is_alone = call.function == "dindService";
            daemons += graph.matches("asService(").count();
            assert_eq!(graph.contains("withExposedPort("), is_alone, "{graph}");
            assert_eq!(graph.contains("--tls=false"), is_alone, "{graph}");
            assert!(!graph.contains("tcp://docker"), "{graph}");
        }
    }
    assert!(daemons > 8, "{daemons}");
}

#[tokio::test]
async fn every_client_finds_its_socket_where_it_is_told() {
    let mut clients = BTreeSet::new();
    for call in calls::all() {
        for graph in graphs(socket(), &call).await {
            if !graph.contains("withServiceBinding(") {
                continue;
            }
            clients.insert(call.function);
            let host =
                r#"withEnvVariable(name: "DOCKER_HOST", value: "unix:///run/dind/docker.sock")"#;
            assert!(graph.contains(host), "{graph}");
            // Once in the daemon, once in the client.
            let mounts = graph
                .matches(r#", path: "/run/dind", sharing: SHARED"#)
                .count();
            assert_eq!(mounts, 2, "{graph}");
        }
    }
    assert!(
        clients.is_superset(&BTreeSet::from(WITH_PROJECT)),
        "{clients:?}"
    );
    assert!(clients.contains("dindDoctor"), "{clients:?}");
}

#[tokio::test]
async fn no_two_evaluations_share_a_folder() {
    for function in WITH_PROJECT {
        let call = with_project(function, "/src");
        let one = randoms(&raw(socket(), &call).await);
        let other = randoms(&raw(socket(), &call).await);
        assert!(!one.is_empty());
        assert!(one.iter().all(|random| !other.contains(random)), "{one:?}");
    }
}

#[tokio::test]
async fn the_name_of_a_folder_is_not_all_that_it_takes_to_open_it() {
    let graph = raw(socket(), &with_project("dindBind", "/src")).await;
    // The secret's value is written into a test's graph, and shown by no engine.
    let line = graph.lines().find(|line| line.contains("setSecret("));
    let secret = randoms(line.expect("a secret"));
    let [name, value] = &*secret else {
        panic!("a name and a value: {secret:?}");
    };
    assert_ne!(name, value);
    let elsewhere = graph
        .lines()
        .filter(|line| line.contains(value) && !line.contains("setSecret("));
    assert_eq!(elsewhere.count(), 0, "{graph}");
    // What a volume holds at first belongs to it, and comes from the step with the secret.
    assert_eq!(
        graph.matches("withMountedCache(cache:").count(),
        5,
        "{graph}"
    );
    for folder in ["socket", "project"] {
        let source = format!(r#"directory(path: "/run/dind-shared/{folder}")"#);
        assert_eq!(graph.matches(&source).count(), 2, "{graph}");
    }
}

#[tokio::test]
async fn a_project_lies_at_one_place_in_the_client_and_beside_the_daemon() {
    for function in WITH_PROJECT {
        for path in ["/src", "/home/me/app"] {
            let graph = raw(defaults(), &with_project(function, path)).await;
            let mount = format!(r#", path: "{path}", sharing: SHARED"#);
            // The container that a command left is in the graph twice: itself, and what its folder is taken from.
            let graphs = graph.matches("withServiceBinding(").count();
            assert_eq!(graph.matches(&mount).count(), 2 * graphs, "{graph}");
            let line = format!(r#"withWorkdir(path: "{path}")"#);
            assert!(graph.contains(&line), "{graph}");
        }
    }
}

#[tokio::test]
async fn root_capabilities_stay_the_services_with_folders_too() {
    for function in WITH_PROJECT {
        let graph = raw(socket(), &with_project(function, "/src")).await;
        for line in graph.lines().map(str::trim) {
            let is_service = line.starts_with("asService(");
            assert_eq!(
                line.contains("insecureRootCapabilities"),
                is_service,
                "{line}"
            );
        }
    }
}

#[tokio::test]
async fn a_place_that_the_sidecar_needs_is_refused() {
    for function in WITH_PROJECT {
        for path in [
            "src",
            "/",
            "/etc",
            "/usr/local/bin",
            "/run/dind",
            "/a/../etc",
        ] {
            let error = refusal(defaults(), &with_project(function, path)).await;
            for part in ["src-path", path, "absolute"] {
                assert!(error.contains(part), "{error}");
            }
        }
    }
}

#[tokio::test]
async fn an_access_out_of_its_values_is_refused_with_them() {
    let call = call_with("dindBind", json!({}));
    let error = refusal(json!({"access": "tcp"}), &call).await;
    for part in ["access", "tcp", "network, socket"] {
        assert!(error.contains(part), "{error}");
    }
}
