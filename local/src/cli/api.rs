//! What can be called on which object: the module's types and the core types
//! behind one question.

use heck::{ToKebabCase, ToUpperCamelCase};

use super::core_schema::CoreSchema;
use super::error::CliError;
use crate::modules::names;
use crate::typedefs::{ArgDef, FieldDef, FunctionDef, ModuleDef, ObjectDef, TypeDef, TypeKind};

/// Who answers a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answers {
    /// The module's binary.
    Module,
    /// The object's own state: a field of the module's object.
    Field,
    /// The session.
    Core,
}

/// Something that can be called on an object.
#[derive(Debug, Clone)]
pub struct Callable {
    pub function: FunctionDef,
    pub answers: Answers,
}

impl Callable {
    /// The name on the command line.
    pub fn cli_name(&self) -> String {
        self.function.name.to_kebab_case()
    }

    /// The first line of the description, `-` where there is none.
    pub fn summary(&self) -> &str {
        match self.function.description.trim().lines().next() {
            Some(line) if !line.is_empty() => line,
            _ => "-",
        }
    }
}

/// The types of one module and of the core.
#[derive(Debug)]
pub struct Api {
    pub module: ModuleDef,
    pub core: CoreSchema,
}

impl Api {
    /// The object whose functions `dagger call` offers.
    ///
    /// # Errors
    /// A module that registers no object has none.
    pub fn main_object(&self) -> Result<&ObjectDef, CliError> {
        let name = self.module.name.to_upper_camel_case();
        let objects = &self.module.objects;
        objects
            .iter()
            .find(|object| object.name == name)
            .or_else(|| objects.iter().find(|object| object.constructor.is_some()))
            .or_else(|| objects.first())
            .ok_or_else(|| {
                CliError::Module(format!("the module {} has no object", self.module.name))
            })
    }

    /// What an engine calls a type of the module: by the module's name in front of its own.
    pub fn global_name(&self, own: &str) -> String {
        names::of_own_type(own, &self.module.name, &self.module.name)
    }

    /// What can be called on an object of this type, sorted by name. Functions
    /// that need an argument which the command line cannot give are left out.
    pub fn callables(&self, object: &str) -> Vec<Callable> {
        let mut found: Vec<Callable> = match self.module_object(object) {
            Some(object) => {
                let fields = object.fields.iter().map(field_function);
                fields
                    .map(|function| (function, Answers::Field))
                    .chain(
                        object
                            .functions
                            .iter()
                            .cloned()
                            .map(|function| (function, Answers::Module)),
                    )
                    .map(|(function, answers)| Callable { function, answers })
                    .collect()
            }
            None => self
                .core
                .objects
                .get(object)
                .map(|object| object.functions.clone())
                .unwrap_or_default()
                .into_iter()
                .map(|function| Callable {
                    function,
                    answers: Answers::Core,
                })
                .collect(),
        };
        found.retain(|callable| {
            callable
                .function
                .args
                .iter()
                .all(|argument| !is_required(argument) || self.can_be_given(&argument.ty))
        });
        found.sort_by_key(Callable::cli_name);
        found
    }

    /// A type of the module with this name.
    pub fn module_object(&self, name: &str) -> Option<&ObjectDef> {
        self.module
            .objects
            .iter()
            .chain(&self.module.interfaces)
            .find(|object| object.name == name)
    }

    /// The values of an enumeration, of the module or the core.
    pub fn enum_values(&self, name: &str) -> Option<Vec<String>> {
        let module = self.module.enums.iter().find(|known| known.name == name);
        module
            .map(|known| {
                known
                    .values
                    .iter()
                    .map(|value| value.name.clone())
                    .collect()
            })
            .or_else(|| self.core.enums.get(name).cloned())
    }

    /// Whether a flag can hold a value of this type.
    pub fn can_be_given(&self, ty: &TypeDef) -> bool {
        match &ty.kind {
            TypeKind::Object(name) => HOST_OBJECTS
                .iter()
                .any(|(known, holder, function)| known == name && self.core.has(holder, function)),
            TypeKind::Interface(_) | TypeKind::Void => false,
            TypeKind::List(inner) => {
                !matches!(inner.kind, TypeKind::List(_)) && self.can_be_given(inner)
            }
            TypeKind::Scalar(name) => match self.core.inputs.contains_key(name) {
                true => INPUT_OBJECTS.contains(&name.as_str()),
                false => true,
            },
            _ => true,
        }
    }
}

/// Objects that a flag's text can stand for, with the type and the function of
/// the session that such an object comes from.
const HOST_OBJECTS: [(&str, &str, &str); 7] = [
    ("Directory", "Host", "directory"),
    ("File", "Host", "file"),
    ("Service", "Host", "service"),
    ("Socket", "Host", "unixSocket"),
    ("Container", "Container", "from"),
    ("Secret", "Query", "secret"),
    ("CacheVolume", "Query", "cacheVolume"),
];

/// Input objects that have a notation for flags.
const INPUT_OBJECTS: [&str; 2] = ["PortForward", "BuildArg"];

/// Whether a call without this argument is refused.
pub fn is_required(argument: &ArgDef) -> bool {
    !argument.ty.optional
        && argument.default_value.is_none()
        && argument.default_path.is_none()
        && argument.default_address.is_none()
}

fn field_function(field: &FieldDef) -> FunctionDef {
    FunctionDef {
        description: field.description.clone(),
        ..FunctionDef::new(&field.name, field.ty.clone())
    }
}
