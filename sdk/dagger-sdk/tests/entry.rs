//! What an engine loads of the SDK, `main.dang`. No registry of this project's holds a parser of Dang:
//! these tests read the text for what the protocol asks and for what would go stale. That it runs is
//! seen on engines, by `tests/engine.sh`.

use std::path::{Path, PathBuf};

fn sdk() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &str) -> String {
    let path = sdk().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The text without comments, documentation and white space.
fn code() -> String {
    let text = read("main.dang");
    let code: String = text.split("\"\"\"").step_by(2).collect();
    let lines = code
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'));
    lines
        .flat_map(|line| line.chars())
        .filter(|letter| !letter.is_whitespace())
        .collect()
}

/// The text of `"…"` after `start`.
fn quoted(text: &str, start: &str) -> String {
    let (_, rest) = text
        .split_once(start)
        .unwrap_or_else(|| panic!("no {start}"));
    rest.split('"').next().unwrap().to_owned()
}

#[test]
fn the_functions_are_those_that_an_engine_calls() {
    let code = code();
    assert!(
        code.contains("typeRustSdk{"),
        "the object is called like the module"
    );
    for function in [
        "pubwithConfig(image:String!=\"\",prebuilt:String!=\"\",):RustSdk!{",
        // Optional: an engine of v1.0 then trusts what a module has committed.
        "pubmoduleRuntime(modSource:ModuleSource!,introspectionJson:File):Container!{",
        "pubcodegen(modSource:ModuleSource!,introspectionJson:File!):GeneratedCode!{",
        "pubinitModule(workspace:Workspace!,name:String!,path:String!):Changeset!{",
    ] {
        assert!(code.contains(function), "{function} in {code}");
    }
}

#[test]
fn the_settings_are_for_the_dang_of_the_oldest_engine() {
    let description: serde_json::Value = serde_json::from_str(&read("dagger.json")).unwrap();
    assert_eq!(description["sdk"]["source"], "dang");
    // From v0.21.5 on `.{ }` is something else: the version that is declared decides.
    assert_eq!(description["engineVersion"], "v0.20.3");
    assert!(!code().contains(".{{"), "that selection is of Dang 2");
}

#[test]
fn brackets_and_quotes_are_closed() {
    let text = read("main.dang");
    assert_eq!(text.matches("\"\"\"").count() % 2, 0, "documentation");
    let mut open = Vec::new();
    let mut quoted = false;
    let mut letters = code().chars().collect::<Vec<_>>().into_iter();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if quoted => drop(letters.next()),
            '"' => quoted = !quoted,
            _ if quoted => (),
            '(' | '[' | '{' => open.push(letter),
            ')' => assert_eq!(open.pop(), Some('(')),
            ']' => assert_eq!(open.pop(), Some('[')),
            '}' => assert_eq!(open.pop(), Some('{')),
            _ => (),
        }
    }
    assert!(open.is_empty() && !quoted, "{open:?}");
}

#[test]
fn the_files_that_it_takes_are_there() {
    let code = code();
    for (kind, is_there) in [
        ("file(\"", Path::is_file as fn(&Path) -> bool),
        ("directory(\"", Path::is_dir),
    ] {
        for holder in ["sdk.", "currentModule.source."] {
            for taken in code.split(&format!("{holder}{kind}")).skip(1) {
                let name = taken.split('"').next().unwrap();
                assert!(is_there(&sdk().join(name)), "{name}");
            }
        }
    }
    assert!(code.contains("/src/dagger-sdk-codegen"));
    assert!(sdk().join("dagger-sdk-codegen/src/main.rs").is_file());
}

#[test]
fn the_version_of_the_client_is_that_of_the_client_at_hand() {
    let version = quoted(&code(), "letclientVersion=\"");
    let client = read("dagger-sdk/src/client.rs");
    assert!(
        client.contains(&format!("// API: {version}\n")),
        "{version}"
    );
}

#[test]
fn the_toolchain_is_the_image_that_is_pinned() {
    let image = quoted(&code(), "pubimage:String!=\"");
    let pins: serde_json::Value = serde_json::from_str(&read("../image-pins.json")).unwrap();
    let (tag, digest) = image.split_once('@').unwrap();
    assert_eq!(pins[tag], digest, "{image}");
}
