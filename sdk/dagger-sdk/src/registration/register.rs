//! Tells the engine what the module consists of.
//!
//! A definition names others by their ID, so each kind waits for the one before: types, functions,
//! objects and interfaces, the module. Whatever can be asked at once is, so the number of requests does not depend
//! on the number of functions: four, after the first question of the process, which asks for the
//! elements of lists along the way. Lists of lists take one more for each level.

use super::batch::{Chain, aliased, ids};
use super::module::Module;
use super::types_of::{TypeIds, Types, chain};
use crate::query::{literal, literals};
use crate::session::Session;
use crate::types::{
    ArgDef, CachePolicy, EnumDef, FunctionDef, InterfaceDef, ModuleError, ObjectDef, RegisterError,
    TypeRef,
};

/// The prefix of the aliases under which the elements of lists ride on the first question.
pub const ELEMENT: &str = "element";

/// The chains of the elements of lists.
pub fn elements(types: &Types) -> Vec<Chain> {
    let none = TypeIds::new();
    let chains = types.elements.iter();
    chains.filter_map(|element| chain(element, &none)).collect()
}

/// Registers the module, given the IDs of `types.elements`; returns the ID of the module.
///
/// # Errors
/// If the engine refuses a definition.
pub async fn register(
    client: &dyn Session,
    module: &Module,
    types: &Types,
    elements: Vec<String>,
) -> Result<String, ModuleError> {
    let mut known: TypeIds = types.elements.iter().cloned().zip(elements).collect();
    let registration = Registration { client };
    let mut enums = Vec::new();
    for (index, tier) in types.tiers.iter().enumerate() {
        let mut chains: Vec<Chain> = tier.iter().filter_map(|ty| chain(ty, &known)).collect();
        // Enums need no IDs: they come with the first request.
        let own = if index == 0 {
            module.enums.as_slice()
        } else {
            &[]
        };
        chains.extend(own.iter().map(enumeration));
        let mut ids = registration.ask("types", &chains).await?;
        enums.extend(ids.split_off(tier.len()));
        known.extend(tier.iter().cloned().zip(ids));
    }
    let chains: Vec<Chain> = std::iter::once(&module.constructor)
        .chain(module.functions())
        .map(|definition| function(definition, &known))
        .collect();
    let ids = registration.ask("functions", &chains).await?;
    let mut ids = ids.into_iter();
    let mut constructor = ids.next();
    let mut chains: Vec<Chain> = module
        .objects
        .iter()
        .map(|definition| {
            let own = ids.by_ref().take(definition.functions.len());
            // The main object comes first, and has the constructor.
            object(definition, own, constructor.take(), &known)
        })
        .collect();
    chains.extend(module.interfaces.iter().map(|definition| {
        let own = ids.by_ref().take(definition.functions.len());
        interface(definition, own)
    }));
    let mut objects = registration.ask("objects and interfaces", &chains).await?;
    let interfaces = objects.split_off(module.objects.len());
    let whole = whole(module, &objects, &enums, &interfaces);
    let ids = registration.ask("the module", &[whole]).await?;
    let first = ids.into_iter().next();
    first.ok_or_else(|| ModuleError::Register(RegisterError::NoId("the module".into())))
}

struct Registration<'a> {
    client: &'a dyn Session,
}

impl Registration<'_> {
    async fn ask(&self, what: &str, chains: &[Chain]) -> Result<Vec<String>, ModuleError> {
        let answer = self
            .client
            .ask(format!("{{{}}}", aliased("d", chains)))
            .await;
        let answer = answer.map_err(|error| ModuleError::Register(error.into()))?;
        ids(&answer, "d", chains.len())
            .map_err(|_| ModuleError::Register(RegisterError::NoId(what.to_owned())))
    }
}

/// The ID of a type, which an earlier request has brought; an empty one is refused by the engine.
fn id(known: &TypeIds, type_ref: &TypeRef) -> String {
    literal(known.get(type_ref).map_or("", String::as_str))
}

fn enumeration(definition: &EnumDef) -> Chain {
    let description = argument("description", definition.description);
    let start = format!("withEnum(name:{}{description})", literal(definition.name));
    let members = definition.members.iter().map(|member| {
        let description = argument("description", member.description);
        let deprecated = optional("deprecated", member.deprecated);
        let name = literal(member.name);
        // Engines before enum members had names look at the value.
        format!("withEnumMember(name:{name},value:{name}{description}{deprecated})")
    });
    members.fold(Chain::new("typeDef").then(start), Chain::then)
}

fn function(definition: &FunctionDef, known: &TypeIds) -> Chain {
    let start = format!(
        "function(name:{},returnType:{})",
        literal(definition.name),
        id(known, &definition.returns)
    );
    let described = Chain::new(start)
        .then_if(!definition.description.is_empty(), || {
            format!(
                "withDescription(description:{})",
                literal(definition.description)
            )
        })
        .then_if(definition.check, || "withCheck".into())
        .then_if(definition.generator, || "withGenerator".into());
    let cached = match definition.cache {
        CachePolicy::Default => described,
        CachePolicy::Never => described.then("withCachePolicy(policy:Never)"),
        CachePolicy::Session => described.then("withCachePolicy(policy:PerSession)"),
        CachePolicy::Duration(life) => described.then(format!(
            "withCachePolicy(policy:Default,timeToLive:{})",
            literal(life)
        )),
    };
    let marked = match definition.deprecated {
        None => cached,
        Some(reason) => cached.then(format!("withDeprecated(reason:{})", literal(reason))),
    };
    let arguments = definition.args.iter().map(|arg| with_arg(arg, known));
    arguments.fold(marked, Chain::then)
}

fn with_arg(arg: &ArgDef, known: &TypeIds) -> String {
    let default = arg.default.as_ref().map(ToString::to_string);
    let ignore = if arg.ignore.is_empty() {
        String::new()
    } else {
        format!(",ignore:{}", literals(arg.ignore))
    };
    format!(
        "withArg(name:{},typeDef:{}{}{}{}{}{ignore}{})",
        literal(arg.name),
        id(known, &arg.type_ref),
        argument("description", arg.description),
        optional("defaultValue", default.as_deref()),
        optional("defaultPath", arg.default_path),
        optional("defaultAddress", arg.default_address),
        optional("deprecated", arg.deprecated),
    )
}

fn object(
    definition: &ObjectDef,
    functions: impl Iterator<Item = String>,
    constructor: Option<String>,
    known: &TypeIds,
) -> Chain {
    let start = format!(
        "withObject(name:{}{})",
        literal(definition.name),
        argument("description", definition.description)
    );
    let fields = definition.fields.iter().map(|field| {
        format!(
            "withField(name:{},typeDef:{}{}{})",
            literal(field.name),
            id(known, &field.type_ref),
            argument("description", field.description),
            optional("deprecated", field.deprecated),
        )
    });
    let functions = functions.map(with_function);
    let constructor = constructor.map(|id| format!("withConstructor(function:{})", literal(&id)));
    fields
        .chain(functions)
        .chain(constructor)
        .fold(Chain::new("typeDef").then(start), Chain::then)
}

fn interface(definition: &InterfaceDef, functions: impl Iterator<Item = String>) -> Chain {
    let start = format!(
        "withInterface(name:{}{})",
        literal(definition.name),
        argument("description", definition.description)
    );
    let chain = Chain::new("typeDef").then(start);
    functions.map(with_function).fold(chain, Chain::then)
}

fn with_function(id: String) -> String {
    format!("withFunction(function:{})", literal(&id))
}

fn whole(module: &Module, objects: &[String], enums: &[String], interfaces: &[String]) -> Chain {
    let description = module.objects.first().map_or("", |main| main.description);
    let start = Chain::new("module").then_if(!description.is_empty(), || {
        format!("withDescription(description:{})", literal(description))
    });
    let objects = objects
        .iter()
        .map(|id| format!("withObject(object:{})", literal(id)));
    let enums = enums
        .iter()
        .map(|id| format!("withEnum(enum:{})", literal(id)));
    let interfaces = interfaces
        .iter()
        .map(|id| format!("withInterface(iface:{})", literal(id)));
    let types = objects.chain(enums).chain(interfaces);
    types.fold(start, Chain::then)
}

/// `,name:"text"`, or nothing for an empty text, which is the API's own default.
fn argument(name: &str, text: &str) -> String {
    optional(name, Some(text).filter(|text| !text.is_empty()))
}

fn optional(name: &str, text: Option<&str>) -> String {
    text.map_or_else(String::new, |text| format!(",{name}:{}", literal(text)))
}
