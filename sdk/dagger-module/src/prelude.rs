//! What a module needs: `use dagger_module::prelude::*;`.

pub use crate::{Enumeration, Itself, Object};
/// ```
/// use dagger_module::prelude::*;
///
/// #[object]
/// pub struct Shop {
///     /// Image of the shop.
///     #[arg(default = "debian:12")]
///     image: String,
/// }
///
/// #[functions]
/// impl Shop {
///     #[function]
///     fn shelf(
///         &self,
///         /// What lies on it.
///         #[arg(default_path = "/goods", ignore = ["*.tmp"])] goods: Directory,
///         #[arg(default = ["front"], name = "places")] places_of_shelf: Vec<String>,
///     ) -> Directory {
///         places_of_shelf.iter().fold(goods, |goods, place| goods.with_new_directory(place))
///     }
/// }
/// ```
pub use dagger_module_macros::arg;
/// ```
/// use dagger_module::prelude::*;
///
/// /// Something that can greet.
/// #[interface]
/// pub trait Greeter {
///     /// Return a greeting.
///     async fn greet(&self, name: String) -> Result<String>;
///     /// Return a container in which to greet.
///     fn container(&self) -> Container;
/// }
///
/// #[object]
/// pub struct Party {}
///
/// #[functions]
/// impl Party {
///     /// Return what everybody says.
///     #[function]
///     async fn welcome(&self, hosts: Vec<Greeter>, name: String) -> Result<Vec<String>> {
///         let mut said = Vec::new();
///         for host in hosts {
///             said.push(host.greet(name.clone()).await?);
///         }
///         Ok(said)
///     }
/// }
/// ```
pub use dagger_module_macros::interface;
/// ```
/// use dagger_module::prelude::*;
///
/// /// A point that is made by a constructor of its own.
/// #[object]
/// pub struct Point {
///     x: i64,
///     y: i64,
///     /// Kept between calls, and shown to nobody.
///     #[arg(private)]
///     seen: Vec<String>,
/// }
///
/// #[functions]
/// impl Point {
///     #[function(constructor)]
///     fn new(text: String) -> Result<Self> {
///         let (x, y) = text.split_once(',').ok_or_else(|| Error::msg("write x,y"))?;
///         Ok(Self { x: x.parse()?, y: y.parse()?, seen: vec![text] })
///     }
/// }
/// ```
pub use dagger_module_macros::object;
/// ```
/// use dagger_module::prelude::*;
///
/// /// How loud to be.
/// #[enumeration]
/// #[derive(Debug, PartialEq)]
/// pub enum Volume {
///     /// Not to be heard.
///     Low,
///     #[member(name = "LOUD", deprecated = "the neighbours complain")]
///     High,
/// }
///
/// assert_eq!(Volume::from_member("LOUD"), Some(Volume::High));
/// assert_eq!(Volume::Low.member(), "LOW");
/// ```
pub use dagger_module_macros::{enumeration, member};
/// ```
/// use dagger_module::prelude::*;
///
/// #[object]
/// pub struct Checks {}
///
/// #[functions]
/// impl Checks {
///     /// Fail where the sources are not formatted.
///     #[function(check, cache = "never")]
///     async fn format(&self, dag: &Query, src: Directory) -> Result<()> {
///         let checked = dag.container().from("rust:1.95").with_directory("/src", src);
///         checked.with_exec(vec!["cargo", "fmt", "--check"]).sync().await?;
///         Ok(())
///     }
///
///     /// Return what the generator changes.
///     #[function(generator, deprecated = "write it by hand")]
///     fn generate(&self, src: Directory) -> Changeset {
///         src.with_new_file("generated", "text").changes(src)
///     }
/// }
/// ```
pub use dagger_module_macros::{function, functions};
/// The error of a function: anything that is an error becomes one by `?`.
pub use eyre::Report as Error;

/// The result of a function.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The root of Dagger's API, and its objects, scalars and enums.
pub use dagger_sdk::{
    Address, Binding, CacheSharingMode, CacheVolume, Changeset, ChangesetMergeConflict,
    ChangesetsMergeConflict, Check, CheckGroup, Cloud, Container, CurrentModule, DiffStat,
    DiffStatKind, Directory, Engine, EngineCache, EngineCacheEntry, EngineCacheEntrySet,
    EnumTypeDef, EnumValueTypeDef, Env, EnvFile, EnvVariable, ErrorValue, ExistsType, FieldTypeDef,
    File, FileType, FunctionArg, FunctionCachePolicy, FunctionCall, FunctionCallArgValue,
    GeneratedCode, Generator, GeneratorGroup, GitRef, GitRepository, HealthcheckConfig, Host,
    ImageLayerCompression, ImageMediaTypes, InputTypeDef, InterfaceTypeDef, Json, JsonValue, Label,
    ListTypeDef, Llm, LlmTokenUsage, ModuleConfigClient, ModuleSource,
    ModuleSourceExperimentalFeature, ModuleSourceKind, NetworkProtocol, ObjectTypeDef, Platform,
    Port, Query, ReturnType, ScalarTypeDef, SdkConfig, SearchResult, SearchSubmatch, Secret,
    Service, Socket, SourceMap, Stat, Terminal, TypeDef, TypeDefKind, Up, UpGroup, Workspace,
};
