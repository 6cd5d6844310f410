//! The objects, scalars and enums of Dagger's own API as arguments and results.

use crate::convert::{ConversionError, DefaultFor, Encoded, Input, Output};
use crate::definition::TypeRef;
use crate::dependency::{Node, Object};
use crate::interface::{Literal, Shared, ready};
use crate::query::literal;
use crate::registry::Registry;
use dagger_sdk::Query;
use serde_json::Value;

fn id_text(value: Value, name: &str) -> Result<String, ConversionError> {
    match value {
        Value::String(id) => Ok(id),
        other => Err(ConversionError::unexpected(
            format!("the ID of a {name}"),
            &other,
        )),
    }
}

macro_rules! objects {
    ($($rust:ident $id:ident $name:literal $load:ident;)*) => {

        $(
            impl Input for dagger_sdk::$rust {
                fn describe(_: &mut Registry) -> TypeRef {
                    TypeRef::Object($name)
                }

                fn decode(value: Value, client: &Query) -> Result<Self, ConversionError> {
                    Ok(client.$load(dagger_sdk::$id(id_text(value, $name)?)))
                }
            }

            impl Output for dagger_sdk::$rust {
                fn describe(_: &mut Registry) -> TypeRef {
                    TypeRef::Object($name)
                }

                fn encode(self) -> Encoded {
                    Box::pin(async move { Ok(Value::String(self.id().await?.0)) })
                }
            }

            impl Shared for dagger_sdk::$rust {
                fn literal(&self) -> Literal<'_> {
                    Box::pin(async move { Ok(literal(&self.id().await?.0)) })
                }
            }

            impl Object for dagger_sdk::$rust {
                type Id = dagger_sdk::$id;
                const LOADER: &'static str = concat!("load", $name, "FromID");

                fn from_node(node: Node) -> Self {
                    let Query { proc, selection, graphql_client } = node.into_client();
                    Self { proc, selection, graphql_client }
                }

                fn node(&self) -> Node {
                    Node::from_client(Query {
                        proc: self.proc.clone(),
                        selection: self.selection.clone(),
                        graphql_client: self.graphql_client.clone(),
                    })
                }
            }
        )*
    };
}

macro_rules! scalars {
    ($($rust:ident $name:literal;)*) => {$(
        impl Input for dagger_sdk::$rust {
            fn describe(_: &mut Registry) -> TypeRef {
                TypeRef::Scalar($name)
            }

            fn decode(value: Value, _: &Query) -> Result<Self, ConversionError> {
                match value {
                    Value::String(text) => Ok(Self(text)),
                    other => Err(ConversionError::unexpected(concat!("the text of a ", $name), &other)),
                }
            }
        }

        impl Output for dagger_sdk::$rust {
            fn describe(_: &mut Registry) -> TypeRef {
                TypeRef::Scalar($name)
            }

            fn encode(self) -> Encoded {
                Box::pin(std::future::ready(Ok(Value::String(self.0))))
            }
        }

        impl Shared for dagger_sdk::$rust {
            fn literal(&self) -> Literal<'_> {
                ready(literal(&self.0))
            }
        }

        impl DefaultFor<dagger_sdk::$rust> for &str {
            fn into_json(self) -> Value {
                self.into()
            }
        }
    )*};
}

macro_rules! enums {
    ($($rust:ident)*) => {$(
        impl Input for dagger_sdk::$rust {
            fn describe(_: &mut Registry) -> TypeRef {
                TypeRef::Enum(stringify!($rust))
            }

            fn decode(value: Value, _: &Query) -> Result<Self, ConversionError> {
                // Engines send the members of CacheSharingMode in lower case.
                let shouted = Value::from(value.as_str().unwrap_or_default().to_uppercase());
                [&value, &shouted]
                    .into_iter()
                    .find_map(|member| serde_json::from_value(member.clone()).ok())
                    .ok_or_else(|| ConversionError::unexpected(concat!("a member of ", stringify!($rust)), &value))
            }
        }

        impl Output for dagger_sdk::$rust {
            fn describe(_: &mut Registry) -> TypeRef {
                TypeRef::Enum(stringify!($rust))
            }

            fn encode(self) -> Encoded {
                Box::pin(std::future::ready(Ok(DefaultFor::<Self>::into_json(self))))
            }
        }

        impl Shared for dagger_sdk::$rust {
            fn literal(&self) -> Literal<'_> {
                // In a query a member stands without the quotes that it has in JSON.
                let member = DefaultFor::<Self>::into_json(self.clone());
                ready(member.as_str().unwrap_or_default().to_owned())
            }
        }

        impl DefaultFor<dagger_sdk::$rust> for dagger_sdk::$rust {
            fn into_json(self) -> Value {
                // The members are plain names, which serde always writes.
                serde_json::to_value(self).unwrap_or_default()
            }
        }
    )*};
}

objects! {
    Address AddressId "Address" load_address_from_id;
    Binding BindingId "Binding" load_binding_from_id;
    CacheVolume CacheVolumeId "CacheVolume" load_cache_volume_from_id;
    Changeset ChangesetId "Changeset" load_changeset_from_id;
    Check CheckId "Check" load_check_from_id;
    CheckGroup CheckGroupId "CheckGroup" load_check_group_from_id;
    Cloud CloudId "Cloud" load_cloud_from_id;
    Container ContainerId "Container" load_container_from_id;
    CurrentModule CurrentModuleId "CurrentModule" load_current_module_from_id;
    DiffStat DiffStatId "DiffStat" load_diff_stat_from_id;
    Directory DirectoryId "Directory" load_directory_from_id;
    EngineCacheEntry EngineCacheEntryId "EngineCacheEntry" load_engine_cache_entry_from_id;
    EngineCacheEntrySet EngineCacheEntrySetId "EngineCacheEntrySet" load_engine_cache_entry_set_from_id;
    EngineCache EngineCacheId "EngineCache" load_engine_cache_from_id;
    Engine EngineId "Engine" load_engine_from_id;
    EnumTypeDef EnumTypeDefId "EnumTypeDef" load_enum_type_def_from_id;
    EnumValueTypeDef EnumValueTypeDefId "EnumValueTypeDef" load_enum_value_type_def_from_id;
    EnvFile EnvFileId "EnvFile" load_env_file_from_id;
    Env EnvId "Env" load_env_from_id;
    EnvVariable EnvVariableId "EnvVariable" load_env_variable_from_id;
    Error ErrorId "Error" load_error_from_id;
    ErrorValue ErrorValueId "ErrorValue" load_error_value_from_id;
    FieldTypeDef FieldTypeDefId "FieldTypeDef" load_field_type_def_from_id;
    File FileId "File" load_file_from_id;
    FunctionArg FunctionArgId "FunctionArg" load_function_arg_from_id;
    FunctionCallArgValue FunctionCallArgValueId "FunctionCallArgValue" load_function_call_arg_value_from_id;
    FunctionCall FunctionCallId "FunctionCall" load_function_call_from_id;
    Function FunctionId "Function" load_function_from_id;
    GeneratedCode GeneratedCodeId "GeneratedCode" load_generated_code_from_id;
    Generator GeneratorId "Generator" load_generator_from_id;
    GeneratorGroup GeneratorGroupId "GeneratorGroup" load_generator_group_from_id;
    GitRef GitRefId "GitRef" load_git_ref_from_id;
    GitRepository GitRepositoryId "GitRepository" load_git_repository_from_id;
    HealthcheckConfig HealthcheckConfigId "HealthcheckConfig" load_healthcheck_config_from_id;
    Host HostId "Host" load_host_from_id;
    InputTypeDef InputTypeDefId "InputTypeDef" load_input_type_def_from_id;
    InterfaceTypeDef InterfaceTypeDefId "InterfaceTypeDef" load_interface_type_def_from_id;
    JsonValue JsonValueId "JSONValue" load_json_value_from_id;
    Llm Llmid "LLM" load_llm_from_id;
    LlmTokenUsage LlmTokenUsageId "LLMTokenUsage" load_llm_token_usage_from_id;
    Label LabelId "Label" load_label_from_id;
    ListTypeDef ListTypeDefId "ListTypeDef" load_list_type_def_from_id;
    ModuleConfigClient ModuleConfigClientId "ModuleConfigClient" load_module_config_client_from_id;
    Module ModuleId "Module" load_module_from_id;
    ModuleSource ModuleSourceId "ModuleSource" load_module_source_from_id;
    ObjectTypeDef ObjectTypeDefId "ObjectTypeDef" load_object_type_def_from_id;
    Port PortId "Port" load_port_from_id;
    SdkConfig SdkConfigId "SDKConfig" load_sdk_config_from_id;
    ScalarTypeDef ScalarTypeDefId "ScalarTypeDef" load_scalar_type_def_from_id;
    SearchResult SearchResultId "SearchResult" load_search_result_from_id;
    SearchSubmatch SearchSubmatchId "SearchSubmatch" load_search_submatch_from_id;
    Secret SecretId "Secret" load_secret_from_id;
    Service ServiceId "Service" load_service_from_id;
    Socket SocketId "Socket" load_socket_from_id;
    SourceMap SourceMapId "SourceMap" load_source_map_from_id;
    Stat StatId "Stat" load_stat_from_id;
    Terminal TerminalId "Terminal" load_terminal_from_id;
    TypeDef TypeDefId "TypeDef" load_type_def_from_id;
    Up UpId "Up" load_up_from_id;
    UpGroup UpGroupId "UpGroup" load_up_group_from_id;
    Workspace WorkspaceId "Workspace" load_workspace_from_id;
}

scalars! {
    Json "JSON";
    Platform "Platform";
}

enums! {
    CacheSharingMode
    ChangesetMergeConflict
    ChangesetsMergeConflict
    DiffStatKind
    ExistsType
    FileType
    FunctionCachePolicy
    ImageLayerCompression
    ImageMediaTypes
    ModuleSourceExperimentalFeature
    ModuleSourceKind
    NetworkProtocol
    ReturnType
    TypeDefKind
}
