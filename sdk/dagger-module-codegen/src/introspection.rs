//! The parts of introspection JSON that code is made of.

use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub struct Introspection {
    #[serde(rename = "__schema")]
    pub schema: Schema,
}

#[derive(Debug, Deserialize)]
pub struct Schema {
    pub types: Vec<Type>,
}

/// A type of the API.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Type {
    pub kind: String,
    pub name: String,
    #[serde(default)]
    pub description: Option<String>,
    #[serde(default)]
    pub fields: Option<Vec<Field>>,
    #[serde(default)]
    pub enum_values: Option<Vec<Member>>,
}

/// A function or a field of an object.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Field {
    pub name: String,
    #[serde(default)]
    pub description: Option<String>,
    pub args: Vec<Argument>,
    #[serde(rename = "type")]
    pub ty: TypeRef,
    #[serde(default)]
    pub is_deprecated: bool,
    #[serde(default)]
    pub deprecation_reason: Option<String>,
}

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
pub struct Member {
    pub name: String,
    #[serde(default)]
    pub description: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TypeRef {
    pub kind: String,
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

    pub fn is_required(&self) -> bool {
        self.kind == "NON_NULL"
    }
}

impl Argument {
    /// Whether a caller must give it.
    pub fn is_required(&self) -> bool {
        self.ty.is_required() && self.default_value.is_none()
    }

    /// The object whose ID the argument takes, where the schema says so beside the type `ID`.
    pub fn expected_object(&self) -> Option<String> {
        let directive = self
            .directives
            .iter()
            .find(|known| known.name == "expectedType")?;
        let name = directive
            .args
            .iter()
            .find(|argument| argument.name == "name")?;
        Some(name.value.as_ref()?.trim_matches('"').to_owned())
    }
}
