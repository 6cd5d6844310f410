//! The text of the client: where it comes from, and what it does not depend on.
//!
//! `UPDATE_GENERATED=1 cargo test -p dagger-sdk-codegen` writes the client that is checked in anew.

use dagger_sdk_codegen::generate;
use serde_json::{Value, json};

/// What an engine shows to a module that has no dependencies.
const CORE: &str = include_str!("../core.json");
const CLIENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../dagger-sdk/src/client.rs");

fn core() -> Value {
    serde_json::from_str(CORE).unwrap()
}

#[test]
fn the_client_that_is_checked_in_is_the_one_of_the_core_api() {
    let code = generate(CORE).unwrap();
    if std::env::var_os("UPDATE_GENERATED").is_some() {
        std::fs::write(CLIENT, &code).unwrap();
    }
    let there = std::fs::read_to_string(CLIENT).unwrap();
    assert!(there == code, "the generator writes another client");
}

#[test]
fn the_core_api_is_the_one_that_the_manifest_names() {
    let manifest: Value = serde_json::from_str(include_str!("../../../dagger.json")).unwrap();
    assert_eq!(core()["__schemaVersion"], manifest["engineVersion"]);
    let code = generate(CORE).unwrap();
    let version = manifest["engineVersion"].as_str().unwrap();
    assert_eq!(code.lines().nth(1), Some(&*format!("// API: {version}")));
}

#[test]
fn the_text_does_not_depend_on_the_order_of_the_json() {
    let mut reversed = core();
    let types = reversed["__schema"]["types"].as_array_mut().unwrap();
    types.reverse();
    for ty in types {
        for list in ["fields", "enumValues", "interfaces"] {
            if let Some(list) = ty.get_mut(list).and_then(Value::as_array_mut) {
                list.reverse();
            }
        }
    }
    assert!(generate(&reversed.to_string()).unwrap() == generate(CORE).unwrap());
}

fn with_field(field: Value) -> String {
    json!({"__schema": {"types": [{"kind": "OBJECT", "name": "Query", "fields": [field]}]}})
        .to_string()
}

#[test]
fn what_has_no_counterpart_is_named() {
    let odd = json!({"name": "odd", "type": {"kind": "UNION", "name": "Either"}});
    let error = generate(&with_field(odd)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Query.odd: a result of type Either has no counterpart"
    );
    let odd = json!({"name": "odd", "args": [{"name": "one", "type": {"kind": "UNION", "name": "Either"}}],
        "type": {"kind": "SCALAR", "name": "String"}});
    let error = generate(&with_field(odd)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Query.odd: the argument one of type Either has no counterpart"
    );
}

#[test]
fn what_is_no_api_is_named() {
    let error = generate("{}").unwrap_err().to_string();
    assert!(error.starts_with("the introspection JSON: "), "{error}");
    let error = generate(r#"{"__schema": {"types": []}}"#).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the introspection JSON has no type `Query`"
    );
}

#[test]
fn a_description_ends_no_comment_and_is_no_test() {
    let description = "One.\n\n    indented\n```\nlet x = 1;\n*/ \\ \"quoted\"";
    let field = json!({"name": "one", "description": description,
        "type": {"kind": "SCALAR", "name": "String"}});
    let code = generate(&with_field(field)).unwrap();
    assert!(
        code.contains("    /// indented\n    /// ```text\n"),
        "{code}"
    );
    assert!(
        code.contains("\"quoted\"\n    /// ```\n    pub async fn one"),
        "{code}"
    );
}
