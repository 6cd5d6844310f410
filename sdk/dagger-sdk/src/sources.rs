//! The digest of what a program was built from. A published program carries that of its own
//! build; before a runtime takes it in place of a new one, it asks the program for the digest of
//! the sources at hand.

use hmac_sha256::Hash;
use serde_json::Value;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The argument by which a module's program is asked for a digest.
const ARGUMENT: &str = "sources";

/// Marks a folder that a tool made for itself, such as cargo's `target`
/// (<https://bford.info/cachedir/>).
const CACHE_TAG: &str = "CACHEDIR.TAG";

/// The module's own description.
const DESCRIPTION: &str = "dagger.json";

/// What there is under a path of the folder.
enum Entry {
    File,
    Link,
}

/// Answers a program's arguments, which it has in no call: `sources FOLDER MODULE` prints the digest
/// of a folder in which the module lies. Nothing where they are not these three.
pub(crate) fn answer(arguments: impl Iterator<Item = OsString>) -> Option<ExitCode> {
    let arguments: Vec<OsString> = arguments.take(4).collect();
    let [asked, folder, module] = arguments.as_slice() else {
        return None;
    };
    if asked != ARGUMENT {
        return None;
    }
    Some(match digest(Path::new(folder), Path::new(module)) {
        Ok(digest) => {
            println!("{digest}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    })
}

/// Returns the digest of all files below `folder`, of their paths and of the targets of links, as
/// `sha256:` and 64 hexadecimal digits. Times, owners, modes and empty folders do not count:
/// no checkout keeps them.
///
/// # Errors
/// A file or folder that can't be read, and a module whose dependencies are not pinned: of what
/// they are no file here tells.
fn digest(folder: &Path, module: &Path) -> io::Result<String> {
    let mut entries = Vec::new();
    collect(folder, Path::new(""), &mut entries)?;
    entries.sort_by(|(one, _), (other, _)| one.cmp(other));
    let description: PathBuf = module
        .join(DESCRIPTION)
        .components()
        .skip_while(is_here)
        .collect();
    let mut hash = Hash::new();
    for (path, entry) in entries {
        let place = folder.join(&path);
        let (kind, content) = match entry {
            Entry::File if path == description => (b'f', described(fs::read(place)?)?),
            Entry::File => (b'f', fs::read(place)?),
            Entry::Link => (
                b'l',
                fs::read_link(place)?.into_os_string().into_encoded_bytes(),
            ),
        };
        // With their lengths, so that no two lists of files are one stream of bytes.
        let path = path.into_os_string().into_encoded_bytes();
        for part in [&[kind], path.as_slice(), content.as_slice()] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
    }
    let digits = hash.finalize().map(|byte| format!("{byte:02x}"));
    Ok(format!("sha256:{}", digits.concat()))
}

/// An engine calls the root of a repository `.` or nothing.
fn is_here(part: &std::path::Component) -> bool {
    matches!(
        part,
        std::path::Component::CurDir | std::path::Component::RootDir
    )
}

fn collect(folder: &Path, below: &Path, entries: &mut Vec<(PathBuf, Entry)>) -> io::Result<()> {
    for entry in fs::read_dir(folder.join(below))? {
        let entry = entry?;
        let path = below.join(entry.file_name());
        let kind = entry.file_type()?;
        if kind.is_symlink() {
            entries.push((path, Entry::Link));
        } else if kind.is_file() {
            entries.push((path, Entry::File));
        } else if kind.is_dir() && !entry.path().join(CACHE_TAG).exists() {
            collect(folder, &path, entries)?;
        }
    }
    Ok(())
}

/// A description without the reference of the published program, which is written into it once
/// that program is built. What is no JSON counts as it is.
fn described(content: Vec<u8>) -> io::Result<Vec<u8>> {
    let Ok(mut description) = serde_json::from_slice::<Value>(&content) else {
        return Ok(content);
    };
    let dependencies = description.get("dependencies").and_then(Value::as_array);
    for dependency in dependencies.into_iter().flatten() {
        let pin = dependency.get("pin").and_then(Value::as_str);
        if pin.is_none_or(str::is_empty) {
            let source = dependency.get("source").unwrap_or(dependency);
            return Err(io::Error::other(format!(
                "{DESCRIPTION} names the dependency {source} without a pin, so nothing here tells of its edits"
            )));
        }
    }
    if let Some(Value::Object(sdk)) = description.get_mut("sdk")
        && let Some(Value::Object(config)) = sdk.get_mut("config")
    {
        config.remove("prebuilt");
        if config.is_empty() {
            sdk.remove("config");
        }
    }
    Ok(description.to_string().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Sources(tempfile::TempDir);

    impl Sources {
        fn new() -> Self {
            let sources = Self(tempfile::tempdir().expect("a folder"));
            sources.put("Cargo.toml", "[package]");
            sources.put("src/main.rs", "fn main() {}");
            sources.put(
                DESCRIPTION,
                r#"{"name": "hello", "sdk": {"source": "sdk"}}"#,
            );
            sources
        }

        fn put(&self, path: &str, text: &str) {
            let path = self.0.path().join(path);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            fs::write(path, text).expect("a file");
        }

        fn digest(&self) -> String {
            digest(self.0.path(), Path::new(".")).expect("a digest")
        }
    }

    #[test]
    fn the_digest_is_the_same_wherever_the_files_lie() {
        let digest = Sources::new().digest();
        assert_eq!(digest, Sources::new().digest());
        assert!(
            digest.starts_with("sha256:") && digest.len() == 71,
            "{digest}"
        );
    }

    #[test]
    fn every_edit_shows() {
        let edits: [fn(&Sources); 6] = [
            |sources| sources.put("src/main.rs", "fn main() { }"),
            |sources| sources.put("build.rs", ""),
            |sources| fs::remove_file(sources.0.path().join("Cargo.toml")).expect("gone"),
            |sources| {
                let root = sources.0.path();
                fs::rename(root.join("src/main.rs"), root.join("src/lib.rs")).expect("moved");
            },
            |sources| {
                std::os::unix::fs::symlink("main.rs", sources.0.path().join("src/x.rs"))
                    .expect("a link")
            },
            |sources| {
                sources.put(
                    DESCRIPTION,
                    r#"{"name": "hello", "sdk": {"source": "../sdk"}}"#,
                )
            },
        ];
        let before = Sources::new().digest();
        for (number, edit) in edits.into_iter().enumerate() {
            let sources = Sources::new();
            edit(&sources);
            assert_ne!(sources.digest(), before, "edit {number}");
        }
    }

    #[test]
    fn text_that_moves_from_one_file_into_the_next_shows() {
        let (one, other) = (Sources::new(), Sources::new());
        one.put("src/a.rs", "1");
        one.put("src/b.rs", "2");
        other.put("src/a.rs", "12");
        other.put("src/b.rs", "");
        assert_ne!(one.digest(), other.digest());
    }

    #[test]
    fn the_reference_that_is_written_after_the_build_does_not_count() {
        let sources = Sources::new();
        let before = sources.digest();
        sources.put(
            DESCRIPTION,
            r#"{
                "name": "hello",
                "sdk": {"source": "sdk", "config": {"prebuilt": "registry.example.org/hello@sha256:0"}}
            }"#,
        );
        assert_eq!(sources.digest(), before);
        sources.put(
            DESCRIPTION,
            r#"{"name": "hello", "sdk": {"source": "sdk", "config": {"image": "rust:1", "prebuilt": "x"}}}"#,
        );
        assert_ne!(
            sources.digest(),
            before,
            "another toolchain is another build"
        );
    }

    #[test]
    fn what_cargo_keeps_beside_the_sources_does_not_count() {
        let sources = Sources::new();
        let before = sources.digest();
        sources.put(
            "target/CACHEDIR.TAG",
            "Signature: 8a477f597d28d172789f06886806bc55",
        );
        sources.put("target/debug/hello", "a program");
        assert_eq!(sources.digest(), before);
        sources.put("src/target/mod.rs", "");
        assert_ne!(
            sources.digest(),
            before,
            "a folder of that name can hold sources"
        );
    }
    #[test]
    fn only_the_modules_own_description_is_read() {
        let sources = Sources::new();
        let with = |reference: &str| {
            let config = format!(r#"{{"sdk": {{"config": {{"prebuilt": "{reference}"}}}}}}"#);
            sources.put("nested/module/dagger.json", &config);
            let digest = |module: &str| digest(sources.0.path(), Path::new(module)).expect(module);
            (
                digest("nested/module"),
                digest("./nested/module"),
                digest(""),
            )
        };
        let (one, other) = (with("one"), with("other"));
        assert_eq!(one.0, other.0);
        assert_eq!(one.0, one.1);
        assert_ne!(one.2, other.2, "to another module it is a file like others");
    }

    #[test]
    fn a_dependency_without_a_pin_has_no_digest() {
        let sources = Sources::new();
        let with = |dependency: &str| {
            sources.put(
                DESCRIPTION,
                &format!(r#"{{"dependencies": [{dependency}]}}"#),
            );
            digest(sources.0.path(), Path::new(""))
        };
        let error = with(r#"{"name": "dep", "source": "../dep"}"#)
            .unwrap_err()
            .to_string();
        assert!(error.contains(r#""../dep" without a pin"#), "{error}");
        assert!(with(r#"{"source": "../dep", "pin": ""}"#).is_err());
        let pinned = with(r#"{"source": "example.org/dep@v1", "pin": "0123"}"#).expect("a digest");
        let other = with(r#"{"source": "example.org/dep@v1", "pin": "4567"}"#).expect("a digest");
        assert_ne!(pinned, other);
    }
}
