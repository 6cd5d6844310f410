//! A module of tests with its core types, and an engine that records what it
//! is asked.

use std::cell::RefCell;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::api::Api;
use super::core_schema::CoreSchema;
use super::engine::Engine;
use super::values::Places;
use crate::typedefs::testing::{argument, list, object, optional};
use crate::typedefs::{
    ArgDef, EnumDef, EnumValueDef, FieldDef, FunctionDef, ModuleDef, ObjectDef, TypeDef, TypeKind,
};
use crate::{Error, Invocation};

const SCHEMA: &str = r#"
    scalar ContainerID scalar DirectoryID scalar FileID scalar ServiceID scalar ChangesetID scalar Void
    enum NetworkProtocol { TCP UDP }
    input PortForward { backend: Int!, frontend: Int, protocol: NetworkProtocol = TCP }
    "A container, its files and its settings."
    type Container {
        id: ContainerID!
        from(address: String!): Container!
        "The standard output of the last command."
        stdout: String!
        "Forces the container to be built."
        sync: ContainerID!
        "Runs a command."
        withExec(
            "The command and its arguments."
            args: [String!]!
            "Replace ${VAR} in the arguments."
            expand: Boolean = false
        ): Container!
        withDirectory(path: String!, source: DirectoryID!): Container!
        "A service that runs this container."
        asService(args: [String!] = []): Service!
        "Needs what no flag can give."
        withTree(tree: ChangesetID!): Container!
    }
    type Directory { id: DirectoryID! entries(path: String): [String!]! sync: DirectoryID! export(path: String!): String! }
    type Changeset { id: ChangesetID! sync: ChangesetID! addedPaths: [String!]! export(path: String!): String! }
    type Host { directory(path: String!): Directory! file(path: String!): File! }
    type File { id: FileID! contents: String! }
    type Port { id: ServiceID! port: Int! }
    type Service {
        id: ServiceID!
        up(ports: [PortForward!] = [], random: Boolean = false): Void
        ports: [Port!]!
        start: ServiceID!
    }
"#;

fn function(name: &str, description: &str, args: Vec<ArgDef>, return_type: TypeDef) -> FunctionDef {
    FunctionDef {
        description: description.to_owned(),
        args,
        ..FunctionDef::new(name, return_type)
    }
}

/// A module with a function of every kind.
pub fn module() -> ModuleDef {
    let string = || TypeDef::of(TypeKind::String);
    let image = ArgDef {
        default_value: Some("docker:27-dind".into()),
        ..argument("dindImage", "Image of the daemon.", string())
    };
    let source = ArgDef {
        default_path: Some(".".to_owned()),
        ignore: vec!["**".to_owned(), "!src/".to_owned()],
        ..argument("src", "Directory with the documents.", object("Directory"))
    };
    let cache = ArgDef {
        default_value: Some("PRIVATE".into()),
        ..argument(
            "cache",
            "Who shares the cache.",
            TypeDef::of(TypeKind::Enum("Sharing".to_owned())),
        )
    };
    let with_docker = vec![
        argument("cmd", "Shell command to run.", string()),
        argument(
            "ctr",
            "Container to run it in.",
            optional(object("Container")),
        ),
        argument("env", "Variables, as NAME=VALUE.", optional(list(string()))),
        argument(
            "noCache",
            "Run it again.",
            optional(TypeDef::of(TypeKind::Boolean)),
        ),
    ];
    let check = FunctionDef {
        check: true,
        ..function("dindCheck", "", vec![], TypeDef::of(TypeKind::Void))
    };
    let functions = vec![
        function(
            "dindWithDocker",
            "Run a shell command with Docker available.\n\nThe daemon is a service of its own.",
            with_docker,
            object("Container"),
        ),
        function(
            "dindService",
            "Return a Docker daemon.",
            vec![],
            object("Service"),
        ),
        function(
            "dindTangle",
            "Tangle the documents.",
            vec![source, cache],
            object("Directory"),
        ),
        function(
            "dindReports",
            "Report on daemons.",
            vec![],
            list(object("Report")),
        ),
        function(
            "dindNothing",
            "Return nothing.",
            vec![],
            optional(object("Container")),
        ),
        check,
    ];
    let report = ObjectDef {
        name: "Report".to_owned(),
        fields: vec![FieldDef {
            name: "line".to_owned(),
            description: "The line.".to_owned(),
            ty: string(),
        }],
        functions: vec![function(
            "container",
            "Its container.",
            vec![],
            object("Container"),
        )],
        ..ObjectDef::default()
    };
    let main = ObjectDef {
        name: "Dind".to_owned(),
        description: "Docker inside containers.".to_owned(),
        constructor: Some(function("", "", vec![image], object("Dind"))),
        functions,
        fields: vec![FieldDef {
            name: "dindImage".to_owned(),
            description: "Image of the daemon.".to_owned(),
            ty: string(),
        }],
    };
    let members = ["PRIVATE", "SHARED"].map(|name| EnumValueDef {
        name: name.to_owned(),
        value: name.to_owned(),
        description: String::new(),
    });
    ModuleDef {
        name: "dind".to_owned(),
        description: "Docker inside containers.".to_owned(),
        objects: vec![report, main],
        enums: vec![EnumDef {
            name: "Sharing".to_owned(),
            description: String::new(),
            values: members.to_vec(),
        }],
        interfaces: vec![],
    }
}

pub fn api() -> Api {
    Api {
        module: module(),
        core: CoreSchema::parse(SCHEMA).expect("a schema"),
    }
}

/// The caller stands in `src`, the module is the folder above it.
pub fn places() -> Places {
    let module = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    Places {
        caller: module.join("src"),
        module,
    }
}

/// Writes down what it is asked. IDs embed how they were asked for.
#[derive(Default)]
pub struct Recorder {
    pub log: RefCell<Vec<String>>,
    /// What the module answers to a function.
    pub answers: Vec<(&'static str, Value)>,
}

impl Engine for Recorder {
    async fn query(&self, text: &str) -> Result<Value, Error> {
        // Paths of this machine are in no recorded query.
        let text = text.replace(env!("CARGO_MANIFEST_DIR"), "/module");
        self.log.borrow_mut().push(text.clone());
        let names = text.trim_start_matches('{').split('{').map(|call| {
            let end = call.find(['(', '}']).unwrap_or(call.len());
            call[..end].to_owned()
        });
        let names: Vec<String> = names.collect();
        let answer = Value::from(format!("id {}", self.log.borrow().len()));
        Ok(names
            .iter()
            .rev()
            .fold(answer, |below, name| json!({name: below})))
    }

    async fn invoke(&self, call: Invocation) -> Result<Value, Error> {
        let Invocation {
            parent_name,
            parent,
            name,
            args,
        } = call;
        let args: Vec<_> = args
            .iter()
            .map(|(name, value)| format!("{name}: {value}"))
            .collect();
        self.log.borrow_mut().push(format!(
            "{parent_name}.{name}({}) on {parent}",
            args.join(", ")
        ));
        let answer = self.answers.iter().find(|(known, _)| *known == name);
        Ok(answer.map_or_else(
            || json!({"made": "by the module"}),
            |(_, value)| value.clone(),
        ))
    }
}
