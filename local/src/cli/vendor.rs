//! The SDK's crates inside of a module that names them by path. An engine puts
//! them there when it loads the module; without one this does.

use std::fs;
use std::path::Path;

use walkdir::WalkDir;

use super::error::CliError;
use super::module::Module;

/// Copies the crates of the module's SDK to `sdk/` in its source, where they
/// differ. A module that holds its SDK itself is left alone.
///
/// # Errors
/// A file that cannot be read or written.
pub fn crates(module: &Module) -> Result<(), CliError> {
    let Some(sdk) = &module.sdk else {
        return Ok(());
    };
    let vendored = module.source.join("sdk");
    if vendored.canonicalize().is_ok_and(|folder| folder == *sdk) {
        return Ok(());
    }
    let Ok(entries) = fs::read_dir(sdk) else {
        return Ok(());
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let is_crate = name.to_string_lossy().starts_with("dagger-");
        if is_crate && entry.path().join("Cargo.toml").is_file() {
            copy(&entry.path(), &vendored.join(name))?;
        }
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<(), CliError> {
    let files = WalkDir::new(from)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.file_name() != "target");
    for entry in files {
        let entry = entry.map_err(|error| CliError::Host {
            operation: "read",
            path: from.to_path_buf(),
            source: error.into(),
        })?;
        if !entry.file_type().is_file() {
            continue;
        }
        let Ok(relative) = entry.path().strip_prefix(from) else {
            continue;
        };
        write(entry.path(), &to.join(relative))?;
    }
    Ok(())
}

/// Unchanged files keep their time, for which cargo looks.
fn write(from: &Path, to: &Path) -> Result<(), CliError> {
    let failed = |operation, path: &Path| {
        let path = path.to_path_buf();
        move |source| CliError::Host {
            operation,
            path,
            source,
        }
    };
    let content = fs::read(from).map_err(failed("read", from))?;
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
            "sdk/dagger-module/Cargo.toml",
            "sdk/dagger-module/src/lib.rs",
            "sdk/main.go",
        ] {
            put(&root.join(name), name);
        }
        put(&root.join("sdk/dagger-module/target/debug/x"), "x");
        put(&root.join("hello/Cargo.toml"), "");
        put(
            &root.join("hello/dagger.json"),
            r#"{"name": "hello", "sdk": {"source": "../sdk"}}"#,
        );
        let module = Module::find(Some(Path::new("hello")), &root).expect("a module");
        crates(&module).expect("copied");
        let vendored = root.join("hello/sdk");
        let library = vendored.join("dagger-module/src/lib.rs");
        assert_eq!(
            fs::read_to_string(&library).expect("a file"),
            "sdk/dagger-module/src/lib.rs"
        );
        assert!(!vendored.join("main.go").exists());
        assert!(!vendored.join("dagger-module/target").exists());
        let modified = || {
            library
                .metadata()
                .expect("a file")
                .modified()
                .expect("a time")
        };
        let before = modified();
        crates(&module).expect("copied");
        assert_eq!(modified(), before);
    }
}
