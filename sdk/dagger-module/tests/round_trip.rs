//! Every type of a module's surface crosses the wire both ways and arrives as it left.
//!
//! The values go through the whole life of a process: the session's question with arguments as JSON
//! text, the function, and the text that is returned.

use dagger_module::prelude::*;
use dagger_module::testing::{self, Recorder};
use proptest::prelude::*;
use serde_json::{Value, json};

/// How well to do it.
#[enumeration]
#[derive(Clone, Debug, PartialEq)]
pub enum Level {
    Low,
    VeryHigh,
    #[member(name = "other")]
    Another,
}

/// A part, made of parts.
#[object]
pub struct Part {
    name: String,
    level: Option<Level>,
    parts: Vec<Part>,
    file: Option<File>,
    #[arg(private)]
    count: u32,
    #[arg(private, name = "hidden")]
    state: Vec<String>,
}

#[functions]
impl Part {
    #[function]
    fn first(&self, levels: Vec<Level>) -> Option<Level> {
        levels.into_iter().next()
    }
}

/// Returns what it is given.
#[object]
pub struct Echo {
    a_text: Option<String>,
    a_part: Option<Part>,
    a_directory: Option<Directory>,
}

#[functions]
impl Echo {
    #[function]
    fn text(&self, value: String) -> String {
        value
    }
    #[function]
    fn truth(&self, value: bool) -> bool {
        value
    }
    #[function]
    fn long(&self, value: i64) -> i64 {
        value
    }
    #[function]
    fn size(&self, value: usize) -> usize {
        value
    }
    #[function]
    fn int(&self, value: i32) -> i32 {
        value
    }
    #[function]
    fn byte(&self, value: u8) -> u8 {
        value
    }
    #[function]
    async fn float(&self, value: f64) -> Result<f64> {
        Ok(value)
    }
    #[function]
    fn texts(&self, value: Vec<String>) -> Vec<String> {
        value
    }
    #[function]
    fn optional_text(&self, value: Option<String>) -> Option<String> {
        value
    }
    #[function]
    fn optional_texts(&self, value: Option<Vec<Option<String>>>) -> Option<Vec<Option<String>>> {
        value
    }
    #[function]
    fn table(&self, value: Vec<Vec<i64>>) -> Vec<Vec<i64>> {
        value
    }
    #[function]
    fn level(&self, value: Level) -> Level {
        value
    }
    #[function]
    fn levels(&self, value: Vec<Option<Level>>) -> Vec<Option<Level>> {
        value
    }
    #[function]
    fn container(&self, value: Container) -> Container {
        value
    }
    #[function]
    fn services(&self, value: Vec<Service>) -> Vec<Service> {
        value
    }
    #[function]
    fn optional_secret(&self, value: Option<Secret>) -> Option<Secret> {
        value
    }
    #[function]
    async fn part(&self, value: Part) -> Result<Part> {
        Ok(value)
    }
    #[function]
    fn parts(&self, value: Option<Vec<Part>>) -> Option<Vec<Part>> {
        value
    }
    #[function]
    fn platform(&self, value: Platform) -> Platform {
        value
    }
    #[function]
    fn json(&self, value: Json) -> Json {
        value
    }
    #[function]
    fn sharing(&self, value: CacheSharingMode) -> CacheSharingMode {
        value
    }
}

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
        .block_on(testing::serve::<Echo>(recorder.client()))
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

fn id(kind: &'static str) -> impl Strategy<Value = Value> {
    ".*".prop_map(move |from| Recorder::new().id(kind, &from).into())
}

fn level() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!("LOW")),
        Just(json!("VERY_HIGH")),
        Just(json!("other"))
    ]
}

fn optional(strategy: impl Strategy<Value = Value> + 'static) -> impl Strategy<Value = Value> {
    prop_oneof![Just(Value::Null), strategy]
}

fn list(strategy: impl Strategy<Value = Value> + 'static) -> impl Strategy<Value = Value> {
    prop::collection::vec(strategy, 0..4).prop_map(Value::from)
}

fn text() -> impl Strategy<Value = Value> {
    any::<String>().prop_map(Value::from)
}

fn part() -> impl Strategy<Value = Value> {
    let leaf = (
        text(),
        optional(level()),
        optional(id("File")),
        any::<u32>(),
        list(text()),
    );
    let leaf = leaf.prop_map(|(name, level, file, count, hidden)| {
        json!({"name": name, "level": level, "parts": [], "file": file, "count": count, "hidden": hidden})
    });
    leaf.prop_recursive(3, 12, 3, |inner| {
        (inner.clone(), prop::collection::vec(inner, 0..3)).prop_map(|(mut part, parts)| {
            part["parts"] = parts.into();
            part
        })
    })
}

/// A function of [`Echo`], and a value of its type.
fn call() -> impl Strategy<Value = (&'static str, Value)> {
    fn of(
        name: &'static str,
        value: impl Strategy<Value = Value> + 'static,
    ) -> BoxedStrategy<(&'static str, Value)> {
        value.prop_map(move |value| (name, value)).boxed()
    }
    let finite = prop::num::f64::NORMAL | prop::num::f64::ZERO | prop::num::f64::SUBNORMAL;
    prop_oneof![
        of("text", text()),
        of("truth", any::<bool>().prop_map(Value::from)),
        of("long", any::<i64>().prop_map(Value::from)),
        of("size", (0..i64::MAX).prop_map(Value::from)),
        of("int", any::<i32>().prop_map(Value::from)),
        of("byte", any::<u8>().prop_map(Value::from)),
        of("float", finite.prop_map(Value::from)),
        of("texts", list(text())),
        of("optionalText", optional(text())),
        of("optionalTexts", optional(list(optional(text())))),
        of("table", list(list(any::<i64>().prop_map(Value::from)))),
        of("level", level()),
        of("levels", list(optional(level()))),
        of("container", id("Container")),
        of("services", list(id("Service"))),
        of("optionalSecret", optional(id("Secret"))),
        of("part", part()),
        of("parts", optional(list(part()))),
        of("platform", text()),
        of("json", text()),
        of("sharing", Just(json!("PRIVATE"))),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn a_value_returns_as_it_was_given((name, value) in call()) {
        prop_assert_eq!(echoed(name, &value), value);
    }

    #[test]
    fn the_state_of_an_object_is_kept(text in optional(text()), part in optional(part()), directory in optional(id("Directory"))) {
        let given = json!({"aText": text, "aPart": part, "aDirectory": directory});
        let state = asked("Echo", "", &Value::Null, given.clone());
        prop_assert_eq!(&state, &given);
        let constructed = asked("Echo", "truth", &state, json!({"value": true}));
        prop_assert_eq!(constructed, json!(true));
    }

    #[test]
    fn functions_of_other_objects_are_called_on_their_state(part in part(), levels in list(level())) {
        let expected = levels.get(0).cloned().unwrap_or_default();
        prop_assert_eq!(asked("Part", "first", &part, json!({"levels": levels})), expected);
    }
}

#[test]
fn a_whole_number_is_a_float_too() {
    assert_eq!(echoed("float", &json!(3)), json!(3.0));
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
