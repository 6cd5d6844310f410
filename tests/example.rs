//! The example of a Rust module that depends on this one: it compiles, and calls what there is.
//!
//! `UPDATE_GENERATED=1 cargo test --test example` writes the code of the dependency anew.

// The example names the crate that an engine generates beside it; here this test is that crate.
extern crate self as dagger_dependencies;

#[allow(dead_code)]
#[rustfmt::skip]
#[path = "example/dependencies.rs"]
mod generated;

#[allow(dead_code)]
#[path = "../examples/rust-module/src/main.rs"]
mod example;

pub use generated::*;

use dagger_module::testing::{self, Recorder, json};
use std::collections::HashSet;

const GENERATED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/example/dependencies.rs");

#[test]
fn what_the_example_could_call_is_there() {
    let introspection = testing::introspection::<dind::Dind>().unwrap();
    let code = dagger_module_codegen::generate(&introspection).unwrap();
    if std::env::var_os("UPDATE_GENERATED").is_some() {
        std::fs::write(GENERATED, &code).unwrap();
    }
    let there: HashSet<&str> = code.lines().map(str::trim).collect();
    let compiled = std::fs::read_to_string(GENERATED).unwrap();
    let lines = compiled.lines().map(str::trim);
    for line in lines.filter(|line| !line.starts_with("//")) {
        assert!(there.contains(line), "gone, or called otherwise: {line}");
    }
}

#[test]
fn the_example_binds_the_daemon_and_builds_an_image() {
    let recorder = Recorder::new();
    recorder.answer("stdout", "passed");
    let src = recorder.id("Directory", "an application");
    let call = testing::call::<example::App>(&recorder, "test", json!({}), json!({"src": src}));
    assert_eq!(testing::block_on(call).unwrap(), "passed");
    let query = recorder.queries().pop().unwrap();
    for call in ["dind(dindImage:\"docker:27-dind\")", "dindBind", "withExec"] {
        assert!(query.contains(call), "{query}");
    }
}
