//! `#[function(…)]`: what an author says about a function beyond its signature.

use crate::arg_options::{reason, refuse_beyond_interface, unseen};
use crate::hints::unknown;
use crate::names::ApiName;
use crate::problems::Problems;
use proc_macro2::Span;
use syn::meta::ParseNestedMeta;
use syn::spanned::Spanned;
use syn::{Attribute, Error, Ident, LitStr, Meta, Result};

const KNOWN: &str = "`check`, `generate`, `up`, `constructor`, `cache`, `deprecated` or `name`";

/// How long the engine may answer a call from its cache.
pub enum Cache {
    Never,
    Session,
    Duration(String),
}

#[derive(Default)]
pub struct FunctionOptions {
    pub check: bool,
    pub generate: bool,
    pub up: Option<Span>,
    pub constructor: Option<Span>,
    pub cache: Option<Cache>,
    pub deprecated: Option<LitStr>,
    pub name: Option<ApiName>,
    seen: Vec<Ident>,
}

impl FunctionOptions {
    /// Takes the `#[function]` out of `attributes`; `None` where there is none.
    ///
    /// # Errors
    /// If there are two, or an option is unknown, said twice or means nothing.
    pub fn take(attributes: &mut Vec<Attribute>) -> Result<Option<Self>> {
        let (own, others): (Vec<_>, Vec<_>) = attributes
            .drain(..)
            .partition(|attribute| attribute.path().is_ident("function"));
        *attributes = others;
        let Some(first) = own.first() else {
            return Ok(None);
        };
        let mut options = Self::default();
        let mut problems = Problems::default();
        if !matches!(first.meta, Meta::Path(_)) {
            problems.keep(first.parse_nested_meta(|meta| options.option(meta)));
        }
        for second in &own[1..] {
            problems.add(Error::new(
                second.path().span(),
                "a second `#[function]`: put all options into the first one",
            ));
        }
        problems.into_result(Some(options))
    }

    /// The options of a function of an interface.
    ///
    /// # Errors
    /// At each option that is for functions of objects.
    pub fn in_interface(self) -> Result<Self> {
        refuse_beyond_interface(&self.seen)?;
        Ok(self)
    }

    fn option(&mut self, meta: ParseNestedMeta) -> Result<()> {
        let name = unseen(&meta, &self.seen, KNOWN)?;
        match name.to_string().as_str() {
            "check" => self.check = true,
            "generate" => self.generate = true,
            "up" => self.up = Some(meta.path.span()),
            "constructor" => self.constructor = Some(meta.path.span()),
            "cache" => self.cache = Some(cache(&meta.value()?.parse()?)?),
            "deprecated" => self.deprecated = Some(reason(&meta)?),
            "name" => self.name = Some(ApiName::chosen(&meta.value()?.parse()?)?),
            _ => return Err(unknown(&meta, &name, KNOWN)),
        }
        self.seen.push(name);
        Ok(())
    }
}

/// The engine's limits of a function cache's life, in seconds (core/typedef.go of the engine).
const LIFE: std::ops::RangeInclusive<u64> = 1..=7 * 24 * 60 * 60;

fn cache(literal: &LitStr) -> Result<Cache> {
    match literal.value().as_str() {
        "never" => Ok(Cache::Never),
        "session" => Ok(Cache::Session),
        text => match seconds(text) {
            Some(life) if LIFE.contains(&life) => Ok(Cache::Duration(format!("{life}s"))),
            Some(_) => Err(Error::new(
                literal.span(),
                "a cache lives between 1s and 168h (seven days)",
            )),
            None => Err(Error::new(
                literal.span(),
                "a cache is \"never\", \"session\", or a duration such as \"300s\", \"10m\" or \"24h\"",
            )),
        },
    }
}

fn seconds(text: &str) -> Option<u64> {
    let unit = match text.chars().last()? {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        _ => return None,
    };
    let number: u64 = text[..text.len() - 1].parse().ok()?;
    number.checked_mul(unit)
}
