//! What a module needs: `use dagger_module::prelude::*;`.

pub use crate::{Enumeration, Object};
pub use dagger_module_macros::{arg, enumeration, function, functions, member, object};
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
