//! Every object, enum and interface that can be reached from the main object, found by following types.

use crate::convert::ConversionError;
use crate::definition::{ArgDef, EnumDef, FunctionDef, InterfaceDef, ObjectDef, TypeRef};
use crate::error::{ModuleError, RegisterError};
use crate::inputs::Inputs;
use crate::interface::Interface;
use crate::object::{Answer, Enumeration, Object, decode_object};
use dagger_sdk::Query;
use serde_json::Value;
use std::any::TypeId;
use std::collections::HashSet;

/// Calls a function of an object given as JSON; `None` if it has no function of that name.
type Call = fn(Value, &str, Inputs) -> Result<Option<Answer>, ConversionError>;

struct Known<D> {
    rust: TypeId,
    definition: D,
    call: Option<Call>,
}

/// What a module consists of, as far as it was met.
///
/// Types enter it when they are described, see [`crate::Input`].
#[derive(Default)]
pub struct Registry {
    objects: Vec<Known<Option<ObjectDef>>>,
    names: Vec<(TypeId, &'static str)>,
    enums: Vec<Known<EnumDef>>,
    interfaces: Vec<Known<Option<InterfaceDef>>>,
    problems: Vec<RegisterError>,
}

/// A registry that is complete, and free of contradictions.
pub struct Module {
    /// The main object comes first.
    pub objects: Vec<ObjectDef>,
    pub enums: Vec<EnumDef>,
    pub interfaces: Vec<InterfaceDef>,
    pub constructor: FunctionDef,
    calls: Vec<Call>,
}

impl Registry {
    /// The module whose main object is `T`.
    ///
    /// # Errors
    /// If two types share a name, two things of one object do, or a private field can't be filled.
    pub fn module<T: Object>() -> Result<Module, ModuleError> {
        let mut registry = Self::default();
        registry.object::<T>();
        let constructor = T::constructor(&mut registry);
        registry.check_names();
        if let Some(problem) = registry.problems.into_iter().next() {
            return Err(ModuleError::Register(problem));
        }
        let (objects, calls) = registry
            .objects
            .into_iter()
            .filter_map(|known| Some((known.definition?, known.call?)))
            .unzip();
        Ok(Module {
            objects,
            enums: registry
                .enums
                .into_iter()
                .map(|known| known.definition)
                .collect(),
            interfaces: registry
                .interfaces
                .into_iter()
                .filter_map(|known| known.definition)
                .collect(),
            constructor,
            calls,
        })
    }

    /// The reference to an object of the module; its first mention also registers what it leads to.
    pub fn object<T: Object>(&mut self) -> TypeRef {
        let rust = TypeId::of::<T>();
        if self.objects.iter().all(|known| known.rust != rust) {
            let place = self.objects.len();
            self.names.push((rust, T::NAME));
            self.objects.push(Known {
                rust,
                definition: None,
                call: Some(call::<T>),
            });
            let definition = ObjectDef {
                name: T::NAME,
                description: T::DESCRIPTION,
                fields: T::fields(self),
                functions: T::functions(self),
            };
            self.objects[place].definition = Some(definition);
        }
        TypeRef::Object(T::NAME)
    }

    /// The reference to an enum of the module.
    pub fn enumeration<T: Enumeration>(&mut self) -> TypeRef {
        let rust = TypeId::of::<T>();
        if self.enums.iter().all(|known| known.rust != rust) {
            self.names.push((rust, T::NAME));
            self.enums.push(Known {
                rust,
                definition: EnumDef {
                    name: T::NAME,
                    description: T::DESCRIPTION,
                    members: T::MEMBERS,
                },
                call: None,
            });
        }
        TypeRef::Enum(T::NAME)
    }

    /// The reference to an interface; its first mention also registers what it leads to.
    pub fn interface<T: Interface>(&mut self) -> TypeRef {
        let rust = TypeId::of::<T>();
        if self.interfaces.iter().all(|known| known.rust != rust) {
            let place = self.interfaces.len();
            self.names.push((rust, T::NAME));
            self.interfaces.push(Known {
                rust,
                definition: None,
                call: None,
            });
            let definition = InterfaceDef {
                name: T::NAME,
                description: T::DESCRIPTION,
                functions: T::functions(self),
            };
            self.interfaces[place].definition = Some(definition);
        }
        TypeRef::Interface(T::NAME)
    }

    /// Notes that a private field of the main object can't be filled without a constructor.
    pub fn needs_default<T: Object>(&mut self, field: &'static str, has_default: bool) {
        if !has_default {
            self.problems.push(RegisterError::NoValue {
                object: T::NAME,
                field,
            });
        }
    }

    fn check_names(&mut self) {
        let mut seen = HashSet::new();
        for (_, name) in &self.names {
            if !seen.insert(*name) {
                self.problems.push(RegisterError::SameName {
                    what: "types",
                    place: "the module".into(),
                    name,
                });
            }
        }
        let definitions = self
            .objects
            .iter()
            .filter_map(|known| known.definition.as_ref());
        for object in definitions {
            let mut seen = HashSet::new();
            let fields = object.fields.iter().map(|field| field.name);
            for name in fields.chain(object.functions.iter().map(|function| function.name)) {
                if !seen.insert(name) {
                    self.problems.push(RegisterError::SameName {
                        what: "a field and a function",
                        place: object.name.into(),
                        name,
                    });
                }
            }
        }
    }
}

impl Module {
    /// The functions of all objects, then those of all interfaces; without the constructor.
    pub fn functions(&self) -> impl Iterator<Item = &FunctionDef> {
        let objects = self.objects.iter().flat_map(|object| &object.functions);
        let interfaces = self.interfaces.iter().flat_map(|known| &known.functions);
        objects.chain(interfaces)
    }

    /// The arguments of a function, or of the constructor if `function` is empty.
    pub fn arguments(&self, object: &str, function: &str) -> Option<&[ArgDef]> {
        if function.is_empty() {
            return Some(&self.constructor.args);
        }
        let object = self.objects.iter().find(|known| known.name == object)?;
        let functions = &object.functions;
        let function = functions.iter().find(|known| known.name == function)?;
        Some(&function.args)
    }

    /// Calls a function of the object `parent_name` given as JSON.
    ///
    /// # Errors
    /// If there is no such function, the object or an argument can't be decoded, or the call fails.
    pub async fn call(
        &self,
        parent_name: &str,
        parent: Value,
        name: &str,
        inputs: Inputs,
    ) -> Result<Value, ModuleError> {
        let unknown = || ModuleError::Unknown {
            object: parent_name.to_owned(),
            function: name.to_owned(),
        };
        let place = self
            .objects
            .iter()
            .position(|known| known.name == parent_name);
        let call = place
            .and_then(|place| self.calls.get(place))
            .ok_or_else(unknown)?;
        let answer = call(parent, name, inputs).map_err(|source| ModuleError::State {
            object: parent_name.to_owned(),
            source,
        })?;
        answer.ok_or_else(unknown)?.await
    }
}

fn call<T: Object>(
    parent: Value,
    name: &str,
    inputs: Inputs,
) -> Result<Option<Answer>, ConversionError> {
    let client: Query = inputs.client();
    let object: T = decode_object(parent, &client)?;
    Ok(object.call(name, inputs))
}
