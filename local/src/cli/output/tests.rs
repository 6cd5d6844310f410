//! What is printed of objects, and where a result goes.

use serde_json::json;

use super::*;
use crate::cli::testing::{Recorder, api};
use crate::typedefs::TypeDef;
use crate::typedefs::testing::object;

fn outcome(value: Value, ty: TypeDef, is_core: bool) -> Outcome {
    Outcome { value, ty, is_core }
}

fn list(ty: TypeDef) -> TypeDef {
    TypeDef {
        kind: TypeKind::List(Box::new(ty)),
        optional: false,
    }
}

async fn rendered(options: &Options, outcome: &Outcome) -> String {
    let recorder = Recorder::default();
    let caller = std::env::temp_dir();
    render(&recorder, &api(), options, &caller, outcome)
        .await
        .expect("a text")
}

#[tokio::test]
async fn an_object_is_a_line_of_its_type_and_digest_in_json_too() {
    for json in [false, true] {
        let options = Options {
            json,
            ..Options::default()
        };
        let service = outcome(json!("svc"), object("Service"), true);
        let text = rendered(&options, &service).await;
        assert_eq!(text, format!("Service@{}\n", digest("svc")));
    }
}

#[tokio::test]
async fn objects_of_a_list_are_marked() {
    let services = outcome(json!(["a", "b"]), list(object("Service")), true);
    assert_eq!(
        rendered(&Options::default(), &services).await,
        format!("- Service@{}\n- Service@{}\n", digest("a"), digest("b"))
    );
}

#[tokio::test]
async fn an_object_of_the_module_is_named_after_the_module() {
    for (name, shown) in [
        ("Dind", "Dind@"),
        ("DindReport", "DindReport@"),
        ("Report", "DindReport@"),
        ("Dinder", "DindDinder@"),
    ] {
        let report = outcome(json!({"line": "a"}), object(name), false);
        let text = rendered(&Options::default(), &report).await;
        assert!(text.starts_with(shown) && text.ends_with('\n'), "{text}");
    }
}

#[tokio::test]
async fn a_saved_value_is_printed_too_and_its_folder_is_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("new/file");
    let options = Options {
        output: Some(file.clone()),
        ..Options::default()
    };
    let string = TypeDef {
        kind: TypeKind::String,
        optional: false,
    };
    let text = rendered(&options, &outcome(json!("a\n"), string, false)).await;
    assert_eq!(text, "a\n");
    assert_eq!(fs::read_to_string(file).expect("a file"), "a\n");
}

#[tokio::test]
async fn nothing_is_printed_for_a_function_that_returns_nothing() {
    let options = Options {
        json: true,
        ..Options::default()
    };
    let void = TypeDef {
        kind: TypeKind::Void,
        optional: true,
    };
    assert_eq!(
        rendered(&options, &outcome(Value::Null, void, false)).await,
        ""
    );
}

#[test]
fn a_graph_has_one_name() {
    assert_eq!(digest("a"), digest("a"));
    assert_ne!(digest("a"), digest("b"));
}
