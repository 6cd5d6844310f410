//! What a call of the API is given, of every kind, is what a reader of the query finds; and what is answered, of every
//! kind, is what the caller gets.

use apollo_compiler::ast::{self, Definition, Document, Selection};
use dagger_sdk::prelude::*;
use dagger_sdk::testing::{Recorder, Value, block_on, json};
use proptest::prelude::*;

/// The arguments of the field in the last query that asked for it, as another reader of GraphQL finds them.
fn given(recorder: &Recorder, field: &str) -> Value {
    let queries = recorder.queries();
    let query = queries.last().unwrap();
    let document = Document::parse(query, "query").unwrap();
    let mut selections = document
        .definitions
        .iter()
        .find_map(|definition| match definition {
            Definition::OperationDefinition(operation) => Some(operation.selection_set.clone()),
            _ => None,
        });
    while let Some(Selection::Field(found)) = selections.as_ref().and_then(|all| all.first()) {
        if found.name == field {
            let read =
                |argument: &ast::Argument| (argument.name.to_string(), plain(&argument.value));
            return found
                .arguments
                .iter()
                .map(|argument| read(argument))
                .collect();
        }
        selections = Some(found.selection_set.clone());
    }
    panic!("no {field} in {query}");
}

fn plain(value: &ast::Value) -> Value {
    match value {
        ast::Value::Null => Value::Null,
        ast::Value::Enum(member) => member.to_string().into(),
        ast::Value::String(text) => text.as_str().into(),
        ast::Value::Float(number) => number.try_to_f64().unwrap().into(),
        ast::Value::Int(number) => serde_json::from_str(number.as_str()).unwrap(),
        ast::Value::Boolean(truth) => (*truth).into(),
        ast::Value::List(items) => items.iter().map(|item| plain(item)).collect(),
        ast::Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| (name.to_string(), plain(value)))
            .collect(),
        ast::Value::Variable(name) => panic!("a variable ${name}"),
    }
}

fn asked<T>(chain: impl Future<Output = Result<T>>) {
    block_on(chain).unwrap();
}

fn protocol() -> impl Strategy<Value = Option<NetworkProtocol>> {
    prop::option::of(prop_oneof![
        Just(NetworkProtocol::Tcp),
        Just(NetworkProtocol::Udp)
    ])
}

fn member(protocol: Option<&NetworkProtocol>) -> Option<&'static str> {
    protocol.map(|protocol| match protocol {
        NetworkProtocol::Tcp => "TCP",
        NetworkProtocol::Udp => "UDP",
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn texts_and_lists_of_them_arrive_as_they_are(path: String, text: String, arguments: Vec<String>) {
        let recorder = Recorder::new();
        asked(recorder.dag().directory().with_new_file(&path, &text).id());
        prop_assert_eq!(given(&recorder, "withNewFile"), json!({"path": path, "contents": text}));
        asked(recorder.dag().container().with_exec(&arguments).id());
        prop_assert_eq!(given(&recorder, "withExec"), json!({"args": arguments}));
    }

    #[test]
    fn numbers_truths_members_and_what_is_left_out_arrive_as_they_are(
        port: i64,
        protocol in protocol(),
        description: Option<String>,
        skip: Option<bool>,
    ) {
        let recorder = Recorder::new();
        let mut expected = json!({"port": port});
        if let Some(member) = member(protocol.as_ref()) {
            expected["protocol"] = member.into();
        }
        if let Some(text) = &description {
            expected["description"] = text.as_str().into();
        }
        if let Some(truth) = skip {
            expected["experimentalSkipHealthcheck"] = truth.into();
        }
        let opts = ContainerWithExposedPortOpts { protocol, description, experimental_skip_healthcheck: skip };
        asked(recorder.dag().container().with_exposed_port_opts(port, opts).id());
        prop_assert_eq!(given(&recorder, "withExposedPort"), expected);
    }

    #[test]
    fn input_objects_and_lists_of_them_arrive_as_they_are(
        ports in prop::collection::vec((any::<Option<i64>>(), any::<i64>(), protocol()), 0..4),
        arguments in prop::collection::vec(any::<(String, String)>(), 0..4),
    ) {
        let recorder = Recorder::new();
        let expected: Value = ports.iter().map(|(frontend, backend, protocol)| {
            let mut port = json!({"backend": backend});
            if let Some(frontend) = frontend {
                port["frontend"] = (*frontend).into();
            }
            if let Some(member) = member(protocol.as_ref()) {
                port["protocol"] = member.into();
            }
            port
        }).collect();
        let ports: Vec<PortForward> = ports.into_iter().map(|(frontend, backend, protocol)| {
            PortForward { frontend, backend, protocol }
        }).collect();
        recorder.answer("up", json!(null));
        let opts = ServiceUpOpts { ports: Some(ports), ..Default::default() };
        asked(recorder.dag().container().as_service().up_opts(opts));
        prop_assert_eq!(given(&recorder, "up"), json!({"ports": expected}));

        let expected: Value = arguments.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
        let build_args = arguments.into_iter().map(|(name, value)| BuildArg { name, value }).collect();
        let opts = DirectoryDockerBuildOpts { build_args: Some(build_args), ..Default::default() };
        asked(recorder.dag().directory().docker_build_opts(opts).id());
        prop_assert_eq!(given(&recorder, "dockerBuild"), json!({"buildArgs": expected}));
    }

    #[test]
    fn answers_of_every_kind_are_what_the_caller_gets(
        text: String,
        nothing: Option<String>,
        texts: Vec<String>,
        number: i64,
        truth: bool,
        ids in prop::collection::vec(".*", 0..4),
    ) {
        let recorder = Recorder::new();
        let ids: Vec<String> = ids.iter().map(|id| recorder.id("EnvVariable", id)).collect();
        recorder
            .answer("stdout", text.as_str())
            .answer("envVariable", json!(nothing))
            .answer("entries", json!(texts))
            .answer("exitCode", number)
            .answer("exists", truth)
            .answer("envVariables", ids.iter().map(|id| json!({"id": id})).collect::<Value>());
        let dag = recorder.dag();
        let (container, directory) = (dag.container(), dag.directory());
        prop_assert_eq!(block_on(container.stdout()).unwrap(), text);
        prop_assert_eq!(block_on(container.env_variable("NAME")).unwrap(), nothing);
        prop_assert_eq!(block_on(directory.entries()).unwrap(), texts);
        prop_assert_eq!(block_on(container.exit_code()).unwrap(), number);
        prop_assert_eq!(block_on(directory.exists("path")).unwrap(), truth);
        let found = block_on(container.env_variables()).unwrap();
        let found: Vec<String> = found.iter().map(|each| block_on(each.id()).unwrap().as_str().to_owned()).collect();
        prop_assert_eq!(found, ids);
    }
}
