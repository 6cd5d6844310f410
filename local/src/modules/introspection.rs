//! What an engine tells a module about those that it depends on: the
//! introspection JSON that its client is made of.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_graphql_parser::Positioned;
use async_graphql_parser::parse_schema;
use async_graphql_parser::types::{
    BaseType, ConstDirective, FieldDefinition, InputValueDefinition, Type, TypeDefinition, TypeKind,
};
use serde_json::{Value, json};

use crate::Error;
use crate::modules::checks::Taken;
use crate::modules::definition;
use crate::modules::module::Module;
use crate::schema::types;

/// Dagger's own API, as introspection JSON.
pub struct Core(Value);

impl Core {
    /// Reads the JSON.
    ///
    /// # Errors
    /// What is no introspection JSON.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let core = Core(serde_json::from_str(text).map_err(|error| unread(&error.to_string()))?);
        match core.query() {
            Some(_) => Ok(core),
            None => Err(unread("it has no type Query")),
        }
    }

    fn types(&self) -> impl Iterator<Item = &Value> {
        let types = self.0.pointer("/__schema/types").and_then(Value::as_array);
        types.into_iter().flatten()
    }

    fn query(&self) -> Option<&Vec<Value>> {
        let mut types = self.types();
        types.find(|ty| ty["name"] == "Query")?["fields"].as_array()
    }

    /// The names that are taken.
    pub fn taken(&self) -> Taken {
        let name = |named: &Value| named["name"].as_str().map(str::to_owned);
        Taken {
            types: self.types().filter_map(name).collect(),
            fields: self
                .query()
                .into_iter()
                .flatten()
                .filter_map(name)
                .collect(),
        }
    }

    /// The introspection JSON of the API with the modules that one depends on.
    ///
    /// # Errors
    /// A module that has a name of the core's or of another module's.
    pub fn with(&self, modules: &[Arc<Module>]) -> Result<String, Error> {
        self.taken().refuse(modules)?;
        let text = definition::write(modules);
        let document = parse_schema(&text).map_err(|error| Error::Query {
            message: format!("the types of the dependencies: {error}"),
        })?;
        let mut kinds = Kinds::default();
        for ty in self.types() {
            if let (Some(name), Some(kind)) = (ty["name"].as_str(), ty["kind"].as_str()) {
                kinds.0.insert(name.to_owned(), kind.to_owned());
            }
        }
        for definition in types(&document) {
            let kind = kind_of(&definition.kind).to_owned();
            let name = definition.name.node.to_string();
            kinds.0.entry(name).or_insert(kind);
        }
        let mut whole = self.0.clone();
        let known = whole.pointer_mut("/__schema/types");
        if let Some(known) = known.and_then(Value::as_array_mut) {
            for definition in types(&document) {
                let query = known.iter_mut().find(|ty| ty["name"] == "Query");
                let fields = query.and_then(|query| query["fields"].as_array_mut());
                match (definition.extend, fields) {
                    (true, Some(fields)) => fields.extend(kinds.fields(&definition.kind)),
                    _ => known.push(kinds.ty(definition)),
                }
            }
        }
        Ok(whole.to_string())
    }
}

fn unread(problem: &str) -> Error {
    Error::Query {
        message: format!("the introspection JSON of the core: {problem}"),
    }
}

fn kind_of(kind: &TypeKind) -> &'static str {
    match kind {
        TypeKind::Object(_) => "OBJECT",
        TypeKind::Enum(_) => "ENUM",
        TypeKind::InputObject(_) => "INPUT_OBJECT",
        TypeKind::Interface(_) => "INTERFACE",
        TypeKind::Union(_) => "UNION",
        TypeKind::Scalar => "SCALAR",
    }
}

/// What kind each type is of, by name.
#[derive(Default)]
struct Kinds(BTreeMap<String, String>);

impl Kinds {
    fn ty(&self, definition: &TypeDefinition) -> Value {
        let members: Vec<Value> = match &definition.kind {
            TypeKind::Enum(members) => {
                let members = members.values.iter().map(|member| &member.node);
                members
                    .map(|member| {
                        json!({
                            "name": member.value.node.as_str(),
                            "description": text(member.description.as_ref()),
                        })
                    })
                    .collect()
            }
            _ => Vec::new(),
        };
        json!({
            "kind": kind_of(&definition.kind),
            "name": definition.name.node.as_str(),
            "description": text(definition.description.as_ref()),
            "fields": self.fields(&definition.kind),
            "enumValues": members,
        })
    }

    fn fields(&self, kind: &TypeKind) -> Vec<Value> {
        match kind {
            TypeKind::Object(object) => {
                let fields = object.fields.iter();
                fields.map(|field| self.field(&field.node)).collect()
            }
            _ => Vec::new(),
        }
    }

    fn field(&self, field: &FieldDefinition) -> Value {
        let args = field.arguments.iter();
        let args: Vec<Value> = args.map(|arg| self.argument(&arg.node)).collect();
        let deprecated = deprecated(&field.directives);
        json!({
            "name": field.name.node.as_str(),
            "description": text(field.description.as_ref()),
            "args": args,
            "type": self.reference(&field.ty.node),
            "isDeprecated": deprecated.is_some(),
            "deprecationReason": deprecated,
        })
    }

    fn argument(&self, argument: &InputValueDefinition) -> Value {
        let default = argument.default_value.as_ref();
        let deprecated = deprecated(&argument.directives);
        json!({
            "name": argument.name.node.as_str(),
            "description": text(argument.description.as_ref()),
            "type": self.reference(&argument.ty.node),
            "defaultValue": default.map(|value| value.node.to_string()),
            "isDeprecated": deprecated.is_some(),
            "deprecationReason": deprecated,
        })
    }

    fn reference(&self, ty: &Type) -> Value {
        let inner = match &ty.base {
            BaseType::Named(name) => {
                let kind = self.0.get(name.as_str()).map_or("SCALAR", String::as_str);
                json!({"kind": kind, "name": name.as_str()})
            }
            BaseType::List(element) => json!({"kind": "LIST", "ofType": self.reference(element)}),
        };
        match ty.nullable {
            true => inner,
            false => json!({"kind": "NON_NULL", "ofType": inner}),
        }
    }
}

fn text(description: Option<&Positioned<String>>) -> &str {
    description.map_or("", |text| text.node.as_str())
}

fn deprecated(directives: &[Positioned<ConstDirective>]) -> Option<String> {
    let directives = directives.iter().map(|directive| &directive.node);
    let mut named = directives.filter(|directive| directive.name.node == "deprecated");
    let reason = named.next()?.get_argument("reason").cloned();
    let reason = reason.and_then(|reason| reason.node.into_json().ok());
    Some(reason?.as_str()?.to_owned())
}
