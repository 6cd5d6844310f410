//! The attributes of a Dagger module written in Rust.
//!
//! Use them through `dagger_sdk::prelude`; this crate only holds what must be a procedural macro.
//! Each attribute is thin: it parses its item into plain data, refusing what cannot cross the wire
//! where it is written, and hands the data to an expansion.

mod arg_options;
mod conversions;
mod docs;
mod enumeration;
mod function;
mod function_options;
mod functions;
mod interface;
mod item_options;
mod itself;
mod names;
mod object;
mod parameter;
mod problems;
mod types;

use proc_macro::TokenStream;
use syn::parse::Parse;

/// Makes a struct an object of the module's API.
///
/// The struct given to `dagger_sdk::run` is the main object: its fields are the arguments of its
/// constructor, and they can be called. The fields of other objects can be called, too.
///
/// Options: `name = "…"`, the name in the API where it is not the struct's.
///
/// # Errors
/// Refuses generic, tuple and lifetime-carrying structs, and options that it does not know.
#[proc_macro_attribute]
pub fn object(options: TokenStream, item: TokenStream) -> TokenStream {
    expand(
        options,
        item,
        object::expand,
        "`#[object]` belongs above a struct; an enum takes `#[enumeration]`",
    )
}

/// Registers the methods of an `impl` block that carry `#[function]`.
///
/// Options: `itself`, with which the functions can be called over the session, too: on what
/// `object.itself(dag)` gives.
///
/// # Errors
/// Refuses methods whose signature has no counterpart in the API, each at the token that has none.
#[proc_macro_attribute]
pub fn functions(options: TokenStream, item: TokenStream) -> TokenStream {
    expand(
        options,
        item,
        functions::expand,
        "`#[functions]` belongs above the `impl` block of an object",
    )
}

/// Makes an enum without data an enum of the module's API.
///
/// Options: `name = "…"`; on a variant `#[member(name = "…", deprecated = "…")]`.
#[proc_macro_attribute]
pub fn enumeration(options: TokenStream, item: TokenStream) -> TokenStream {
    expand(
        options,
        item,
        enumeration::expand,
        "`#[enumeration]` belongs above an enum; a struct takes `#[object]`",
    )
}

/// Makes a trait an interface of the module's API.
///
/// The trait becomes a struct of the same name, for that is what the objects of the API are in Rust:
/// a struct whose methods are calls over the session. Functions take that struct, `Option` or `Vec`
/// of it, and can return it. Every object of any module that has the functions can be given for it.
///
/// An `async` function returns a `Result`; one that is not returns an object of the API or an
/// interface, and asks the engine for nothing.
///
/// Options: `name = "…"`; on a function `#[function(name = "…", deprecated = "…")]`, on a parameter
/// `#[arg(name = "…")]`.
///
/// # Errors
/// Refuses what is more than the signatures of functions, and signatures that have no counterpart.
#[proc_macro_attribute]
pub fn interface(options: TokenStream, item: TokenStream) -> TokenStream {
    expand(
        options,
        item,
        interface::expand,
        "`#[interface]` belongs above a trait; a struct takes `#[object]`",
    )
}

/// Marks a method of a `#[functions]` block as callable.
///
/// Options: `check`, `generator`, `constructor`, `cache = "never"`, `"session"` or a duration such as
/// `"300s"`, `deprecated = "…"`, `name = "…"`.
#[proc_macro_attribute]
pub fn function(_: TokenStream, _: TokenStream) -> TokenStream {
    misplaced(
        "`#[function]` belongs on a method inside an `impl` block with `#[functions]`, or of an `#[interface]`",
    )
}

/// Says more about a parameter of a function or a field of an object.
///
/// Options: `default = …`, `default_path = "…"`, `default_address = "…"`, `ignore = ["…"]`,
/// `name = "…"`, `deprecated = "…"`; on a field `private`, too.
#[proc_macro_attribute]
pub fn arg(_: TokenStream, _: TokenStream) -> TokenStream {
    misplaced("`#[arg]` belongs on a parameter of a `#[function]` or on a field of an `#[object]`")
}

/// Says more about a variant of an `#[enumeration]`.
///
/// Options: `name = "…"`, `deprecated = "…"`.
#[proc_macro_attribute]
pub fn member(_: TokenStream, _: TokenStream) -> TokenStream {
    misplaced("`#[member]` belongs on a variant of an enum with `#[enumeration]`")
}

/// The one way from an item to its expansion: what cannot be parsed or expanded becomes an error
/// at the tokens, never a panic. `place` is said above an item of another kind.
fn expand<O: Parse, I: Parse>(
    options: TokenStream,
    item: TokenStream,
    expansion: fn(O, I) -> syn::Result<proc_macro2::TokenStream>,
    place: &str,
) -> TokenStream {
    let parsed = syn::parse(options).and_then(|options| Ok((options, parse_item(item, place)?)));
    parsed
        .and_then(|(options, item)| expansion(options, item))
        .unwrap_or_else(syn::Error::into_compile_error)
        .into()
}

fn parse_item<I: Parse>(item: TokenStream, place: &str) -> syn::Result<I> {
    syn::parse(item.clone()).map_err(|error| match syn::parse::<syn::Item>(item) {
        // Rust of another kind; what is no Rust at all has its own message.
        Ok(_) => syn::Error::new(error.span(), place),
        Err(_) => error,
    })
}

fn misplaced(message: &str) -> TokenStream {
    syn::Error::new(proc_macro2::Span::call_site(), message)
        .into_compile_error()
        .into()
}
