//! Modules as an engine would compile and start them: the first one of `dagger init`, and one with a
//! dependency.

#[path = "support/built.rs"]
mod built;
#[allow(dead_code)]
#[path = "support/meeting.rs"]
mod meeting;
mod support;

use built::{CORE, Module, renamed, sdk};
use dagger_sdk::testing;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output};
use support::Engine;

/// A name that is another one in Cargo and in Rust.
const NAME: &str = "first-steps";
const TYPE: &str = "FirstSteps";

fn run(binary: &Path, call: Value) -> (Engine, Output) {
    let engine = Engine::start(call);
    let output = Command::new(binary)
        .env("DAGGER_SESSION_PORT", engine.port.to_string())
        .env("DAGGER_SESSION_TOKEN", "secret")
        .output()
        .unwrap();
    (engine, output)
}

#[test]
fn the_template_is_a_module_that_works() {
    let file = |path| (path, renamed(path, NAME, TYPE));
    let module = Module {
        name: NAME,
        files: &[file("Cargo.toml"), file("src/main.rs")],
        client: None,
    };
    let binary = module.build();

    let registration = json!({"name": "", "parentName": "", "parent": null, "inputArgs": []});
    let (engine, output) = run(&binary, registration);
    assert!(output.status.success(), "{output:?}");
    let id = engine.returned().unwrap();
    let graph = engine.recorder.graph(id.as_str().unwrap());
    for expected in [
        "withObject(description: \"Two functions to begin with.\", name: \"FirstSteps\", sourceMap:",
        "function(name: \"containerEcho\"",
        "function(name: \"grepDir\"",
    ] {
        assert!(graph.contains(expected), "{graph}");
    }

    let call = json!({
        "name": "containerEcho", "parentName": TYPE, "parent": "{}",
        "inputArgs": [{"name": "stringArg", "value": "\"hi\""}],
    });
    let (engine, output) = run(&binary, call);
    assert!(output.status.success(), "{output:?}");
    let id = engine.returned().unwrap();
    insta::assert_snapshot!(engine.recorder.graph(id.as_str().unwrap()), @r#"
    container
    from(address: "ubuntu:24.04")
    withExec(args: ["echo", "hi"])
    "#);
}

#[test]
fn a_module_gives_itself_for_an_interface_of_its_dependency() {
    let api = testing::introspection::<meeting::Meeting>(CORE).unwrap();
    let main = "mod guest;\n\ndagger_sdk::main!(guest::Guest);\n";
    let module = Module {
        name: "guest",
        files: &[
            ("Cargo.toml", renamed("Cargo.toml", "guest", "Guest")),
            ("src/guest.rs", include_str!("support/guest.rs").to_owned()),
            ("src/main.rs", main.to_owned()),
        ],
        client: Some(dagger_sdk_codegen::generate(&api).unwrap()),
    };
    let call = json!({
        "name": "kept", "parentName": "Guest", "parent": "{\"mood\":\"tired\"}", "inputArgs": [],
    });
    let engine = Engine::start(call);
    engine.recorder.answer("entries", json!(["a", "b"]));
    let module_name = json!({"name": "guest"});
    engine.recorder.answer("currentModule", module_name);
    let output = Command::new(module.build())
        .env("DAGGER_SESSION_PORT", engine.port.to_string())
        .env("DAGGER_SESSION_TOKEN", "secret")
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(engine.returned(), Some(json!(["a", "b"])));
    let requests = engine.requests();
    assert_eq!(
        requests[1].query,
        r#"{guest(mood:"tired"){asMeetingGreeter{id}}}"#
    );
    let files = &requests[2].query;
    assert!(
        files.starts_with("{meeting{files(guest:\"graph-"),
        "{files}"
    );
}

/// What an author waits for: each crate is compiled once for a module.
#[test]
fn a_first_module_has_few_crates_and_the_readme_says_how_many() {
    const MOST: usize = 45;
    let file = |path| (path, renamed(path, "counted", "Counted"));
    let module = Module {
        name: "counted",
        files: &[file("Cargo.toml"), file("src/main.rs")],
        client: None,
    };
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--offline",
            "--edges",
            "normal,build",
            "--prefix",
            "none",
        ])
        .args(["--format", "{p}"])
        .current_dir(module.write())
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let tree = String::from_utf8(output.stdout).unwrap();
    let crates: BTreeSet<&str> = tree
        .lines()
        .map(|line| line.trim_end_matches(" (*)"))
        .collect();
    assert!(crates.len() <= MOST, "{}: {crates:#?}", crates.len());
    let readme = std::fs::read_to_string(sdk().join("readme.md")).unwrap();
    let said = format!("{} crates", crates.len());
    assert!(readme.contains(&said), "the readme does not say: {said}");
}

#[test]
fn only_the_templates_name_is_the_modules() {
    let manifest = std::fs::read_to_string(sdk().join("template/Cargo.toml")).unwrap();
    assert_eq!(manifest.matches("hello").count(), 1);
    let source = std::fs::read_to_string(sdk().join("template/src/main.rs")).unwrap();
    assert!(source.contains("struct Hello {}") && source.contains("main!(Hello)"));
    assert_eq!(
        source.matches("hello").count(),
        0,
        "the crate's name is no word of the source"
    );
}

#[test]
fn the_example_is_the_template() {
    let example = sdk().join("../examples/hello");
    for file in ["Cargo.toml", "src/main.rs", ".gitignore"] {
        let written = std::fs::read_to_string(example.join(file)).unwrap();
        let template = std::fs::read_to_string(sdk().join("template").join(file)).unwrap();
        assert_eq!(written, template, "examples/hello/{file}");
    }
}
