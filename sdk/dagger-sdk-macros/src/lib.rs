//! The attributes of a Dagger module written in Rust.
//!
//! Use them through `dagger_sdk::prelude`; this crate only holds what must be a procedural macro.
//! Each attribute is thin: it parses its item into plain data, refusing what cannot cross the wire
//! where it is written, and hands the data to an expansion.

mod arg_options;
mod block;
mod conversions;
mod default;
mod docs;
mod enumeration;
mod function;
mod function_options;
mod functions;
mod hints;
mod interface;
mod item_options;
mod itself;
mod lints;
mod main_macro;
mod manifest;
mod names;
mod object;
mod parameter;
mod place;
mod problems;
mod types;

use proc_macro::TokenStream;
use syn::parse::Parse;

/// Makes a struct an object of the module's API.
///
/// The struct given to `dagger_sdk::main!` is the main object: its fields are the arguments of its
/// constructor, and they can be called. The fields of other objects can be called, too.
///
/// Options: `name = "…"`, the name in the API where it is not the struct's; `documented`, with which a
/// missing doc comment is an error.
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
/// An object has as many of these blocks as its author likes, in whatever files.
///
/// Options: `itself`, with which the functions can be called over the session, too: on what
/// `object.itself(dag)` gives; `documented`, with which a missing doc comment is an error.
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
/// Options: `name = "…"`, `documented`; on a variant `#[member(name = "…", deprecated = "…")]`.
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
/// Options: `name = "…"`, `documented`; on a function `#[function(name = "…", deprecated = "…")]`, on a parameter
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
/// Options: the kinds `check`, `generate` and `up`, which `dagger check`, `dagger generate` and `dagger up`
/// run; `constructor`, `cache = "never"`, `"session"` or a duration such as `"300s"`, `deprecated = "…"`,
/// `name = "…"`.
#[proc_macro_attribute]
pub fn function(_: TokenStream, _: TokenStream) -> TokenStream {
    misplaced(
        "`#[function]` belongs on a method inside an `impl` block with `#[functions]`, or of an `#[interface]`",
    )
}

/// Says more about a parameter of a function or a field of an object.
///
/// Options: `default = …`, or `default` for that of the type, `default_path = "…"`,
/// `default_address = "…"`, `ignore = ["…"]`, `name = "…"`, `deprecated = "…"`; on a field those of
/// `#[field]`, too.
#[proc_macro_attribute]
pub fn arg(_: TokenStream, _: TokenStream) -> TokenStream {
    misplaced("`#[arg]` belongs on a parameter of a `#[function]` or on a field of an `#[object]`")
}

/// Says more about a field of an object: what `#[arg]` says, and how it differs from an argument of the
/// constructor that can be called.
///
/// Options: `private`, neither an argument nor shown; `hidden`, an argument that is not shown; `internal`,
/// shown and no argument. What is no argument has its `default = …`, or the `Default` of its type.
#[proc_macro_attribute]
pub fn field(_: TokenStream, _: TokenStream) -> TokenStream {
    misplaced("`#[field]` belongs on a field of an `#[object]`")
}

/// Says more about a variant of an `#[enumeration]`.
///
/// Options: `name = "…"`, `deprecated = "…"`.
#[proc_macro_attribute]
pub fn member(_: TokenStream, _: TokenStream) -> TokenStream {
    misplaced("`#[member]` belongs on a variant of an enum with `#[enumeration]`")
}

/// Writes the `main` of a module, whose main object is the one that is named.
///
/// The object is held to the module's name in `dagger.json`. The text of the file's own doc comment, `//!`,
/// is the module's description; without one it is the object's.
///
/// # Errors
/// Refuses an object that can't be made of its fields, or is not called like the module.
#[proc_macro]
pub fn main(object: TokenStream) -> TokenStream {
    let object = syn::parse_macro_input!(object as syn::Path);
    main_macro::expand(object).into()
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
