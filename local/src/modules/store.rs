//! What the modules of a session know of each other.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use serde_json::Value;

use crate::modules::module::Module;
use crate::sync::{Memo, locked};

/// The modules of a session, and what they answered to each other.
#[derive(Default)]
pub struct Store {
    pub known: Known,
    /// Answers of functions, by the call.
    pub answers: Memo<Value>,
}

/// The modules of a session, by what tells them from each other.
#[derive(Debug, Default)]
pub struct Known(Mutex<HashMap<String, Arc<Module>>>);

impl Known {
    /// Makes a module known, and all that it depends on.
    pub fn add(&self, module: &Arc<Module>) {
        locked(&self.0).insert(module.key(), module.clone());
        for dependency in &module.dependencies {
            self.add(dependency);
        }
    }

    /// A module by its key.
    pub fn get(&self, key: &str) -> Option<Arc<Module>> {
        locked(&self.0).get(key).cloned()
    }
}
