//! `default` and `default = …`: the value of an argument that is not given.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::meta::ParseNestedMeta;
use syn::spanned::Spanned;
use syn::{Error, Expr, ExprMacro, Result, Token, Type, UnOp};

/// What can be written.
const VALUES: &str = "a default is a literal such as \"alpine\", 8080, true or [\"a\", \"b\"], a constant, a member of an \
     enum such as `Colour::Red`, or `default` alone for `Default::default()`";

pub enum DefaultValue {
    /// `Default::default()` of the type.
    OfType(Span),
    /// A list of nothing, which has no type of its own.
    EmptyList(Span),
    /// A value, which is checked against the type.
    Value(Expr),
}

impl DefaultValue {
    /// Reads what follows the word `default`.
    ///
    /// # Errors
    /// If it is something to be computed.
    pub fn parse(meta: &ParseNestedMeta) -> Result<Self> {
        if !meta.input.peek(Token![=]) {
            return Ok(Self::OfType(meta.path.span()));
        }
        let input = meta.value()?;
        let start = input.span();
        let value: Expr = input.parse().map_err(|_| Error::new(start, VALUES))?;
        let value = unparenthesised(value);
        if !is_constant(&value) {
            return Err(Error::new(value.span(), VALUES));
        }
        Ok(match &value {
            Expr::Array(array) if array.elems.is_empty() => Self::EmptyList(value.span()),
            Expr::Macro(list) if list.mac.tokens.is_empty() => Self::EmptyList(value.span()),
            _ => Self::Value(value),
        })
    }

    pub fn span(&self) -> Span {
        match self {
            Self::OfType(span) | Self::EmptyList(span) => *span,
            Self::Value(value) => value.span(),
        }
    }

    /// The default of an argument of type `ty` as JSON; the trait bound is where it is checked.
    pub fn json(&self, ty: &Type) -> TokenStream {
        let span = self.span();
        match self {
            Self::OfType(_) => quote_spanned! {span=>
                ::dagger_sdk::__private::default_of::<#ty>()
            },
            Self::EmptyList(_) => quote_spanned! {span=>
                ::dagger_sdk::__private::default_value::<#ty, _>(::dagger_sdk::__private::EmptyList)
            },
            Self::Value(value) => quote_spanned! {span=>
                ::dagger_sdk::__private::default_value::<#ty, _>(#value)
            },
        }
    }
}

fn unparenthesised(value: Expr) -> Expr {
    match value {
        Expr::Paren(inner) => unparenthesised(*inner.expr),
        Expr::Group(inner) => unparenthesised(*inner.expr),
        other => other,
    }
}

/// Whether the value stands there, so that it is the same whenever it is read.
fn is_constant(value: &Expr) -> bool {
    match value {
        Expr::Lit(_) => true,
        Expr::Unary(unary) => matches!(unary.op, UnOp::Neg(_)) && is_constant(&unary.expr),
        Expr::Array(array) => array.elems.iter().all(is_constant),
        Expr::Macro(list) => items(list).is_some_and(|items| items.iter().all(is_constant)),
        Expr::Cast(cast) => is_constant(&cast.expr),
        Expr::Paren(inner) => is_constant(&inner.expr),
        Expr::Group(inner) => is_constant(&inner.expr),
        // What begins with a small letter and stands alone is a word without its quotes.
        Expr::Path(path) => match path.path.get_ident() {
            Some(name) => name != "None" && name.to_string().starts_with(char::is_uppercase),
            None => true,
        },
        _ => false,
    }
}

/// The items of `vec![…]`.
fn items(list: &ExprMacro) -> Option<Vec<Expr>> {
    if !list.mac.path.is_ident("vec") {
        return None;
    }
    let items = list
        .mac
        .parse_body_with(syn::punctuated::Punctuated::<Expr, Token![,]>::parse_terminated);
    Some(items.ok()?.into_iter().collect())
}

/// `Some(…)` of the default, or `None`.
pub fn optional(default: Option<&DefaultValue>, ty: &Type) -> TokenStream {
    match default {
        None => quote!(::core::option::Option::None),
        Some(default) => {
            let json = default.json(ty);
            quote!(::core::option::Option::Some(#json))
        }
    }
}
