//! The file in which a module has its name.

use heck::ToUpperCamelCase;
use std::path::{Path, PathBuf};

pub struct Manifest {
    pub path: PathBuf,
    /// The module's name, as its author gave it.
    pub name: String,
}

/// The manifest of the module that this crate is; nothing, where the crate is no module by itself, as
/// the programs of tests are.
pub fn found() -> Option<Manifest> {
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR")?);
    root.ancestors().find_map(|folder| read(folder, &root))
}

/// How a text is found under a key.
type Find = fn(&str, &str) -> Option<String>;

/// The files, and how they are read; engines from v1.0 on have the second one for new modules.
const FILES: [(&str, Find); 2] = [("dagger.json", of_json), ("dagger-module.toml", of_toml)];

/// The manifest in a folder, if it names `root` as the place of the sources.
fn read(folder: &Path, root: &Path) -> Option<Manifest> {
    let (path, text, find) = FILES.iter().find_map(|(file, find)| {
        let path = folder.join(file);
        let text = std::fs::read_to_string(&path).ok()?;
        Some((path, text, find))
    })?;
    let source = find(&text, "source").unwrap_or_default();
    let sources = folder.join(source.trim_start_matches("./"));
    // With or without a slash at the end.
    if sources.components().ne(root.components()) {
        return None;
    }
    let name = find(&text, "name")?;
    Some(Manifest { path, name })
}

/// The type by which a module of that name is known.
pub fn of_type(name: &str) -> String {
    name.to_upper_camel_case()
}

/// The text under a key of an object in JSON, without those inside it. What has escapes is no name.
fn of_json(json: &str, key: &str) -> Option<String> {
    let mut depth = 0_u32;
    let mut last = "";
    let mut rest = json;
    let mut is_value = false;
    while let Some(start) = rest.find(['{', '}', '[', ']', '"', ':', ',']) {
        let (mark, after) = rest[start..].split_at(1);
        rest = after;
        match mark {
            "{" | "[" => depth += 1,
            "}" | "]" => depth = depth.checked_sub(1)?,
            ":" => is_value = true,
            "," => is_value = false,
            _ => {
                let end = end_of_text(rest)?;
                let text = &rest[..end];
                rest = &rest[end + 1..];
                if depth == 1 && is_value && last == key {
                    return Some(text.to_owned());
                }
                if !is_value {
                    last = text;
                }
            }
        }
    }
    None
}

/// The text under a key of a document in TOML, above its tables.
fn of_toml(toml: &str, key: &str) -> Option<String> {
    let lines = toml.lines().map(str::trim);
    let mut lines = lines.take_while(|line| !line.starts_with('['));
    lines.find_map(|line| {
        let (found, value) = line.split_once('=')?;
        let quoted = value.trim().strip_prefix(['"', '\''])?;
        let end = quoted.find(['"', '\''])?;
        (found.trim() == key).then(|| quoted[..end].to_owned())
    })
}

fn end_of_text(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.find(|letter| {
        let ends = letter == '"' && !escaped;
        escaped = letter == '\\' && !escaped;
        ends
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_at_its_own_depth() {
        let json = r#"{"sdk": {"name": "no", "source": "./sdk"}, "include": ["name", "a \" b"],
            "description": "name: \"x\"", "name" : "my-module"}"#;
        assert_eq!(of_json(json, "name").as_deref(), Some("my-module"));
        assert_eq!(of_json(json, "source"), None);
        assert_eq!(of_json(r#"{"sdk": {"name": "no"}}"#, "name"), None);
        assert_eq!(of_json("", "name"), None);
    }
    #[test]
    fn a_text_is_found_above_the_tables() {
        let toml = "# name = \"no\"\nsource = '.dagger'\n name=\"my-module\" # the name\n\n[sdk]\nname = \"no\"\n";
        assert_eq!(of_toml(toml, "name").as_deref(), Some("my-module"));
        assert_eq!(of_toml(toml, "source").as_deref(), Some(".dagger"));
        assert_eq!(of_toml("[sdk]\nsource = \"sdk\"\n", "source"), None);
    }
}
