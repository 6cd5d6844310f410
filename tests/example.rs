//! The examples in Rust that call this module, another module and a program: they compile, and call
//! what there is.

#[path = "../sdk/dagger-sdk/tests/support/built.rs"]
mod built;
#[path = "../sdk/dagger-sdk/tests/support/mod.rs"]
mod support;

use built::{CORE, Module, sdk};
use dagger_sdk::testing;
use serde_json::json;
use std::path::PathBuf;
use std::process::Command;
use support::Engine;

/// The text of a file of an example.
fn text(example: &str, path: &str) -> String {
    let folder = sdk().join("../examples").join(example);
    std::fs::read_to_string(folder.join(path)).unwrap()
}

fn client() -> String {
    let api = testing::introspection::<dind::Dind>(CORE).unwrap();
    dagger_sdk_codegen::generate(&api).unwrap()
}

#[test]
fn the_example_binds_the_daemon_and_builds_an_image() {
    let file = |path| (path, text("rust-module", path));
    let module = Module {
        name: "app",
        files: &[file("Cargo.toml"), file("src/main.rs")],
        client: Some(client()),
    };
    let engine = Engine::start(json!(null));
    let src = engine.recorder.id("Directory", "an application");
    let call = json!({
        "name": "test", "parentName": "App", "parent": "{\"daemon\":\"docker:27-dind\"}",
        "inputArgs": [
            {"name": "src", "value": json!(src).to_string()},
            {"name": "cmd", "value": "\"docker run --rm app\""},
        ],
    });
    engine.recorder.answer("currentFunctionCall", call);
    engine.recorder.answer("stdout", "passed");
    let output = Command::new(module.build())
        .env("DAGGER_SESSION_PORT", engine.port.to_string())
        .env("DAGGER_SESSION_TOKEN", "secret")
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(engine.returned(), Some(json!("passed")));
    let requests = engine.requests();
    let query = &requests[requests.len() - 2].query;
    for call in ["dind(dindImage:\"docker:27-dind\")", "dindBind", "withExec"] {
        assert!(query.contains(call), "{query}");
    }
}

fn docker_info() -> PathBuf {
    // The crates lie where those of a module do.
    let manifest = text("client", "Cargo.toml")
        .replace("[\"dagger\"]", "[\"sdk\"]")
        .replace("dagger/dagger-sdk", "sdk/dagger-sdk");
    let module = Module {
        name: "docker-info",
        files: &[
            ("Cargo.toml", manifest),
            ("src/main.rs", text("client", "src/main.rs")),
        ],
        client: Some(client()),
    };
    module.build()
}

#[test]
fn the_program_serves_the_modules_of_its_folder_and_calls_one() {
    let engine = Engine::start(json!(null));
    engine.recorder.answer("configExists", true);
    engine.recorder.answer("serve", json!(null));
    engine.recorder.answer("stdout", "Server Version: 27");
    let program = docker_info();
    let output = Command::new(&program)
        .env("DAGGER_SESSION_PORT", engine.port.to_string())
        .env("DAGGER_SESSION_TOKEN", "secret")
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(output.stdout, b"Server Version: 27\n");
    let queries: Vec<String> = engine
        .requests()
        .into_iter()
        .map(|request| request.query)
        .collect();
    assert_eq!(
        queries,
        [
            r#"{moduleSource(refString:"."){configExists}}"#,
            r#"{moduleSource(refString:"."){asModule{serve(includeDependencies:true)}}}"#,
            r#"{dind{dindWithDocker(cmd:"docker info"){stdout}}}"#,
        ]
    );
    let alone = Command::new(&program)
        .env_remove("DAGGER_SESSION_PORT")
        .output()
        .unwrap();
    assert_eq!(alone.status.code(), Some(1));
    let said = String::from_utf8(alone.stderr).unwrap();
    assert!(said.contains("start the program by `dagger run`"), "{said}");
}
