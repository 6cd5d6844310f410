//! What a module's process sees: the core, the modules that it depends on, and
//! itself.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dynamic::Schema;

use crate::Error;
use crate::modules::definition;
use crate::modules::module::Module;
use crate::modules::names;
use crate::schema;

/// The API as one module's process sees it.
pub struct Surface {
    pub schema: Schema,
    /// Modules by the types that they add.
    types: HashMap<String, Arc<Module>>,
    /// Modules by the fields of `Query` that make their main objects.
    constructors: HashMap<String, Arc<Module>>,
}

impl Surface {
    /// The surface of who sees these modules.
    ///
    /// # Errors
    /// Two modules that give one name to what they add, or types that do not
    /// hold together.
    pub fn of(modules: &[Arc<Module>]) -> Result<Self, Error> {
        let text = definition::write(modules);
        let (mut types, mut constructors) = (HashMap::new(), HashMap::new());
        for module in modules {
            constructors.insert(names::of_value(&module.name), module.clone());
            for name in definition::added(module).0 {
                types.insert(name, module.clone());
            }
        }
        Ok(Surface {
            schema: schema::extended(schema::SDL, &text)?,
            types,
            constructors,
        })
    }

    /// The module that a type belongs to.
    pub fn of_type(&self, name: &str) -> Option<&Arc<Module>> {
        self.types.get(name)
    }

    /// The module whose main object a field of `Query` makes.
    pub fn constructor(&self, field: &str) -> Option<&Arc<Module>> {
        self.constructors.get(field)
    }
}
