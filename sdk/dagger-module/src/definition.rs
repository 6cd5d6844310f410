//! What a module tells the engine about itself, as plain data.
//!
//! The macros write these values, [`crate::register`] sends them.

use serde_json::Value;

/// A type as the API knows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TypeRef {
    String,
    Integer,
    Float,
    Boolean,
    /// Nothing at all: a function that returns `()`.
    Void,
    Scalar(&'static str),
    Object(&'static str),
    Enum(&'static str),
    List(Box<TypeRef>),
    Optional(Box<TypeRef>),
}

impl TypeRef {
    /// The type as an author of a GraphQL schema writes it; used where texts name a type.
    pub fn written(&self) -> String {
        match self {
            Self::String => "String".into(),
            Self::Integer => "Int".into(),
            Self::Float => "Float".into(),
            Self::Boolean => "Boolean".into(),
            Self::Void => "Void".into(),
            Self::Scalar(name) | Self::Object(name) | Self::Enum(name) => (*name).into(),
            Self::List(element) => format!("[{}]", element.written()),
            Self::Optional(inner) => format!("{}?", inner.written()),
        }
    }
}

/// How long the engine may answer a call from its cache.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum CachePolicy {
    /// The engine decides: seven days as of v0.20.
    #[default]
    Default,
    Never,
    /// For the rest of the session.
    Session,
    /// For a duration in Go's notation, such as `300s`.
    Duration(&'static str),
}

/// A function of the API.
#[derive(Clone, Debug)]
pub struct FunctionDef {
    pub name: &'static str,
    pub description: &'static str,
    pub args: Vec<ArgDef>,
    pub returns: TypeRef,
    pub check: bool,
    pub generator: bool,
    pub cache: CachePolicy,
    pub deprecated: Option<&'static str>,
}

impl FunctionDef {
    /// A constructor whose arguments are the object's fields.
    pub fn of_fields(args: Vec<ArgDef>, returns: TypeRef) -> Self {
        Self {
            name: "",
            description: "",
            args,
            returns,
            check: false,
            generator: false,
            cache: CachePolicy::Default,
            deprecated: None,
        }
    }
}

/// An argument of a function.
#[derive(Clone, Debug)]
pub struct ArgDef {
    pub name: &'static str,
    pub description: &'static str,
    pub type_ref: TypeRef,
    pub default: Option<Value>,
    pub default_path: Option<&'static str>,
    pub default_address: Option<&'static str>,
    pub ignore: &'static [&'static str],
    pub deprecated: Option<&'static str>,
}

impl ArgDef {
    /// Whether a caller may leave the argument out.
    pub fn is_optional(&self) -> bool {
        matches!(self.type_ref, TypeRef::Optional(_))
            || self.default.is_some()
            || self.default_path.is_some()
            || self.default_address.is_some()
    }
}

/// A field that callers can read.
#[derive(Clone, Debug)]
pub struct FieldDef {
    pub name: &'static str,
    pub description: &'static str,
    pub type_ref: TypeRef,
    pub deprecated: Option<&'static str>,
}

/// A member of an enum.
#[derive(Clone, Debug)]
pub struct MemberDef {
    pub name: &'static str,
    pub description: &'static str,
    pub deprecated: Option<&'static str>,
}

/// An enum of the module.
#[derive(Clone, Debug)]
pub struct EnumDef {
    pub name: &'static str,
    pub description: &'static str,
    pub members: &'static [MemberDef],
}

/// An object of the module.
#[derive(Clone, Debug)]
pub struct ObjectDef {
    pub name: &'static str,
    pub description: &'static str,
    pub fields: Vec<FieldDef>,
    pub functions: Vec<FunctionDef>,
}
