//! The part of the API that modules add, in GraphQL's definition language: what
//! a session serves, and what clients are made of.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use serde_json::Value;

use crate::modules::module::Module;
use crate::modules::names;
use crate::modules::subtypes::{Of, implements};
use crate::typedefs::{ArgDef, EnumDef, FunctionDef, ObjectDef, TypeDef, TypeKind};

/// The types of modules that see each other, and the fields of `Query` that lead
/// to them.
pub fn write(modules: &[Arc<Module>]) -> String {
    let mut text = String::new();
    for module in modules {
        let writer = Writer { module, modules };
        writer.module(&mut text);
    }
    text
}

/// The names of the types and of the fields of `Query` that a module adds.
pub fn added(module: &Module) -> (BTreeSet<String>, BTreeSet<String>) {
    let own = &module.types;
    let objects = own.objects.iter().chain(&own.interfaces);
    let named: Vec<String> = objects.map(|known| module.type_name(&known.name)).collect();
    let mut fields: BTreeSet<String> = named.iter().map(|name| loader(name)).collect();
    fields.insert(names::of_value(&module.name));
    let mut types: BTreeSet<String> = named.iter().map(|name| format!("{name}ID")).collect();
    types.extend(named);
    let enums = own.enums.iter();
    types.extend(enums.map(|known| module.type_name(&known.name)));
    (types, fields)
}

fn loader(named: &str) -> String {
    format!("load{named}FromID")
}

struct Writer<'a> {
    module: &'a Module,
    /// All that see each other.
    modules: &'a [Arc<Module>],
}

// Writing to a String cannot fail.
impl Writer<'_> {
    fn module(&self, text: &mut String) {
        let types = &self.module.types;
        text.push_str("extend type Query {\n");
        if let Some(main) = self.module.main_object() {
            let made = TypeDef::of(TypeKind::Object(main.name.clone()));
            let args = main.constructor.as_ref().map(|it| it.args.clone());
            let constructor = FunctionDef {
                description: main.description.clone(),
                args: args.unwrap_or_default(),
                ..FunctionDef::new(&self.module.name, made)
            };
            self.function(text, &constructor);
        }
        for known in types.objects.iter().chain(&types.interfaces) {
            let name = self.module.type_name(&known.name);
            let field = loader(&name);
            let _ = writeln!(text, "{field}(id: {name}ID!): {name}!");
        }
        text.push_str("}\n");
        for known in types.objects.iter().chain(&types.interfaces) {
            self.object(text, known);
        }
        for known in &types.enums {
            self.enumeration(text, known);
        }
    }

    fn object(&self, text: &mut String, object: &ObjectDef) {
        let name = self.module.type_name(&object.name);
        let _ = writeln!(text, "scalar {name}ID");
        let _ = write!(
            text,
            "{}type {name} {{\nid: {name}ID!\n",
            described(&object.description)
        );
        for field in &object.fields {
            let _ = writeln!(
                text,
                "{}{}: {}",
                described(&field.description),
                names::of_value(&field.name),
                self.ty(&field.ty, false),
            );
        }
        for function in &object.functions {
            self.function(text, function);
        }
        for interface in self.implemented(object) {
            let _ = writeln!(text, "as{interface}: {interface}!");
        }
        text.push_str("}\n");
    }

    /// The interfaces of all modules that an object can be given for.
    fn implemented(&self, object: &ObjectDef) -> Vec<String> {
        let own = Of::new(self.module, object);
        let mut found = Vec::new();
        for module in self.modules {
            for it in &module.types.interfaces {
                let is_itself = std::ptr::eq(it, object);
                if !is_itself && implements(&own, &Of::new(module, it)) {
                    found.push(module.type_name(&it.name));
                }
            }
        }
        found
    }

    fn enumeration(&self, text: &mut String, known: &EnumDef) {
        let name = self.module.type_name(&known.name);
        let _ = writeln!(text, "{}enum {name} {{", described(&known.description));
        for member in &known.values {
            let _ = writeln!(text, "{}{}", described(&member.description), member.name);
        }
        text.push_str("}\n");
    }

    fn function(&self, text: &mut String, function: &FunctionDef) {
        let name = names::of_value(&function.name);
        let _ = write!(text, "{}{name}", described(&function.description));
        if !function.args.is_empty() {
            let args: Vec<String> = function.args.iter().map(|arg| self.argument(arg)).collect();
            let _ = write!(text, "({})", args.join(", "));
        }
        let _ = writeln!(
            text,
            ": {}{}",
            self.ty(&function.return_type, false),
            deprecated(function.deprecated.as_deref()),
        );
    }

    fn argument(&self, arg: &ArgDef) -> String {
        let has_place = arg.default_path.is_some() || arg.default_address.is_some();
        let ty = TypeDef {
            kind: arg.ty.kind.clone(),
            optional: arg.ty.optional || has_place,
        };
        let default = arg.default_value.as_ref().filter(|value| !value.is_null());
        let default = default.map(|value| format!(" = {}", self.literal(value, &arg.ty.kind)));
        format!(
            "{}{}: {}{}{}",
            described(&arg.description),
            names::of_value(&arg.name),
            self.ty(&ty, true),
            default.unwrap_or_default(),
            deprecated(arg.deprecated.as_deref()),
        )
    }

    /// A default as GraphQL writes it: members of enums stand without quotes.
    fn literal(&self, value: &Value, kind: &TypeKind) -> String {
        match (value, kind) {
            (Value::String(member), TypeKind::Enum(_)) => member.clone(),
            (Value::Array(items), TypeKind::List(element)) => {
                let items: Vec<String> = items
                    .iter()
                    .map(|item| self.literal(item, &element.kind))
                    .collect();
                format!("[{}]", items.join(", "))
            }
            _ => value.to_string(),
        }
    }

    /// The type; an argument takes objects by their IDs.
    fn ty(&self, ty: &TypeDef, is_given: bool) -> String {
        let id = if is_given { "ID" } else { "" };
        let base = match &ty.kind {
            TypeKind::String => "String".to_owned(),
            TypeKind::Boolean => "Boolean".to_owned(),
            TypeKind::Integer => "Int".to_owned(),
            TypeKind::Float => "Float".to_owned(),
            // Nothing is what a function gives that gives nothing.
            TypeKind::Void => return "Void".to_owned(),
            TypeKind::Scalar(name) => name.clone(),
            TypeKind::Enum(name) => self.module.type_name(name),
            TypeKind::Object(name) | TypeKind::Interface(name) => {
                format!("{}{id}", self.module.type_name(name))
            }
            TypeKind::List(element) => format!("[{}]", self.ty(element, is_given)),
        };
        match ty.optional {
            true => base,
            false => format!("{base}!"),
        }
    }
}

/// A description above what it describes. JSON's strings are GraphQL's.
fn described(text: &str) -> String {
    match text.trim() {
        "" => String::new(),
        text => format!("{} ", Value::from(text)),
    }
}

fn deprecated(reason: Option<&str>) -> String {
    reason
        .map(|reason| format!(" @deprecated(reason: {})", Value::from(reason)))
        .unwrap_or_default()
}
