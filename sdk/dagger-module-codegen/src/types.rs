//! The Rust types of arguments and results.

use crate::core_names;
use crate::dependencies::{Dependencies, is_core};
use crate::introspection::{Argument, TypeRef};
use crate::names;

/// What a result is, and so how it is asked for.
pub enum Result {
    /// An object: a further link of the chain, asked for nothing.
    Object(String),
    /// A list of objects.
    Objects(String),
    /// A value of this type.
    Value(String),
    /// Members of the API's own enums, in this type.
    Members(String),
    Nothing,
}

/// An argument's type.
pub enum Given {
    /// The type of an object, given by itself or by its ID.
    Object(String),
    /// A plain value of this type.
    Value(String),
}

/// The type of a result; nothing, for a type that has no counterpart.
pub fn result(ty: &TypeRef, known: &Dependencies) -> Option<Result> {
    let (inner, optional) = unwrapped(ty);
    if inner.kind == "LIST" {
        let element = inner.of_type.as_deref()?;
        let (element_type, _) = unwrapped(element);
        if let Some(object) = object(element_type.innermost(), known) {
            return (element_type.kind != "LIST").then_some(Result::Objects(object));
        }
    } else if let Some(object) = object(inner.innermost(), known) {
        return Some(Result::Object(object));
    } else if inner.innermost() == "Void" {
        return Some(Result::Nothing);
    }
    let value = value(inner, known)?;
    let value = if optional {
        format!("Option<{value}>")
    } else {
        value
    };
    Some(match core_names::ENUMS.contains(&inner.innermost()) {
        true => Result::Members(value),
        false => Result::Value(value),
    })
}

/// The type of an argument without the `Option` of one that can be left out.
pub fn given(argument: &Argument, known: &Dependencies) -> Option<Given> {
    let (inner, _) = unwrapped(&argument.ty);
    if inner.kind != "LIST" {
        let expected = argument.expected_object();
        let named = expected
            .as_deref()
            .or_else(|| inner.innermost().strip_suffix("ID"));
        if let Some(object) = named.and_then(|name| object(name, known)) {
            return Some(Given::Object(object));
        }
    }
    value(inner, known).map(Given::Value)
}

/// The value's type, lists and optional elements included.
fn value(ty: &TypeRef, known: &Dependencies) -> Option<String> {
    if ty.kind == "LIST" {
        let (element, optional) = unwrapped(ty.of_type.as_deref()?);
        let element = value(element, known)?;
        return Some(if optional {
            format!("Vec<Option<{element}>>")
        } else {
            format!("Vec<{element}>")
        });
    }
    let name = ty.innermost();
    Some(match name {
        "String" => "String".into(),
        "Int" => "i64".into(),
        "Float" => "f64".into(),
        "Boolean" => "bool".into(),
        name if known.enums.contains_key(name) => names::ty(name),
        name if core_names::ENUMS.contains(&name) || core_names::SCALARS.contains(&name) => {
            format!("core::{}", names::ty(name))
        }
        name => {
            let object = name.strip_suffix("ID")?;
            // An ID of a core object is a type of its own, one of a dependency's object too.
            let path = if is_core(object) { "core::" } else { "" };
            self::object(object, known)?;
            format!("{path}{}", names::ty(&format!("{object}Id")))
        }
    })
}

fn object(name: &str, known: &Dependencies) -> Option<String> {
    if known.objects.contains_key(name) {
        Some(names::ty(name))
    } else if core_names::OBJECTS.contains(&name) {
        Some(format!("core::{}", names::ty(name)))
    } else {
        None
    }
}

/// The type inside a non-null, and whether there was none.
fn unwrapped(ty: &TypeRef) -> (&TypeRef, bool) {
    match (&ty.of_type, ty.is_required()) {
        (Some(inner), true) => (inner, false),
        _ => (ty, true),
    }
}
