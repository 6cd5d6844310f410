//! A module as its author keeps it: in two files, beside its `dagger.json`.

#[path = "support/built.rs"]
mod built;
mod support;

use built::{CORE, Module, renamed};
use serde_json::{Value, json};
use std::process::Command;
use support::Engine;

/// The module in a folder of its own, whose `dagger.json` has this name.
fn shop(folder: &str, name: &str, client: Option<String>, test: impl FnOnce(&Module)) {
    let manifest = json!({"sdk": {"source": "../sdk"}, "name": name});
    let files = [
        ("Cargo.toml", renamed("Cargo.toml", folder, "MyShop")),
        ("dagger.json", manifest.to_string()),
        ("src/main.rs", include_str!("authored/shop.rs").to_owned()),
        ("src/goods.rs", include_str!("authored/goods.rs").to_owned()),
    ];
    test(&Module {
        name: folder,
        files: &files,
        client,
    });
}

/// The client of an API that knows services for `dagger up`, as engines from v0.21 on have it.
fn client() -> String {
    let mut api: Value = serde_json::from_str(CORE).unwrap();
    let types = api
        .pointer_mut("/__schema/types")
        .and_then(Value::as_array_mut);
    let mut types = types.unwrap().iter_mut();
    let function = types.find(|known| known["name"] == "Function").unwrap();
    let fields = function["fields"].as_array_mut().unwrap();
    let mut up = fields
        .iter()
        .find(|field| field["name"] == "withCheck")
        .unwrap()
        .clone();
    up["name"] = json!("withUp");
    fields.push(up);
    dagger_sdk_codegen::generate(&api.to_string()).unwrap()
}

#[test]
fn a_module_tells_what_it_is_about_and_where_everything_stands() {
    shop("my-shop", "my-shop", Some(client()), |module| {
        let call = json!({"name": "", "parentName": "", "parent": null, "inputArgs": []});
        let engine = Engine::start(call);
        let output = Command::new(module.build())
            .env("DAGGER_SESSION_PORT", engine.port.to_string())
            .env("DAGGER_SESSION_TOKEN", "secret")
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        let id = engine.returned().unwrap();
        insta::assert_snapshot!(engine.recorder.graph(id.as_str().unwrap()));
    });
}

#[test]
fn the_main_object_is_held_to_the_modules_name_whenever_that_changes() {
    shop("renamed-shop", "tea_house", None, |module| {
        let said = module.refused();
        assert!(
            said.contains(
                "the module is called `tea_house` in its dagger.json, so its main object must be `TeaHouse`: rename one, \
                 or write `#[object(name = \"TeaHouse\")]`"
            ),
            "{said}"
        );
        assert!(said.contains("dagger_sdk::main!(MyShop);"), "{said}");
        // `up` is not known there, either, and is said at once.
        assert!(said.contains("knows no `up`"), "{said}");
    });
    shop("renamed-shop", "my_shop", None, |module| {
        let said = module.refused();
        assert!(!said.contains("main object"), "{said}");
        assert!(said.contains("knows no `up`"), "{said}");
    });
}
