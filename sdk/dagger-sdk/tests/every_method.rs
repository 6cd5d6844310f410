//! The client of every API that is at hand: it compiles, each of its methods asks what the API
//! allows, with all arguments, and lists and null are read as such.

#[path = "support/built.rs"]
mod built;
#[path = "every_method/exercise.rs"]
mod exercise;
#[path = "every_method/sdl.rs"]
mod sdl;

use built::{CORE, Module, renamed};
use dagger_sdk::testing::Schema;
use serde_json::Value;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// APIs lie beside the repository; they are no part of it.
fn beside(folder: &str, extension: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared")
        .join(folder);
    let Ok(entries) = std::fs::read_dir(&folder) else {
        // Past the capture of the test's output: a check that did not run is said aloud.
        writeln!(
            std::io::stderr(),
            "skipped: no other APIs beside this checkout"
        )
        .expect("stderr takes a line");
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|known| known == extension));
    paths.sort();
    paths
}

fn name(path: &Path) -> String {
    let stem = path.file_stem().unwrap().to_string_lossy();
    stem.replace(|letter: char| !letter.is_ascii_alphanumeric(), "-")
}

/// What the methods of the client ask.
fn asked(name: &str, api: &str) -> Vec<String> {
    let client = dagger_sdk_codegen::generate(api).unwrap();
    let (program, methods) = exercise::program(&client);
    let module = Module {
        name,
        files: &[
            ("Cargo.toml", renamed("Cargo.toml", name, "Unused")),
            ("src/main.rs", program),
        ],
        client: Some(client),
    };
    let output = Command::new(module.build()).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    let queries: Vec<String> = text.lines().map(str::to_owned).collect();
    assert_eq!(queries.len(), methods, "{name}: a method asked nothing");
    queries
}

/// Each field of each type was asked for with all its arguments.
fn complete(name: &str, api: &str, queries: &[String]) {
    let api: Value = serde_json::from_str(api).unwrap();
    for ty in api["__schema"]["types"].as_array().unwrap() {
        let own = ty["name"].as_str().unwrap();
        for field in ty["fields"].as_array().into_iter().flatten() {
            if own.starts_with("__") {
                continue;
            }
            let field_name = field["name"].as_str().unwrap();
            let arguments = field["args"].as_array().into_iter().flatten();
            let arguments: Vec<String> = arguments
                .map(|argument| format!("{}:", argument["name"].as_str().unwrap()))
                .collect();
            let found = queries.iter().any(|query| {
                let called = query
                    .split('{')
                    .any(|part| part.split(['(', '}']).next() == Some(field_name));
                called && arguments.iter().all(|argument| query.contains(argument))
            });
            assert!(
                found,
                "{name}: {own}.{field_name} is not called with all arguments"
            );
        }
    }
}

fn allowed(schema: &Schema, queries: &[String]) {
    for query in queries {
        if let Err(error) = schema.check(query) {
            panic!("{error}");
        }
    }
}

#[test]
fn every_method_asks_what_its_api_allows() {
    let introspected = beside("introspection", "json");
    if introspected.is_empty() {
        complete("core", CORE, &asked("core", CORE));
    }
    for path in introspected {
        let api = std::fs::read_to_string(&path).unwrap();
        let queries = asked(&name(&path), &api);
        complete(&name(&path), &api, &queries);
    }
    for path in beside("schema", "graphql") {
        let api = sdl::introspection(&std::fs::read_to_string(&path).unwrap());
        let queries = asked(&name(&path), &api);
        complete(&name(&path), &api, &queries);
        allowed(&Schema::load(&path).unwrap(), &queries);
    }
}
