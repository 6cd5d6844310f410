//! The API that the session serves, read from `schema.graphql`, with one
//! resolver for all of it: a field that gives an object makes a node, any
//! other field is asked of a [`Resolve`].

use std::sync::Arc;

use async_graphql::dynamic::{
    Enum, EnumItem, Field, FieldFuture, FieldValue, InputObject, InputValue, Object,
    ResolverContext, Scalar, Schema, SchemaBuilder, TypeRef,
};
use async_graphql_parser::parse_schema;
use async_graphql_parser::types::{
    BaseType, FieldDefinition, InputValueDefinition, Type, TypeKind, TypeSystemDefinition,
};
use serde_json::{Map, Value};

use crate::Error;
use crate::node::Node;

/// The served part of the API, in GraphQL's definition language.
pub const SDL: &str = include_str!("schema.graphql");

/// Deeper chains than any module builds; the engine itself has no limit.
pub const DEPTH: usize = 4096;

/// What a field gives.
pub enum Answer {
    Object(Arc<Node>),
    Objects(Vec<Arc<Node>>),
    Value(Value),
}

/// A field that is asked for.
pub struct Asked {
    /// The object it is asked of; the query itself is none.
    pub parent: Option<Arc<Node>>,
    pub field: String,
    pub args: Map<String, Value>,
    pub gives: Gives,
}

/// What the schema says that a field gives.
#[derive(Debug, Clone, PartialEq)]
pub enum Gives {
    /// An object that is there whenever its parent is.
    Object(String),
    /// An object or nothing: the parent must be evaluated to tell.
    Maybe(String),
    Objects(String),
    Value,
}

/// Answers fields.
pub trait Resolve: Send + Sync + 'static {
    /// Answers one field; may block, and is called off the executor.
    ///
    /// # Errors
    /// What the user is told.
    fn resolve(&self, asked: Asked) -> Result<Answer, Error>;
}

/// Builds the schema.
///
/// # Errors
/// A definition that does not hold together.
pub fn build(sdl: &str) -> Result<Schema, Error> {
    let wrong = |message: String| Error::Query { message };
    let document = parse_schema(sdl).map_err(|error| wrong(error.to_string()))?;
    let mut objects = Vec::new();
    for definition in &document.definitions {
        if let TypeSystemDefinition::Type(definition) = definition
            && let TypeKind::Object(_) = &definition.node.kind
        {
            objects.push(definition.node.name.node.to_string());
        }
    }
    let mut builder = Schema::build("Query", None, None)
        .limit_depth(DEPTH)
        .limit_recursive_depth(DEPTH);
    for definition in &document.definitions {
        if let TypeSystemDefinition::Type(definition) = definition {
            let name = definition.node.name.node.as_str();
            builder = register(builder, name, &definition.node.kind, &objects);
        }
    }
    builder.finish().map_err(|error| wrong(error.to_string()))
}

fn register(
    builder: SchemaBuilder,
    name: &str,
    kind: &TypeKind,
    objects: &[String],
) -> SchemaBuilder {
    match kind {
        TypeKind::Object(object) => builder.register(
            object
                .fields
                .iter()
                .fold(Object::new(name), |object, field| {
                    object.field(served(&field.node, objects))
                }),
        ),
        TypeKind::Enum(values) => {
            builder.register(values.values.iter().fold(Enum::new(name), |values, value| {
                values.item(EnumItem::new(value.node.value.node.as_str()))
            }))
        }
        TypeKind::InputObject(input) => builder.register(
            input
                .fields
                .iter()
                .fold(InputObject::new(name), |input, field| {
                    input.field(argument(&field.node))
                }),
        ),
        _ => builder.register(Scalar::new(name)),
    }
}

fn served(definition: &FieldDefinition, objects: &[String]) -> Field {
    let name = definition.name.node.to_string();
    let gives = gives(&definition.ty.node, objects);
    let field = Field::new(
        name.clone(),
        type_ref(&definition.ty.node),
        move |context| {
            let (name, gives) = (name.clone(), gives.clone());
            FieldFuture::new(async move { answer(context, name, gives).await })
        },
    );
    definition
        .arguments
        .iter()
        .fold(field, |field, given| field.argument(argument(&given.node)))
}

async fn answer<'a>(
    context: ResolverContext<'a>,
    field: String,
    gives: Gives,
) -> async_graphql::Result<Option<FieldValue<'a>>> {
    let resolver = context.data::<Arc<dyn Resolve>>()?.clone();
    let mut args = Map::new();
    for (name, value) in context.args.iter() {
        args.insert(name.to_string(), value.as_value().clone().into_json()?);
    }
    let parent = context.parent_value.downcast_ref::<Arc<Node>>().cloned();
    let asked = Asked {
        parent,
        field,
        args,
        gives,
    };
    // What only makes a node takes no time worth a thread.
    let answered = match asked.gives {
        Gives::Object(_) => resolver.resolve(asked),
        _ => tokio::task::spawn_blocking(move || resolver.resolve(asked))
            .await
            .unwrap_or_else(|error| {
                Err(Error::Query {
                    message: format!("the session broke down: {error}"),
                })
            }),
    };
    match answered {
        Ok(Answer::Object(node)) => Ok(Some(FieldValue::owned_any(node))),
        Ok(Answer::Objects(nodes)) => Ok(Some(FieldValue::list(
            nodes.into_iter().map(FieldValue::owned_any),
        ))),
        Ok(Answer::Value(Value::Null)) => Ok(None),
        Ok(Answer::Value(value)) => Ok(Some(FieldValue::value(async_graphql::Value::from_json(
            value,
        )?))),
        Err(error) => Err(async_graphql::Error::new_with_source(error)),
    }
}

fn gives(ty: &Type, objects: &[String]) -> Gives {
    let known = |name: &str| objects.iter().any(|object| object == name);
    match &ty.base {
        BaseType::Named(name) if known(name) && ty.nullable => Gives::Maybe(name.to_string()),
        BaseType::Named(name) if known(name) => Gives::Object(name.to_string()),
        BaseType::List(inner) => match gives(inner, objects) {
            Gives::Object(name) | Gives::Maybe(name) => Gives::Objects(name),
            _ => Gives::Value,
        },
        BaseType::Named(_) => Gives::Value,
    }
}

fn argument(definition: &InputValueDefinition) -> InputValue {
    let input = InputValue::new(definition.name.node.as_str(), type_ref(&definition.ty.node));
    match &definition.default_value {
        Some(value) => input.default_value(value.node.clone()),
        None => input,
    }
}

fn type_ref(ty: &Type) -> TypeRef {
    let inner = match &ty.base {
        BaseType::Named(name) => TypeRef::named(name.as_str()),
        BaseType::List(inner) => TypeRef::List(Box::new(type_ref(inner))),
    };
    match ty.nullable {
        true => inner,
        false => TypeRef::NonNull(Box::new(inner)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::io::Write as _;

    #[test]
    fn the_served_schema_holds_together() {
        build(SDL).unwrap();
    }

    /// Every definition as lines of text, such as `Container.from: Container!`
    /// and `Container.from(address: String!)`.
    fn lines(sdl: &str) -> BTreeSet<String> {
        let mut lines = BTreeSet::new();
        for definition in parse_schema(sdl).unwrap().definitions {
            let TypeSystemDefinition::Type(definition) = definition else {
                continue;
            };
            let name = &definition.node.name.node;
            match &definition.node.kind {
                TypeKind::Object(object) => {
                    for field in &object.fields {
                        let field = &field.node;
                        let path = format!("{name}.{}", field.name.node);
                        for argument in &field.arguments {
                            lines.insert(format!("{path}({})", input(&argument.node)));
                        }
                        lines.insert(format!("{path}: {}", field.ty.node));
                    }
                }
                TypeKind::Enum(values) => {
                    for value in &values.values {
                        lines.insert(format!("enum {name}.{}", value.node.value.node));
                    }
                }
                TypeKind::InputObject(object) => {
                    for field in &object.fields {
                        lines.insert(format!("input {name}.{}", input(&field.node)));
                    }
                }
                _ => {
                    lines.insert(format!("scalar {name}"));
                }
            }
        }
        lines
    }

    fn input(definition: &InputValueDefinition) -> String {
        let default = definition
            .default_value
            .as_ref()
            .map(|value| format!(" = {}", value.node));
        format!(
            "{}: {}{}",
            definition.name.node,
            definition.ty.node,
            default.unwrap_or_default()
        )
    }

    #[test]
    fn the_served_schema_is_a_part_of_the_engines() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../shared/schema/dagger-v0.20.3.graphql"
        );
        let Ok(engine) = std::fs::read_to_string(path) else {
            // Past the capture of the test's output: a check that did not run is said aloud.
            writeln!(std::io::stderr(), "skipped: {path} is not here")
                .expect("stderr takes a line");
            return;
        };
        let (served, engine) = (lines(SDL), lines(&engine));
        let extra: Vec<_> = served.difference(&engine).collect();
        assert_eq!(extra, Vec::<&String>::new());
        // An argument that nobody need give may be left out.
        let is_served = |path: &str| served.iter().any(|line| line.starts_with(path));
        let needed = |line: &&String| {
            let field = line
                .strip_suffix("!)")
                .and_then(|line| line.split_once('('));
            field.is_some_and(|(path, _)| is_served(&format!("{path}: ")))
        };
        let missing: Vec<_> = engine.difference(&served).filter(needed).collect();
        assert_eq!(missing, Vec::<&String>::new());
    }
}
