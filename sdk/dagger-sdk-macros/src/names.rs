//! Where a name in Rust becomes the name in the API. No other place derives one.
//!
//! The command line shows the API name in kebab-case (`dindWithDocker` → `dind-with-docker`); that
//! step belongs to whoever draws the command line, so a module only needs the API name.

use heck::{ToLowerCamelCase, ToShoutySnakeCase};
use proc_macro2::Span;
use syn::{Ident, LitStr, ext::IdentExt};

/// A name as the API shows it, and the tokens that a complaint about it points at.
#[derive(Clone)]
pub struct ApiName {
    pub text: String,
    pub span: Span,
}

impl ApiName {
    /// The name of a function, a field or an argument: lower camel case.
    pub fn of_value(ident: &Ident) -> Self {
        Self::derived(ident, |text| text.to_lower_camel_case())
    }

    /// The name of an object or an enum: Rust's own convention is the API's.
    pub fn of_type(ident: &Ident) -> Self {
        Self::derived(ident, str::to_owned)
    }

    /// The name of an enum's member: capitals.
    pub fn of_member(ident: &Ident) -> Self {
        Self::derived(ident, |text| text.to_shouty_snake_case())
    }

    /// A name chosen by the author.
    ///
    /// # Errors
    /// If it is no GraphQL name.
    pub fn chosen(literal: &LitStr) -> syn::Result<Self> {
        let text = literal.value();
        let mut letters = text.chars();
        let starts_well = letters
            .next()
            .is_some_and(|first| first.is_ascii_alphabetic() || first == '_');
        if !starts_well || !letters.all(|next| next.is_ascii_alphanumeric() || next == '_') {
            return Err(syn::Error::new(
                literal.span(),
                format!(
                    "`{text}` is no name: use letters, digits and `_`, and begin with a letter"
                ),
            ));
        }
        let span = literal.span();
        Ok(Self { text, span })
    }

    fn derived(ident: &Ident, convert: fn(&str) -> String) -> Self {
        Self {
            text: convert(&ident.unraw().to_string()),
            span: ident.span(),
        }
    }
}

impl quote::ToTokens for ApiName {
    fn to_tokens(&self, tokens: &mut proc_macro2::TokenStream) {
        LitStr::new(&self.text, self.span).to_tokens(tokens);
    }
}

/// Two names that became one, reported at the second.
pub fn refuse_duplicates<'a>(
    names: impl IntoIterator<Item = &'a ApiName>,
    what: &str,
) -> syn::Result<()> {
    let mut seen: Vec<&ApiName> = Vec::new();
    let mut problems = crate::problems::Problems::default();
    for name in names {
        if seen.iter().any(|earlier| earlier.text == name.text) {
            problems.add(syn::Error::new(
                name.span,
                format!(
                    "a second {what} is called `{}` in the API: rename it, or give it `name = \"…\"`",
                    name.text
                ),
            ));
        }
        seen.push(name);
    }
    problems.into_result(())
}
/// The struct by which others have an object of the module.
pub fn calls(object: &Ident) -> Ident {
    quote::format_ident!("{}Itself", object.unraw())
}
