//! Which objects an interface takes: those with its functions. The rules are
//! an engine's.

use crate::modules::module::{Kind, Member, Module, member};
use crate::modules::names;
use crate::typedefs::{FunctionDef, ObjectDef, TypeDef, TypeKind};

/// A definition with the module that gives its names their meaning.
pub struct Of<'a, T> {
    pub module: &'a Module,
    pub it: &'a T,
}

impl<'a, T> Of<'a, T> {
    /// A definition of a module.
    pub fn new(module: &'a Module, it: &'a T) -> Self {
        Of { module, it }
    }

    fn with<U>(&self, it: &'a U) -> Of<'a, U> {
        Of {
            module: self.module,
            it,
        }
    }
}

/// Whether an object, or another interface, has all that an interface demands.
pub fn implements(object: &Of<ObjectDef>, interface: &Of<ObjectDef>) -> bool {
    fits(object, interface, &mut Vec::new())
}

/// The pairs that are being compared: types may lead back to themselves.
type Compared = Vec<(String, String)>;

fn fits(object: &Of<ObjectDef>, interface: &Of<ObjectDef>, compared: &mut Compared) -> bool {
    let pair = (
        object.module.type_name(&object.it.name),
        interface.module.type_name(&interface.it.name),
    );
    if compared.contains(&pair) {
        return true;
    }
    compared.push(pair);
    let all = interface.it.functions.iter().all(|wanted| {
        match member(object.it, &names::of_value(&wanted.name)) {
            Some(Member::Field(field)) => is_subtype(
                &object.with(&field.ty),
                &interface.with(&wanted.return_type),
                compared,
            ),
            Some(Member::Function(function)) => {
                can_stand_for(&object.with(function), &interface.with(wanted), compared)
            }
            None => false,
        }
    });
    compared.pop();
    all
}

fn can_stand_for(
    function: &Of<FunctionDef>,
    wanted: &Of<FunctionDef>,
    compared: &mut Compared,
) -> bool {
    let returns = is_subtype(
        &function.with(&function.it.return_type),
        &wanted.with(&wanted.it.return_type),
        compared,
    );
    returns
        && function.it.args.len() >= wanted.it.args.len()
        && wanted
            .it
            .args
            .iter()
            .zip(&function.it.args)
            .all(|(given, taken)| {
                names::of_value(&given.name) == names::of_value(&taken.name)
                    && is_subtype(&wanted.with(&given.ty), &function.with(&taken.ty), compared)
            })
}

fn is_subtype(one: &Of<TypeDef>, other: &Of<TypeDef>, compared: &mut Compared) -> bool {
    if one.it.optional != other.it.optional {
        return false;
    }
    match (&one.it.kind, &other.it.kind) {
        (TypeKind::List(one_of), TypeKind::List(other_of)) => {
            is_subtype(&one.with(&**one_of), &other.with(&**other_of), compared)
        }
        (TypeKind::Object(name) | TypeKind::Interface(name), TypeKind::Interface(wanted)) => {
            match (
                definition(one.module, name),
                definition(other.module, wanted),
            ) {
                (Some(object), Some(interface)) => {
                    fits(&one.with(object), &other.with(interface), compared)
                }
                _ => false,
            }
        }
        (TypeKind::Object(one_named), TypeKind::Object(other_named))
        | (TypeKind::Enum(one_named), TypeKind::Enum(other_named)) => {
            one.module.type_name(one_named) == other.module.type_name(other_named)
        }
        (one, other) => one == other,
    }
}

/// The object or interface that a module calls so.
fn definition<'a>(module: &'a Module, own: &str) -> Option<&'a ObjectDef> {
    let named = match module.kind(own)? {
        Kind::Object => &module.types.objects,
        Kind::Interface => &module.types.interfaces,
        Kind::Enum => return None,
    };
    named.iter().find(|known| known.name == own)
}
