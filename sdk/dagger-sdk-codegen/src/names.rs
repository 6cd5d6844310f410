//! Where a name of the API becomes a name in Rust.

use heck::{ToSnakeCase, ToUpperCamelCase};

/// The root's.
pub const ROOT: &str = "Dag";

/// Names that mean something else in the generated file.
pub const OWN: &[&str] = &[
    "Argument",
    "AsRef",
    "Borrow",
    "Call",
    "Chain",
    "Clone",
    "Dag",
    "Default",
    "Err",
    "FnOnce",
    "Given",
    "Id",
    "IntoIterator",
    "None",
    "Ok",
    "Option",
    "Options",
    "OwnObject",
    "Result",
    "Self",
    "Some",
    "String",
    "Vec",
];

/// Words that a name can't be, not even as a raw identifier.
const NEVER: &[&str] = &["self", "Self", "super", "crate", "_"];

/// Words that a name can only be as a raw identifier.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// The name of a method, an argument or a field.
pub fn value(name: &str) -> String {
    allowed(name.to_snake_case())
}

/// The name of a struct, an enum or a variant.
pub fn ty(name: &str) -> String {
    allowed(name.to_upper_camel_case())
}

/// The name of the method that takes the optional arguments, too.
pub fn with_options(method: &str) -> String {
    format!("{}_opts", method.trim_start_matches("r#"))
}

fn allowed(name: String) -> String {
    if name.is_empty() || name.starts_with(|first: char| first.is_ascii_digit()) {
        format!("_{name}")
    } else if NEVER.contains(&name.as_str()) {
        format!("{name}_")
    } else if KEYWORDS.contains(&name.as_str()) {
        format!("r#{name}")
    } else {
        name
    }
}
