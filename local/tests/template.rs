//! The first module that the SDK writes is one that the local session runs.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Where the module is built; the SDK's own test of the template builds most of it there.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("template-target")
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .canonicalize()
        .unwrap()
}

/// The template as `dagger init` writes it; the local session adds the crates.
fn module() -> PathBuf {
    let module = Path::new(env!("CARGO_TARGET_TMPDIR")).join("local-template");
    let template = repository().join("sdk/template");
    std::fs::create_dir_all(module.join("src")).unwrap();
    for file in ["Cargo.toml", "src/main.rs", ".gitignore"] {
        std::fs::copy(template.join(file), module.join(file)).unwrap();
    }
    let config = serde_json::json!({
        "name": "hello",
        "engineVersion": "v0.20.3",
        "sdk": {"source": repository().join("sdk")},
    });
    std::fs::write(module.join("dagger.json"), config.to_string()).unwrap();
    lock(&module);
    module
}

/// The versions that are tested here, which are built already: the repository's, less what the
/// module does not use.
fn lock(module: &Path) {
    let crates = ["dagger-module", "dagger-module-macros"];
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

fn dagger_local(module: &Path, state: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dagger-local"))
        .args(arguments)
        .current_dir(module)
        .env("CARGO_TARGET_DIR", target())
        .env("DAGGER_LOCAL_STATE", state)
        .env_remove("DAGGER_LOCAL_MODULE_BINARY")
        .env_remove("DAGGER_MODULE")
        .output()
        .unwrap()
}

fn printed(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}{errors}");
    text
}

#[test]
fn a_new_module_is_built_listed_and_called() {
    let module = module();
    let state = tempfile::tempdir().unwrap();
    let functions = printed(&dagger_local(&module, state.path(), &["functions"]));
    for expected in [
        "container-echo   Return a container that echoes the text it is given.",
        "grep-dir         Return the lines that match a pattern",
    ] {
        assert!(functions.contains(expected), "{functions}");
    }
    let call = ["containerfile", "container-echo", "--string-arg=hi"];
    let containerfile = printed(&dagger_local(&module, state.path(), &call));
    assert!(
        containerfile.contains(r#"["echo","hi"]"#) || containerfile.contains(r#"["echo", "hi"]"#),
        "{containerfile}"
    );
}
