//! The text of the generated file.

use crate::Error;
use crate::dependencies::{Dependencies, fields};
use crate::introspection::{Argument, Field, Type};
use crate::names;
use crate::types::{self, Given, Result as Returned};

const HEAD: &str = "\
//! Typed access to the modules that this one depends on.
//!
//! Written by `dagger develop` and the runtime, never by hand.

#![allow(clippy::all, deprecated, unused_imports)]

use dagger_module::dagger_sdk as core;
use dagger_module::dependency as sdk;
";

/// The whole file.
pub fn file(known: &Dependencies) -> Result<String, Error> {
    let mut text = HEAD.to_owned();
    text.push_str(&client(known)?);
    text.push_str(&interfaces(known));
    for ty in known.objects.values() {
        text.push_str(&object(ty, known)?);
    }
    for ty in known.enums.values() {
        text.push_str(&enumeration(ty));
    }
    Ok(text)
}

/// The trait that gives the client a method for each dependency.
fn client(known: &Dependencies) -> Result<String, Error> {
    let mut declared = String::new();
    let mut defined = String::new();
    let mut options = String::new();
    for constructor in &known.constructors {
        let function = Function::of("Query", constructor, known)?;
        for method in function.methods("") {
            declared.push_str(&format!("{}    {};\n", method.docs, method.signature));
            defined.push_str(&format!(
                "    {} {{\n        sdk::Node::root(self){}\n    }}\n",
                method.signature, method.body
            ));
        }
        options.push_str(&function.options());
    }
    Ok(format!(
        "\n/// The dependencies of this module, as methods of the client.\n\
         pub trait Dependencies {{\n{declared}}}\n\n\
         impl Dependencies for core::Query {{\n{defined}}}\n{options}"
    ))
}

/// The trait by which an object of this module becomes an interface of a dependency.
fn interfaces(known: &Dependencies) -> String {
    if known.taken.is_empty() {
        return String::new();
    }
    let mut declared = String::new();
    let mut defined = String::new();
    for name in &known.taken {
        let (method, ty) = (names::value(&format!("as_{name}")), names::ty(name));
        let signature = format!("fn {method}(self) -> {ty}");
        declared.push_str(&format!("    /// As a [`{ty}`].\n    {signature};\n"));
        defined.push_str(&format!(
            "    {signature} {{\n        self.as_interface(\"{name}\")\n    }}\n"
        ));
    }
    format!(
        "\n/// An object of this module, see `dag.itself()`, as an interface that it implements.\n\
         pub trait AsInterface {{\n{declared}}}\n\n\
         impl AsInterface for sdk::Call {{\n{defined}}}\n"
    )
}

fn object(ty: &Type, known: &Dependencies) -> Result<String, Error> {
    let name = names::ty(&ty.name);
    let id = names::ty(&format!("{}Id", ty.name));
    let mut sorted: Vec<&Field> = fields(ty).filter(|field| field.name != "id").collect();
    sorted.sort_by(|one, other| one.name.cmp(&other.name));
    let mut methods = String::new();
    let mut options = String::new();
    for field in sorted {
        let function = Function::of(&ty.name, field, known)?;
        for method in function.methods("pub ") {
            methods.push_str(&format!(
                "{}    {} {{\n        self.0{}\n    }}\n",
                method.docs, method.signature, method.body
            ));
        }
        options.push_str(&function.options());
    }
    let docs = docs(ty.description.as_deref(), "");
    let loader = format!("load{}FromID", ty.name);
    Ok(format!(
        "\n{docs}#[derive(Clone)]\npub struct {name}(sdk::Node);\n\n\
         /// The ID of a [`{name}`].\n\
         #[derive(Clone, Debug, PartialEq, Eq, sdk::serde::Serialize, sdk::serde::Deserialize)]\n#[serde(crate = \"dagger_module::dependency::serde\")]\npub struct {id}(pub String);\n\n\
         impl sdk::Object for {name} {{\n    type Id = {id};\n    const LOADER: &'static str = \"{loader}\";\n\n    \
         fn from_node(node: sdk::Node) -> Self {{\n        Self(node)\n    }}\n\n    \
         fn node(&self) -> sdk::Node {{\n        self.0.clone()\n    }}\n}}\n\n\
         impl sdk::IntoId<{id}> for {name} {{\n    fn into_id(self) -> sdk::IdFuture<{id}> {{\n        \
         Box::pin(async move {{ self.0.call(\"id\").value().await }})\n    }}\n}}\n\n\
         impl sdk::IntoId<{id}> for {id} {{\n    fn into_id(self) -> sdk::IdFuture<{id}> {{\n        \
         Box::pin(std::future::ready(Ok(self)))\n    }}\n}}\n\n\
         impl {name} {{\n    /// The ID of this object.\n    pub async fn id(&self) -> Result<{id}, sdk::Error> {{\n        \
         self.0.call(\"id\").value().await\n    }}\n{methods}}}\n{options}"
    ))
}

fn enumeration(ty: &Type) -> String {
    let mut members: Vec<_> = ty.enum_values.iter().flatten().collect();
    members.sort_by(|one, other| one.name.cmp(&other.name));
    let members: String = members
        .iter()
        .map(|member| {
            let docs = docs(member.description.as_deref(), "    ");
            let (wire, name) = (&member.name, names::ty(&member.name));
            format!("{docs}    #[serde(rename = \"{wire}\")]\n    {name},\n")
        })
        .collect();
    format!(
        "\n{}#[derive(Clone, Copy, Debug, PartialEq, Eq, sdk::serde::Serialize, sdk::serde::Deserialize)]\n#[serde(crate = \"dagger_module::dependency::serde\")]\npub enum {} {{\n{members}}}\n",
        docs(ty.description.as_deref(), ""),
        names::ty(&ty.name)
    )
}

struct Method {
    docs: String,
    signature: String,
    /// What follows the node that the method is called on.
    body: String,
}

struct Function<'a> {
    object: &'a str,
    field: &'a Field,
    returned: Returned,
    required: Vec<(&'a Argument, Given)>,
    optional: Vec<(&'a Argument, Given)>,
}

impl<'a> Function<'a> {
    fn of(object: &'a str, field: &'a Field, known: &Dependencies) -> Result<Self, Error> {
        let unsupported = |what: String| Error::Unsupported {
            place: format!("{object}.{}", field.name),
            what,
        };
        let returned = types::result(&field.ty, known).ok_or_else(|| {
            unsupported(format!(
                "a result of type {} has no counterpart",
                field.ty.innermost()
            ))
        })?;
        let mut function = Self {
            object,
            field,
            returned,
            required: Vec::new(),
            optional: Vec::new(),
        };
        for argument in &field.args {
            let given = types::given(argument, known).ok_or_else(|| {
                unsupported(format!(
                    "the argument {} of type {} has no counterpart",
                    argument.name,
                    argument.ty.innermost()
                ))
            })?;
            if argument.is_required() {
                function.required.push((argument, given));
            } else {
                function.optional.push((argument, given));
            }
        }
        Ok(function)
    }

    /// The method with the required arguments, and the one with all where there are others.
    fn methods(&self, visibility: &str) -> Vec<Method> {
        let name = names::value(&self.field.name);
        let mut methods = vec![self.method(visibility, &name, false)];
        if !self.optional.is_empty() {
            let name = names::with_options(&self.field.name);
            methods.push(self.method(visibility, &name, true));
        }
        methods
    }

    fn method(&self, visibility: &str, name: &str, with_options: bool) -> Method {
        let mut parameters = String::from("&self");
        let mut body = format!(".call(\"{}\")", self.field.name);
        for (argument, given) in &self.required {
            let local = names::value(&argument.name);
            let (ty, method, value) = match given {
                Given::Object(object) => (
                    format!("impl sdk::IntoId<<{object} as sdk::Object>::Id>"),
                    "object_argument",
                    local.clone(),
                ),
                Given::Value(value) if value == "String" => (
                    "impl Into<String>".into(),
                    "argument",
                    format!("Into::<String>::into({local})"),
                ),
                Given::Value(value) => (value.clone(), "argument", local.clone()),
            };
            parameters.push_str(&format!(", {local}: {ty}"));
            body.push_str(&format!(".{method}(\"{}\", {value})", argument.name));
        }
        if with_options {
            parameters.push_str(&format!(", opts: {}", self.options_name()));
            for (argument, given) in &self.optional {
                let local = names::value(&argument.name);
                let method = match given {
                    Given::Object(_) => "optional_object_argument",
                    Given::Value(_) => "optional_argument",
                };
                body.push_str(&format!(".{method}(\"{}\", opts.{local})", argument.name));
            }
        }
        let (wait, result, last) = match &self.returned {
            Returned::Object(object) => ("", object.clone(), ".object()"),
            Returned::Objects(object) => (
                "async ",
                format!("Result<Vec<{object}>, sdk::Error>"),
                ".objects().await",
            ),
            Returned::Value(value) => (
                "async ",
                format!("Result<{value}, sdk::Error>"),
                ".value().await",
            ),
            Returned::Members(value) => (
                "async ",
                format!("Result<{value}, sdk::Error>"),
                ".members().await",
            ),
            Returned::Nothing => (
                "async ",
                "Result<(), sdk::Error>".into(),
                ".nothing().await",
            ),
        };
        body.push_str(last);
        Method {
            docs: self.docs(),
            signature: format!("{visibility}{wait}fn {name}({parameters}) -> {result}"),
            body,
        }
    }

    fn docs(&self) -> String {
        let mut text = docs(self.field.description.as_deref(), "    ");
        if self.field.is_deprecated {
            let reason = self.field.deprecation_reason.as_deref().unwrap_or_default();
            text.push_str(&format!("    #[deprecated(note = {reason:?})]\n"));
        }
        text
    }

    fn options_name(&self) -> String {
        let object = if self.object == "Query" {
            ""
        } else {
            self.object
        };
        names::ty(&format!("{object}_{}_Opts", self.field.name))
    }

    /// The struct of the optional arguments.
    fn options(&self) -> String {
        if self.optional.is_empty() {
            return String::new();
        }
        let fields: String = self
            .optional
            .iter()
            .map(|(argument, given)| {
                let (Given::Object(ty) | Given::Value(ty)) = given;
                let docs = docs(argument.description.as_deref(), "    ");
                format!(
                    "{docs}    pub {}: Option<{ty}>,\n",
                    names::value(&argument.name)
                )
            })
            .collect();
        format!(
            "\n/// The optional arguments of `{}`.\n#[derive(Clone, Default)]\npub struct {} {{\n{fields}}}\n",
            names::with_options(&self.field.name),
            self.options_name()
        )
    }
}

/// A description as a doc comment; a dependency's text must not end it.
fn docs(description: Option<&str>, indent: &str) -> String {
    let lines = description.unwrap_or_default().trim().lines();
    lines
        .map(|line| {
            let line = line.trim_end();
            if line.is_empty() {
                format!("{indent}///\n")
            } else {
                format!("{indent}/// {line}\n")
            }
        })
        .collect()
}
