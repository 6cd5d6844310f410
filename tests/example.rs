//! The example of a Rust module that depends on this one: it compiles, and calls what there is.

#[path = "../sdk/dagger-sdk/tests/support/built.rs"]
mod built;
#[path = "../sdk/dagger-sdk/tests/support/mod.rs"]
mod support;

use built::{CORE, Module, sdk};
use dagger_sdk::testing;
use serde_json::json;
use std::process::Command;
use support::Engine;

#[test]
fn the_example_binds_the_daemon_and_builds_an_image() {
    let api = testing::introspection::<dind::Dind>(CORE).unwrap();
    let file = |path| {
        let example = sdk().join("../examples/rust-module");
        (path, std::fs::read_to_string(example.join(path)).unwrap())
    };
    let module = Module {
        name: "app",
        files: &[file("Cargo.toml"), file("src/main.rs")],
        client: Some(dagger_sdk_codegen::generate(&api).unwrap()),
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
