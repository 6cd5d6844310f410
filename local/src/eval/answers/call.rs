//! A call that a module's process is to answer.

use std::sync::Mutex;

use serde_json::{Map, Value, json};

use crate::sync::locked;

/// The function that is called, and the answer once there is one.
#[derive(Debug)]
pub struct Call {
    /// The call's own number, which keeps its nodes apart from other calls'.
    pub number: u64,
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
    /// A call without an answer.
    pub fn new(
        number: u64,
        parent_name: String,
        parent: Value,
        name: String,
        args: Vec<(String, Value)>,
    ) -> Self {
        Call {
            number,
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
