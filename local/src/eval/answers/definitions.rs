//! A module's registration: the chains of `typeDef`, `function` and `module`
//! read into type definitions.

use std::sync::Arc;

use serde_json::Value;

use crate::Error;
use crate::node::{Node, Nodes};
use crate::typedefs::{
    ArgDef, EnumDef, EnumValueDef, FieldDef, FunctionDef, ModuleDef, ObjectDef, TypeDef, TypeKind,
};

/// What a `TypeDef` chain describes.
#[derive(Debug, Clone)]
struct Described {
    ty: TypeDef,
    /// The fields and functions of an object or an interface.
    object: ObjectDef,
    members: Vec<EnumValueDef>,
}

/// The calls that led to a node, the first one first.
fn chain(node: &Arc<Node>) -> Vec<&Arc<Node>> {
    let mut calls = vec![node];
    let mut current = node;
    while let Some(parent) = &current.parent {
        calls.push(parent);
        current = parent;
    }
    calls.reverse();
    calls
}

/// Reads a module.
///
/// # Errors
/// A field that registration does not know, or a missing type.
pub fn module(nodes: &Nodes, node: &Arc<Node>) -> Result<ModuleDef, Error> {
    let mut module = ModuleDef::default();
    for call in chain(node) {
        match call.field.as_str() {
            "module" => {}
            "withDescription" => call.text("description").clone_into(&mut module.description),
            "withObject" => {
                let described = described(nodes, &nodes.argument(call, "object", "TypeDef")?)?;
                module.objects.push(described.object);
            }
            "withInterface" => {
                let described = described(nodes, &nodes.argument(call, "iface", "TypeDef")?)?;
                module.interfaces.push(described.object);
            }
            "withEnum" => {
                let described = described(nodes, &nodes.argument(call, "enum", "TypeDef")?)?;
                module.enums.push(EnumDef {
                    name: described.object.name,
                    description: described.object.description,
                    values: described.members,
                });
            }
            _ => return Err(call.unserved()),
        }
    }
    Ok(module)
}

/// Reads a type.
///
/// # Errors
/// As [`module`].
pub fn type_def(nodes: &Nodes, node: &Arc<Node>) -> Result<TypeDef, Error> {
    Ok(described(nodes, node)?.ty)
}

fn described(nodes: &Nodes, node: &Arc<Node>) -> Result<Described, Error> {
    let mut it = Described {
        ty: TypeDef {
            kind: TypeKind::Void,
            optional: false,
        },
        object: ObjectDef::default(),
        members: Vec::new(),
    };
    for call in chain(node) {
        let name = || call.text("name").to_owned();
        match call.field.as_str() {
            "typeDef" => {}
            "withKind" => it.ty.kind = kind(call)?,
            "withOptional" => it.ty.optional = call.is_set("optional"),
            "withListOf" => {
                let element = nodes.argument(call, "elementType", "TypeDef")?;
                it.ty.kind = TypeKind::List(Box::new(type_def(nodes, &element)?));
            }
            "withScalar" => it.ty.kind = TypeKind::Scalar(name()),
            "withObject" => it.names(TypeKind::Object(name()), call),
            "withInterface" => it.names(TypeKind::Interface(name()), call),
            "withEnum" => it.names(TypeKind::Enum(name()), call),
            "withEnumMember" => it.members.push(EnumValueDef {
                name: name(),
                value: call.given("value").unwrap_or(call.text("name")).to_owned(),
                description: call.text("description").to_owned(),
            }),
            "withEnumValue" => it.members.push(EnumValueDef {
                name: call.text("value").to_owned(),
                value: call.text("value").to_owned(),
                description: call.text("description").to_owned(),
            }),
            "withField" => it.object.fields.push(FieldDef {
                name: name(),
                description: call.text("description").to_owned(),
                ty: type_def(nodes, &nodes.argument(call, "typeDef", "TypeDef")?)?,
            }),
            "withFunction" => {
                let definition = nodes.argument(call, "function", "Function")?;
                it.object.functions.push(function(nodes, &definition)?);
            }
            "withConstructor" => {
                let definition = nodes.argument(call, "function", "Function")?;
                it.object.constructor = Some(function(nodes, &definition)?);
            }
            _ => return Err(call.unserved()),
        }
    }
    Ok(it)
}

impl Described {
    fn names(&mut self, kind: TypeKind, call: &Node) {
        self.ty.kind = kind;
        call.text("name").clone_into(&mut self.object.name);
        call.text("description")
            .clone_into(&mut self.object.description);
    }
}

fn kind(call: &Node) -> Result<TypeKind, Error> {
    let kind = call.text("kind");
    Ok(match kind.trim_end_matches("_KIND") {
        "STRING" => TypeKind::String,
        "BOOLEAN" => TypeKind::Boolean,
        "INTEGER" => TypeKind::Integer,
        "FLOAT" => TypeKind::Float,
        "VOID" => TypeKind::Void,
        _ => {
            return Err(Error::argument(
                "TypeDef.withKind",
                format!("{kind} is made by a field of its own"),
            ));
        }
    })
}

/// The API's name of a kind.
pub fn kind_name(kind: &TypeKind) -> &'static str {
    match kind {
        TypeKind::String => "STRING_KIND",
        TypeKind::Boolean => "BOOLEAN_KIND",
        TypeKind::Integer => "INTEGER_KIND",
        TypeKind::Float => "FLOAT_KIND",
        TypeKind::Scalar(_) => "SCALAR_KIND",
        TypeKind::Enum(_) => "ENUM_KIND",
        TypeKind::Object(_) => "OBJECT_KIND",
        TypeKind::Interface(_) => "INTERFACE_KIND",
        TypeKind::List(_) => "LIST_KIND",
        TypeKind::Void => "VOID_KIND",
    }
}

/// Reads a function.
///
/// # Errors
/// As [`module`].
pub fn function(nodes: &Nodes, node: &Arc<Node>) -> Result<FunctionDef, Error> {
    let mut function = FunctionDef::new("", TypeDef::of(TypeKind::Void));
    for call in chain(node) {
        match call.field.as_str() {
            "function" => {
                call.text("name").clone_into(&mut function.name);
                let returns = nodes.argument(call, "returnType", "TypeDef")?;
                function.return_type = type_def(nodes, &returns)?;
            }
            "withDescription" => call
                .text("description")
                .clone_into(&mut function.description),
            "withArg" => function.args.push(argument(nodes, call)?),
            "withCheck" => function.check = true,
            "withGenerator" => function.generator = true,
            "withDeprecated" => function.deprecated = Some(call.text("reason").to_owned()),
            // Results are kept for the session that asked for them, and no longer.
            "withCachePolicy" => function.uncached = call.text("policy") == "Never",
            "withSourceMap" => {}
            _ => return Err(call.unserved()),
        }
    }
    Ok(function)
}

/// Reads the argument that a `withArg` adds.
///
/// # Errors
/// A default that is no JSON, or a missing type.
pub fn argument(nodes: &Nodes, call: &Node) -> Result<ArgDef, Error> {
    let name = call.text("name").to_owned();
    let default_value = match call.args.get("defaultValue") {
        Some(Value::String(text)) => Some(serde_json::from_str(text).map_err(|error| {
            Error::argument(
                format!("the default of the argument {name}"),
                format!("{text:?} is no JSON: {error}"),
            )
        })?),
        other => other.cloned(),
    };
    Ok(ArgDef {
        description: call.text("description").to_owned(),
        ty: type_def(nodes, &nodes.argument(call, "typeDef", "TypeDef")?)?,
        default_value,
        default_path: call.given("defaultPath").map(str::to_owned),
        default_address: call.given("defaultAddress").map(str::to_owned),
        ignore: call.texts("ignore"),
        deprecated: call
            .args
            .get("deprecated")
            .and_then(Value::as_str)
            .map(str::to_owned),
        name,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn call(
        nodes: &Nodes,
        ty: &str,
        parent: Option<&Arc<Node>>,
        field: &str,
        args: Value,
    ) -> Arc<Node> {
        let args = args.as_object().cloned().unwrap_or_default();
        nodes.keep(Node::new(ty, parent.cloned(), field, args))
    }

    #[test]
    fn a_registered_module_is_read_whole() {
        let nodes = Nodes::default();
        let ty = |kind: &str| {
            let start = call(&nodes, "TypeDef", None, "typeDef", json!({}));
            call(
                &nodes,
                "TypeDef",
                Some(&start),
                "withKind",
                json!({"kind": kind}),
            )
        };
        let string = ty("STRING_KIND");
        let optional = call(
            &nodes,
            "TypeDef",
            Some(&string),
            "withOptional",
            json!({"optional": true}),
        );
        let list = call(&nodes, "TypeDef", None, "typeDef", json!({}));
        let list = call(
            &nodes,
            "TypeDef",
            Some(&list),
            "withListOf",
            json!({"elementType": string.id}),
        );
        let greet = call(
            &nodes,
            "Function",
            None,
            "function",
            json!({"name": "greet", "returnType": list.id}),
        );
        let greet = call(
            &nodes,
            "Function",
            Some(&greet),
            "withArg",
            json!({
                "name": "who", "typeDef": optional.id, "defaultValue": "\"you\"", "ignore": ["a"], "defaultPath": ""
            }),
        );
        let object = call(&nodes, "TypeDef", None, "typeDef", json!({}));
        let object = call(
            &nodes,
            "TypeDef",
            Some(&object),
            "withObject",
            json!({"name": "Hello"}),
        );
        let object = call(
            &nodes,
            "TypeDef",
            Some(&object),
            "withFunction",
            json!({"function": greet.id}),
        );
        let root = call(&nodes, "Module", None, "module", json!({}));
        let root = call(
            &nodes,
            "Module",
            Some(&root),
            "withObject",
            json!({"object": object.id}),
        );

        let module = module(&nodes, &root).unwrap();
        let function = &module.objects[0].functions[0];
        assert_eq!(module.objects[0].name, "Hello");
        assert_eq!(
            function.return_type.kind,
            TypeKind::List(Box::new(TypeDef {
                kind: TypeKind::String,
                optional: false
            }))
        );
        assert_eq!(function.args[0].default_value, Some(json!("you")));
        assert_eq!(function.args[0].ignore, ["a"]);
        assert_eq!(function.args[0].default_path, None);
        assert!(function.args[0].ty.optional);
    }

    #[test]
    fn a_default_that_is_no_json_is_named() {
        let nodes = Nodes::default();
        let node = Node::new(
            "Function",
            None,
            "withArg",
            json!({"name": "x", "defaultValue": "{"})
                .as_object()
                .cloned()
                .unwrap(),
        );
        assert!(
            argument(&nodes, &node)
                .unwrap_err()
                .to_string()
                .contains("argument x")
        );
    }
}
