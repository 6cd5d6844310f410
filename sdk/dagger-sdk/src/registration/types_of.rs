//! The types that a module's definitions mention, in the order in which the engine can name them:
//! a list can be asked for when the ID of its element is known.

use super::batch::Chain;
use super::module::Module;
use crate::query::literal;
use crate::types::TypeRef;
use std::collections::HashMap;

/// Types without their duplicates, by the number of requests that come before.
#[derive(Default)]
pub struct Types {
    /// Elements of lists, themselves no lists: they ride on the very first request.
    pub elements: Vec<TypeRef>,
    /// All others; each tier needs only IDs of the ones before.
    pub tiers: Vec<Vec<TypeRef>>,
}

/// The IDs that the engine gave.
pub type TypeIds = HashMap<TypeRef, String>;

impl Types {
    pub fn of(module: &Module) -> Self {
        let mut types = Self::default();
        for function in module.functions().chain([&module.constructor]) {
            types.add(&function.returns);
            for argument in &function.args {
                types.add(&argument.type_ref);
            }
        }
        for field in module.objects.iter().flat_map(|object| &object.fields) {
            types.add(&field.type_ref);
        }
        let Self { elements, tiers } = &mut types;
        if let Some(first) = tiers.first_mut() {
            first.retain(|plain| !elements.contains(plain));
        }
        types
    }

    fn add(&mut self, type_ref: &TypeRef) {
        let element = element(type_ref);
        if let Some(element) = element {
            if depth(element) == 0 {
                push_new(&mut self.elements, element);
            } else {
                self.add(element);
            }
        }
        // A list of plain types is asked for together with the plain ones.
        let tier = depth(type_ref).saturating_sub(1);
        while self.tiers.len() <= tier {
            self.tiers.push(Vec::new());
        }
        push_new(&mut self.tiers[tier], type_ref);
    }
}

/// How many lists are inside one another.
fn depth(type_ref: &TypeRef) -> usize {
    element(type_ref).map_or(0, |element| 1 + depth(element))
}

fn element(type_ref: &TypeRef) -> Option<&TypeRef> {
    match type_ref {
        TypeRef::List(element) => Some(element),
        TypeRef::Optional(inner) => element(inner),
        _ => None,
    }
}

fn push_new(types: &mut Vec<TypeRef>, type_ref: &TypeRef) {
    if !types.contains(type_ref) {
        types.push(type_ref.clone());
    }
}

/// The chain that names a type; `None` if it is a list whose element has no ID yet.
pub fn chain(type_ref: &TypeRef, known: &TypeIds) -> Option<Chain> {
    let kind = |kind: &str| format!("withKind(kind:{kind})");
    let call = match type_ref {
        TypeRef::String => kind("STRING_KIND"),
        TypeRef::Integer => kind("INTEGER_KIND"),
        TypeRef::Float => kind("FLOAT_KIND"),
        TypeRef::Boolean => kind("BOOLEAN_KIND"),
        TypeRef::Void => kind("VOID_KIND"),
        TypeRef::Scalar(name) => format!("withScalar(name:{})", literal(name)),
        TypeRef::Object(name) => format!("withObject(name:{})", literal(name)),
        TypeRef::Enum(name) => format!("withEnum(name:{})", literal(name)),
        TypeRef::Interface(name) => format!("withInterface(name:{})", literal(name)),
        TypeRef::List(element) => {
            format!("withListOf(elementType:{})", literal(known.get(element)?))
        }
        TypeRef::Optional(inner) => {
            return Some(chain(inner, known)?.then("withOptional(optional:true)"));
        }
    };
    Some(Chain::new("typeDef").then(call))
}
