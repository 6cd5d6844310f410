//! Every object, enum and interface that can be reached from the main object, found by following types.

use super::conversion::ConversionError;
use super::definition::{EnumDef, InterfaceDef, ObjectDef};
use super::error::{ModuleError, RegisterError};
use super::future::LocalFuture;
use super::inputs::Inputs;
use serde_json::Value;
use std::any::TypeId;
use std::collections::HashSet;

/// The answer to a call, once it has run.
pub type Answer = LocalFuture<Result<Value, ModuleError>>;

/// Calls a function of an object given as JSON; nothing, if it has no function of that name.
pub type CallOf = fn(Value, &str, Inputs) -> Result<Option<Answer>, ConversionError>;

/// What a module consists of, as far as it was met.
///
/// Types enter it when they are described, see [`crate::Input`].
#[derive(Default)]
pub struct Registry {
    /// A definition is missing while its types are followed.
    objects: Vec<(TypeId, CallOf, Option<ObjectDef>)>,
    enums: Vec<(TypeId, EnumDef)>,
    interfaces: Vec<(TypeId, Option<InterfaceDef>)>,
    names: Vec<&'static str>,
}

/// What a registry has found, free of contradictions.
pub struct Found {
    /// In the order in which they were met.
    pub objects: Vec<(ObjectDef, CallOf)>,
    pub enums: Vec<EnumDef>,
    pub interfaces: Vec<InterfaceDef>,
}

impl Registry {
    /// Everything that was met.
    ///
    /// # Errors
    /// If two types share a name, or two things of one object do.
    pub fn found(self) -> Result<Found, RegisterError> {
        self.check_names()?;
        let objects = self.objects.into_iter();
        let interfaces = self.interfaces.into_iter();
        Ok(Found {
            objects: objects
                .filter_map(|(_, call, definition)| Some((definition?, call)))
                .collect(),
            enums: self.enums.into_iter().map(|(_, known)| known).collect(),
            interfaces: interfaces.filter_map(|(_, known)| known).collect(),
        })
    }

    pub(super) fn add_object(
        &mut self,
        rust: TypeId,
        name: &'static str,
        call: CallOf,
        define: fn(&mut Self) -> ObjectDef,
    ) {
        if self.objects.iter().all(|known| known.0 != rust) {
            let place = self.objects.len();
            self.names.push(name);
            self.objects.push((rust, call, None));
            let definition = define(self);
            self.objects[place].2 = Some(definition);
        }
    }

    pub(super) fn add_enum(&mut self, rust: TypeId, definition: EnumDef) {
        if self.enums.iter().all(|known| known.0 != rust) {
            self.names.push(definition.name);
            self.enums.push((rust, definition));
        }
    }

    pub(super) fn add_interface(
        &mut self,
        rust: TypeId,
        name: &'static str,
        define: fn(&mut Self) -> InterfaceDef,
    ) {
        if self.interfaces.iter().all(|known| known.0 != rust) {
            let place = self.interfaces.len();
            self.names.push(name);
            self.interfaces.push((rust, None));
            let definition = define(self);
            self.interfaces[place].1 = Some(definition);
        }
    }

    fn check_names(&self) -> Result<(), RegisterError> {
        let types = self.names.iter().copied();
        differ("two types", "the module", types)?;
        for object in self.objects.iter().filter_map(|known| known.2.as_ref()) {
            // That fields and functions differ was seen by the compiler, as it sees one block at a time.
            let functions = object.functions.iter().map(|function| function.name);
            differ("two functions", object.name, functions)?;
        }
        Ok(())
    }
}

fn differ(
    what: &'static str,
    place: &'static str,
    names: impl Iterator<Item = &'static str>,
) -> Result<(), RegisterError> {
    let mut seen = HashSet::new();
    for name in names {
        if !seen.insert(name) {
            return Err(RegisterError::SameName { what, place, name });
        }
    }
    Ok(())
}
