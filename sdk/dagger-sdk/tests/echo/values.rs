//! Values of every type, as JSON.

use proptest::prelude::*;
use serde_json::{Value, json};

/// Where the IDs of objects come from.
pub trait Ids {
    /// An ID of an object of that kind.
    fn id(&self, kind: &'static str) -> BoxedStrategy<Value>;
}

/// A member of `Level`.
pub fn level() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!("LOW")),
        Just(json!("VERY_HIGH")),
        Just(json!("other"))
    ]
}

/// A value or none.
pub fn optional(strategy: impl Strategy<Value = Value> + 'static) -> impl Strategy<Value = Value> {
    prop_oneof![Just(Value::Null), strategy]
}

/// A short list.
pub fn list(strategy: impl Strategy<Value = Value> + 'static) -> impl Strategy<Value = Value> {
    prop::collection::vec(strategy, 0..4).prop_map(Value::from)
}

/// Any text.
pub fn text() -> impl Strategy<Value = Value> {
    any::<String>().prop_map(Value::from)
}

/// The state of a `Part`, with parts in parts.
pub fn part(ids: &dyn Ids) -> BoxedStrategy<Value> {
    let leaf = (
        text(),
        optional(level()),
        optional(ids.id("File")),
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
    .boxed()
}

/// A function of `Echo`, and a value of its type.
pub fn call(ids: &dyn Ids) -> BoxedStrategy<(&'static str, Value)> {
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
        of("container", ids.id("Container")),
        of("services", list(ids.id("Service"))),
        of("optionalSecret", optional(ids.id("Secret"))),
        of("part", part(ids)),
        of("parts", optional(list(part(ids)))),
        of("keeper", optional(ids.id("Keeper"))),
        of("keepers", list(optional(ids.id("Keeper")))),
        of("platform", text()),
        of("json", text()),
        of("sharing", Just(json!("PRIVATE"))),
    ]
    .boxed()
}
