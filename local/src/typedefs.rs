//! What a module offers: its objects, functions, arguments and their types, as
//! registered by its binary. The command line is built from these.

#[cfg(test)]
pub mod testing;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A module's type definitions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct ModuleDef {
    /// The module's name as its main object carries it, such as `Dind`.
    pub name: String,
    pub description: String,
    pub objects: Vec<ObjectDef>,
    pub enums: Vec<EnumDef>,
    pub interfaces: Vec<ObjectDef>,
}

/// An enumeration of the module.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct EnumDef {
    pub name: String,
    pub description: String,
    pub values: Vec<EnumValueDef>,
}

/// A member of an enumeration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct EnumValueDef {
    pub name: String,
    /// What stands for the member in JSON.
    pub value: String,
    pub description: String,
}

/// An object with its fields and functions, or an interface with its functions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct ObjectDef {
    pub name: String,
    pub description: String,
    /// Only the main object has one.
    pub constructor: Option<FunctionDef>,
    pub functions: Vec<FunctionDef>,
    pub fields: Vec<FieldDef>,
}

/// A field of an object: state that is callable.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FieldDef {
    pub name: String,
    pub description: String,
    pub ty: TypeDef,
}

/// A function of an object.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FunctionDef {
    pub name: String,
    pub description: String,
    pub args: Vec<ArgDef>,
    pub return_type: TypeDef,
    /// Whether `check` runs it.
    pub check: bool,
    /// Whether `generate` runs it.
    pub generator: bool,
    /// Whether each call of it runs anew.
    pub uncached: bool,
    /// The reason where the function is deprecated.
    pub deprecated: Option<String>,
}

impl FunctionDef {
    /// A function without arguments, and nothing said about it.
    pub fn new(name: &str, return_type: TypeDef) -> Self {
        FunctionDef {
            name: name.to_owned(),
            description: String::new(),
            args: Vec::new(),
            return_type,
            check: false,
            generator: false,
            uncached: false,
            deprecated: None,
        }
    }
}

/// An argument of a function.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ArgDef {
    pub name: String,
    pub description: String,
    pub ty: TypeDef,
    pub default_value: Option<Value>,
    /// A path below the module's root, for a `Directory` or a `File`.
    pub default_path: Option<String>,
    /// An image reference, for a `Container`.
    pub default_address: Option<String>,
    /// Patterns that are left out of a `Directory`.
    pub ignore: Vec<String>,
    /// The reason where the argument is deprecated.
    pub deprecated: Option<String>,
}

/// A type, and whether a value may be left out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TypeDef {
    pub kind: TypeKind,
    pub optional: bool,
}

impl TypeDef {
    /// A type whose values are always there.
    pub fn of(kind: TypeKind) -> Self {
        TypeDef {
            kind,
            optional: false,
        }
    }
}

/// The kinds of types; named ones carry their name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum TypeKind {
    String,
    Boolean,
    Integer,
    Float,
    Scalar(String),
    Enum(String),
    Object(String),
    Interface(String),
    List(Box<TypeDef>),
    Void,
}
