//! The first module of `dagger init`: it compiles where the engine would put it, and it works.

mod support;

use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use support::Engine;

/// A name that is another one in Cargo and in Rust.
const NAME: &str = "first-steps";
const TYPE: &str = "FirstSteps";

fn sdk() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The renaming that `main.go` does, and the crates where it puts them.
fn written(to: &Path) {
    for file in ["Cargo.toml", "src/main.rs", ".gitignore"] {
        let text = std::fs::read_to_string(sdk().join("template").join(file)).unwrap();
        let text = text.replace("hello", NAME).replace("Hello", TYPE);
        let path = to.join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    for name in ["dagger-module", "dagger-module-macros"] {
        let from = sdk().join(name);
        copy(&from.join("src"), &to.join("sdk").join(name).join("src"));
        std::fs::copy(
            from.join("Cargo.toml"),
            to.join("sdk").join(name).join("Cargo.toml"),
        )
        .unwrap();
    }
    // The versions that are tested here, and no look at a registry.
    std::fs::copy(sdk().join("../Cargo.lock"), to.join("Cargo.lock")).unwrap();
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Builds the module as `main.go` does; returns the binary.
fn built(module: &Path) -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("template-target");
    let output = Command::new(env!("CARGO"))
        .args(["build", "--offline", "--quiet"])
        .current_dir(module)
        .env("CARGO_TARGET_DIR", &target)
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    target.join("debug").join(NAME)
}

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
    let module = Path::new(env!("CARGO_TARGET_TMPDIR")).join("template");
    written(&module);
    let binary = built(&module);

    let registration = json!({"name": "", "parentName": "", "parent": null, "inputArgs": []});
    let (engine, output) = run(&binary, registration);
    assert!(output.status.success(), "{output:?}");
    let id = engine.returned().unwrap();
    let graph = engine.recorder.graph(id.as_str().unwrap());
    for expected in [
        "withObject(description: \"Two functions to begin with.\", name: \"FirstSteps\")",
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
fn the_shim_renames_what_the_template_holds() {
    let shim = std::fs::read_to_string(sdk().join("main.go")).unwrap();
    assert!(shim.contains(r#"strings.NewReplacer("hello", crate, "Hello", "#));
    let manifest = std::fs::read_to_string(sdk().join("template/Cargo.toml")).unwrap();
    assert_eq!(
        manifest.matches("hello").count(),
        1,
        "only the name is the module's"
    );
    let source = std::fs::read_to_string(sdk().join("template/src/main.rs")).unwrap();
    assert!(source.contains("struct Hello {}") && source.contains("run::<Hello>()"));
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
