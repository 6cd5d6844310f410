//! Which types of an API are the dependencies', in an order of their own.

use crate::Error;
use crate::core_names;
use crate::introspection::{Field, Schema, Type};
use std::collections::{BTreeMap, BTreeSet};

/// What code is written for.
pub struct Dependencies<'a> {
    /// The fields of the client that make the main objects.
    pub constructors: Vec<&'a Field>,
    pub objects: BTreeMap<&'a str, &'a Type>,
    /// The objects that some function takes and nobody makes from nothing. Introspection shows an
    /// interface as an object: it is among these.
    pub taken: BTreeSet<&'a str>,
    pub enums: BTreeMap<&'a str, &'a Type>,
}

impl<'a> Dependencies<'a> {
    /// Everything that can be reached from the constructors and is not Dagger's own.
    ///
    /// # Errors
    /// If the API has no root.
    pub fn of(schema: &'a Schema) -> Result<Self, Error> {
        let types: BTreeMap<&str, &Type> = schema
            .types
            .iter()
            .map(|ty| (ty.name.as_str(), ty))
            .collect();
        let query = types.get("Query").ok_or(Error::NoQuery)?;
        let mut constructors: Vec<&Field> = fields(query)
            .filter(|field| !is_loader(&field.name))
            .filter(|field| {
                let made = types.get(field.ty.innermost());
                made.is_some_and(|made| made.kind == "OBJECT" && !is_core(&made.name))
            })
            .collect();
        constructors.sort_by(|one, other| one.name.cmp(&other.name));
        let mut found = Self {
            constructors: Vec::new(),
            objects: BTreeMap::new(),
            taken: BTreeSet::new(),
            enums: BTreeMap::new(),
        };
        for constructor in &constructors {
            found.reach(constructor, &types);
        }
        for constructor in &constructors {
            found.taken.remove(constructor.ty.innermost());
        }
        found.constructors = constructors;
        Ok(found)
    }

    /// Adds the types of a field, and all that they lead to.
    fn reach(&mut self, field: &'a Field, types: &BTreeMap<&'a str, &'a Type>) {
        let arguments = field.args.iter();
        let names = arguments
            .map(|argument| argument.ty.innermost())
            .chain([field.ty.innermost()]);
        for name in names {
            // An argument names an object by its ID.
            let object = name
                .strip_suffix("ID")
                .filter(|object| types.contains_key(object));
            let Some(ty) = types.get(object.unwrap_or(name)) else {
                continue;
            };
            if is_core(&ty.name) {
                continue;
            }
            if object.is_some() {
                self.taken.insert(&ty.name);
            }
            match ty.kind.as_str() {
                "OBJECT" if self.objects.insert(&ty.name, ty).is_none() => {
                    for field in fields(ty) {
                        self.reach(field, types);
                    }
                }
                "ENUM" => {
                    self.enums.insert(&ty.name, ty);
                }
                _ => {}
            }
        }
    }
}

pub fn fields(ty: &Type) -> impl Iterator<Item = &Field> {
    ty.fields.iter().flatten()
}

fn is_loader(field: &str) -> bool {
    field.starts_with("load") && field.ends_with("FromID")
}

pub fn is_core(name: &str) -> bool {
    name.starts_with("__")
        || [core_names::OBJECTS, core_names::ENUMS, core_names::SCALARS]
            .iter()
            .any(|names| names.contains(&name))
}
