//! The generated code: its text, that it compiles, and what it asks the engine.
//!
//! `UPDATE_GENERATED=1 cargo test -p dagger-module-codegen` writes the text anew.

use dagger_module::dagger_sdk::CacheSharingMode;
use dagger_module::testing::Recorder;
use serde_json::{Value, json};

#[allow(dead_code)]
#[rustfmt::skip]
#[path = "generated/dependencies.rs"]
mod dependencies;

use dependencies::*;

const INTROSPECTION: &str = include_str!("introspection.json");
const GENERATED: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/generated/dependencies.rs"
);

fn generated(introspection: &Value) -> String {
    dagger_module_codegen::generate(&introspection.to_string()).unwrap()
}

fn introspection() -> Value {
    serde_json::from_str(INTROSPECTION).unwrap()
}

#[test]
fn the_text_is_the_one_that_is_compiled_here() {
    let code = generated(&introspection());
    if std::env::var_os("UPDATE_GENERATED").is_some() {
        std::fs::write(GENERATED, &code).unwrap();
    }
    assert_eq!(std::fs::read_to_string(GENERATED).unwrap(), code);
}

#[test]
fn the_text_does_not_depend_on_the_order_of_the_json() {
    let mut reversed = introspection();
    let types = reversed["__schema"]["types"].as_array_mut().unwrap();
    types.reverse();
    for ty in types {
        for list in ["fields", "enumValues"] {
            if let Some(list) = ty.get_mut(list).and_then(Value::as_array_mut) {
                list.reverse();
            }
        }
    }
    assert_eq!(generated(&reversed), generated(&introspection()));
}

#[test]
fn without_dependencies_the_text_is_that_of_the_crate_that_is_written_first() {
    let only_core =
        json!({"__schema": {"types": [{"kind": "OBJECT", "name": "Query", "fields": []}]}});
    let first = include_str!("../../dagger-dependencies/src/lib.rs");
    assert_eq!(generated(&only_core), first);
}

#[test]
fn what_has_no_counterpart_is_named() {
    let mut unknown = introspection();
    let fields = unknown["__schema"]["types"][3]["fields"]
        .as_array_mut()
        .unwrap();
    assert_eq!(fields[0]["name"], "id");
    fields.push(json!({"name": "odd", "args": [], "type": {"kind": "UNION", "name": "Either"}}));
    let error = dagger_module_codegen::generate(&unknown.to_string()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Store.odd: a result of type Either has no counterpart"
    );
}

#[tokio::test]
async fn calls_become_a_chain_of_the_engines_names() {
    let recorder = Recorder::new();
    let dag = recorder.query();
    let secret = dag.set_secret("name", "value");
    let thing = recorder.id("Thing", "a thing");
    let store = dag
        .store_opts(
            secret,
            StoreOpts {
                image: Some("debian".into()),
            },
        )
        .with_thing_opts(
            ThingId(thing),
            StoreWithThingOpts {
                levels: Some(vec![StoreLevel::Low, StoreLevel::VeryHigh]),
                count: None,
            },
        );
    let merged = store.merged(dag.store(dag.set_secret("other", "value")));
    let container = merged.container_opts(StoreContainerOpts {
        base: Some(dag.container()),
    });
    insta::assert_snapshot!(recorder.graph(&container.id().await.unwrap().0));
}

#[tokio::test]
async fn results_come_back_in_their_types() {
    let recorder = Recorder::new();
    let dag = recorder.query();
    let store = dag.store(dag.set_secret("name", "value"));
    recorder.answer("note", Value::Null);
    assert_eq!(store.note().await.unwrap(), None);
    recorder.answer("sizes", json!([1, 2]));
    #[allow(deprecated)]
    let sizes = store.sizes().await.unwrap();
    assert_eq!(sizes, [1, 2]);
    recorder.answer("clear", Value::Null);
    store.clear("old").await.unwrap();
    let id = recorder.id("Thing", "a thing");
    recorder.answer("things", json!([{"id": id}]));
    let things = store.things(StoreLevel::Low).await.unwrap();
    assert_eq!(things.len(), 1);
    assert_eq!(
        recorder.graph(&things[0].id().await.unwrap().0),
        "Thing \"a thing\""
    );
    recorder.answer("level", "VERY_HIGH");
    assert_eq!(things[0].level().await.unwrap(), StoreLevel::VeryHigh);
    // As engines send the members of this one.
    recorder.answer("modes", json!(["shared", "LOCKED"]));
    let modes = store.modes().await.unwrap();
    assert_eq!(modes, [CacheSharingMode::Shared, CacheSharingMode::Locked]);
}
