//! The Rust types of arguments and results.

use crate::api::{Api, is_raw};
use crate::introspection::{Argument, Directive, Field, Kind, TypeRef, directive};

/// What a result is, and so how it is asked for.
pub enum Returned {
    /// An object: a further link of the chain, asked for nothing.
    Object(String),
    /// An object, or null.
    Perhaps(String),
    /// A list of objects, in this type.
    Objects(String),
    /// The ID of an object, which is what an author wants.
    Loaded(String),
    /// A value of this type.
    Value(String),
    Nothing,
}

/// How an argument is given.
pub enum Given {
    Text,
    Texts,
    /// A value of this type that is copied.
    Plain(String),
    /// By itself or by reference: an object or an input object of this type.
    Borrowed(String),
    /// A list of these.
    List(String),
}

/// The result of a field of an object; nothing, for a type that has no counterpart.
pub fn returned(object: &str, field: &Field, api: &Api) -> Option<Returned> {
    let (inner, is_nullable) = field.ty.unwrapped();
    let name = inner.innermost();
    if name == "Void" {
        return Some(Returned::Nothing);
    }
    if inner.kind != Kind::List && api.is_object(name) {
        let rust = api.rust(name)?.to_owned();
        return Some(if is_nullable {
            Returned::Perhaps(rust)
        } else {
            Returned::Object(rust)
        });
    }
    if api.is_object(name) {
        return Some(Returned::Objects(owned(&field.ty, &[], api)?));
    }
    // `sync` and its like give the object's own ID, for want of the object.
    let own = directive(&field.directives, "expectedType", "name").map_or_else(
        || name == format!("{object}ID"),
        |expected| expected == object,
    );
    if own && field.name != "id" && inner.kind == Kind::Scalar {
        return Some(Returned::Loaded(api.rust(object)?.to_owned()));
    }
    // A field's directive is about loading; what is asked for here is the ID itself.
    Some(Returned::Value(raw(&field.ty, api)?))
}

/// How a required argument of a function is given.
pub fn given(object: &str, field: &Field, argument: &Argument, api: &Api) -> Option<Given> {
    let (inner, _) = argument.ty.unwrapped();
    let is_raw = object == crate::api::ROOT && is_raw(field);
    let directives: &[Directive] = if is_raw { &[] } else { &argument.directives };
    if is_raw && inner.kind == Kind::Scalar {
        return Some(Given::Text);
    }
    let ty = bare(inner, directives, api)?;
    let is_text =
        |name: &str, ty: &str| ty == "String" || ty == "Id" || api.kind(name) == Some(Kind::Scalar);
    Some(match inner.element() {
        None if is_text(inner.innermost(), &ty) => Given::Text,
        None if api.is_object(&named(inner, directives, api)) => Given::Borrowed(ty),
        None if api.kind(inner.innermost()) == Some(Kind::InputObject) => Given::Borrowed(ty),
        None => Given::Plain(ty),
        Some(element) => {
            let (one, is_nullable) = element.unwrapped();
            let element = owned(element, directives, api)?;
            let is_text = one.kind != Kind::List && is_text(one.innermost(), &element);
            if is_text && !is_nullable {
                Given::Texts
            } else {
                Given::List(element)
            }
        }
    })
}

/// The type of an argument that can be left out, without its `Option`.
pub fn optional(argument: &Argument, api: &Api) -> Option<String> {
    let (inner, _) = argument.ty.unwrapped();
    bare(inner, &argument.directives, api)
}

/// The object behind a type of IDs, or the type's own name.
fn named(ty: &TypeRef, directives: &[Directive], api: &Api) -> String {
    let name = ty.innermost();
    api.object_of_id(name, directives)
        .unwrap_or(name)
        .to_owned()
}

/// The type of a value that is kept, `Option` included.
fn owned(ty: &TypeRef, directives: &[Directive], api: &Api) -> Option<String> {
    let (inner, is_nullable) = ty.unwrapped();
    let bare = bare(inner, directives, api)?;
    Some(if is_nullable {
        format!("Option<{bare}>")
    } else {
        bare
    })
}

/// The type with IDs as such.
fn raw(ty: &TypeRef, api: &Api) -> Option<String> {
    let (inner, is_nullable) = ty.unwrapped();
    let bare = match inner.element() {
        Some(element) => format!("Vec<{}>", raw(element, api)?),
        None if is_id(inner.innermost(), api) => "Id".to_owned(),
        None => bare(inner, &[], api)?,
    };
    Some(if is_nullable {
        format!("Option<{bare}>")
    } else {
        bare
    })
}

fn is_id(name: &str, api: &Api) -> bool {
    name == "ID" || api.object_of_id(name, &[]).is_some() && !api.types.contains_key(name)
}

/// The type inside a non-null.
fn bare(inner: &TypeRef, directives: &[Directive], api: &Api) -> Option<String> {
    if let Some(element) = inner.element() {
        return Some(format!("Vec<{}>", owned(element, directives, api)?));
    }
    let name = named(inner, directives, api);
    Some(match name.as_str() {
        "String" => "String".into(),
        "Int" => "i64".into(),
        "Float" => "f64".into(),
        "Boolean" => "bool".into(),
        "ID" => "Id".into(),
        name => api.rust(name)?.to_owned(),
    })
}
