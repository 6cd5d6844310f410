//! What a module's process sees: the core, the modules that it depends on, and
//! itself.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use async_graphql::dynamic::Schema;

use crate::Error;
use crate::http::View;
use crate::modules::definition;
use crate::modules::module::Module;
use crate::modules::names;
use crate::schema;

/// The API as one module's process sees it.
pub struct Surface {
    core: Schema,
    /// The core with what the modules add. Most processes ask for none of it,
    /// and it takes a while to make.
    whole: OnceLock<Result<Schema, Error>>,
    dependencies: Vec<Arc<Module>>,
    itself: Option<Arc<Module>>,
    /// Modules by the types that they add.
    types: HashMap<String, Arc<Module>>,
    /// Modules by the fields of `Query` that make their main objects.
    constructors: HashMap<String, Arc<Module>>,
    /// The fields of `Query` that the modules add.
    fields: BTreeSet<String>,
}

impl Surface {
    /// What a module sees that depends on others, and is one itself once it is registered.
    pub fn of(core: Schema, dependencies: &[Arc<Module>], itself: Option<&Arc<Module>>) -> Self {
        let mut surface = Surface {
            core,
            whole: OnceLock::new(),
            dependencies: dependencies.to_vec(),
            itself: itself.cloned(),
            types: HashMap::new(),
            constructors: HashMap::new(),
            fields: BTreeSet::new(),
        };
        for module in dependencies.iter().chain(itself) {
            let constructor = names::of_value(&module.name);
            surface.constructors.insert(constructor, module.clone());
            let (types, fields) = definition::added(module);
            let types = types.into_iter().map(|name| (name, module.clone()));
            surface.types.extend(types);
            surface.fields.extend(fields);
        }
        surface
    }

    /// The module that a type belongs to.
    pub fn of_type(&self, name: &str) -> Option<&Arc<Module>> {
        self.types.get(name)
    }

    /// The module whose main object a field of `Query` makes.
    pub fn constructor(&self, field: &str) -> Option<&Arc<Module>> {
        self.constructors.get(field)
    }

    /// The module's own types are left out where they have the names of others:
    /// it cannot call itself then.
    fn whole(&self) -> Result<Schema, Error> {
        let all: Vec<_> = self
            .dependencies
            .iter()
            .chain(&self.itself)
            .cloned()
            .collect();
        let with = |modules: &[_]| schema::extended(schema::SDL, &definition::write(modules));
        with(&all).or_else(|_| with(&self.dependencies))
    }
}

impl View for Surface {
    fn schema(&self, roots: &[&str]) -> Result<Schema, Error> {
        let is_added = |field: &&str| self.fields.contains(*field) || field.starts_with("__");
        match roots.iter().any(is_added) {
            true => self.whole.get_or_init(|| self.whole()).clone(),
            false => Ok(self.core.clone()),
        }
    }
}
