//! What an engine tells a module about one that it depends on.

use crate::registration::Module;
use crate::result::{Error, Result};
use crate::types::ModuleName;
use crate::types::Object;
use crate::types::{ArgDef, FunctionDef, ObjectDef, TypeRef};
use serde_json::{Value, json};

/// The introspection JSON of an API that has the module whose main object is `T` as a dependency;
/// `api` is that of the API without it.
///
/// `dagger-sdk-codegen` makes a client out of it, so that a module which depends on `T` can be
/// compiled and tested without an engine.
///
/// # Errors
/// If the module contradicts itself, or `api` is no introspection JSON.
///
/// ```
/// use dagger_sdk::{prelude::*, testing};
///
/// #[object]
/// pub struct Greeter {}
///
/// #[functions]
/// impl Greeter {
///     #[function]
///     fn greet(&self, name: String) -> String {
///         format!("Hello, {name}!")
///     }
/// }
///
/// let api = r#"{"__schema": {"types": [{"kind": "OBJECT", "name": "Query", "fields": []}]}}"#;
/// let introspection = testing::introspection::<Greeter>(api)?;
/// assert!(introspection.contains("\"greet\""));
/// # Ok::<(), dagger_sdk::Error>(())
/// ```
pub fn introspection<T: Object>(api: &str) -> Result<String> {
    let mut whole: Value = serde_json::from_str(api)?;
    let module = Module::of::<T>()?;
    let part = Api {
        name: ModuleName::new(T::NAME, ""),
        module: &module,
    };
    let types = whole.pointer_mut("/__schema/types");
    let types = types.and_then(Value::as_array_mut);
    let types = types.ok_or_else(|| Error::msg("the API has no types"))?;
    let query = types.iter_mut().find(|ty| ty["name"] == "Query");
    let fields = query.and_then(|query| query["fields"].as_array_mut());
    let fields = fields.ok_or_else(|| Error::msg("the API has no type Query"))?;
    fields.push(part.constructor());
    fields.extend(part.loaders());
    types.extend(part.types());
    Ok(whole.to_string())
}

struct Api<'a> {
    name: ModuleName,
    module: &'a Module,
}

impl Api<'_> {
    fn is_own(&self, name: &str) -> bool {
        let mut objects = self.module.objects.iter().map(|object| object.name);
        let enums = self.module.enums.iter().map(|definition| definition.name);
        let interfaces = self.module.interfaces.iter().map(|known| known.name);
        objects.any(|own| own == name) || enums.chain(interfaces).any(|own| own == name)
    }

    /// The types of the module.
    fn types(&self) -> Vec<Value> {
        let module = self.module;
        let mut types: Vec<Value> = module.objects.iter().map(|own| self.object(own)).collect();
        types.extend(module.interfaces.iter().map(|known| {
            let functions = known.functions.iter();
            let functions = functions.map(|function| self.function(function));
            self.named(known.name, known.description, functions)
        }));
        types.extend(module.enums.iter().map(|definition| {
            let members = definition.members.iter();
            let members: Vec<Value> = members
                .map(|member| json!({"name": member.name, "description": member.description}))
                .collect();
            json!({
                "kind": "ENUM",
                "name": self.name.of_type(definition.name),
                "description": definition.description,
                "enumValues": members,
            })
        }));
        types
    }

    /// The fields of the root that find the module's objects by their IDs.
    fn loaders(&self) -> Vec<Value> {
        let objects = self.module.objects.iter().map(|object| object.name);
        let interfaces = self.module.interfaces.iter().map(|known| known.name);
        let names = objects.chain(interfaces).map(|own| self.name.of_type(own));
        names
            .map(|name| {
                let id = required("SCALAR", &format!("{name}ID"));
                json!({
                    "name": format!("load{name}FromID"),
                    "args": [{"name": "id", "type": id}],
                    "type": required("OBJECT", &name),
                })
            })
            .collect()
    }

    fn constructor(&self) -> Value {
        let mut field = self.function(&self.module.constructor);
        field["name"] = self.name.constructor().into();
        field["description"] = self.module.objects[0].description.into();
        field
    }

    fn object(&self, object: &ObjectDef) -> Value {
        let fields = object.fields.iter().map(|field| {
            json!({
                "name": field.name,
                "description": field.description,
                "args": [],
                "type": self.ty(&field.type_ref, false),
                "isDeprecated": field.deprecated.is_some(),
                "deprecationReason": field.deprecated,
            })
        });
        let functions = object
            .functions
            .iter()
            .map(|function| self.function(function));
        self.named(object.name, object.description, fields.chain(functions))
    }

    /// What has an ID: an object, and an interface, which introspection shows as one.
    fn named(&self, own: &str, description: &str, fields: impl Iterator<Item = Value>) -> Value {
        let name = self.name.of_type(own);
        let id =
            json!({"name": "id", "args": [], "type": required("SCALAR", &format!("{name}ID"))});
        let all: Vec<Value> = std::iter::once(id).chain(fields).collect();
        json!({"kind": "OBJECT", "name": name, "description": description, "fields": all})
    }

    fn function(&self, function: &FunctionDef) -> Value {
        let args: Vec<Value> = function.args.iter().map(|arg| self.argument(arg)).collect();
        json!({
            "name": function.name,
            "description": function.description,
            "args": args,
            "type": self.ty(&function.returns, false),
            "isDeprecated": function.deprecated.is_some(),
            "deprecationReason": function.deprecated,
        })
    }

    fn argument(&self, arg: &ArgDef) -> Value {
        let ty = match &arg.type_ref {
            TypeRef::Optional(_) => arg.type_ref.clone(),
            other if arg.is_optional() => TypeRef::Optional(Box::new(other.clone())),
            other => other.clone(),
        };
        json!({
            "name": arg.name,
            "description": arg.description,
            "type": self.ty(&ty, true),
            "defaultValue": arg.default.as_ref().map(ToString::to_string),
        })
    }

    /// The type as introspection nests it; an argument takes objects by their ID.
    fn ty(&self, ty: &TypeRef, given: bool) -> Value {
        match ty {
            TypeRef::Optional(inner) => self.nullable(inner, given),
            other => json!({"kind": "NON_NULL", "ofType": self.nullable(other, given)}),
        }
    }

    fn nullable(&self, ty: &TypeRef, given: bool) -> Value {
        let plain = |kind: &str, name: &str| json!({"kind": kind, "name": name});
        let full = |name: &str| {
            if self.is_own(name) {
                self.name.of_type(name)
            } else {
                name.to_owned()
            }
        };
        match ty {
            TypeRef::Object(name) | TypeRef::Interface(name) if given => {
                plain("SCALAR", &format!("{}ID", full(name)))
            }
            TypeRef::Object(name) | TypeRef::Interface(name) => plain("OBJECT", &full(name)),
            TypeRef::Enum(name) => plain("ENUM", &full(name)),
            TypeRef::List(element) => json!({"kind": "LIST", "ofType": self.ty(element, given)}),
            TypeRef::Optional(inner) => self.nullable(inner, given),
            scalar => plain("SCALAR", &scalar.written()),
        }
    }
}

fn required(kind: &str, name: &str) -> Value {
    json!({"kind": "NON_NULL", "ofType": {"kind": kind, "name": name}})
}
