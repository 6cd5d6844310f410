//! `#[arg(…)]` and `#[field(…)]`: what an author says about a parameter or a field beyond its type.

use crate::default::DefaultValue;
use crate::hints::unknown;
use crate::names::ApiName;
use crate::problems::Problems;
use syn::meta::ParseNestedMeta;
use syn::spanned::Spanned;
use syn::{Attribute, Error, Expr, ExprArray, ExprLit, Ident, Lit, LitStr, Meta, Result};

const OF_ARGUMENT: &str =
    "`default`, `default_path`, `default_address`, `ignore`, `name` or `deprecated`";
const OF_FIELD: &str = "`private`, `hidden`, `internal`, `default`, `default_path`, `default_address`, `ignore`, `name` or `deprecated`";

/// Where options stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// On a parameter, as `#[arg]`.
    Parameter,
    /// On a field, as `#[arg]` or `#[field]`.
    Field,
}

/// How a field differs from one that is an argument of the constructor and can be called.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Seclusion {
    /// Kept between calls: neither given nor shown.
    Private,
    /// Given and kept, not shown.
    Hidden,
    /// Shown, not given.
    Internal,
}

#[derive(Default)]
pub struct ArgOptions {
    pub default: Option<DefaultValue>,
    pub default_path: Option<LitStr>,
    pub default_address: Option<LitStr>,
    pub ignore: Vec<LitStr>,
    pub name: Option<ApiName>,
    pub deprecated: Option<LitStr>,
    pub seclusion: Option<(Seclusion, Ident)>,
    seen: Vec<Ident>,
}

impl ArgOptions {
    /// Takes the `#[arg]` or `#[field]` out of `attributes`.
    ///
    /// # Errors
    /// If there are two, an option is unknown or said twice, or two options contradict each other.
    pub fn take(attributes: &mut Vec<Attribute>, place: Place) -> Result<Self> {
        let (args, others) = attributes.drain(..).partition(|attribute| {
            let path = attribute.path();
            path.is_ident("arg") || place == Place::Field && path.is_ident("field")
        });
        *attributes = others;
        let args: Vec<Attribute> = args;
        let mut options = Self::default();
        let mut problems = Problems::default();
        for (index, attribute) in args.iter().enumerate() {
            if index > 0 {
                let name = attribute.path().require_ident()?;
                problems.add(Error::new(
                    name.span(),
                    format!("a second `#[{name}]`: put all options into the first one"),
                ));
            } else if !matches!(attribute.meta, Meta::Path(_)) {
                problems.keep(attribute.parse_nested_meta(|meta| options.option(meta, place)));
            }
        }
        problems.keep(options.contradictions());
        problems.into_result(options)
    }

    fn option(&mut self, meta: ParseNestedMeta, place: Place) -> Result<()> {
        let known = match place {
            Place::Parameter => OF_ARGUMENT,
            Place::Field => OF_FIELD,
        };
        let name = unseen(&meta, &self.seen, known)?;
        match name.to_string().as_str() {
            "default" => self.default = Some(DefaultValue::parse(&meta)?),
            "default_path" => self.default_path = Some(meta.value()?.parse()?),
            "default_address" => self.default_address = Some(meta.value()?.parse()?),
            "ignore" => self.ignore = patterns(meta.value()?.parse()?)?,
            "name" => self.name = Some(ApiName::chosen(&meta.value()?.parse()?)?),
            "deprecated" => self.deprecated = Some(reason(&meta)?),
            "private" => self.seclude(Seclusion::Private, &meta)?,
            "hidden" => self.seclude(Seclusion::Hidden, &meta)?,
            "internal" => self.seclude(Seclusion::Internal, &meta)?,
            _ => return Err(unknown(&meta, &name, known)),
        }
        self.seen.push(name);
        Ok(())
    }

    fn seclude(&mut self, seclusion: Seclusion, meta: &ParseNestedMeta) -> Result<()> {
        if self.seclusion.is_some() {
            return Err(meta.error(
                "only one of `private` (neither an argument nor shown), `hidden` (an argument, not shown) and \
                 `internal` (shown, no argument) can be given",
            ));
        }
        self.seclusion = Some((seclusion, meta.path.require_ident()?.clone()));
        Ok(())
    }

    /// Whether a field is an argument of the constructor.
    pub fn is_given(&self) -> bool {
        matches!(self.seclusion, None | Some((Seclusion::Hidden, _)))
    }

    /// Whether a field can be called.
    pub fn is_shown(&self) -> bool {
        matches!(self.seclusion, None | Some((Seclusion::Internal, _)))
    }

    /// Refuses what says more than an interface can.
    ///
    /// # Errors
    /// At each option that is for functions of objects.
    pub fn refuse_beyond_interface(&self) -> Result<()> {
        refuse_beyond_interface(&self.seen)
    }

    fn contradictions(&self) -> Result<()> {
        let loaded = self.default_path.as_ref().or(self.default_address.as_ref());
        if let Some(loaded) = loaded.or(self.ignore.first()).filter(|_| !self.is_given()) {
            return Err(Error::new(
                loaded.span(),
                "this field is no argument, so that nothing is loaded for it: give it a `default`, or use `hidden`",
            ));
        }
        let mut sources = [
            self.default.as_ref().map(DefaultValue::span),
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
