//! The first files of a new module: the template under the module's name.

use std::fs;
use std::io;
use std::path::Path;

/// What the template is called itself, as a crate and as a type.
const CRATE: &str = "hello";
const TYPE: &str = "Hello";

/// Names that Cargo gives to folders of its own, and refuses for a program; and those of the crates beside it.
const TAKEN: [&str; 6] = [
    "build",
    "dagger-sdk",
    "dagger-sdk-macros",
    "deps",
    "examples",
    "incremental",
];

/// The files in which the template's name is the module's.
const NAMED: [&str; 2] = ["Cargo.toml", "src/main.rs"];

/// Why no module can be made.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// Cargo would refuse the crate.
    #[error(
        "the module's name `{0}` is no name of a crate: it needs a letter first, then letters, digits, `-`, `_`, `.` or spaces, all ASCII"
    )]
    Name(String),
    /// A file of the template can't be read, or one of the module not written.
    #[error("{operation} {path}: {source}")]
    File {
        /// What was tried.
        operation: &'static str,
        /// The file or folder.
        path: String,
        /// The system's reason.
        source: io::Error,
    },
}

/// Copies the template in `from` to `to` for a module called `name`.
///
/// # Errors
/// A name that no crate can have, and files that can't be read or written.
pub fn write(name: &str, from: &Path, to: &Path) -> Result<(), TemplateError> {
    let names = Names::of(name)?;
    copy(&names, from, to, Path::new(""))
}

fn copy(names: &Names, from: &Path, to: &Path, below: &Path) -> Result<(), TemplateError> {
    let folder = from.join(below);
    let made = to.join(below);
    fs::create_dir_all(&made).map_err(|source| failed("make", &made, source))?;
    let entries = fs::read_dir(&folder).map_err(|source| failed("read", &folder, source))?;
    for entry in entries {
        let entry = entry.map_err(|source| failed("read", &folder, source))?;
        let path = below.join(entry.file_name());
        if entry.path().is_dir() {
            copy(names, from, to, &path)?;
            continue;
        }
        let there = entry.path();
        let text = fs::read_to_string(&there).map_err(|source| failed("read", &there, source))?;
        let text = if NAMED.iter().any(|named| path == Path::new(named)) {
            text.replace(TYPE, &names.object)
                .replace(CRATE, &names.package)
        } else {
            text
        };
        let file = to.join(&path);
        fs::write(&file, text).map_err(|source| failed("write", &file, source))?;
    }
    Ok(())
}

fn failed(operation: &'static str, path: &Path, source: io::Error) -> TemplateError {
    let path = path.display().to_string();
    TemplateError::File {
        operation,
        path,
        source,
    }
}

/// A module's name, as a crate has it and as the main object has it, by which the engine finds it.
struct Names {
    package: String,
    object: String,
}

impl Names {
    fn of(name: &str) -> Result<Self, TemplateError> {
        let words: Vec<&str> = name
            .split(['-', '_', '.', ' '])
            .filter(|word| !word.is_empty())
            .collect();
        let starts = words
            .first()
            .is_some_and(|word| word.starts_with(|first: char| first.is_ascii_alphabetic()));
        let known = |word: &&str| word.chars().all(|letter| letter.is_ascii_alphanumeric());
        if !starts || !words.iter().all(known) {
            return Err(TemplateError::Name(name.to_owned()));
        }
        let object = words.iter().map(|word| {
            let (first, rest) = word.split_at(1);
            first.to_ascii_uppercase() + rest
        });
        let mut package = words.join("-").to_ascii_lowercase();
        if TAKEN.contains(&&*package) {
            package += "-module";
        }
        Ok(Self {
            object: object.collect(),
            package,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(name: &str) -> Option<(String, String)> {
        Names::of(name)
            .ok()
            .map(|names| (names.package, names.object))
    }

    #[test]
    fn a_modules_name_is_a_crates_and_a_types() {
        for (name, package, object) in [
            ("hello", "hello", "Hello"),
            ("first-steps", "first-steps", "FirstSteps"),
            ("My_module.v2", "my-module-v2", "MyModuleV2"),
            ("two words", "two-words", "TwoWords"),
            ("myModule", "mymodule", "MyModule"),
            ("build", "build-module", "Build"),
            ("dagger_sdk", "dagger-sdk-module", "DaggerSdk"),
        ] {
            assert_eq!(
                names(name),
                Some((package.to_owned(), object.to_owned())),
                "{name}"
            );
        }
    }

    #[test]
    fn the_first_module_is_the_template_under_another_name() {
        let template = Path::new(env!("CARGO_MANIFEST_DIR")).join("../template");
        let made = std::env::temp_dir().join(format!("dagger-sdk-template-{}", std::process::id()));
        write("first_steps", &template, &made).expect("a module");
        let read = |path: &str| fs::read_to_string(made.join(path)).expect(path);
        let (manifest, source) = (read("Cargo.toml"), read("src/main.rs"));
        let ignored = read(".gitignore");
        fs::remove_dir_all(&made).expect("removed");
        assert!(manifest.contains("name = \"first-steps\""), "{manifest}");
        assert!(source.contains("pub struct FirstSteps {}"), "{source}");
        assert!(source.contains("main!(FirstSteps)"), "{source}");
        let unnamed = fs::read_to_string(template.join(".gitignore")).expect("a file");
        assert_eq!(ignored, unnamed);
    }

    #[test]
    fn what_cargo_would_refuse_is_refused_by_name() {
        for name in ["", "--", "1st", "a/b", "größe", "x\"y", "$(id)"] {
            let error = Names::of(name).err().expect(name).to_string();
            assert!(error.contains(&format!("`{name}`")), "{error}");
        }
    }
}
