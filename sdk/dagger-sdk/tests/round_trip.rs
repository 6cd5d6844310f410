//! Every type of a module's surface crosses the wire both ways and arrives as it left.
//!
//! The values go through the whole life of a process: the session's question with arguments as JSON
//! text, the function, and the text that is returned.

use dagger_sdk::testing::{self, Recorder};
use proptest::prelude::*;
use serde_json::{Value, json};

mod echo;

use echo::Echo;
use echo::values::{self, Ids, level, list, optional, part, text};

/// Asks a process for a function, as a session does; returns what it answers.
fn asked(parent_name: &str, name: &str, parent: &Value, arguments: Value) -> Value {
    let recorder = Recorder::new();
    let arguments: Vec<Value> = arguments
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, value)| json!({"name": name, "value": value.to_string()}))
        .collect();
    recorder.answer(
        "currentFunctionCall",
        json!({"name": name, "parentName": parent_name, "parent": parent.to_string(), "inputArgs": arguments}),
    );
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    runtime
        .block_on(testing::serve::<Echo>(recorder.session()))
        .unwrap();
    let queries = recorder.queries();
    let last = queries.last().unwrap();
    let literal = last
        .split_once("returnValue(value:")
        .unwrap_or_else(|| panic!("{queries:#?}"))
        .1;
    let text: String = serde_json::from_str(literal.strip_suffix(")}}").unwrap()).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn echoed(name: &str, value: &Value) -> Value {
    asked("Echo", name, &json!({}), json!({"value": value}))
}

/// Any text makes an ID of the recorder's.
struct Recorded;

impl Ids for Recorded {
    fn id(&self, kind: &'static str) -> BoxedStrategy<Value> {
        ".*".prop_map(move |from| Recorder::new().id(kind, &from).into())
            .boxed()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn a_value_returns_as_it_was_given((name, value) in values::call(&Recorded)) {
        prop_assert_eq!(echoed(name, &value), value);
    }

    #[test]
    fn the_state_of_an_object_is_kept(text in optional(text()), part in optional(part(&Recorded)), directory in optional(Recorded.id("Directory"))) {
        let given = json!({"aText": text, "aPart": part, "aDirectory": directory});
        let state = asked("Echo", "", &Value::Null, given.clone());
        prop_assert_eq!(&state, &given);
        let constructed = asked("Echo", "truth", &state, json!({"value": true}));
        prop_assert_eq!(constructed, json!(true));
    }

    #[test]
    fn functions_of_other_objects_are_called_on_their_state(part in part(&Recorded), levels in list(level())) {
        let expected = levels.get(0).cloned().unwrap_or_default();
        prop_assert_eq!(asked("Part", "first", &part, json!({"levels": levels})), expected);
    }
}

#[test]
fn a_whole_number_is_a_float_too() {
    assert_eq!(echoed("float", &json!(3)), json!(3.0));
}

#[test]
fn a_member_that_the_engine_sends_in_lower_case_is_the_same() {
    assert_eq!(echoed("sharing", &json!("private")), json!("PRIVATE"));
}

#[tokio::test]
async fn a_number_beyond_its_type_is_refused() {
    let recorder = Recorder::new();
    for (name, value) in [
        ("byte", json!(256)),
        ("size", json!(-1)),
        ("int", json!(2_147_483_648_i64)),
    ] {
        let answer =
            testing::call::<Echo>(&recorder, name, json!({}), json!({"value": value})).await;
        let error = answer.unwrap_err().to_string();
        assert!(
            error.starts_with(&format!(
                "argument `value` of function `{name}`: expected a whole number"
            )),
            "{error}"
        );
    }
}

#[tokio::test]
async fn an_unknown_member_is_answered_with_the_known_ones() {
    let answer = testing::call::<Echo>(
        &Recorder::new(),
        "level",
        json!({}),
        json!({"value": "MIDDLE"}),
    )
    .await;
    assert_eq!(
        answer.unwrap_err().to_string(),
        "argument `value` of function `level`: expected one of LOW, VERY_HIGH, other, got \"MIDDLE\""
    );
}
