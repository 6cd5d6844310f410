//! The options of `#[object]`, `#[enumeration]` and `#[interface]`, of `#[member]`, and of `#[functions]`.

use crate::arg_options::reason;
use crate::names::ApiName;
use crate::problems::Problems;
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned;
use syn::{Attribute, Error, Ident, LitStr, Meta, Result, Token};

/// `name = "…"` and `documented`, or nothing.
#[derive(Default)]
pub struct TypeOptions {
    pub name: Option<ApiName>,
    /// Whether everything has a doc comment.
    pub documented: bool,
}

impl Parse for TypeOptions {
    fn parse(input: ParseStream) -> Result<Self> {
        let mut options = Self::default();
        while !input.is_empty() {
            let option: Ident = input.parse()?;
            let is_second = match option.to_string().as_str() {
                "name" => {
                    input.parse::<Token![=]>()?;
                    let name = ApiName::chosen(&input.parse()?)?;
                    options.name.replace(name).is_some()
                }
                "documented" => std::mem::replace(&mut options.documented, true),
                _ => {
                    return Err(Error::new(
                        option.span(),
                        format!("unknown option `{option}`: use `name = \"…\"` or `documented`"),
                    ));
                }
            };
            if is_second {
                let message = format!("`{option}` is given twice");
                return Err(Error::new(option.span(), message));
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(options)
    }
}

/// `itself` and `documented`, or nothing.
#[derive(Default)]
pub struct BlockOptions {
    /// Whether the functions can be called over the session, too.
    pub itself: bool,
    /// Whether each function and each argument has a doc comment.
    pub documented: bool,
}

impl Parse for BlockOptions {
    fn parse(input: ParseStream) -> Result<Self> {
        let mut options = Self::default();
        while !input.is_empty() {
            let option: Ident = input.parse()?;
            match option.to_string().as_str() {
                "itself" => options.itself = true,
                "documented" => options.documented = true,
                _ => {
                    return Err(Error::new(
                        option.span(),
                        format!(
                            "unknown option `{option}`: `#[functions]` takes `itself` and `documented`, all others belong on `#[function]`"
                        ),
                    ));
                }
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(options)
    }
}

/// `#[member(…)]` on a variant.
#[derive(Default)]
pub struct MemberOptions {
    pub name: Option<ApiName>,
    pub deprecated: Option<LitStr>,
}

impl MemberOptions {
    /// Takes the `#[member]` out of `attributes`.
    ///
    /// # Errors
    /// If there are two, or an option is unknown.
    pub fn take(attributes: &mut Vec<Attribute>) -> Result<Self> {
        let (own, others): (Vec<_>, Vec<_>) = attributes
            .drain(..)
            .partition(|attribute| attribute.path().is_ident("member"));
        *attributes = others;
        let mut options = Self::default();
        let mut problems = Problems::default();
        for (index, attribute) in own.iter().enumerate() {
            if index > 0 {
                problems.add(Error::new(
                    attribute.path().span(),
                    "a second `#[member]`: put all options into the first one",
                ));
            } else if !matches!(attribute.meta, Meta::Path(_)) {
                problems.keep(attribute.parse_nested_meta(|meta| {
                    if meta.path.is_ident("name") {
                        options.name = Some(ApiName::chosen(&meta.value()?.parse()?)?);
                    } else if meta.path.is_ident("deprecated") {
                        options.deprecated = Some(reason(&meta)?);
                    } else {
                        let name = meta.path.require_ident()?;
                        return Err(meta.error(format!(
                            "unknown option `{name}`: use `name` or `deprecated`"
                        )));
                    }
                    Ok(())
                }));
            }
        }
        problems.into_result(options)
    }
}
