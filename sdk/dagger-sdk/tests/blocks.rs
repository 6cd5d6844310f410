//! An object whose functions stand in several blocks, in several files.

mod shop {
    //! The object, its constructor and a function.

    use dagger_sdk::prelude::*;

    /// A shop.
    #[object]
    pub struct Shop {
        /// Its name.
        name: String,
        #[field(private)]
        pub(crate) sold: Vec<String>,
    }

    #[functions]
    impl Shop {
        /// Return what the sign says.
        #[function]
        fn sign(&self) -> String {
            format!("{}: open", self.name)
        }

        /// Return what another shop sells.
        #[function]
        async fn other(&self, dag: &Dag, name: String) -> Result<Vec<String>> {
            Self::itself(dag, name).goods("cups".into()).await
        }
    }

    #[functions(itself)]
    impl Shop {
        #[function(constructor)]
        pub fn new(name: String) -> Self {
            let sold = vec![name.to_lowercase()];
            Self { name, sold }
        }
    }
}

#[path = "blocks/goods.rs"]
mod goods;

use dagger_sdk::prelude::*;
use dagger_sdk::testing::{self, Recorder, block_on, json};
use shop::Shop;

/// A name that another block has taken in the API.
#[object]
pub struct Twice {}

#[functions]
impl Twice {
    #[function(name = "same")]
    fn one(&self) {}
}

#[functions]
impl Twice {
    #[function(name = "same")]
    fn other(&self) {}
}

fn call(function: &str, arguments: testing::Value) -> testing::Value {
    let recorder = Recorder::new();
    let call = testing::call::<Shop>(&recorder, function, json!({"name": "Tea"}), arguments);
    block_on(call).unwrap()
}

#[test]
fn the_functions_of_all_blocks_are_called() {
    assert_eq!(call("sign", json!({})), "Tea: open");
    assert_eq!(
        call("goods", json!({"more": "cups"})),
        json!(["tea", "cups"])
    );
    assert_eq!(call("count", json!({})), 1);
}

#[test]
fn the_functions_of_all_blocks_are_registered_in_the_order_of_the_source() {
    let recorder = Recorder::new();
    let id = block_on(testing::register::<Shop>(&recorder)).unwrap();
    let graph = recorder.graph(&id);
    let lines = graph.lines().map(str::trim);
    let names: Vec<&str> = lines
        .filter_map(|line| line.strip_prefix("function(name: \"")?.split('"').next())
        .collect();
    // The constructor has no name; it is the last of its object.
    assert_eq!(names, ["sign", "other", "goods", "count", ""], "{graph}");
    for place in ["tests/blocks.rs", "tests/blocks/goods.rs"] {
        assert!(graph.contains(&format!("filename: \"{place}\"")), "{graph}");
    }
}

#[test]
fn two_functions_of_one_name_are_refused_when_the_module_is_registered() {
    let recorder = Recorder::new();
    let error = block_on(testing::register::<Twice>(&recorder)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "registering the module: Twice has two functions called `same`: rename one, or give it `name = \"…\"`"
    );
}

#[test]
fn a_block_elsewhere_can_be_called_over_the_session_too() {
    let recorder = Recorder::new();
    recorder.answer("goods", json!(["a"]));
    let given = json!({"name": "Mugs"});
    let call = testing::call::<Shop>(&recorder, "other", json!({"name": "Tea"}), given);
    assert_eq!(block_on(call).unwrap(), json!(["a"]));
    let queries = recorder.queries();
    assert_eq!(queries[0], r#"{shop(name:"Mugs"){goods(more:"cups")}}"#);
}
