//! What an engine tells a module about one that it depends on.

use crate::definition::{ArgDef, FunctionDef, ObjectDef, TypeRef};
use crate::error::ModuleError;
use crate::object::Object;
use crate::registry::{Module, Registry};
use crate::spelling::ModuleName;
use serde_json::{Value, json};

/// The part of an engine's introspection JSON that describes the module whose main object is `T`.
///
/// `dagger-module-codegen` makes the typed access of other modules out of it, so that a module which
/// depends on `T` can be compiled and tested without an engine.
///
/// # Errors
/// If the module contradicts itself.
///
/// ```
/// use dagger_module::{prelude::*, testing};
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
/// let introspection = testing::introspection::<Greeter>()?;
/// assert!(introspection.contains("\"greet\""));
/// # Ok::<(), dagger_module::ModuleError>(())
/// ```
pub fn introspection<T: Object>() -> Result<String, ModuleError> {
    let module = Registry::module::<T>()?;
    let api = Api {
        name: ModuleName::new(T::NAME, ""),
        module: &module,
    };
    let mut types = vec![json!({
        "kind": "OBJECT",
        "name": "Query",
        "fields": [api.constructor()],
    })];
    types.extend(module.objects.iter().map(|object| api.object(object)));
    types.extend(module.interfaces.iter().map(|known| {
        let functions = known.functions.iter();
        let functions = functions.map(|function| api.function(function));
        api.named(known.name, known.description, functions)
    }));
    types.extend(module.enums.iter().map(|definition| {
        let members = definition.members.iter();
        let members: Vec<Value> = members
            .map(|member| json!({"name": member.name, "description": member.description}))
            .collect();
        json!({
            "kind": "ENUM",
            "name": api.name.of_type(definition.name),
            "description": definition.description,
            "enumValues": members,
        })
    }));
    Ok(json!({"__schema": {"queryType": {"name": "Query"}, "types": types}}).to_string())
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
