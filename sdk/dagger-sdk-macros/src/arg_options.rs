//! `#[arg(…)]`: what an author says about a parameter or a field beyond its type.

use crate::names::ApiName;
use crate::problems::Problems;
use proc_macro2::Span;
use syn::meta::ParseNestedMeta;
use syn::spanned::Spanned;
use syn::{Attribute, Error, Expr, ExprArray, ExprLit, Ident, Lit, LitStr, Meta, Result};

const KNOWN: &str =
    "`default`, `default_path`, `default_address`, `ignore`, `name`, `deprecated` or `private`";

#[derive(Default)]
pub struct ArgOptions {
    pub default: Option<Expr>,
    pub default_path: Option<LitStr>,
    pub default_address: Option<LitStr>,
    pub ignore: Vec<LitStr>,
    pub name: Option<ApiName>,
    pub deprecated: Option<LitStr>,
    pub private: Option<Span>,
    seen: Vec<Ident>,
}

impl ArgOptions {
    /// Takes the `#[arg]` out of `attributes`.
    ///
    /// # Errors
    /// If there are two, an option is unknown or said twice, or two options contradict each other.
    pub fn take(attributes: &mut Vec<Attribute>) -> Result<Self> {
        let (args, others) = attributes
            .drain(..)
            .partition(|attribute| attribute.path().is_ident("arg"));
        *attributes = others;
        let args: Vec<Attribute> = args;
        let mut options = Self::default();
        let mut problems = Problems::default();
        for (index, attribute) in args.iter().enumerate() {
            if index > 0 {
                problems.add(Error::new(
                    attribute.path().span(),
                    "a second `#[arg]`: put all options into the first one",
                ));
            } else if !matches!(attribute.meta, Meta::Path(_)) {
                problems.keep(attribute.parse_nested_meta(|meta| options.option(meta)));
            }
        }
        problems.keep(options.contradictions());
        problems.into_result(options)
    }

    fn option(&mut self, meta: ParseNestedMeta) -> Result<()> {
        let name = unseen(&meta, &self.seen, KNOWN)?;
        match name.to_string().as_str() {
            "default" => self.default = Some(meta.value()?.parse()?),
            "default_path" => self.default_path = Some(meta.value()?.parse()?),
            "default_address" => self.default_address = Some(meta.value()?.parse()?),
            "ignore" => self.ignore = patterns(meta.value()?.parse()?)?,
            "name" => self.name = Some(ApiName::chosen(&meta.value()?.parse()?)?),
            "deprecated" => self.deprecated = Some(reason(&meta)?),
            "private" => self.private = Some(meta.path.span()),
            _ => return Err(meta.error(format!("unknown option `{name}`: use {KNOWN}"))),
        }
        self.seen.push(name);
        Ok(())
    }

    /// Refuses what says more than an interface can.
    ///
    /// # Errors
    /// At each option that is for functions of objects.
    pub fn refuse_beyond_interface(&self) -> Result<()> {
        refuse_beyond_interface(&self.seen)
    }

    fn contradictions(&self) -> Result<()> {
        let mut sources = [
            self.default.as_ref().map(Spanned::span),
            self.default_path.as_ref().map(LitStr::span),
            self.default_address.as_ref().map(LitStr::span),
        ]
        .into_iter()
        .flatten();
        match (sources.next(), sources.next()) {
            (Some(_), Some(second)) => Err(Error::new(
                second,
                "only one of `default`, `default_path` and `default_address` can be given",
            )),
            _ => Ok(()),
        }
    }
}

/// The name of an option, which was not given before; `known` is what there is.
pub fn unseen(meta: &ParseNestedMeta, seen: &[Ident], known: &str) -> Result<Ident> {
    let Some(name) = meta.path.get_ident() else {
        return Err(meta.error(format!("unknown option: use {known}")));
    };
    if seen.contains(name) {
        return Err(meta.error(format!("`{name}` is given twice")));
    }
    Ok(name.clone())
}

/// Refuses all options but the ones that mean something in an interface.
pub fn refuse_beyond_interface(seen: &[Ident]) -> Result<()> {
    let mut problems = Problems::default();
    for option in seen {
        if option != "name" && option != "deprecated" {
            problems.add(Error::new(
                option.span(),
                format!("`{option}` is for functions of an object: an interface takes `name` and `deprecated`"),
            ));
        }
    }
    problems.into_result(())
}

/// The text of `deprecated = "…"`, or nothing for a bare `deprecated`.
pub fn reason(meta: &ParseNestedMeta) -> Result<LitStr> {
    if meta.input.peek(syn::Token![=]) {
        meta.value()?.parse()
    } else {
        Ok(LitStr::new("", meta.path.span()))
    }
}

fn patterns(array: ExprArray) -> Result<Vec<LitStr>> {
    array
        .elems
        .into_iter()
        .map(|element| match element {
            Expr::Lit(ExprLit {
                lit: Lit::Str(text),
                ..
            }) => Ok(text),
            other => Err(Error::new(
                other.span(),
                "a pattern is a string, such as \"!src/\"",
            )),
        })
        .collect()
}
