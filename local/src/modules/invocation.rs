//! What is called, and on the way of which other calls.

use serde_json::Value;

/// A call of a module's function.
#[derive(Debug, Clone)]
pub struct Invocation {
    /// The object's type, such as `Dind`.
    pub parent_name: String,
    /// The object's state; `null` for the constructor.
    pub parent: Value,
    /// The function's name; empty for the constructor.
    pub name: String,
    /// Arguments that were given; objects are IDs.
    pub args: Vec<(String, Value)>,
}

/// The calls that led to another one, the first one first.
#[derive(Debug, Clone, Default)]
pub struct Ancestors(Vec<String>);

impl Ancestors {
    /// Whether a call led here.
    pub fn has(&self, call: &str) -> bool {
        self.0.iter().any(|known| known == call)
    }

    /// How many calls led here.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The way on from here, by a call.
    pub fn then(&self, call: String) -> Self {
        Ancestors(self.0.iter().cloned().chain([call]).collect())
    }
}
