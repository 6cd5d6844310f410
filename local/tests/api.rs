//! The table of what is served, in `api.org`, is the schema's own.
//!
//! `WRITE_API=1 cargo test -p dagger-local --test api` writes it anew.

use std::fmt::Write as _;
use std::path::Path;

use async_graphql_parser::parse_schema;
use async_graphql_parser::types::{FieldDefinition, TypeKind, TypeSystemDefinition};
use dagger_local::schema::SDL;

const HEAD: &str = "#+title: What the local session serves of Dagger's API
# Written from the schema: WRITE_API=1 cargo test -p dagger-local --test api

The fields of Dagger's API that =dagger-local= serves, with the arguments that it takes. Any other field, and any other
argument, is an error that names it; nothing is guessed. With a Dagger engine all of the API is there.
";

#[test]
fn the_table_of_fields_is_the_schemas() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("api.org");
    let table = table();
    if std::env::var_os("WRITE_API").is_some() {
        std::fs::write(&path, &table).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = written
        .lines()
        .zip(table.lines())
        .find(|(old, new)| old != new);
    assert!(
        written == table,
        "api.org is not the schema's ({differs:?}): WRITE_API=1 cargo test -p dagger-local --test api"
    );
}

fn table() -> String {
    let document = parse_schema(SDL).unwrap();
    let mut types = Vec::new();
    for definition in document.definitions {
        if let TypeSystemDefinition::Type(definition) = definition
            && let TypeKind::Object(object) = definition.node.kind
        {
            types.push((definition.node.name.node.to_string(), object.fields));
        }
    }
    // Where every query begins stands first.
    types.sort_by_key(|(name, _)| (name != "Query", name.clone()));
    let mut text = HEAD.to_owned();
    for (name, fields) in types {
        write!(text, "\n* {name}\n").unwrap();
        let rows: Vec<_> = fields.iter().map(|field| row(&field.node)).collect();
        let width = rows
            .iter()
            .map(|(field, _)| field.chars().count())
            .max()
            .unwrap();
        for (field, what) in rows {
            writeln!(text, "| {field:width$} | {what} |").unwrap();
        }
    }
    text
}

/// A field with its arguments, and what it does.
fn row(field: &FieldDefinition) -> (String, String) {
    let arguments: Vec<_> = field
        .arguments
        .iter()
        .map(|argument| argument.node.name.node.as_str())
        .collect();
    let call = match arguments.is_empty() {
        true => format!("~{}~", field.name.node),
        false => format!("~{}({})~", field.name.node, arguments.join(", ")),
    };
    let description = field.description.as_ref().map(|text| text.node.as_str());
    let description = description.unwrap_or_default().replace('\n', " ");
    (call, description.replace('|', "\\vert"))
}
