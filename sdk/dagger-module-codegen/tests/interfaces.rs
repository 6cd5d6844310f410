//! A module's object is given for an interface of a dependency: the two modules of the readme.
//!
//! `UPDATE_GENERATED=1 cargo test -p dagger-module-codegen` writes the code of the dependency anew.

// The guest names the crate that an engine generates beside it; here this test is that crate.
extern crate self as dagger_dependencies;

#[allow(dead_code)]
#[path = "../../dagger-module/tests/readme/guest.rs"]
mod guest;

#[allow(dead_code)]
#[path = "../../dagger-module/tests/readme/interfaces.rs"]
mod meeting;

#[allow(dead_code)]
#[rustfmt::skip]
#[path = "generated/meeting.rs"]
mod generated;

pub use generated::*;

use dagger_module::testing::{self, Recorder, json};
use guest::Guest;

const GENERATED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/generated/meeting.rs");

#[test]
fn the_text_is_the_one_that_is_compiled_here() {
    let introspection = testing::introspection::<meeting::Meeting>().unwrap();
    let code = dagger_module_codegen::generate(&introspection).unwrap();
    if std::env::var_os("UPDATE_GENERATED").is_some() {
        std::fs::write(GENERATED, &code).unwrap();
    }
    assert_eq!(std::fs::read_to_string(GENERATED).unwrap(), code);
}

#[tokio::test]
async fn an_object_of_the_module_is_given_by_its_constructor() {
    let recorder = Recorder::new();
    recorder.answer("entries", json!(["a", "b"]));
    let entries = testing::call::<Guest>(&recorder, "kept", json!({"mood": "tired"}), json!({}));
    assert_eq!(entries.await.unwrap(), json!(["a", "b"]));
    let queries = recorder.queries();
    assert_eq!(
        queries[0],
        r#"query{guest(mood:"tired"){asMeetingGreeter{id}}}"#
    );
    assert!(
        queries[1].starts_with("query{meeting{files(guest:\""),
        "{queries:#?}"
    );
}

#[tokio::test]
async fn what_a_dependency_returns_for_an_interface_is_called_like_any_object() {
    let recorder = Recorder::new();
    let dag = recorder.query();
    let greeter = MeetingGreeterId(recorder.id("Guest", "a guest"));
    recorder.answer("welcome", "Hello!");
    let said = dag.meeting().welcome(vec![greeter], "Eve").await;
    assert_eq!(said.unwrap(), "Hello!");
    let asked = recorder.queries().pop().unwrap();
    assert!(asked.contains("guests:[\"graph-"), "{asked}");
}
