//! The arguments of one call.

use super::conversion::ConversionError;
use super::error::ModuleError;
use crate::client::Dag;
use serde_json::{Map, Value};

/// The arguments of a call, and the client it may use.
pub struct Inputs {
    function: String,
    values: Map<String, Value>,
    client: Dag,
}

impl Inputs {
    /// The arguments of a call of `function`; of the constructor, if that is empty.
    pub fn new(function: &str, values: Map<String, Value>, client: Dag) -> Self {
        Self {
            function: function.to_owned(),
            values,
            client,
        }
    }

    /// The client of the session.
    pub fn client(&self) -> Dag {
        self.client.clone()
    }

    /// Takes an argument's JSON out.
    pub(super) fn take(&mut self, name: &str) -> Option<Value> {
        self.values.remove(name)
    }

    /// The error of an argument.
    pub(super) fn wrong(&self, name: &str, source: ConversionError) -> ModuleError {
        ModuleError::Input {
            argument: name.to_owned(),
            function: self.function.clone(),
            source,
        }
    }
}
