//! The SDK's crates inside of a module that names them by path. An engine puts
//! them there when it loads the module; without one this does.

use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::error::{CliError, failed};
use super::module::Module;
use crate::state::digest;

/// What a module's Cargo.toml names by path, and what that names.
const CRATES: [&str; 2] = ["dagger-sdk", "dagger-sdk-macros"];
/// Folders of a crate that no module compiles.
const LEFT_OUT: [&str; 2] = ["target", "tests"];

/// The SDK of the repository that this program was built in.
///
/// # Errors
/// The repository is not there any more.
pub fn own_sdk() -> Result<PathBuf, CliError> {
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).join("../sdk");
    built.canonicalize().map_err(|_| {
        CliError::Module(format!(
            "the Rust SDK is not in {} any more, from where this program was built: build it in a \
             clone that stays (cargo install --path local)",
            built.display()
        ))
    })
}

/// The SDK of a module: its own, or this program's where another place has it.
///
/// # Errors
/// As [`own_sdk`].
pub fn sdk_of(module: &Module) -> Result<PathBuf, CliError> {
    match &module.sdk {
        Some(sdk) => Ok(sdk.clone()),
        None => own_sdk(),
    }
}

/// Whether the module names crates in `sdk/` that are not there, as after a clone.
pub fn is_missing(source: &Path) -> bool {
    let vendored = format!("sdk/{}", CRATES[0]);
    let named = fs::read_to_string(source.join("Cargo.toml"));
    named.is_ok_and(|text| text.contains(&vendored))
        && !source.join(vendored).join("Cargo.toml").is_file()
}

/// Dagger's own API, as the SDK has it for the client of a module that depends
/// on others: introspection JSON.
///
/// # Errors
/// A folder of something else.
pub fn core_api(sdk: &Path) -> Result<String, CliError> {
    let file = sdk.join("dagger-sdk-codegen/core.json");
    fs::read_to_string(&file).map_err(failed("read", &file))
}

/// Copies the crates of a module's SDK to `sdk/` in the module's source, where
/// they differ, with the client of a module that depends on others. A module
/// that holds its SDK itself is left alone.
///
/// # Errors
/// A file that cannot be read or written; an SDK that is no copy, and cannot
/// have a client of the module's own.
pub fn crates(sdk: &Path, source: &Path, client: Option<&str>) -> Result<(), CliError> {
    let vendored = source.join("sdk");
    if vendored.canonicalize().is_ok_and(|folder| folder == *sdk) {
        return match client {
            None => Ok(()),
            Some(_) => Err(CliError::Module(format!(
                "{} holds its SDK itself, which has no client of the module's dependencies: name \
                 an SDK of another folder in dagger.json",
                source.display()
            ))),
        };
    }
    for name in CRATES {
        let from = sdk.join(name);
        if !from.join("Cargo.toml").is_file() {
            continue;
        }
        let made = match client.filter(|_| name == CRATES[0]) {
            None => Vec::new(),
            Some(client) => vec![
                ("src/client.rs", client.to_owned()),
                ("Cargo.toml", marked(&from.join("Cargo.toml"), source)?),
            ],
        };
        copy(&from, &vendored.join(name), &made)?;
    }
    Ok(())
}

/// The manifest with a feature that tells the crate from those of other modules:
/// in one target folder cargo takes crates for one that have the same path below
/// their workspaces, and features alike.
fn marked(manifest: &Path, source: &Path) -> Result<String, CliError> {
    let text = fs::read_to_string(manifest).map_err(failed("read", manifest))?;
    let mark = &digest([source.as_os_str().as_encoded_bytes()])[..12];
    let feature = format!("[features]\ndefault = [\"client-{mark}\"]\nclient-{mark} = []\n");
    match text.contains("[features]\n") {
        true => Ok(text.replacen("[features]\n", &feature, 1)),
        false => Ok(format!("{text}\n{feature}")),
    }
}

/// Copies a folder, but for the files that are made anew.
fn copy(from: &Path, to: &Path, made: &[(&str, String)]) -> Result<(), CliError> {
    for (path, text) in made {
        write(text.as_bytes(), &to.join(path))?;
    }
    let files = WalkDir::new(from)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| !LEFT_OUT.iter().any(|name| entry.file_name() == *name));
    for entry in files {
        let entry = entry.map_err(|error| failed("read", from)(error.into()))?;
        if !entry.file_type().is_file() {
            continue;
        }
        let Ok(relative) = entry.path().strip_prefix(from) else {
            continue;
        };
        if made.iter().any(|(path, _)| relative == Path::new(path)) {
            continue;
        }
        let content = fs::read(entry.path()).map_err(failed("read", entry.path()))?;
        write(&content, &to.join(relative))?;
    }
    Ok(())
}

/// Unchanged files keep their time, for which cargo looks.
fn write(content: &[u8], to: &Path) -> Result<(), CliError> {
    if fs::read(to).is_ok_and(|there| there == content) {
        return Ok(());
    }
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).map_err(failed("make", folder))?;
    }
    fs::write(to, content).map_err(failed("write", to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(path: &Path, text: &str) {
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    #[test]
    fn a_module_gets_the_crates_of_its_sdk() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("a path");
        for name in [
            "sdk/dagger-sdk/Cargo.toml",
            "sdk/dagger-sdk/src/lib.rs",
            "sdk/main.dang",
        ] {
            put(&root.join(name), name);
        }
        put(&root.join("sdk/dagger-sdk/target/debug/x"), "x");
        let (sdk, source) = (root.join("sdk"), root.join("hello"));
        crates(&sdk, &source, None).expect("copied");
        let vendored = root.join("hello/sdk");
        let library = vendored.join("dagger-sdk/src/lib.rs");
        assert_eq!(
            fs::read_to_string(&library).expect("a file"),
            "sdk/dagger-sdk/src/lib.rs"
        );
        assert!(!vendored.join("main.dang").exists());
        assert!(!vendored.join("dagger-sdk/target").exists());
        let modified = || {
            library
                .metadata()
                .expect("a file")
                .modified()
                .expect("a time")
        };
        let before = modified();
        crates(&sdk, &source, None).expect("copied");
        assert_eq!(modified(), before);
    }

    #[test]
    fn a_module_that_depends_on_others_has_a_client_of_its_own() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("a path");
        let sdk = root.join("sdk");
        put(&sdk.join("dagger-sdk/src/client.rs"), "the core's");
        let manifest = "[package]\n[features]\ntracing = []\n";
        put(&sdk.join("dagger-sdk/Cargo.toml"), manifest);
        let (one, other) = (root.join("one"), root.join("other"));
        let read = |module: &Path, file: &str| {
            let file = module.join("sdk/dagger-sdk").join(file);
            fs::read_to_string(file).expect("a file")
        };
        for module in [&one, &other] {
            crates(&sdk, module, Some("a client")).expect("copied");
            assert_eq!(read(module, "src/client.rs"), "a client");
            let manifest = read(module, "Cargo.toml");
            assert!(manifest.contains("default = [\"client-"), "{manifest}");
            assert!(manifest.ends_with("\ntracing = []\n"), "{manifest}");
        }
        // In one target folder neither is taken for the other.
        assert_ne!(read(&one, "Cargo.toml"), read(&other, "Cargo.toml"));
        // Without dependencies it is the SDK's own again.
        crates(&sdk, &one, None).expect("copied");
        assert_eq!(read(&one, "src/client.rs"), "the core's");
        assert_eq!(read(&one, "Cargo.toml"), manifest);
        let refused = crates(&sdk, &root, Some("a client")).expect_err("a refusal");
        assert!(
            refused.to_string().contains("holds its SDK itself"),
            "{refused}"
        );
    }
}
