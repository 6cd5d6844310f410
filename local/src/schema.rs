//! The API that the session serves, read from `schema.graphql` and from what
//! modules add to it, with one resolver for all of it: a field of the core that
//! gives an object makes a node, any other field is asked of a [`Resolve`].

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use async_graphql::dynamic::{
    self, Enum, EnumItem, Field, FieldFuture, FieldValue, InputObject, InputValue, Object,
    ResolverContext, Scalar, Schema, TypeRef,
};
use async_graphql_parser::parse_schema;
use async_graphql_parser::types::{
    BaseType, FieldDefinition, InputValueDefinition, ServiceDocument, Type, TypeDefinition,
    TypeKind, TypeSystemDefinition,
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
    /// A list of which elements may be missing, or lists themselves.
    List(Vec<Answer>),
    Value(Value),
}

/// A field that is asked for.
pub struct Asked {
    /// The object it is asked of; the query itself is none.
    pub parent: Option<Arc<Node>>,
    pub field: String,
    pub args: Map<String, Value>,
    pub gives: Gives,
    /// Whether a module added the field.
    pub is_of_module: bool,
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

/// Builds the schema of the core.
///
/// # Errors
/// A definition that does not hold together.
pub fn build(sdl: &str) -> Result<Schema, Error> {
    extended(sdl, "")
}

/// Builds the schema of the core with what modules add to it. A function with
/// types that are not served is left out.
///
/// # Errors
/// As [`build`].
pub fn extended(core: &str, modules: &str) -> Result<Schema, Error> {
    let wrong = |message: String| Error::Query { message };
    let parse = |sdl: &str| parse_schema(sdl).map_err(|error| wrong(error.to_string()));
    let mut documents = vec![(parse(core)?, false)];
    if !modules.is_empty() {
        documents.push((parse(modules)?, true));
    }
    let mut parts = Parts::default();
    for (document, _) in &documents {
        for definition in types(document) {
            parts.know(definition).map_err(wrong)?;
        }
    }
    for (document, is_of_module) in &documents {
        for definition in types(document) {
            parts.add(definition, *is_of_module).map_err(wrong)?;
        }
    }
    parts.schema().map_err(wrong)
}

/// The definitions of types in a document.
pub fn types(document: &ServiceDocument) -> impl Iterator<Item = &TypeDefinition> {
    document
        .definitions
        .iter()
        .filter_map(|definition| match definition {
            TypeSystemDefinition::Type(definition) => Some(&definition.node),
            _ => None,
        })
}

/// The types of a schema while it is put together.
#[derive(Default)]
struct Parts {
    names: BTreeSet<String>,
    objects: BTreeSet<String>,
    /// Apart from the others, as a type may be extended.
    fields: BTreeMap<String, BTreeMap<String, Field>>,
    others: Vec<dynamic::Type>,
}

impl Parts {
    fn know(&mut self, definition: &TypeDefinition) -> Result<(), String> {
        let name = definition.name.node.to_string();
        if matches!(definition.kind, TypeKind::Object(_)) {
            self.objects.insert(name.clone());
        }
        match self.names.insert(name.clone()) || definition.extend {
            true => Ok(()),
            false => Err(format!("there are two types {name}")),
        }
    }

    fn add(&mut self, definition: &TypeDefinition, is_of_module: bool) -> Result<(), String> {
        let name = definition.name.node.as_str();
        match &definition.kind {
            TypeKind::Object(object) => {
                for field in object.fields.iter().map(|field| &field.node) {
                    if is_of_module && !self.is_served(field) {
                        continue;
                    }
                    let made = served(field, &self.objects, is_of_module);
                    let known = self.fields.entry(name.to_owned()).or_default();
                    if known.insert(field.name.node.to_string(), made).is_some() {
                        return Err(format!("there are two fields {name}.{}", field.name.node));
                    }
                }
            }
            TypeKind::Enum(values) => {
                let items = values.values.iter();
                let items = items.map(|value| EnumItem::new(value.node.value.node.as_str()));
                let all = items.fold(Enum::new(name), Enum::item);
                self.others.push(all.into());
            }
            TypeKind::InputObject(input) => {
                let fields = input.fields.iter().map(|field| argument(&field.node));
                let all = fields.fold(InputObject::new(name), InputObject::field);
                self.others.push(all.into());
            }
            _ => self.others.push(Scalar::new(name).into()),
        }
        Ok(())
    }

    fn is_served(&self, field: &FieldDefinition) -> bool {
        let given = field
            .arguments
            .iter()
            .map(|argument| &argument.node.ty.node);
        given
            .chain([&field.ty.node])
            .all(|ty| self.is_known(innermost(ty)))
    }

    fn is_known(&self, name: &str) -> bool {
        ["Int", "Float", "Boolean", "String", "ID"].contains(&name) || self.names.contains(name)
    }

    fn schema(self) -> Result<Schema, String> {
        let mut builder = Schema::build("Query", None, None)
            .limit_depth(DEPTH)
            .limit_recursive_depth(DEPTH);
        for (name, fields) in self.fields {
            builder = builder.register(fields.into_values().fold(Object::new(name), Object::field));
        }
        for other in self.others {
            builder = builder.register(other);
        }
        builder.finish().map_err(|error| error.to_string())
    }
}

fn innermost(ty: &Type) -> &str {
    match &ty.base {
        BaseType::Named(name) => name.as_str(),
        BaseType::List(element) => innermost(element),
    }
}

fn served(definition: &FieldDefinition, objects: &BTreeSet<String>, is_of_module: bool) -> Field {
    let name = definition.name.node.to_string();
    let gives = gives(&definition.ty.node, objects);
    let field = Field::new(
        name.clone(),
        type_ref(&definition.ty.node),
        move |context| {
            let (name, gives) = (name.clone(), gives.clone());
            FieldFuture::new(async move { answer(context, name, gives, is_of_module).await })
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
    is_of_module: bool,
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
        is_of_module,
    };
    // What only makes a node takes no time worth a thread.
    let answered = match asked.gives {
        Gives::Object(_) if !is_of_module => resolver.resolve(asked),
        _ => tokio::task::spawn_blocking(move || resolver.resolve(asked))
            .await
            .unwrap_or_else(|error| {
                Err(Error::Query {
                    message: format!("the session broke down: {error}"),
                })
            }),
    };
    answered
        .and_then(field_value)
        .map_err(async_graphql::Error::new_with_source)
}

fn field_value<'a>(answer: Answer) -> Result<Option<FieldValue<'a>>, Error> {
    Ok(Some(match answer {
        Answer::Object(node) => FieldValue::owned_any(node),
        Answer::Objects(nodes) => FieldValue::list(nodes.into_iter().map(FieldValue::owned_any)),
        Answer::List(items) => {
            let mut values = Vec::with_capacity(items.len());
            for item in items {
                values.push(field_value(item)?.unwrap_or(FieldValue::NULL));
            }
            FieldValue::list(values)
        }
        Answer::Value(Value::Null) => return Ok(None),
        Answer::Value(value) => {
            let value = async_graphql::Value::from_json(value);
            FieldValue::value(value.map_err(|error| Error::Query {
                message: format!("the session cannot give a value: {error}"),
            })?)
        }
    }))
}

fn gives(ty: &Type, objects: &BTreeSet<String>) -> Gives {
    let known = |name: &str| objects.contains(name);
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
