//! What a module tells the engine about itself, as plain data.
//!
//! The macros write these values, [`crate::register`] sends them.

use serde_json::Value;

/// A type as the API knows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TypeRef {
    /// Text.
    String,
    /// A whole number of 64 bits.
    Integer,
    /// A number of double precision.
    Float,
    /// True or false.
    Boolean,
    /// Nothing at all: a function that returns `()`.
    Void,
    /// A scalar by its name.
    Scalar(&'static str),
    /// An object by its name.
    Object(&'static str),
    /// An enum by its name.
    Enum(&'static str),
    /// An interface by its name.
    Interface(&'static str),
    /// A list of a type.
    List(Box<TypeRef>),
    /// A type, or nothing.
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
            Self::Scalar(name) | Self::Object(name) | Self::Enum(name) | Self::Interface(name) => {
                (*name).into()
            }
            Self::List(element) => format!("[{}]", element.written()),
            Self::Optional(inner) => format!("{}?", inner.written()),
        }
    }

    /// Whether a value is named by an ID, or a list of such.
    pub fn is_named(&self) -> bool {
        match self {
            Self::Object(_) | Self::Interface(_) => true,
            Self::List(inner) | Self::Optional(inner) => inner.is_named(),
            _ => false,
        }
    }
}

/// Where something stands in the source of the module.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file, relative to the crate.
    pub file: &'static str,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
}

/// How long the engine may answer a call from its cache.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum CachePolicy {
    /// The engine decides: seven days as of v0.20.
    #[default]
    Default,
    /// Not at all.
    Never,
    /// For the rest of the session.
    Session,
    /// For a duration in Go's notation, such as `300s`.
    Duration(&'static str),
}

/// A function of the API.
#[derive(Clone, Debug)]
pub struct FunctionDef {
    /// The name in the API.
    pub name: &'static str,
    /// The help.
    pub description: &'static str,
    /// The arguments, in the order of the signature.
    pub args: Vec<ArgDef>,
    /// The type of the result.
    pub returns: TypeRef,
    /// Whether `dagger check` runs it.
    pub check: bool,
    /// Whether `dagger generate` runs it.
    pub generate: bool,
    /// Whether `dagger up` runs it.
    pub up: bool,
    /// How long an answer is kept.
    pub cache: CachePolicy,
    /// What to use instead, for what is deprecated.
    pub deprecated: Option<&'static str>,
    /// Where it stands.
    pub place: Place,
}

impl FunctionDef {
    /// A constructor whose arguments are the object's fields.
    pub fn of_fields(args: Vec<ArgDef>, returns: TypeRef, place: Place) -> Self {
        Self {
            name: "",
            description: "",
            args,
            returns,
            check: false,
            generate: false,
            up: false,
            cache: CachePolicy::Default,
            deprecated: None,
            place,
        }
    }
}

/// An argument of a function.
#[derive(Clone, Debug)]
pub struct ArgDef {
    /// The name in the API.
    pub name: &'static str,
    /// The help.
    pub description: &'static str,
    /// The type.
    pub type_ref: TypeRef,
    /// The value where none is given.
    pub default: Option<Value>,
    /// The path in the module's repository that is loaded where none is given.
    pub default_path: Option<&'static str>,
    /// The address that is loaded where none is given.
    pub default_address: Option<&'static str>,
    /// Patterns of what a directory leaves out.
    pub ignore: &'static [&'static str],
    /// What to use instead, for what is deprecated.
    pub deprecated: Option<&'static str>,
    /// Where it stands.
    pub place: Place,
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
    /// The name in the API.
    pub name: &'static str,
    /// The help.
    pub description: &'static str,
    /// The type.
    pub type_ref: TypeRef,
    /// What to use instead, for what is deprecated.
    pub deprecated: Option<&'static str>,
    /// Where it stands.
    pub place: Place,
}

/// A member of an enum.
#[derive(Clone, Debug)]
pub struct MemberDef {
    /// The name in the API.
    pub name: &'static str,
    /// The help.
    pub description: &'static str,
    /// What to use instead, for what is deprecated.
    pub deprecated: Option<&'static str>,
    /// Where it stands.
    pub place: Place,
}

/// An enum of the module.
#[derive(Clone, Debug)]
pub struct EnumDef {
    /// The name in the API.
    pub name: &'static str,
    /// The help.
    pub description: &'static str,
    /// The members, in the order of the source.
    pub members: &'static [MemberDef],
    /// Where it stands.
    pub place: Place,
}

/// An object of the module.
#[derive(Clone, Debug)]
pub struct ObjectDef {
    /// The name in the API.
    pub name: &'static str,
    /// The help.
    pub description: &'static str,
    /// The fields that callers can read.
    pub fields: Vec<FieldDef>,
    /// The functions that callers can call.
    pub functions: Vec<FunctionDef>,
    /// Where it stands.
    pub place: Place,
}

/// An interface of the module.
#[derive(Clone, Debug)]
pub struct InterfaceDef {
    /// The name in the API.
    pub name: &'static str,
    /// The help.
    pub description: &'static str,
    /// The functions that an object must have.
    pub functions: Vec<FunctionDef>,
    /// Where it stands.
    pub place: Place,
}
