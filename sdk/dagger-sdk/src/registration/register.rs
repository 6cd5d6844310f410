//! Tells the engine what the module consists of.
//!
//! A definition names others by their ID, so each kind waits for the one before: types and places in the
//! source, functions and enums, objects and interfaces, the module. Whatever can be asked at once is, so the number of requests does not depend
//! on the number of functions: four, after the first question of the process, which asks for the
//! elements of lists along the way. Lists of lists take one more for each level.

use super::batch::{Chain, aliased, ids};
use super::module::Module;
use super::places::{PlaceIds, Places};
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
    let places = Places::of(module);
    let mut asked_places = Vec::new();
    for (index, tier) in types.tiers.iter().enumerate() {
        let mut chains: Vec<Chain> = tier.iter().filter_map(|ty| chain(ty, &known)).collect();
        // Places need no IDs: they come with the first request.
        if index == 0 {
            chains.extend(places.chains());
        }
        let mut ids = registration.ask("types", &chains).await?;
        asked_places.extend(ids.split_off(tier.len()));
        known.extend(tier.iter().cloned().zip(ids));
    }
    let known = Known {
        types: known,
        places: places.answered(asked_places),
    };
    let functions = std::iter::once(&module.constructor).chain(module.functions());
    let functions = functions.map(|definition| known.function(definition));
    let enums = module
        .enums
        .iter()
        .map(|definition| known.enumeration(definition));
    let chains: Vec<Chain> = functions.chain(enums).collect();
    let mut ids = registration.ask("functions and enums", &chains).await?;
    let enums = ids.split_off(ids.len() - module.enums.len());
    let mut ids = ids.into_iter();
    let mut constructor = ids.next();
    let mut chains: Vec<Chain> = module
        .objects
        .iter()
        .map(|definition| {
            let own = ids.by_ref().take(definition.functions.len());
            // The main object comes first, and has the constructor.
            known.object(definition, own, constructor.take())
        })
        .collect();
    chains.extend(module.interfaces.iter().map(|definition| {
        let own = ids.by_ref().take(definition.functions.len());
        known.interface(definition, own)
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

/// The IDs that earlier requests have brought.
struct Known {
    types: TypeIds,
    places: PlaceIds,
}

impl Known {
    /// The ID of a type; an empty one is refused by the engine.
    fn id(&self, type_ref: &TypeRef) -> String {
        literal(self.types.get(type_ref).map_or("", String::as_str))
    }

    fn enumeration(&self, definition: &EnumDef) -> Chain {
        let start = format!(
            "withEnum(name:{}{}{})",
            literal(definition.name),
            argument("description", definition.description),
            self.places.argument(&definition.place)
        );
        let members = definition.members.iter().map(|member| {
            let description = argument("description", member.description);
            let deprecated = optional("deprecated", member.deprecated);
            let place = self.places.argument(&member.place);
            let name = literal(member.name);
            // Engines before enum members had names look at the value.
            format!("withEnumMember(name:{name},value:{name}{description}{place}{deprecated})")
        });
        members.fold(Chain::new("typeDef").then(start), Chain::then)
    }

    fn function(&self, definition: &FunctionDef) -> Chain {
        let start = format!(
            "function(name:{},returnType:{})",
            literal(definition.name),
            self.id(&definition.returns)
        );
        let described = Chain::new(start)
            .then_if(!definition.description.is_empty(), || {
                format!(
                    "withDescription(description:{})",
                    literal(definition.description)
                )
            })
            .then_if(definition.check, || "withCheck".into())
            .then_if(definition.generate, || "withGenerator".into())
            .then_if(definition.up, || "withUp".into());
        let placed = match self.places.literal(&definition.place) {
            None => described,
            Some(id) => described.then(format!("withSourceMap(sourceMap:{id})")),
        };
        let cached = match definition.cache {
            CachePolicy::Default => placed,
            CachePolicy::Never => placed.then("withCachePolicy(policy:Never)"),
            CachePolicy::Session => placed.then("withCachePolicy(policy:PerSession)"),
            CachePolicy::Duration(life) => placed.then(format!(
                "withCachePolicy(policy:Default,timeToLive:{})",
                literal(life)
            )),
        };
        let marked = match definition.deprecated {
            None => cached,
            Some(reason) => cached.then(format!("withDeprecated(reason:{})", literal(reason))),
        };
        let arguments = definition.args.iter().map(|arg| self.with_arg(arg));
        arguments.fold(marked, Chain::then)
    }

    fn with_arg(&self, arg: &ArgDef) -> String {
        let default = arg.default.as_ref().map(ToString::to_string);
        let ignore = if arg.ignore.is_empty() {
            String::new()
        } else {
            format!(",ignore:{}", literals(arg.ignore))
        };
        format!(
            "withArg(name:{},typeDef:{}{}{}{}{}{ignore}{}{})",
            literal(arg.name),
            self.id(&arg.type_ref),
            argument("description", arg.description),
            optional("defaultValue", default.as_deref()),
            optional("defaultPath", arg.default_path),
            optional("defaultAddress", arg.default_address),
            self.places.argument(&arg.place),
            optional("deprecated", arg.deprecated),
        )
    }

    fn object(
        &self,
        definition: &ObjectDef,
        functions: impl Iterator<Item = String>,
        constructor: Option<String>,
    ) -> Chain {
        let start = format!(
            "withObject(name:{}{}{})",
            literal(definition.name),
            argument("description", definition.description),
            self.places.argument(&definition.place)
        );
        let fields = definition.fields.iter().map(|field| {
            format!(
                "withField(name:{},typeDef:{}{}{}{})",
                literal(field.name),
                self.id(&field.type_ref),
                argument("description", field.description),
                self.places.argument(&field.place),
                optional("deprecated", field.deprecated),
            )
        });
        let functions = functions.map(with_function);
        let constructor =
            constructor.map(|id| format!("withConstructor(function:{})", literal(&id)));
        fields
            .chain(functions)
            .chain(constructor)
            .fold(Chain::new("typeDef").then(start), Chain::then)
    }

    fn interface(
        &self,
        definition: &InterfaceDef,
        functions: impl Iterator<Item = String>,
    ) -> Chain {
        let start = format!(
            "withInterface(name:{}{}{})",
            literal(definition.name),
            argument("description", definition.description),
            self.places.argument(&definition.place)
        );
        let chain = Chain::new("typeDef").then(start);
        functions.map(with_function).fold(chain, Chain::then)
    }
}

fn with_function(id: String) -> String {
    format!("withFunction(function:{})", literal(&id))
}

fn whole(module: &Module, objects: &[String], enums: &[String], interfaces: &[String]) -> Chain {
    let description = module.description;
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
