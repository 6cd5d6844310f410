//! What a flag's text becomes, and what is refused.

use super::*;
use crate::cli::core_schema::CoreSchema;
use crate::typedefs::ModuleDef;

fn read_as(kind: TypeKind, texts: &[&str]) -> Result<Given, String> {
    let core = "enum CacheSharingMode { SHARED PRIVATE LOCKED } input PortForward { backend: Int! }
                input BuildArg { name: String! value: String! } type Query { x: String }";
    let api = Api {
        module: ModuleDef::default(),
        core: CoreSchema::parse(core).expect("a schema"),
    };
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let places = Places {
        caller: here.join("src"),
        module: here,
    };
    let argument = ArgDef {
        name: "theFlag".to_owned(),
        description: String::new(),
        ty: TypeDef {
            kind,
            optional: false,
        },
        default_value: None,
        default_path: None,
        default_address: None,
        ignore: vec!["target".to_owned()],
        deprecated: None,
    };
    let texts: Vec<String> = texts.iter().map(|&text| text.to_owned()).collect();
    read(&api, &places, &argument, &texts)
}

fn object(name: &str) -> TypeKind {
    TypeKind::Object(name.to_owned())
}

fn list(kind: TypeKind) -> TypeKind {
    TypeKind::List(Box::new(TypeDef::of(kind)))
}

#[test]
fn the_last_of_several_values_counts() {
    let given = read_as(TypeKind::String, &["a", "b"]);
    assert_eq!(given, Ok(Given::Plain("b".into())));
}

#[test]
fn lists_gather_repeated_flags_and_commas() {
    let given = read_as(list(TypeKind::Integer), &["1,2", "3"]);
    let numbers = [1, 2, 3].map(|number| Given::Plain(number.into()));
    assert_eq!(given, Ok(Given::List(numbers.to_vec())));
}

#[test]
fn a_value_of_another_type_is_refused_with_its_flag() {
    let message = read_as(TypeKind::Integer, &["many"]).expect_err("no number");
    assert_eq!(
        message,
        "invalid argument \"many\" for \"--the-flag\" flag: an integer is expected"
    );
    assert!(read_as(TypeKind::Boolean, &["perhaps"]).is_err());
    assert!(read_as(TypeKind::Float, &["NaN"]).is_err());
}

#[test]
fn an_enumeration_names_its_values() {
    let kind = || TypeKind::Enum("CacheSharingMode".to_owned());
    assert_eq!(
        read_as(kind(), &["private"]),
        Ok(Given::Enum("PRIVATE".to_owned()))
    );
    let message = read_as(kind(), &["mine"]).expect_err("no member");
    assert!(
        message.ends_with("value should be one of LOCKED,PRIVATE,SHARED"),
        "{message}"
    );
}

#[test]
fn paths_are_the_callers() {
    let given = read_as(object("Directory"), &["."]).expect("a directory");
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("src")
        .canonicalize()
        .expect("a path");
    assert_eq!(
        given,
        Given::Host(HostObject::Directory {
            path,
            ignore: vec!["target".to_owned()]
        })
    );
    let message = read_as(object("Directory"), &["no-such"]).expect_err("no directory");
    assert!(message.contains("no such file or directory") && message.contains("no-such"));
    assert!(
        read_as(object("Directory"), &["lib.rs"])
            .expect_err("a file")
            .contains("no directory")
    );
    assert!(
        read_as(object("File"), &["cli"])
            .expect_err("a folder")
            .contains("not a file")
    );
    assert!(read_as(object("Directory"), &["https://example.org/x.git"]).is_err());
}

#[test]
fn ports_are_given_as_frontend_and_backend() {
    let kind = || TypeKind::Scalar("PortForward".to_owned());
    let plain = |value| Ok(Given::Plain(value));
    assert_eq!(
        read_as(kind(), &["8080:80"]),
        plain(json!({"frontend": 8080, "backend": 80}))
    );
    assert_eq!(
        read_as(kind(), &["53:53/udp"]),
        plain(json!({"frontend": 53, "backend": 53, "protocol": "UDP"}))
    );
    for wrong in ["80", "x:80", "80:99999", "1:2/sctp"] {
        assert!(read_as(kind(), &[wrong]).is_err(), "{wrong}");
    }
}

#[test]
fn secrets_are_named_and_never_given_as_text() {
    let given = read_as(object("Secret"), &["env:PATH"]);
    assert_eq!(
        given,
        Ok(Given::Host(HostObject::Secret {
            uri: "env://PATH".to_owned()
        }))
    );
    let missing = read_as(object("Secret"), &["env:NO_SUCH_NAME_HERE"]).expect_err("not set");
    assert!(
        missing.contains("NO_SUCH_NAME_HERE is not set"),
        "{missing}"
    );
    let file = read_as(object("Secret"), &["file:lib.rs"]).expect("a file");
    let Given::Host(HostObject::Secret { uri }) = file else {
        panic!("{file:?}")
    };
    assert!(
        uri.starts_with("file:///") && uri.ends_with("/src/lib.rs"),
        "{uri}"
    );
    assert_eq!(
        read_as(object("Secret"), &["cmd:pass show it"]),
        Ok(Given::Host(HostObject::Secret {
            uri: "cmd://pass show it".to_owned()
        }))
    );
    assert_eq!(read_as(object("Secret"), &["PATH"]), given);
    let text = read_as(object("Secret"), &["hunter2"]).expect_err("a secret's text");
    assert!(!text.contains("hunter2"), "{text}");
}

#[test]
fn integers_have_the_bases_of_go() {
    for (text, number) in [
        ("7", 7),
        ("0", 0),
        ("+7", 7),
        ("-0x10", -16),
        ("0X1f", 31),
        ("010", 8),
        ("0o17", 15),
        ("0b11", 3),
    ] {
        assert_eq!(
            read_as(TypeKind::Integer, &[text]),
            Ok(Given::Plain(json!(number))),
            "{text}"
        );
    }
    for wrong in ["", "x", "08", "0x", "--1", "0x-1", "1.5", "é"] {
        assert!(read_as(TypeKind::Integer, &[wrong]).is_err(), "{wrong}");
    }
}

#[test]
fn a_second_line_of_a_list_is_refused_with_the_name_of_the_flag() {
    let list = TypeKind::List(Box::new(TypeDef::of(TypeKind::String)));
    let message = read_as(list, &["a\nb"]).expect_err("a line break");
    assert!(
        message.contains("flag: a list is one line") && !message.contains('\n'),
        "{message}"
    );
}

#[test]
fn images_and_services_are_addresses() {
    let address = "ubuntu:24.04".to_owned();
    assert_eq!(
        read_as(object("Container"), &["ubuntu:24.04"]),
        Ok(Given::Host(HostObject::Container { address }))
    );
    assert!(read_as(object("Container"), &["Not An Image"]).is_err());
    let host = "127.0.0.1".to_owned();
    assert_eq!(
        read_as(object("Service"), &["tcp://127.0.0.1:2375"]),
        Ok(Given::Host(HostObject::Service { host, port: 2375 }))
    );
    assert!(read_as(object("Service"), &["127.0.0.1"]).is_err());
}

#[test]
fn a_default_path_is_the_modules() {
    let module = Path::new("/repository/module");
    assert_eq!(
        default_path(module, "src"),
        Path::new("/repository/module/src")
    );
}
