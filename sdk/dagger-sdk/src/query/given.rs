//! What can be given to a call as it stands in Rust.

use super::id::Id;
use super::node::Argument;
use std::borrow::Borrow;

/// A value that can be given to a call.
pub trait Given {
    /// The value as an argument.
    fn given(&self) -> Argument;
}

impl Given for String {
    fn given(&self) -> Argument {
        Argument::text(self)
    }
}

impl Given for bool {
    fn given(&self) -> Argument {
        Argument::Literal(self.to_string())
    }
}

impl Given for i64 {
    fn given(&self) -> Argument {
        Argument::Literal(self.to_string())
    }
}

impl Given for f64 {
    fn given(&self) -> Argument {
        if self.is_finite() {
            Argument::Literal(serde_json::Value::from(*self).to_string())
        } else {
            Argument::Impossible("a number of the API is finite")
        }
    }
}

impl<T: Given> Given for Option<T> {
    fn given(&self) -> Argument {
        match self {
            Some(value) => value.given(),
            None => Argument::Literal("null".into()),
        }
    }
}

impl<T: Given> Given for Vec<T> {
    fn given(&self) -> Argument {
        Argument::List(self.iter().map(Given::given).collect())
    }
}

impl Given for Id {
    fn given(&self) -> Argument {
        Argument::text(self.as_str())
    }
}

/// A list of values, each given by itself or by reference.
pub fn list<T: Given>(items: impl IntoIterator<Item = impl Borrow<T>>) -> Argument {
    let items = items.into_iter().map(|item| item.borrow().given());
    Argument::List(items.collect())
}
