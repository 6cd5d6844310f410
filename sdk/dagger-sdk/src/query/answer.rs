//! What the engine answers at the end of a chain, read as Rust.

use serde_json::Value;
use std::fmt;

/// As much of a wrong value as helps to recognise it, in characters.
const SHOWN: usize = 60;

/// An answer, or an argument, of another type than was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    expected: String,
    found: String,
}

impl Unreadable {
    /// A value that is not what was `expected`; what was found is shortened for the text.
    pub fn new(expected: impl Into<String>, found: &Value) -> Self {
        let mut text = found.to_string();
        if let Some((cut, _)) = text.char_indices().nth(SHOWN) {
            text.truncate(cut);
            text.push('…');
        }
        Self {
            expected: expected.into(),
            found: text,
        }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "expected {}, got {}", self.expected, self.found)
    }
}

impl std::error::Error for Unreadable {}

/// A value that a leaf can answer with.
pub trait Answer: Sized {
    /// The value out of its JSON.
    ///
    /// # Errors
    /// If it is of another type.
    fn read(value: Value) -> Result<Self, Unreadable>;
}

impl Answer for Value {
    fn read(value: Value) -> Result<Self, Unreadable> {
        Ok(value)
    }
}

impl Answer for String {
    fn read(value: Value) -> Result<Self, Unreadable> {
        match value {
            Value::String(text) => Ok(text),
            other => Err(Unreadable::new("a string", &other)),
        }
    }
}

impl Answer for bool {
    fn read(value: Value) -> Result<Self, Unreadable> {
        value
            .as_bool()
            .ok_or_else(|| Unreadable::new("true or false", &value))
    }
}

impl Answer for i64 {
    fn read(value: Value) -> Result<Self, Unreadable> {
        value
            .as_i64()
            .ok_or_else(|| Unreadable::new("a whole number", &value))
    }
}

impl Answer for f64 {
    fn read(value: Value) -> Result<Self, Unreadable> {
        value
            .as_f64()
            .ok_or_else(|| Unreadable::new("a number", &value))
    }
}

impl<T: Answer> Answer for Option<T> {
    fn read(value: Value) -> Result<Self, Unreadable> {
        match value {
            Value::Null => Ok(None),
            value => T::read(value).map(Some),
        }
    }
}

impl<T: Answer> Answer for Vec<T> {
    fn read(value: Value) -> Result<Self, Unreadable> {
        match value {
            Value::Array(items) => items.into_iter().map(T::read).collect(),
            other => Err(Unreadable::new("a list", &other)),
        }
    }
}
