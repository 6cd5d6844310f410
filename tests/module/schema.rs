//! Every query that a function sends is one that the engine knows.

use std::io::Write;
use std::path::Path;

use dagger_sdk::testing::{self, Recorder, Schema};
use dind::Dind;
use serde_json::{Value, json};

use crate::calls;
use crate::support::defaults;

/// Schemas of the API that a checkout may lie beside.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/schema");
const OWN: &str = "dagger-v0.20.3.graphql";
/// To modules that name an older engine, these still serve `load…FromID`.
const NEWER: [&str; 2] = ["dagger-v0.21.8.graphql", "dagger-v1.0.0-beta.10.graphql"];

const LOGINS: &str = r#"{"auths":{"registry.example":{"auth":"bWU6cHc="}}}"#;

/// What the module asks: registration, and each function with the fields' defaults and with all set.
async fn queries() -> Vec<String> {
    let recorder = Recorder::new();
    testing::register::<Dind>(&recorder)
        .await
        .expect("a module");
    let mut queries = recorder.queries();
    let every_field = json!({
        "registryMirrors": ["https://mirror.example"],
        "insecureRegistries": ["registry.example"],
        "storageDriver": "vfs",
        "daemonJson": recorder.id("File", "daemon.json"),
        "registryAuth": recorder.id("Secret", "logins"),
        "access": "socket",
        "cache": "none",
        "httpProxy": "http://proxy.example:3128",
        "registryCerts": recorder.id("Directory", "certificates"),
        "cacheNamespace": "mine",
    });
    for fields in [defaults(), every_field] {
        for call in calls::all() {
            queries.extend(asked(fields.clone(), &call).await);
        }
    }
    queries
}

async fn asked(fields: Value, call: &calls::Call) -> Vec<String> {
    let recorder = calls::recorder();
    recorder
        .answer("contents", "{}")
        .answer("plaintext", LOGINS);
    calls::answer(&recorder, fields, call)
        .await
        .expect(call.function);
    recorder.queries()
}

#[tokio::test]
async fn every_query_is_valid_for_the_engine_and_for_newer_ones() {
    if !Path::new(FOLDER).is_dir() {
        // Past the capture of the test's output: a check that did not run is said aloud.
        writeln!(
            std::io::stderr(),
            "skipped: no schemas of Dagger's API beside this checkout"
        )
        .expect("stderr takes a line");
        return;
    }
    let load = |name| Schema::load(Path::new(FOLDER).join(name)).expect(name);
    let mut schemas = vec![load(OWN)];
    for name in NEWER {
        schemas.push(load(name).tolerating_load_from_id().expect(name));
    }
    let queries = queries().await;
    assert!(queries.len() > calls::all().len(), "{queries:?}");
    for query in &queries {
        for schema in &schemas {
            schema
                .check(query)
                .unwrap_or_else(|error| panic!("{error}"));
        }
    }
}
