//! A module whose parts are all known: what is registered, and what is called.

#[cfg(feature = "test-support")]
use crate::types::ArgDef;
use crate::types::{
    CallOf, EnumDef, FunctionDef, Inputs, InterfaceDef, ModuleError, Object, ObjectDef, Registry,
};
use serde_json::Value;

/// A module that is complete, and free of contradictions.
pub struct Module {
    pub description: &'static str,
    /// The main object comes first.
    pub objects: Vec<ObjectDef>,
    pub enums: Vec<EnumDef>,
    pub interfaces: Vec<InterfaceDef>,
    pub constructor: FunctionDef,
    calls: Vec<CallOf>,
}

impl Module {
    /// The module whose main object is `T`.
    ///
    /// # Errors
    /// If two types share a name, or two functions of one object do.
    pub fn of<T: Object>() -> Result<Self, ModuleError> {
        const { T::CAN_BE_MADE };
        let mut registry = Registry::default();
        registry.object::<T>();
        let constructor = T::constructor(&mut registry);
        let found = registry.found().map_err(ModuleError::Register)?;
        let (objects, calls) = found.objects.into_iter().unzip();
        Ok(Self {
            description: T::DESCRIPTION,
            objects,
            enums: found.enums,
            interfaces: found.interfaces,
            constructor,
            calls,
        })
    }

    /// The module with a description that is not its main object's; an empty one is none.
    #[must_use]
    pub fn described(mut self, description: &'static str) -> Self {
        if !description.is_empty() {
            self.description = description;
        }
        self
    }

    /// The functions of all objects, then those of all interfaces; without the constructor.
    pub fn functions(&self) -> impl Iterator<Item = &FunctionDef> {
        let objects = self.objects.iter().flat_map(|object| &object.functions);
        let interfaces = self.interfaces.iter().flat_map(|known| &known.functions);
        objects.chain(interfaces)
    }

    /// The arguments of a function, or of the constructor if `function` is empty.
    #[cfg(feature = "test-support")]
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
