//! Doc comments become the help that the command line shows.

use proc_macro2::Span;
use syn::{Attribute, Error, Expr, ExprLit, Lit, Meta, Result};

/// The text of the doc comments among `attributes`, without the blank that follows `///`.
pub fn text(attributes: &[Attribute]) -> String {
    let lines: Vec<String> = attributes.iter().filter_map(line).collect();
    let lines: Vec<&str> = lines.iter().flat_map(|line| line.split('\n')).collect();
    let stripped: Vec<&str> = lines
        .iter()
        .map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end())
        .collect();
    stripped.join("\n").trim_matches('\n').to_owned()
}

/// Refuses that something has no help, where the author wants it so.
///
/// # Errors
/// If the text is empty.
pub fn refuse_missing(docs: &str, name: Span, what: &str) -> Result<()> {
    match docs {
        "" => Err(Error::new(
            name,
            format!(
                "this {what} has no doc comment, which `documented` demands: write `///` above it"
            ),
        )),
        _ => Ok(()),
    }
}

pub fn is_doc(attribute: &Attribute) -> bool {
    attribute.path().is_ident("doc")
}

fn line(attribute: &Attribute) -> Option<String> {
    match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(ExprLit {
                lit: Lit::Str(text),
                ..
            }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}
