//! Every type of a module's surface crosses the wire of the local session both ways.
//!
//! This program is both sides: with a session's variables it is the module `Echo` of the SDK's own
//! tests, without them it starts a session and calls itself.

#[path = "../../sdk/dagger-sdk/tests/echo/mod.rs"]
mod echo;

use dagger_local::progress::Silent;
use dagger_local::typedefs::TypeKind;
use dagger_local::{Invocation, Session, SessionOptions};
use echo::Echo;
use echo::values::{self, Ids};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

/// Each case starts a process.
const CASES: u32 = 60;

fn main() -> ExitCode {
    if std::env::var_os("DAGGER_SESSION_PORT").is_some() {
        return dagger_sdk::run::<Echo>();
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    let state = tempfile::tempdir().unwrap();
    let session = runtime.block_on(Session::start(SessionOptions {
        state: state.path().join("state"),
        module_root: state.path().to_owned(),
        keep: false,
        progress: Arc::new(Silent),
    }));
    let session = session.unwrap();
    let binary = std::env::current_exe().unwrap();
    runtime.block_on(the_types_are_registered(&session, &binary));
    println!("test the_types_are_registered ... ok");
    a_value_returns_as_it_was_given(&runtime, &session, &binary);
    println!("test a_value_returns_as_it_was_given ... ok");
    runtime.block_on(large_values_pass(&session, &binary));
    println!("test large_values_pass ... ok");
    runtime.block_on(session.close()).unwrap();
    ExitCode::SUCCESS
}

async fn the_types_are_registered(session: &Session, binary: &Path) {
    let module = session.register(binary).await.unwrap();
    let names: Vec<&str> = module
        .objects
        .iter()
        .map(|object| object.name.as_str())
        .collect();
    assert_eq!(names, ["Echo", "Part"]);
    let echo = &module.objects[0];
    let function = |name: &str| {
        echo.functions
            .iter()
            .find(|known| known.name == name)
            .unwrap()
    };
    let table = &function("table").return_type.kind;
    let TypeKind::List(rows) = table else {
        panic!("{table:?}")
    };
    let TypeKind::List(numbers) = &rows.kind else {
        panic!("{rows:?}")
    };
    assert_eq!(numbers.kind, TypeKind::Integer);
    let texts = &function("optionalTexts").args[0].ty;
    let TypeKind::List(text) = &texts.kind else {
        panic!("{texts:?}")
    };
    assert!(
        texts.optional && text.optional && text.kind == TypeKind::String,
        "{texts:?}"
    );
    assert_eq!(module.enums[0].name, "Level");
    let keeper = &module.interfaces[0];
    let names: Vec<&str> = keeper
        .functions
        .iter()
        .map(|known| known.name.as_str())
        .collect();
    assert_eq!(
        (keeper.name.as_str(), names.as_slice()),
        ("Keeper", ["thing", "joined"].as_slice())
    );
    let keeper = TypeKind::Interface("Keeper".into());
    assert_eq!(module.interfaces[0].functions[1].return_type.kind, keeper);
    assert_eq!(function("keeper").args[0].ty.kind, keeper);
}

fn a_value_returns_as_it_was_given(
    runtime: &tokio::runtime::Runtime,
    session: &Session,
    binary: &Path,
) {
    let ids = runtime.block_on(Made::by(session));
    let config = Config {
        cases: CASES,
        failure_persistence: None,
        ..Config::default()
    };
    let tested = TestRunner::new(config).run(&values::call(&ids), |(name, value)| {
        let call = Invocation {
            parent_name: "Echo".into(),
            parent: json!({}),
            name: name.into(),
            args: vec![("value".into(), value.clone())],
        };
        let answer = runtime.block_on(session.invoke(binary, call));
        let answer = answer.map_err(|error| TestCaseError::fail(format!("{name}: {error}")))?;
        prop_assert_eq!(answer, value, "{}", name);
        Ok(())
    });
    tested.unwrap();
}

/// Both ways through the endpoint, as an argument and as an answer, and within a query.
async fn large_values_pass(session: &Session, binary: &Path) {
    let large = "0123456789 \"ä\"\n".repeat(400_000);
    let call = Invocation {
        parent_name: "Echo".into(),
        parent: json!({}),
        name: "text".into(),
        args: vec![("value".into(), json!(large))],
    };
    assert_eq!(session.invoke(binary, call).await.unwrap(), json!(large));
    let query = format!(
        "{{directory{{withNewFile(path:\"a\",contents:{}){{file(path:\"a\"){{size}}}}}}}}",
        json!(large)
    );
    let size = &session.query(&query).await.unwrap()["directory"]["withNewFile"]["file"]["size"];
    assert_eq!(size, &json!(large.len()));
}

/// Objects that the session has made.
struct Made(HashMap<&'static str, String>);

impl Made {
    async fn by(session: &Session) -> Self {
        let answer = session
            .query(
                r#"{Container:container{id} File:directory{withNewFile(path:"a",contents:"b"){file(path:"a"){id}}}
                Service:container{asService{id}} Secret:setSecret(name:"name",plaintext:"text"){id}}"#,
            )
            .await
            .unwrap();
        let kinds = ["Container", "File", "Service", "Secret"];
        Self(kinds.map(|kind| (kind, innermost(&answer[kind]))).into())
    }
}

fn innermost(value: &Value) -> String {
    match value {
        Value::Object(fields) => innermost(fields.values().next().unwrap()),
        other => other.as_str().unwrap().to_owned(),
    }
}

impl Ids for Made {
    fn id(&self, kind: &'static str) -> BoxedStrategy<Value> {
        let id = match kind {
            // Only another module makes one, and that needs an engine.
            "Keeper" => Value::Null,
            kind => self.0[kind].clone().into(),
        };
        Just(id).boxed()
    }
}
