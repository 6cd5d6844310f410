//! A schema in GraphQL's language as introspection JSON, as an engine hands it over.

use apollo_compiler::ast::{
    Definition, DirectiveList, Document, EnumValueDefinition, FieldDefinition,
    InputValueDefinition, Type,
};
use apollo_compiler::parser::Parser;
use serde_json::{Value, json};
use std::collections::HashMap;

/// Kinds of named types, by name.
type Kinds = HashMap<String, &'static str>;

pub fn introspection(sdl: &str) -> String {
    let document = Parser::new().parse_ast(sdl, "schema.graphql").unwrap();
    let kinds = kinds(&document);
    let types: Vec<Value> = document
        .definitions
        .iter()
        .filter_map(|definition| definition_json(definition, &kinds))
        .collect();
    json!({"__schemaVersion": "of a schema", "__schema": {"types": types}}).to_string()
}

fn kinds(document: &Document) -> Kinds {
    let named = document.definitions.iter().filter_map(|definition| {
        let kind = match definition {
            Definition::ObjectTypeDefinition(_) => "OBJECT",
            Definition::InterfaceTypeDefinition(_) => "INTERFACE",
            Definition::EnumTypeDefinition(_) => "ENUM",
            Definition::InputObjectTypeDefinition(_) => "INPUT_OBJECT",
            _ => return None,
        };
        Some((definition.name()?.to_string(), kind))
    });
    named.collect()
}

fn definition_json(definition: &Definition, kinds: &Kinds) -> Option<Value> {
    let interfaces = |names: &[apollo_compiler::Name]| -> Vec<Value> {
        names
            .iter()
            .map(|name| json!({"name": name.as_str()}))
            .collect()
    };
    Some(match definition {
        Definition::ObjectTypeDefinition(ty) => json!({
            "kind": "OBJECT", "name": ty.name.as_str(),
            "interfaces": interfaces(&ty.implements_interfaces),
            "fields": ty.fields.iter().map(|one| field(one, kinds)).collect::<Vec<_>>(),
        }),
        Definition::InterfaceTypeDefinition(ty) => json!({
            "kind": "INTERFACE", "name": ty.name.as_str(),
            "interfaces": interfaces(&ty.implements_interfaces),
            "fields": ty.fields.iter().map(|one| field(one, kinds)).collect::<Vec<_>>(),
        }),
        Definition::EnumTypeDefinition(ty) => json!({
            "kind": "ENUM", "name": ty.name.as_str(),
            "enumValues": ty.values.iter().map(|one| member(one)).collect::<Vec<_>>(),
        }),
        Definition::InputObjectTypeDefinition(ty) => json!({
            "kind": "INPUT_OBJECT", "name": ty.name.as_str(),
            "inputFields": ty.fields.iter().map(|one| input(one, kinds)).collect::<Vec<_>>(),
        }),
        Definition::ScalarTypeDefinition(ty) => {
            json!({"kind": "SCALAR", "name": ty.name.as_str()})
        }
        _ => return None,
    })
}

fn field(field: &FieldDefinition, kinds: &Kinds) -> Value {
    let args: Vec<Value> = field
        .arguments
        .iter()
        .map(|one| input(one, kinds))
        .collect();
    json!({
        "name": field.name.as_str(),
        "args": args,
        "type": type_json(&field.ty, kinds),
        "directives": directives(&field.directives),
    })
}

fn input(value: &InputValueDefinition, kinds: &Kinds) -> Value {
    json!({
        "name": value.name.as_str(),
        "type": type_json(&value.ty, kinds),
        "defaultValue": value.default_value.as_ref().map(ToString::to_string),
        "directives": directives(&value.directives),
    })
}

fn member(value: &EnumValueDefinition) -> Value {
    json!({"name": value.value.as_str(), "directives": directives(&value.directives)})
}

fn directives(list: &DirectiveList) -> Value {
    let directives = list.iter().map(|directive| {
        let args = directive
            .arguments
            .iter()
            .map(|one| json!({"name": one.name.as_str(), "value": one.value.to_string()}));
        json!({"name": directive.name.as_str(), "args": args.collect::<Vec<_>>()})
    });
    directives.collect()
}

fn type_json(ty: &Type, kinds: &Kinds) -> Value {
    let named = |name: &str| {
        let kind = kinds.get(name).copied().unwrap_or("SCALAR");
        json!({"kind": kind, "name": name})
    };
    let list = |element: &Type| json!({"kind": "LIST", "ofType": type_json(element, kinds)});
    let required = |inner: Value| json!({"kind": "NON_NULL", "ofType": inner});
    match ty {
        Type::Named(name) => named(name),
        Type::NonNullNamed(name) => required(named(name)),
        Type::List(element) => list(element),
        Type::NonNullList(element) => required(list(element)),
    }
}
