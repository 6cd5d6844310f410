//! What these tests share: folders with modules in them, and calls there.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Where the module is built; the SDK's own test of the template builds most of it there.
pub fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("template-target")
}

pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .canonicalize()
        .unwrap()
}

/// The template as `dagger init` writes it, under another name and with another source if there is
/// one; the local session adds the crates.
pub fn module(name: &str, source: Option<&str>) -> PathBuf {
    let module = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("local-{name}"));
    let template = repository().join("sdk/template");
    std::fs::create_dir_all(module.join("src")).unwrap();
    for file in ["Cargo.toml", "src/main.rs", ".gitignore"] {
        let text = std::fs::read_to_string(template.join(file)).unwrap();
        let text = match source {
            Some(source) if file.ends_with(".rs") => source.to_owned(),
            _ => text.replace("hello", name),
        };
        std::fs::write(module.join(file), text).unwrap();
    }
    let config = serde_json::json!({
        "name": name,
        "engineVersion": "v0.20.3",
        "sdk": {"source": repository().join("sdk")},
    });
    std::fs::write(module.join("dagger.json"), config.to_string()).unwrap();
    lock(&module);
    module
}

/// The versions that are tested here, which are built already: the repository's, less what the
/// module does not use.
pub fn lock(module: &Path) {
    let crates = ["dagger-sdk", "dagger-sdk-macros"];
    for name in crates {
        // Cargo only reads the manifest, and finds that there is a library.
        let copy = module.join("sdk").join(name);
        std::fs::create_dir_all(copy.join("src")).unwrap();
        let from = repository().join("sdk").join(name);
        std::fs::copy(from.join("Cargo.toml"), copy.join("Cargo.toml")).unwrap();
        std::fs::copy(from.join("src/lib.rs"), copy.join("src/lib.rs")).unwrap();
    }
    std::fs::copy(repository().join("Cargo.lock"), module.join("Cargo.lock")).unwrap();
    let pruned = Command::new("cargo")
        .args(["update", "--workspace", "--offline", "--quiet"])
        .current_dir(module)
        .status()
        .unwrap();
    assert!(pruned.success());
}

pub fn dagger_local(module: &Path, state: &Path, arguments: &[&str]) -> Output {
    command(module, state, arguments).output().unwrap()
}

/// A call in a module's folder, to be started.
pub fn command(module: &Path, state: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dagger-local"));
    command
        .args(arguments)
        .current_dir(module)
        .env("CARGO_TARGET_DIR", target())
        .env("DAGGER_LOCAL_STATE", state)
        .env_remove("DAGGER_LOCAL_MODULE_BINARY")
        .env_remove("DAGGER_MODULE");
    command
}

pub fn printed(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}{errors}");
    text
}

/// A folder without anything in it.
pub fn empty(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        std::fs::remove_dir_all(&folder).unwrap();
    }
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// The state folder of the tests, with the images that were made already.
pub fn state() -> PathBuf {
    let set = std::env::var_os("DAGGER_LOCAL_TEST_STATE").map(PathBuf::from);
    set.unwrap_or_else(|| Path::new(env!("CARGO_TARGET_TMPDIR")).join("session-state"))
}
