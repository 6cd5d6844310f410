//! One function of an object: its methods, and the struct of its optional arguments.

use crate::Error;
use crate::api::{Api, ROOT};
use crate::docs::{comment, deprecation};
use crate::introspection::{Argument, Field, directive};
use crate::names;
use crate::types::{self, Given, Returned};
use std::collections::BTreeSet;

/// Longer signatures get a line for each parameter.
const WIDTH: usize = 100;

pub struct Function<'a> {
    object: &'a str,
    field: &'a Field,
    /// The method's name.
    name: String,
    with_options: String,
    options: String,
    returned: Returned,
    required: Vec<(&'a Argument, String, Given)>,
    /// With the type inside of the `Option`.
    optional: Vec<(&'a Argument, String, String)>,
}

impl<'a> Function<'a> {
    pub fn of(object: &'a str, field: &'a Field, name: String, api: &Api) -> Result<Self, Error> {
        let unsupported = |what: String| Error::Unsupported {
            place: format!("{object}.{}", field.name),
            what,
        };
        let returned = types::returned(object, field, api).ok_or_else(|| {
            let ty = field.ty.innermost();
            unsupported(format!("a result of type {ty} has no counterpart"))
        })?;
        let mut function = Self {
            object,
            field,
            name,
            with_options: String::new(),
            options: String::new(),
            returned,
            required: Vec::new(),
            optional: Vec::new(),
        };
        let mut used = BTreeSet::from(["opts".to_owned()]);
        for argument in &field.args {
            let no_counterpart = || {
                let (name, ty) = (&argument.name, argument.ty.innermost());
                unsupported(format!(
                    "the argument {name} of type {ty} has no counterpart"
                ))
            };
            let mut local = names::value(&argument.name);
            while !used.insert(local.clone()) {
                local.push('_');
            }
            if argument.is_required() {
                let given = types::given(object, field, argument, api);
                let given = given.ok_or_else(no_counterpart)?;
                function.required.push((argument, local, given));
            } else {
                let ty = types::optional(argument, api).ok_or_else(no_counterpart)?;
                function.optional.push((argument, local, ty));
            }
        }
        Ok(function)
    }

    /// Chooses names for what the API has none for: after all of its own.
    pub fn name_options(&mut self, used: &mut BTreeSet<String>, api: &mut Api) {
        if self.optional.is_empty() {
            return;
        }
        self.with_options = names::with_options(&self.name);
        while !used.insert(self.with_options.clone()) {
            self.with_options.push('_');
        }
        let object = if self.object == ROOT { "" } else { self.object };
        self.options = api.unique(names::ty(&format!("{object}_{}_Opts", self.field.name)));
    }

    /// The method with the required arguments, and the one with all where there are others.
    pub fn methods(&self, api: &Api) -> Result<String, Error> {
        let mut text = self.method(&self.name, false, api);
        if !self.optional.is_empty() {
            text.push_str(&self.method(&self.with_options, true, api));
        }
        Ok(text)
    }

    fn method(&self, name: &str, with_options: bool, api: &Api) -> String {
        let mut parameters = vec!["&self".to_owned()];
        let mut body = vec![format!(".call({:?})", self.field.name)];
        for (argument, local, given) in &self.required {
            let (ty, call) = match given {
                Given::Text => ("impl AsRef<str>".to_owned(), "text".to_owned()),
                Given::Texts => (
                    "impl IntoIterator<Item = impl AsRef<str>>".to_owned(),
                    "texts".to_owned(),
                ),
                Given::Plain(ty) => (ty.clone(), format!("value_of::<{ty}>")),
                Given::Borrowed(ty) => (format!("impl Borrow<{ty}>"), format!("value_of::<{ty}>")),
                Given::List(ty) => (
                    format!("impl IntoIterator<Item = impl Borrow<{ty}>>"),
                    format!("list::<{ty}>"),
                ),
            };
            parameters.push(format!("{local}: {ty}"));
            body.push(format!(".{call}({:?}, {local})", argument.name));
        }
        if with_options {
            parameters.push(format!("opts: {}", self.options));
            body.push(".options(opts)".to_owned());
        }
        let (wait, result, last) = match &self.returned {
            Returned::Object(object) => ("", object.clone(), ".node()".to_owned()),
            Returned::Perhaps(object) => (
                "async ",
                format!("Result<Option<{object}>>"),
                ".perhaps().await".to_owned(),
            ),
            Returned::Objects(list) => (
                "async ",
                format!("Result<{list}>"),
                ".objects().await".to_owned(),
            ),
            Returned::Loaded(object) => (
                "async ",
                format!("Result<{object}>"),
                ".loaded().await".to_owned(),
            ),
            Returned::Value(value) => (
                "async ",
                format!("Result<{value}>"),
                ".value().await".to_owned(),
            ),
            Returned::Nothing => (
                "async ",
                "Result<()>".to_owned(),
                ".nothing().await".to_owned(),
            ),
        };
        body.push(last);
        let signature = signature(wait, name, &parameters, &result);
        let body = chained(
            &body,
            matches!(self.returned, Returned::Object(_)).then_some(&result),
        );
        format!(
            "\n{}    {signature} {{\n{body}    }}\n",
            self.docs(name, with_options, api)
        )
    }

    fn docs(&self, name: &str, with_options: bool, api: &Api) -> String {
        let description = self.field.description.as_deref().unwrap_or_default();
        let mut text = match description.trim() {
            "" => format!("    /// `{}.{}`\n", self.object, self.field.name),
            known => comment(known, "    "),
        };
        let about: String = self
            .required
            .iter()
            .map(|(argument, local, _)| {
                let about = argument.description.as_deref().unwrap_or_default().trim();
                let about: Vec<&str> = about.lines().map(str::trim).collect();
                if about.is_empty() {
                    String::new()
                } else {
                    let local = local.trim_start_matches("r#");
                    comment(&format!("- `{local}`: {}", about.join(" ")), "    ")
                }
            })
            .collect();
        if !about.is_empty() {
            text.push_str("    ///\n");
            text.push_str(&about);
        }
        if !with_options && !self.optional.is_empty() {
            let rust = api.rust(self.object).unwrap_or_default();
            let with = &self.with_options;
            text.push_str(&format!(
                "    ///\n    /// There are optional arguments: [`{rust}::{with}`].\n"
            ));
        }
        if let Some(experimental) = self
            .field
            .directives
            .iter()
            .find(|known| known.name == "experimental")
        {
            let reason = directive(std::slice::from_ref(experimental), "experimental", "reason");
            let reason = reason.unwrap_or_else(|| "not stabilized".into());
            text.push_str("    ///\n");
            text.push_str(&comment(&format!("Experimental: {reason}"), "    "));
        }
        let _ = name;
        text + &deprecation(
            self.field.is_deprecated,
            self.field.deprecation_reason.as_deref(),
            "    ",
        )
    }

    /// The struct of the optional arguments.
    pub fn options(&self, api: &Api) -> Result<String, Error> {
        if self.optional.is_empty() {
            return Ok(String::new());
        }
        let options = &self.options;
        let mut fields = String::new();
        let mut calls = String::new();
        for (argument, local, ty) in &self.optional {
            let about = argument.description.as_deref().unwrap_or_default();
            fields.push_str(&match about.trim() {
                "" => format!("    /// `{}`\n", argument.name),
                text => comment(text, "    "),
            });
            if let Some(default) = argument
                .default_value
                .as_deref()
                .filter(|text| !text.is_empty())
            {
                fields.push_str("    ///\n");
                fields.push_str(&comment(
                    &format!("Default: `{}`", default.replace('\n', " ")),
                    "    ",
                ));
            }
            fields.push_str(&deprecation(
                argument.is_deprecated,
                argument.deprecation_reason.as_deref(),
                "    ",
            ));
            fields.push_str(&format!("    pub {local}: Option<{ty}>,\n"));
            calls.push_str(&format!(
                "\n            .option({:?}, self.{local})",
                argument.name
            ));
        }
        let rust = api.rust(self.object).unwrap_or_default();
        Ok(format!(
            "\n/// The optional arguments of [`{rust}::{}`].\n\
             #[derive(Clone, Debug, Default)]\npub struct {options} {{\n{fields}}}\n\n\
             impl Options for {options} {{\n    fn give(self, call: Call) -> Call {{\n        \
             call{calls}\n    }}\n}}\n",
            self.with_options
        ))
    }
}

fn signature(wait: &str, name: &str, parameters: &[String], result: &str) -> String {
    let line = format!("pub {wait}fn {name}({}) -> {result}", parameters.join(", "));
    if line.len() + 6 <= WIDTH {
        return line;
    }
    let lines: String = parameters
        .iter()
        .map(|one| format!("        {one},\n"))
        .collect();
    format!("pub {wait}fn {name}(\n{lines}    ) -> {result}")
}

/// The expression of a method, in `object` if that is given.
fn chained(calls: &[String], object: Option<&String>) -> String {
    let line = format!("self.0{}", calls.concat());
    let (before, after) = match object {
        Some(object) => (format!("{object}("), ")"),
        None => (String::new(), ""),
    };
    if line.len() + before.len() + 9 <= WIDTH {
        return format!("        {before}{line}{after}\n");
    }
    let inner = if object.is_some() { "    " } else { "" };
    let lines: String = calls
        .iter()
        .map(|call| format!("            {inner}{call}\n"))
        .collect();
    match object {
        Some(_) => {
            format!("        {before}\n            self\n                .0\n{lines}        )\n")
        }
        None => format!("        self.0\n{lines}"),
    }
}
