//! Enums, input objects and scalars.

use crate::Error;
use crate::api::Api;
use crate::docs::{comment, deprecation};
use crate::introspection::{Argument, Member, directive};
use crate::names;
use crate::types;
use std::collections::{BTreeMap, BTreeSet};

pub fn scalar(name: &str, api: &Api) -> String {
    let rust = api.rust(name).unwrap_or_default();
    let docs = described(name, api, "A text of the API");
    format!(
        "\n{docs}#[derive(Clone, Debug, PartialEq, Eq, Hash)]\npub struct {rust}(pub String);\n\n\
         scalar!({rust}, {name:?});\n"
    )
}

/// A description of the API, or the type's name where there is none.
fn described(name: &str, api: &Api, what: &str) -> String {
    let description = api.types.get(name).and_then(|ty| ty.description.as_deref());
    match description.map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => comment(text, ""),
        None => format!("/// {what}: `{name}`.\n"),
    }
}

/// An enum. Several names can stand for one member: the API keeps old ones.
pub fn enumeration(name: &str, api: &Api) -> String {
    let rust = api.rust(name).unwrap_or_default();
    let docs = described(name, api, "An enum of the API");
    let all = api.types[name].enum_values.iter().flatten();
    let mut by_value: BTreeMap<String, Vec<&Member>> = BTreeMap::new();
    for member in all {
        let value = directive(&member.directives, "enumValue", "value");
        let value = value.unwrap_or_else(|| member.name.clone());
        by_value.entry(value).or_default().push(member);
    }
    let mut variants = String::new();
    let mut others = String::new();
    let mut table = String::new();
    let mut used: BTreeSet<String> = BTreeSet::new();
    let mut aliases = Vec::new();
    for (value, mut group) in by_value {
        // The member that is called like the value comes first.
        group.sort_by_key(|member| (member.name != value, member.name.clone()));
        let mut group = group.into_iter();
        let Some(first) = group.next() else { continue };
        let mut variant = names::ty(&first.name);
        while !used.insert(variant.clone()) {
            variant.push('_');
        }
        variants.push_str(&member_docs(first));
        variants.push_str(&format!("    {variant},\n"));
        table.push_str(&format!("        {:?} {variant},\n", first.name));
        for alias in group {
            table.push_str(&format!("        {:?} {variant},\n", alias.name));
            aliases.push((names::ty(&alias.name), variant.clone(), alias));
        }
    }
    for (alias, variant, member) in aliases {
        if used.insert(alias.clone()) {
            others.push_str(&member_docs(member));
            others.push_str(&format!("    pub const {alias}: Self = Self::{variant};\n"));
        }
    }
    let others = if others.is_empty() {
        others
    } else {
        format!("\n#[allow(non_upper_case_globals)]\nimpl {rust} {{\n{others}}}\n")
    };
    format!(
        "\n{docs}#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]\npub enum {rust} {{\n{variants}}}\n{others}\n\
         members!(\n    {rust},\n    {name:?},\n    [\n{table}    ]\n);\n"
    )
}

fn member_docs(member: &Member) -> String {
    let description = member.description.as_deref().unwrap_or_default();
    let docs = match description.trim() {
        "" => format!("    /// `{}`.\n", member.name),
        text => comment(text, "    "),
    };
    docs + &deprecation(
        member.is_deprecated,
        member.deprecation_reason.as_deref(),
        "    ",
    )
}

/// An input object.
pub fn input(name: &str, api: &Api) -> Result<String, Error> {
    let rust = api.rust(name).unwrap_or_default();
    let docs = described(name, api, "A value of several parts");
    let all: Vec<&Argument> = api.types[name].input_fields.iter().flatten().collect();
    let mut fields = String::new();
    let mut given = String::new();
    for field in all {
        let ty = types::optional(field, api).ok_or_else(|| Error::Unsupported {
            place: format!("{name}.{}", field.name),
            what: format!("the type {} has no counterpart", field.ty.innermost()),
        })?;
        let local = names::value(&field.name);
        let description = field.description.as_deref().unwrap_or_default();
        fields.push_str(&match description.trim() {
            "" => format!("    /// `{}`.\n", field.name),
            text => comment(text, "    "),
        });
        let (ty, value) = if field.is_required() {
            (ty, format!("Some(self.{local}.given())"))
        } else {
            (
                format!("Option<{ty}>"),
                format!("self.{local}.as_ref().map(Given::given)"),
            )
        };
        fields.push_str(&format!("    pub {local}: {ty},\n"));
        given.push_str(&format!("            ({:?}, {value}),\n", field.name));
    }
    Ok(format!(
        "\n{docs}#[derive(Clone, Debug)]\npub struct {rust} {{\n{fields}}}\n\n\
         impl Given for {rust} {{\n    fn given(&self) -> Argument {{\n        \
         Argument::fields([\n{given}        ])\n    }}\n}}\n"
    ))
}
