//! What is said to an option that there is not: the one that was meant, or all that there are.

use heck::ToSnakeCase;
use syn::meta::ParseNestedMeta;
use syn::{Error, Ident};

/// What other SDKs call a thing, and what to write here.
const MEANT: &[(&str, &str)] = &[
    ("optional", "give the argument the type `Option<…>`"),
    (
        "required",
        "leave it out: what is no `Option` and has no default is required",
    ),
    ("description", "write a doc comment, `/// …`"),
    ("doc", "write a doc comment, `/// …`"),
    ("generator", "use `generate`"),
    ("never", "use `cache = \"never\"`"),
    ("ttl", "use `cache = \"300s\"`"),
    ("rename", "use `name = \"…\"`"),
    (
        "init",
        "use `#[field(internal)]` for a field that is no argument",
    ),
    (
        "skip",
        "use `#[field(private)]` for a field that is kept and not shown",
    ),
];

/// The error of an option that there is not; `known` are those that there are.
pub fn unknown(meta: &ParseNestedMeta, name: &Ident, known: &str) -> Error {
    let name = name.to_string();
    let meant = MEANT.iter().find(|(other, _)| *other == name);
    let snake = name.to_snake_case();
    let advice = match meant {
        Some((_, advice)) => (*advice).to_owned(),
        // `defaultPath` is what it is called in the API.
        None if snake != name && known.contains(&format!("`{snake}`")) => format!("use `{snake}`"),
        None => format!("use {known}"),
    };
    meta.error(format!("unknown option `{name}`: {advice}"))
}
