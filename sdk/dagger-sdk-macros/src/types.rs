//! Which types of a signature are the client, and which can never cross the wire.
//!
//! Everything else is left to the conversion traits: the compiler names the type that lacks one.

use syn::spanned::Spanned;
use syn::{Error, GenericArgument, PathArguments, PathSegment, Result, Type};

/// How a parameter of type `Dag` is handed over.
pub enum Client {
    Borrowed,
    Owned,
}

/// The client, if the parameter asks for it: `&Dag` or `Dag`, or the API's name for it.
pub fn client(ty: &Type) -> Option<Client> {
    match ty {
        Type::Reference(reference) if reference.mutability.is_none() => {
            is_client(&reference.elem).then_some(Client::Borrowed)
        }
        other => is_client(other).then_some(Client::Owned),
    }
}

fn is_client(ty: &Type) -> bool {
    match ty {
        Type::Path(path) if path.qself.is_none() => path
            .path
            .segments
            .last()
            .is_some_and(|last| last.ident == "Dag" || last.ident == "Query"),
        _ => false,
    }
}

/// Refuses what has no counterpart in the API, wherever it stands in the type.
pub fn refuse_untransportable(ty: &Type, place: &str) -> Result<()> {
    match ty {
        Type::Reference(reference) => Err(Error::new(
            ty.span(),
            format!(
                "{place} is owned, for it comes over the wire: write `{}`",
                owned(&reference.elem)
            ),
        )),
        Type::ImplTrait(_) => Err(Error::new(
            ty.span(),
            format!("{place} needs a type of its own: write it out instead of `impl …`"),
        )),
        Type::Tuple(tuple) if !tuple.elems.is_empty() => Err(Error::new(
            ty.span(),
            format!("{place} can't be a tuple: make it a struct with `#[object]`"),
        )),
        Type::Ptr(_) | Type::FnPtr(_) | Type::TraitObject(_) | Type::Never(_) => Err(Error::new(
            ty.span(),
            format!(
                "{place} can't cross the wire: use String, bool, a number, an object of the API, `Option` or `Vec` of these"
            ),
        )),
        Type::Array(array) => Err(Error::new(
            ty.span(),
            format!(
                "{place} has no fixed length in the API: write `Vec<{}>`",
                written(&array.elem)
            ),
        )),
        Type::Slice(slice) => Err(Error::new(
            ty.span(),
            format!(
                "{place} has no fixed length in the API: write `Vec<{}>`",
                written(&slice.elem)
            ),
        )),
        Type::Path(path) => path
            .path
            .segments
            .iter()
            .flat_map(transported)
            .try_for_each(|inner| refuse_untransportable(inner, place)),
        _ => Ok(()),
    }
}

/// The types inside the angle brackets that cross the wire, too: not the error of a `Result`.
fn transported(segment: &PathSegment) -> Vec<&Type> {
    let PathArguments::AngleBracketed(inner) = &segment.arguments else {
        return Vec::new();
    };
    let count = if segment.ident == "Result" {
        1
    } else {
        usize::MAX
    };
    let types = inner.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    // First the ones that count, whatever they are: an error is never among them.
    types.take(count).filter(|ty| !is_unit(ty)).collect()
}

fn is_unit(ty: &Type) -> bool {
    matches!(ty, Type::Tuple(tuple) if tuple.elems.is_empty())
}

/// The owned type that a borrowed one stands for.
fn owned(ty: &Type) -> String {
    match ty {
        Type::Path(path) if path.path.is_ident("str") => "String".into(),
        Type::Path(path) if path.path.is_ident("Path") => "String".into(),
        Type::Slice(slice) => format!("Vec<{}>", written(&slice.elem)),
        other => written(other),
    }
}

fn written(ty: &Type) -> String {
    quote::quote!(#ty).to_string().replace(' ', "")
}
