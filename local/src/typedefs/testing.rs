//! Definitions of tests, in few words.

use super::{ArgDef, TypeDef, TypeKind};

pub fn object(name: &str) -> TypeDef {
    TypeDef::of(TypeKind::Object(name.to_owned()))
}

pub fn list(element: TypeDef) -> TypeDef {
    TypeDef::of(TypeKind::List(Box::new(element)))
}

pub fn optional(ty: TypeDef) -> TypeDef {
    TypeDef {
        optional: true,
        ..ty
    }
}

pub fn argument(name: &str, description: &str, ty: TypeDef) -> ArgDef {
    ArgDef {
        name: name.to_owned(),
        description: description.to_owned(),
        ty,
        default_value: None,
        default_path: None,
        default_address: None,
        ignore: Vec::new(),
        deprecated: None,
    }
}
