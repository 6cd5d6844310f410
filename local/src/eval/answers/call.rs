//! A call that a module's process is to answer.

use std::path::PathBuf;
use std::sync::Mutex;

use serde_json::{Map, Value, json};

use crate::sync::locked;

/// The module that a call is one of.
#[derive(Debug, Clone)]
pub struct Origin {
    /// What who depends on the module calls it.
    pub name: String,
    /// The folder of its `dagger.json`.
    pub root: PathBuf,
}

/// The function that is called, and the answer once there is one.
#[derive(Debug)]
pub struct Call {
    /// The call's own number, which keeps its nodes apart from other calls'.
    pub number: u64,
    pub origin: Origin,
    pub parent_name: String,
    pub parent: Value,
    pub name: String,
    pub args: Vec<(String, Value)>,
    answer: Mutex<Option<Reply>>,
}

/// How a module answered.
#[derive(Debug, Clone)]
pub enum Reply {
    Value(Value),
    Error {
        message: String,
        values: Map<String, Value>,
    },
}

impl Call {
    /// A call of a function of an object, without an answer.
    pub fn new(
        number: u64,
        origin: Origin,
        (parent_name, parent): (String, Value),
        (name, args): (String, Vec<(String, Value)>),
    ) -> Self {
        Call {
            number,
            origin,
            parent_name,
            parent,
            name,
            args,
            answer: Mutex::default(),
        }
    }

    /// Keeps the answer; the last one counts.
    pub fn reply(&self, reply: Reply) {
        *locked(&self.answer) = Some(reply);
    }

    /// The answer, if there is one.
    pub fn answer(&self) -> Option<Reply> {
        locked(&self.answer).clone()
    }

    /// A field of `FunctionCall` that is no object.
    pub fn field(&self, name: &str) -> Option<Value> {
        Some(match name {
            "name" => json!(self.name),
            "parentName" => json!(self.parent_name),
            "parent" => json!(self.parent.to_string()),
            _ => return None,
        })
    }
}
