//! What an engine refuses of a module and of those that it depends on.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::Error;
use crate::modules::definition::added;
use crate::modules::module::Module;
use crate::typedefs::{ModuleDef, TypeDef, TypeKind};

/// The names that Dagger's own API has taken.
#[derive(Debug, Default)]
pub struct Taken {
    pub types: BTreeSet<String>,
    /// The fields of `Query`.
    pub fields: BTreeSet<String>,
}

impl Taken {
    /// Refuses modules that add what is there already.
    ///
    /// # Errors
    /// The name, and who has it.
    pub fn refuse(&self, modules: &[Arc<Module>]) -> Result<(), Error> {
        let mut owners: BTreeMap<String, &str> = BTreeMap::new();
        for module in modules {
            let (types, fields) = added(module);
            let types = types
                .into_iter()
                .map(|name| (self.types.contains(&name), name));
            let fields = fields.into_iter().map(|name| {
                let is_taken = self.fields.contains(&name);
                (is_taken, format!("Query.{name}"))
            });
            for (is_taken, name) in types.chain(fields) {
                let owner = owners.insert(name.clone(), &module.name);
                let owner = owner.or_else(|| is_taken.then_some("Dagger's own API"));
                if let Some(owner) = owner {
                    return Err(Error::Module {
                        message: format!(
                            "the dependency {} has {name}, as {owner} has: give it another \
                             \"name\" among the dependencies in dagger.json",
                            module.name
                        ),
                    });
                }
            }
        }
        Ok(())
    }
}

/// Refuses a module that takes or gives what only another module knows.
///
/// # Errors
/// The function or field, and the type.
pub fn refuse_foreign(types: &ModuleDef, dependencies: &[Arc<Module>]) -> Result<(), Error> {
    let own = types.objects.iter().chain(&types.interfaces);
    let own: BTreeSet<&str> = own.map(|known| known.name.as_str()).collect();
    for object in types.objects.iter().chain(&types.interfaces) {
        let functions = object.constructor.iter().chain(&object.functions);
        let functions = functions.flat_map(|function| {
            let types = function.args.iter().map(|arg| &arg.ty);
            let types = types.chain([&function.return_type]);
            types.map(|ty| (function.name.as_str(), ty))
        });
        let fields = object.fields.iter();
        let fields = fields.map(|field| (field.name.as_str(), &field.ty));
        for (name, ty) in functions.chain(fields) {
            let Some(named) = innermost(ty).filter(|named| !own.contains(named)) else {
                continue;
            };
            let mut others = dependencies.iter();
            if let Some(other) = others.find(|other| added(other).0.contains(named)) {
                return Err(Error::Module {
                    message: format!(
                        "{}.{name} takes or gives a {named}, which is of the dependency {}: only \
                         types of Dagger's own API and of the module itself pass between modules",
                        object.name, other.name
                    ),
                });
            }
        }
    }
    Ok(())
}

fn innermost(ty: &TypeDef) -> Option<&str> {
    match &ty.kind {
        TypeKind::Object(name) | TypeKind::Interface(name) | TypeKind::Enum(name) => Some(name),
        TypeKind::List(element) => innermost(element),
        _ => None,
    }
}
