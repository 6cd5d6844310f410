//! Two modules as another one sees them: what they add to the API, what fits
//! their interfaces, and what is refused of them.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::{Value, json};

use super::checks::refuse_foreign;
use super::definition;
use super::introspection::Core;
use super::module::Module;
use super::subtypes::{Of, implements};
use crate::schema;
use crate::typedefs::testing::{argument, list, object, optional};
use crate::typedefs::{
    ArgDef, EnumDef, EnumValueDef, FieldDef, FunctionDef, ModuleDef, ObjectDef, TypeDef, TypeKind,
};

fn interface(name: &str) -> TypeDef {
    TypeDef::of(TypeKind::Interface(name.into()))
}

fn arg(name: &str, ty: TypeDef) -> ArgDef {
    argument(name, "", ty)
}

fn function(name: &str, args: &[ArgDef], returns: TypeDef) -> FunctionDef {
    FunctionDef {
        args: args.to_vec(),
        ..FunctionDef::new(name, returns)
    }
}

fn module(name: &str, types: ModuleDef) -> Arc<Module> {
    Arc::new(Module {
        original: name.into(),
        name: name.into(),
        root: PathBuf::from("/").join(name),
        program: PathBuf::new(),
        types,
        dependencies: Vec::new(),
    })
}

fn greeter(functions: Vec<FunctionDef>) -> ObjectDef {
    ObjectDef {
        name: "Greeter".into(),
        functions,
        ..ObjectDef::default()
    }
}

/// What the interface `Greeter` demands.
fn greeting() -> Vec<FunctionDef> {
    vec![
        function(
            "greet",
            &[arg("name", TypeDef::of(TypeKind::String))],
            TypeDef::of(TypeKind::String),
        ),
        function("mood", &[], TypeDef::of(TypeKind::String)),
        function("friends", &[], list(interface("Greeter"))),
    ]
}

fn meeting() -> Arc<Module> {
    let order = TypeDef::of(TypeKind::Enum("Order".into()));
    let ordered = ArgDef {
        default_value: Some(json!("FORWARD")),
        description: "How \"they\" are asked.".into(),
        ..arg("order", order)
    };
    let files = ArgDef {
        default_path: Some("/".into()),
        ..arg("files2get", object("Directory"))
    };
    let guests = arg("guests", list(interface("Greeter")));
    let old = FunctionDef {
        deprecated: Some("too old".into()),
        ..function("old", &[files], optional(object("Seat")))
    };
    let main = ObjectDef {
        name: "Meeting".into(),
        description: "Where they meet.\nOften.".into(),
        constructor: Some(function(
            "",
            &[arg("town", optional(TypeDef::of(TypeKind::String)))],
            object("Meeting"),
        )),
        functions: vec![
            function("welcome", &[guests, ordered], list(object("Seat"))),
            old,
            function("close", &[], TypeDef::of(TypeKind::Void)),
        ],
        fields: vec![FieldDef {
            name: "town".into(),
            description: String::new(),
            ty: optional(TypeDef::of(TypeKind::String)),
        }],
    };
    let seat = ObjectDef {
        name: "Seat".into(),
        functions: vec![function("number", &[], TypeDef::of(TypeKind::Integer))],
        ..ObjectDef::default()
    };
    let member = EnumValueDef {
        name: "FORWARD".into(),
        value: "FORWARD".into(),
        description: "As they come.".into(),
    };
    module(
        "meeting",
        ModuleDef {
            objects: vec![main, seat],
            interfaces: vec![greeter(greeting())],
            enums: vec![EnumDef {
                name: "Order".into(),
                description: String::new(),
                values: vec![member],
            }],
            ..ModuleDef::default()
        },
    )
}

/// A module whose object has these functions, and a field `mood`.
fn guest(functions: Vec<FunctionDef>) -> Arc<Module> {
    let main = ObjectDef {
        name: "Guest".into(),
        functions,
        fields: vec![FieldDef {
            name: "mood".into(),
            description: "How it feels.".into(),
            ty: TypeDef::of(TypeKind::String),
        }],
        ..ObjectDef::default()
    };
    let objects = vec![main];
    module(
        "guest",
        ModuleDef {
            objects,
            ..ModuleDef::default()
        },
    )
}

/// Functions of an object that fits.
fn fitting() -> Vec<FunctionDef> {
    vec![
        function(
            "greet",
            &[
                arg("name", TypeDef::of(TypeKind::String)),
                arg("more", optional(TypeDef::of(TypeKind::String))),
            ],
            TypeDef::of(TypeKind::String),
        ),
        function("friends", &[], list(object("Guest"))),
    ]
}

#[test]
fn modules_add_their_types_under_their_names() {
    insta::assert_snapshot!(definition::write(&[meeting(), guest(fitting())]));
}

#[test]
fn what_modules_add_is_served_but_for_types_that_are_not() {
    let unserved = function("llm", &[], object("LLM"));
    let functions = [fitting(), vec![unserved]].concat();
    let text = definition::write(&[meeting(), guest(functions)]);
    let schema = schema::extended(schema::SDL, &text).unwrap();
    let sdl = schema.sdl();
    assert!(sdl.contains("asMeetingGreeter: MeetingGreeter!"), "{sdl}");
    assert!(!sdl.contains("LLM"), "{sdl}");
}

#[test]
fn an_object_fits_an_interface_by_its_functions_and_fields() {
    let wrong: [(&str, Vec<FunctionDef>); 6] = [
        ("a function is missing", fitting()[1..].to_vec()),
        (
            "another result",
            vec![
                function(
                    "greet",
                    &[arg("name", TypeDef::of(TypeKind::String))],
                    TypeDef::of(TypeKind::Integer),
                ),
                fitting().remove(1),
            ],
        ),
        (
            "another name of an argument",
            vec![
                function(
                    "greet",
                    &[arg("who", TypeDef::of(TypeKind::String))],
                    TypeDef::of(TypeKind::String),
                ),
                fitting().remove(1),
            ],
        ),
        (
            "an argument that may be left out",
            vec![
                function(
                    "greet",
                    &[arg("name", optional(TypeDef::of(TypeKind::String)))],
                    TypeDef::of(TypeKind::String),
                ),
                fitting().remove(1),
            ],
        ),
        (
            "no argument",
            vec![
                function("greet", &[], TypeDef::of(TypeKind::String)),
                fitting().remove(1),
            ],
        ),
        (
            "elements of another kind",
            vec![
                fitting().remove(0),
                function("friends", &[], list(object("Directory"))),
            ],
        ),
    ];
    let meeting = meeting();
    let fits = |guest: &Module| {
        implements(
            &Of::new(guest, &guest.types.objects[0]),
            &Of::new(&meeting, &meeting.types.interfaces[0]),
        )
    };
    assert!(fits(&guest(fitting())));
    for (why, functions) in wrong {
        assert!(!fits(&guest(functions)), "{why}");
    }
}

const CORE: &str = r#"{"__schema": {"types": [
    {"kind": "OBJECT", "name": "Query", "fields": [
        {"name": "directory", "type": {"kind": "NON_NULL", "ofType": {"kind": "OBJECT", "name": "Directory"}}}
    ]},
    {"kind": "OBJECT", "name": "Directory", "fields": []},
    {"kind": "SCALAR", "name": "MeetingSeat"}
]}}"#;

#[test]
fn introspection_says_what_an_engines_does() {
    let core = Core::parse(&CORE.replace("MeetingSeat", "DirectoryID")).unwrap();
    let whole: Value = serde_json::from_str(&core.with(&[meeting()]).unwrap()).unwrap();
    let types = whole["__schema"]["types"].as_array().unwrap();
    let ty = |name: &str| types.iter().find(|ty| ty["name"] == name).unwrap();
    let fields = ty("Query")["fields"].as_array().unwrap();
    let names: Vec<&str> = fields
        .iter()
        .filter_map(|field| field["name"].as_str())
        .collect();
    assert_eq!(
        names,
        [
            "directory",
            "meeting",
            "loadMeetingFromID",
            "loadMeetingSeatFromID",
            "loadMeetingGreeterFromID"
        ]
    );
    let fields = ty("Meeting")["fields"].as_array().unwrap();
    let field = |name: &str| fields.iter().find(|field| field["name"] == name).unwrap();
    let shown = json!([field("welcome"), field("old"), field("close")]);
    insta::assert_snapshot!(format!("{shown:#}"));
    assert_eq!(ty("MeetingOrder")["kind"], "ENUM");
    // What it is made for.
    let api = core.with(&[meeting(), guest(fitting())]).unwrap();
    let client = dagger_sdk_codegen::generate(&api).unwrap();
    assert!(
        client.contains("pub fn as_meeting_greeter(&self) -> MeetingGreeter"),
        "{client}"
    );
}

#[test]
fn a_module_has_no_name_of_the_core_or_of_another() {
    let refusal = |core: &str, modules: &[Arc<Module>]| {
        let refusal = Core::parse(core).unwrap().with(modules).unwrap_err();
        refusal.to_string()
    };
    let said = refusal(CORE, &[meeting()]);
    assert!(
        said.contains("the dependency meeting has MeetingSeat, as Dagger's own API has"),
        "{said}"
    );
    let plain = CORE.replace("MeetingSeat", "DirectoryID");
    let other = Module {
        name: "meeting-seat".into(),
        ..Arc::into_inner(guest(fitting())).unwrap()
    };
    let said = refusal(&plain, &[meeting(), Arc::new(other)]);
    assert!(
        said.contains("the dependency meeting-seat has MeetingSeat, as meeting has"),
        "{said}"
    );
}

#[test]
fn a_module_gives_away_no_type_of_another() {
    let takes = function(
        "take",
        &[arg("seats", list(object("MeetingSeat")))],
        TypeDef::of(TypeKind::Void),
    );
    let types = guest(vec![takes]).types.clone();
    let said = refuse_foreign(&types, &[meeting()])
        .unwrap_err()
        .to_string();
    assert!(
        said.starts_with(
            "Guest.take takes or gives a MeetingSeat, which is of the dependency meeting"
        ),
        "{said}"
    );
    assert!(refuse_foreign(&types, &[]).is_ok());
    assert!(refuse_foreign(&guest(fitting()).types, &[meeting()]).is_ok());
}
