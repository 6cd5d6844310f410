//! Which types of a signature are the client, and which can never cross the wire.
//!
//! Everything else is left to the conversion traits: the compiler names the type that lacks one.

use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{
    Error, GenericArgument, PathArguments, PathSegment, Result, Token, Type, TypeParamBound,
};

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

/// Whether the type is written as a `Result`.
pub fn is_result(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Result"))
}

/// The type inside `Result`, `Vec` and `Option`, if there is one: a mistake is about that.
pub fn innermost(ty: &Type) -> Option<&Type> {
    const SHAPES: [&str; 3] = ["Result", "Vec", "Option"];
    let Type::Path(path) = ty else {
        return None;
    };
    let last = path.path.segments.last()?;
    if !SHAPES.iter().any(|shape| last.ident == shape) {
        return None;
    }
    let inner = inside(last).next()?;
    Some(innermost(inner).unwrap_or(inner))
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
        Type::ImplTrait(some) => Err(instead_of_trait(ty, &some.bounds, place)),
        Type::TraitObject(some) => Err(instead_of_trait(ty, &some.bounds, place)),
        Type::Tuple(tuple) if !tuple.elems.is_empty() => Err(Error::new(
            ty.span(),
            format!("{place} can't be a tuple: make it a struct with `#[object]`"),
        )),
        Type::Ptr(_) | Type::FnPtr(_) | Type::Never(_) => Err(Error::new(
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

/// An `#[interface]` is a type, and what else is a trait can't cross the wire.
fn instead_of_trait(
    ty: &Type,
    bounds: &Punctuated<TypeParamBound, Token![+]>,
    place: &str,
) -> Error {
    let name = bounds.iter().find_map(|bound| match bound {
        TypeParamBound::Trait(bound) => bound.path.segments.last(),
        _ => None,
    });
    let name = name.map_or_else(|| "T".into(), |segment| segment.ident.to_string());
    Error::new(
        ty.span(),
        format!(
            "{place} needs a type of its own: if `{name}` is an `#[interface]`, write `{name}`, else a type of the API"
        ),
    )
}

/// The types inside the angle brackets that cross the wire, too: not the error of a `Result`.
fn transported(segment: &PathSegment) -> Vec<&Type> {
    let count = if segment.ident == "Result" {
        1
    } else {
        usize::MAX
    };
    // First the ones that count, whatever they are: an error is never among them.
    let types = inside(segment).take(count);
    types.filter(|ty| !is_unit(ty)).collect()
}

/// The types inside the angle brackets.
fn inside(segment: &PathSegment) -> impl Iterator<Item = &Type> {
    let arguments = match &segment.arguments {
        PathArguments::AngleBracketed(inner) => Some(inner.args.iter()),
        _ => None,
    };
    let arguments = arguments.into_iter().flatten();
    arguments.filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
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
