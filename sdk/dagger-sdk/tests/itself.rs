//! `#[functions(itself)]`: the functions of the module's own object, called over the session.
//!
//! Each function of `Relay` hands its argument to another one of the same object, over a session that
//! answers with what the query gives: so a value crosses the wire as an argument of a function, as an
//! argument of the client, as an answer to the client and as a result.

use apollo_compiler::ast::{self, Definition, Document, Selection};
use dagger_sdk::prelude::*;
use dagger_sdk::testing;
use dagger_sdk::{EngineError, Session};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::pin::Pin;
use std::sync::{Arc, Mutex};

mod echo;

use echo::values::{Ids, optional};
use echo::{Keeper, Level};

/// An object with a function of each type, and one beside it that calls it.
macro_rules! relay {
    ($($name:ident $relayed:ident [$($ty:tt)*])*) => {
        /// Asks itself.
        #[object]
        pub struct Relay {
            /// What the object keeps.
            kept: Vec<Option<String>>,
        }

        #[functions(itself)]
        impl Relay {
            $(
                #[function]
                fn $name(&self, value: $($ty)*) -> $($ty)* {
                    value
                }

                #[function]
                async fn $relayed(&self, dag: &Dag, value: $($ty)*) -> Result<$($ty)*> {
                    self.itself(dag).$name(value).await
                }
            )*

            #[function]
            fn container(&self, value: Container) -> Container {
                value
            }

            /// An object is there at once.
            #[function]
            fn relayed_container(&self, dag: &Dag, value: Container) -> Container {
                self.itself(dag).container(value)
            }

            /// Another object of the kind.
            #[function]
            fn made(&self, kept: Vec<Option<String>>) -> Self {
                Self { kept }
            }

            #[function]
            async fn made_and_asked(&self, dag: &Dag, value: String) -> Result<String> {
                self.itself(dag).made(vec![None, Some(value.clone())]).text(value).await
            }
        }
    };
}

relay! {
    text relayed_text [String]
    truth relayed_truth [bool]
    long relayed_long [i64]
    int relayed_int [i32]
    byte relayed_byte [u8]
    float relayed_float [f64]
    texts relayed_texts [Vec<String>]
    optional_text relayed_optional_text [Option<String>]
    optional_texts relayed_optional_texts [Option<Vec<Option<String>>>]
    table relayed_table [Vec<Vec<i64>>]
    level relayed_level [Level]
    levels relayed_levels [Vec<Option<Level>>]
    services relayed_services [Vec<Service>]
    optional_secret relayed_optional_secret [Option<Secret>]
    keeper relayed_keeper [Option<Keeper>]
    keepers relayed_keepers [Vec<Option<Keeper>>]
    platform relayed_platform [Platform]
    json relayed_json [Json]
    sharing relayed_sharing [CacheSharingMode]
}

/// Answers each function with its own argument.
struct Mirror {
    call: Value,
    returned: Mutex<Option<Value>>,
    asked: Mutex<Vec<String>>,
}

type Answered<'a> = Pin<Box<dyn Future<Output = Result<Value, EngineError>> + Send + 'a>>;

impl Session for Mirror {
    fn ask(&self, query: String) -> Answered<'_> {
        let answer = self.answer(&query);
        self.asked.lock().unwrap().push(query);
        Box::pin(std::future::ready(Ok(answer)))
    }
}

impl Mirror {
    fn answer(&self, query: &str) -> Value {
        let document = Document::parse(query, "query").unwrap();
        let Some(Definition::OperationDefinition(operation)) = document.definitions.first() else {
            panic!("no operation: {query}")
        };
        match field(&operation.selection_set) {
            Some(first) if first.name == "currentModule" => {
                json!({"currentModule": {"name": "relay"}})
            }
            Some(first) if first.name == "currentFunctionCall" => {
                let inner = field(&first.selection_set).unwrap();
                if inner.name == "returnValue" {
                    let text = of_graphql(&inner.arguments[0].value);
                    let value = serde_json::from_str(text.as_str().unwrap()).unwrap();
                    *self.returned.lock().unwrap() = Some(value);
                }
                json!({"currentFunctionCall": self.call})
            }
            _ => mirrored(&operation.selection_set),
        }
    }
}

fn field(selections: &[Selection]) -> Option<&ast::Field> {
    selections.first()?.as_field().map(|field| &**field)
}

/// What gives an object of the module, of which more is asked.
const MAKERS: [&str; 2] = ["relay", "made"];

/// What a query answers whose last function returns what it is given.
fn mirrored(selections: &[Selection]) -> Value {
    let Some(this) = field(selections) else {
        panic!("no field: {selections:?}")
    };
    let below = field(&this.selection_set);
    if let Some(below) = below
        && MAKERS.contains(&this.name.as_str())
    {
        assert!(below.name != "id", "nothing is called: {this:?}");
        return json!({this.name.as_str(): mirrored(&this.selection_set)});
    }
    let mut given = this.arguments.iter();
    let given = given.find(|argument| argument.name == "value");
    // What is null is left out.
    let value = given.map_or(Value::Null, |given| of_graphql(&given.value));
    let value = named(value, below.is_some());
    json!({this.name.as_str(): value})
}

/// The IDs of objects as a selection of them answers.
fn named(value: Value, are_objects: bool) -> Value {
    match value {
        value if !are_objects => value,
        Value::Array(items) => items.into_iter().map(|item| named(item, true)).collect(),
        Value::Null => Value::Null,
        id => json!({"id": id}),
    }
}

fn of_graphql(value: &ast::Value) -> Value {
    match value {
        ast::Value::Null => Value::Null,
        ast::Value::Enum(name) => name.as_str().into(),
        ast::Value::String(text) => text.as_str().into(),
        ast::Value::Boolean(truth) => (*truth).into(),
        ast::Value::Int(number) => serde_json::from_str(number.as_str()).unwrap(),
        ast::Value::Float(number) => serde_json::from_str(number.as_str()).unwrap(),
        ast::Value::List(items) => items.iter().map(|item| of_graphql(item)).collect(),
        ast::Value::Object(fields) => {
            let fields = fields.iter();
            let fields = fields.map(|(name, value)| (name.to_string(), of_graphql(value)));
            fields.collect::<Map<_, _>>().into()
        }
        ast::Value::Variable(name) => panic!("a variable: {name}"),
    }
}

/// What the function answers on an object that keeps `kept`, and the queries that it took.
fn called(name: &str, kept: &Value, value: &Value) -> (Value, Vec<String>) {
    let argument = json!({"name": "value", "value": value.to_string()});
    let mirror = Arc::new(Mirror {
        call: json!({
            "name": name,
            "parentName": "Relay",
            "parent": json!({"kept": kept}).to_string(),
            "inputArgs": [argument],
        }),
        returned: Mutex::new(None),
        asked: Mutex::new(Vec::new()),
    });
    testing::block_on(testing::serve::<Relay>(mirror.clone())).unwrap();
    let asked = mirror.asked.lock().unwrap().clone();
    let returned = mirror.returned.lock().unwrap().clone();
    (returned.unwrap_or_else(|| panic!("{asked:#?}")), asked)
}

/// The function that hands its argument on to the one of this name.
fn relayed(name: &str) -> String {
    let (first, rest) = name.split_at(1);
    format!("relayed{}{rest}", first.to_uppercase())
}

/// Any text makes an ID.
struct Any;

impl Ids for Any {
    fn id(&self, _: &'static str) -> BoxedStrategy<Value> {
        ".+".prop_map(Value::from).boxed()
    }
}

/// A function of `Echo` that `Relay` has, too, and a value of its type.
fn shared() -> impl Strategy<Value = (&'static str, Value)> {
    echo::values::call(&Any).prop_filter("a type that is shared", |(name, _)| {
        // Objects of a module's own are known to it alone; no number of the API is as large as a size.
        !["part", "parts", "size"].contains(name)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn a_value_returns_as_it_was_given_over_the_session_too((name, value) in shared()) {
        prop_assert_eq!(called(&relayed(name), &json!([]), &value).0, value);
    }

    #[test]
    fn the_object_is_made_anew_of_its_fields(kept in echo::values::list(optional(echo::values::text()))) {
        let (answer, asked) = called("relayedTruth", &kept, &json!(true));
        prop_assert_eq!(answer, json!(true));
        let document = Document::parse(asked[asked.len() - 2].as_str(), "query").unwrap();
        let Some(Definition::OperationDefinition(operation)) = document.definitions.first() else {
            panic!("{asked:#?}")
        };
        let constructor = field(&operation.selection_set).unwrap();
        prop_assert_eq!(constructor.name.as_str(), "relay");
        prop_assert_eq!(of_graphql(&constructor.arguments[0].value), kept);
    }
}

#[test]
fn a_large_value_is_an_argument_and_an_answer_of_the_client() {
    const LARGE: usize = 4 << 20;
    let text = json!("\u{1f433}\"\\\n".repeat(LARGE / 7));
    assert!(
        called("relayedText", &json!([]), &text).0 == text,
        "another text"
    );
    let texts: Value = (0..100_000)
        .map(|number| json!(number.to_string()))
        .collect();
    assert!(
        called("relayedTexts", &json!([]), &texts).0 == texts,
        "other texts"
    );
}

#[test]
fn an_object_that_a_function_of_its_own_makes_is_typed_as_well() {
    let (answer, asked) = called("madeAndAsked", &json!(["a"]), &json!("hi"));
    assert_eq!(answer, "hi");
    assert_eq!(
        asked[asked.len() - 2],
        r#"{relay(kept:["a"]){made(kept:[null,"hi"]){text(value:"hi")}}}"#
    );
}
