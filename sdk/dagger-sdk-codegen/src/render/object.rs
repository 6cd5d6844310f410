//! Objects and interfaces: a struct with a method for each function.

use super::function::Function;
use crate::Error;
use crate::api::{Api, ROOT};
use crate::docs::comment;
use crate::introspection::Kind;
use crate::names;
use std::collections::BTreeSet;

pub fn object(name: &str, api: &mut Api) -> Result<String, Error> {
    let rust = api.rust(name).unwrap_or_default().to_owned();
    let mut methods = String::new();
    let mut options = String::new();
    let mut used = BTreeSet::new();
    let fields = api.fields(name);
    // The names of the API come first; what the client adds makes way.
    let mut functions = Vec::new();
    for field in &fields {
        let mut method = names::value(&field.name);
        while !used.insert(method.clone()) {
            method.push('_');
        }
        functions.push(Function::of(name, field, method, api)?);
    }
    for function in &mut functions {
        function.name_options(&mut used, api);
        methods.push_str(&function.methods(api)?);
        options.push_str(&function.options(api)?);
    }
    let is_chained = fields.iter().any(|field| {
        let (inner, is_nullable) = field.ty.unwrapped();
        !is_nullable && inner.kind != Kind::List && inner.innermost() == name
    });
    if is_chained && used.insert("with".into()) {
        methods.push_str(WITH);
    }
    for interface in api.types[name].interfaces.iter().flatten() {
        let Some(target) = api.rust(&interface.name) else {
            continue;
        };
        let method = names::value(&format!("as_{}", interface.name));
        if used.insert(method.clone()) {
            methods.push_str(&format!(
                "\n    /// This object as a [`{target}`]; nothing is sent.\n    \
                 pub fn {method}(&self) -> {target} {{\n        {target}(self.0.clone())\n    }}\n"
            ));
        }
    }
    let docs = match api.types[name].description.as_deref().map(str::trim) {
        _ if name == ROOT => "/// The root of Dagger's API.\n".to_owned(),
        None | Some("") => format!("/// An object of the API: `{name}`.\n"),
        Some(text) => comment(text, ""),
    };
    let loader = match api.loader(name) {
        Some(field) => format!("Field {field:?}"),
        None => format!("Node {name:?}"),
    };
    Ok(format!(
        "\n{docs}#[derive(Clone, Debug)]\npub struct {rust}(Chain);\n\n\
         object!({rust}, {name:?}, {loader});\n\n\
         impl {rust} {{{}}}\n{options}",
        methods
            .strip_prefix('\n')
            .map_or_else(String::new, |methods| format!("\n{methods}"))
    ))
}

const WITH: &str = "
    /// Calls a function with this object, and returns what it returns: so that a chain of calls need
    /// not be broken for it.
    pub fn with<R>(&self, function: impl FnOnce(Self) -> R) -> R {
        function(Clone::clone(self))
    }
";

/// How an object of the module itself becomes an interface of a dependency.
pub fn own(api: &Api) -> String {
    let mut methods = String::new();
    for name in &api.taken {
        let Some(target) = api.rust(name) else {
            continue;
        };
        let method = names::value(&format!("as_{name}"));
        // Where the API shows interfaces as such, an object has their functions itself.
        let node = match api.kind(name) {
            Some(Kind::Interface) => "self.node().clone()".to_owned(),
            _ => format!("self.node().call(\"as{name}\").node()"),
        };
        methods.push_str(&format!(
            "\n    /// As a [`{target}`].\n    pub fn {method}(&self) -> {target} {{\n        \
             {target}({node})\n    }}\n"
        ));
    }
    let body = methods
        .strip_prefix('\n')
        .map_or_else(String::new, |methods| format!("\n{methods}"));
    format!(
        "\n/// Interfaces of dependencies that an object of this module can be given for.\nimpl OwnObject {{{body}}}\n"
    )
}
