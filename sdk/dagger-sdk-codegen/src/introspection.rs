//! The parts of introspection JSON that code is made of.

use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub struct Introspection {
    #[serde(rename = "__schema")]
    pub schema: Schema,
    /// The version of the API that the engine shows to the module.
    #[serde(rename = "__schemaVersion", default)]
    pub version: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct Schema {
    pub types: Vec<Type>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Kind {
    Scalar,
    Object,
    Interface,
    Union,
    Enum,
    InputObject,
    List,
    NonNull,
}

/// A type of the API.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Type {
    pub kind: Kind,
    pub name: String,
    #[serde(default)]
    pub description: Option<String>,
    #[serde(default)]
    pub fields: Option<Vec<Field>>,
    #[serde(default)]
    pub input_fields: Option<Vec<Argument>>,
    #[serde(default)]
    pub enum_values: Option<Vec<Member>>,
    #[serde(default)]
    pub interfaces: Option<Vec<Named>>,
}

#[derive(Debug, Deserialize)]
pub struct Named {
    pub name: String,
}

/// A function or a field of an object.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Field {
    pub name: String,
    #[serde(default)]
    pub description: Option<String>,
    #[serde(default)]
    pub args: Vec<Argument>,
    #[serde(rename = "type")]
    pub ty: TypeRef,
    #[serde(default)]
    pub is_deprecated: bool,
    #[serde(default)]
    pub deprecation_reason: Option<String>,
    #[serde(default)]
    pub directives: Vec<Directive>,
}

/// An argument of a function, or a field of an input object.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Argument {
    pub name: String,
    #[serde(default)]
    pub description: Option<String>,
    #[serde(rename = "type")]
    pub ty: TypeRef,
    #[serde(default)]
    pub default_value: Option<String>,
    #[serde(default)]
    pub is_deprecated: bool,
    #[serde(default)]
    pub deprecation_reason: Option<String>,
    #[serde(default)]
    pub directives: Vec<Directive>,
}

#[derive(Debug, Deserialize)]
pub struct Directive {
    pub name: String,
    #[serde(default)]
    pub args: Vec<DirectiveArgument>,
}

#[derive(Debug, Deserialize)]
pub struct DirectiveArgument {
    pub name: String,
    #[serde(default)]
    pub value: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Member {
    pub name: String,
    #[serde(default)]
    pub description: Option<String>,
    #[serde(default)]
    pub is_deprecated: bool,
    #[serde(default)]
    pub deprecation_reason: Option<String>,
    #[serde(default)]
    pub directives: Vec<Directive>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TypeRef {
    pub kind: Kind,
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub of_type: Option<Box<TypeRef>>,
}

impl TypeRef {
    /// The named type inside lists and non-nulls.
    pub fn innermost(&self) -> &str {
        match (&self.of_type, &self.name) {
            (Some(inner), _) => inner.innermost(),
            (None, Some(name)) => name,
            (None, None) => "",
        }
    }

    /// The type inside a non-null, and whether there was none.
    pub fn unwrapped(&self) -> (&TypeRef, bool) {
        match (&self.of_type, self.kind) {
            (Some(inner), Kind::NonNull) => (inner, false),
            _ => (self, true),
        }
    }

    /// The element, if the type is a list.
    pub fn element(&self) -> Option<&TypeRef> {
        self.of_type.as_deref().filter(|_| self.kind == Kind::List)
    }
}

impl Argument {
    /// Whether a caller must give it.
    pub fn is_required(&self) -> bool {
        self.ty.kind == Kind::NonNull && self.default_value.is_none()
    }
}

/// The text that a directive has for an argument: `text` is written as JSON.
pub fn directive(directives: &[Directive], name: &str, argument: &str) -> Option<String> {
    let directive = directives.iter().find(|known| known.name == name)?;
    let argument = directive.args.iter().find(|known| known.name == argument)?;
    serde_json::from_str(argument.value.as_ref()?).ok()
}
