//! The core types that the session serves, read from its own schema: the
//! command line then offers what the session answers, and nothing else.

use std::collections::{HashMap, HashSet};

use async_graphql_parser::parse_schema;
use async_graphql_parser::types::{
    BaseType, FieldDefinition, InputValueDefinition, ServiceDocument, Type, TypeKind as SdlKind,
};

use crate::schema::types;
use crate::typedefs::{ArgDef, FunctionDef, ObjectDef, TypeDef, TypeKind};

/// Objects, enumerations and input objects of the core API, by name.
#[derive(Debug, Default)]
pub struct CoreSchema {
    pub objects: HashMap<String, ObjectDef>,
    pub enums: HashMap<String, Vec<String>>,
    pub inputs: HashMap<String, Vec<ArgDef>>,
    /// Functions that answer the ID of the object that they return, by
    /// object and function.
    id_functions: HashSet<(String, String)>,
}

impl CoreSchema {
    /// Reads a schema in GraphQL's definition language.
    ///
    /// # Errors
    /// The parser's message where the text is no schema.
    pub fn parse(text: &str) -> Result<Self, String> {
        let document = parse_schema(text).map_err(|error| error.to_string())?;
        let names = Names::of(&document);
        let mut schema = CoreSchema::default();
        for definition in types(&document) {
            let name = definition.name.node.to_string();
            match &definition.kind {
                SdlKind::Object(object) => {
                    for field in &object.fields {
                        if names.is_id(&field.node.ty.node) {
                            let function = field.node.name.node.to_string();
                            schema.id_functions.insert((name.clone(), function));
                        }
                    }
                    let functions = object
                        .fields
                        .iter()
                        // The ID of an object is the session's business.
                        .filter(|field| field.node.name.node != "id")
                        .map(|field| names.function(&field.node))
                        .collect();
                    schema.objects.insert(
                        name.clone(),
                        ObjectDef {
                            name,
                            description: text_of(definition.description.as_ref().map(|d| &d.node)),
                            constructor: None,
                            functions,
                            fields: Vec::new(),
                        },
                    );
                }
                SdlKind::Enum(values) => {
                    let values = values
                        .values
                        .iter()
                        .map(|value| value.node.value.node.to_string())
                        .collect();
                    schema.enums.insert(name, values);
                }
                SdlKind::InputObject(input) => {
                    let fields = input
                        .fields
                        .iter()
                        .map(|field| names.argument(&field.node))
                        .collect();
                    schema.inputs.insert(name, fields);
                }
                _ => {}
            }
        }
        Ok(schema)
    }

    /// Whether the session serves this function.
    pub fn has(&self, object: &str, function: &str) -> bool {
        let object = self.objects.get(object);
        object.is_some_and(|object| object.functions.iter().any(|known| known.name == function))
    }

    /// Whether the answer of this function is an ID already, as that of `sync`.
    pub fn answers_id(&self, object: &str, function: &str) -> bool {
        self.id_functions
            .contains(&(object.to_owned(), function.to_owned()))
    }
}

fn text_of(description: Option<&String>) -> String {
    description
        .map(|text| text.trim().to_owned())
        .unwrap_or_default()
}

/// The names that tell an object from an enumeration or a scalar.
struct Names {
    objects: Vec<String>,
    enums: Vec<String>,
    inputs: Vec<String>,
}

impl Names {
    fn of(document: &ServiceDocument) -> Self {
        let named = |wanted: fn(&SdlKind) -> bool| {
            types(document)
                .filter(|definition| wanted(&definition.kind))
                .map(|definition| definition.name.node.to_string())
                .collect()
        };
        Names {
            objects: named(|kind| matches!(kind, SdlKind::Object(_))),
            enums: named(|kind| matches!(kind, SdlKind::Enum(_))),
            inputs: named(|kind| matches!(kind, SdlKind::InputObject(_))),
        }
    }

    fn function(&self, field: &FieldDefinition) -> FunctionDef {
        FunctionDef {
            description: text_of(field.description.as_ref().map(|d| &d.node)),
            args: field
                .arguments
                .iter()
                .map(|arg| self.argument(&arg.node))
                .collect(),
            ..FunctionDef::new(&field.name.node, self.ty(&field.ty.node))
        }
    }

    fn argument(&self, argument: &InputValueDefinition) -> ArgDef {
        let default_value = argument
            .default_value
            .as_ref()
            .and_then(|value| value.node.clone().into_json().ok())
            .filter(|value| !value.is_null());
        ArgDef {
            name: argument.name.node.to_string(),
            description: text_of(argument.description.as_ref().map(|d| &d.node)),
            ty: self.ty(&argument.ty.node),
            default_value,
            default_path: None,
            default_address: None,
            ignore: Vec::new(),
            deprecated: None,
        }
    }

    fn ty(&self, ty: &Type) -> TypeDef {
        let kind = match &ty.base {
            BaseType::List(inner) => TypeKind::List(Box::new(self.ty(inner))),
            BaseType::Named(name) => self.named(name.as_str()),
        };
        TypeDef {
            kind,
            optional: ty.nullable,
        }
    }

    fn is_id(&self, ty: &Type) -> bool {
        match &ty.base {
            BaseType::List(inner) => self.is_id(inner),
            BaseType::Named(name) => {
                let object = name.as_str().strip_suffix("ID");
                object.is_some_and(|object| self.objects.iter().any(|known| known == object))
            }
        }
    }

    fn named(&self, name: &str) -> TypeKind {
        let is_in = |names: &[String], name: &str| names.iter().any(|known| known == name);
        match name {
            "String" => TypeKind::String,
            "Boolean" => TypeKind::Boolean,
            "Int" => TypeKind::Integer,
            "Float" => TypeKind::Float,
            "Void" => TypeKind::Void,
            _ if is_in(&self.objects, name) => TypeKind::Object(name.to_owned()),
            _ if is_in(&self.enums, name) => TypeKind::Enum(name.to_owned()),
            // Input objects have no kind of their own; their name is looked up.
            _ if is_in(&self.inputs, name) => TypeKind::Scalar(name.to_owned()),
            // `ContainerID` stands for the container, given or returned.
            _ => match name.strip_suffix("ID") {
                Some(object) if is_in(&self.objects, object) => TypeKind::Object(object.to_owned()),
                _ => TypeKind::Scalar(name.to_owned()),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCHEMA: &str = r#"
        scalar ContainerID
        scalar Void
        enum NetworkProtocol { TCP UDP }
        input PortForward { backend: Int!, frontend: Int, protocol: NetworkProtocol = TCP }
        "A container."
        type Container {
            id: ContainerID!
            "Forces it."
            sync: ContainerID!
            withFile(path: String!, source: ContainerID!, permissions: Int): Container!
            withExec(args: [String!]!, expand: Boolean = false): Container!
            up(ports: [PortForward!] = [], random: Boolean = false): Void
        }
    "#;

    fn container() -> ObjectDef {
        let mut schema = CoreSchema::parse(SCHEMA).expect("a schema");
        schema.objects.remove("Container").expect("the type")
    }

    fn function(name: &str) -> FunctionDef {
        let found = container().functions.into_iter().find(|f| f.name == name);
        found.expect("the function")
    }

    #[test]
    fn an_objects_id_stands_for_the_object() {
        let object = TypeKind::Object("Container".to_owned());
        assert_eq!(function("sync").return_type.kind, object);
        assert_eq!(function("withFile").args[1].ty.kind, object);
        assert!(container().functions.iter().all(|f| f.name != "id"));
    }

    #[test]
    fn optional_arguments_and_defaults_are_kept() {
        let with_exec = function("withExec");
        assert!(!with_exec.args[0].ty.optional);
        assert_eq!(with_exec.args[1].default_value, Some(false.into()));
        assert!(function("withFile").args[2].ty.optional);
    }

    #[test]
    fn a_text_that_is_no_schema_is_refused() {
        assert!(CoreSchema::parse("type {").is_err());
    }
}
