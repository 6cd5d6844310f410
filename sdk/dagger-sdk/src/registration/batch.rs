//! Queries written by hand: chains of calls, many in one request. The client sends one for each.

use serde_json::Value;
use std::fmt::Write as _;

/// A chain of calls that ends in `id`, such as `typeDef{withKind(kind:STRING_KIND){id}}`.
#[derive(Clone, Debug)]
pub struct Chain(Vec<String>);

impl Chain {
    pub fn new(root: impl Into<String>) -> Self {
        Self(vec![root.into()])
    }

    #[must_use]
    pub fn then(mut self, call: impl Into<String>) -> Self {
        self.0.push(call.into());
        self
    }

    /// Adds a call only where there is something to say.
    #[must_use]
    pub fn then_if(self, condition: bool, call: impl FnOnce() -> String) -> Self {
        if condition { self.then(call()) } else { self }
    }

    fn write(&self, text: &mut String) {
        for call in &self.0 {
            text.push_str(call);
            text.push('{');
        }
        text.push_str("id");
        text.extend(std::iter::repeat_n('}', self.0.len()));
    }
}

/// The selections of `chains`, each under an alias of its own: `prefix0`, `prefix1`, …
pub fn aliased(prefix: &str, chains: &[Chain]) -> String {
    let mut text = String::new();
    for (index, chain) in chains.iter().enumerate() {
        // Writing into a string can't fail.
        let _ = write!(text, " {prefix}{index}:");
        chain.write(&mut text);
    }
    text
}

/// The IDs of as many chains as [`aliased`] wrote under `prefix`; an index where one is missing.
pub fn ids(answer: &Value, prefix: &str, count: usize) -> Result<Vec<String>, usize> {
    (0..count)
        .map(|index| innermost(answer.get(format!("{prefix}{index}"))).ok_or(index))
        .collect()
}

/// Follows objects of one field down to the text in the innermost.
fn innermost(value: Option<&Value>) -> Option<String> {
    let mut value = value?;
    while let Value::Object(fields) = value {
        value = fields.values().next()?;
    }
    value.as_str().map(str::to_owned)
}
