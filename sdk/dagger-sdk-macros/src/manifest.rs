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

/// The manifest in a folder, if it names `root` as the place of the sources.
fn read(folder: &Path, root: &Path) -> Option<Manifest> {
    let path = folder.join("dagger.json");
    let text = std::fs::read_to_string(&path).ok()?;
    let source = text_of(&text, "source").unwrap_or_default();
    let sources = folder.join(source.trim_start_matches("./"));
    // With or without a slash at the end.
    if sources.components().ne(root.components()) {
        return None;
    }
    let name = text_of(&text, "name")?;
    Some(Manifest { path, name })
}

/// The type by which a module of that name is known.
pub fn of_type(name: &str) -> String {
    name.to_upper_camel_case()
}

/// The text under a key of an object in JSON, without those inside it. What has escapes is no name.
fn text_of(json: &str, key: &str) -> Option<String> {
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
        assert_eq!(text_of(json, "name").as_deref(), Some("my-module"));
        assert_eq!(text_of(json, "source"), None);
        assert_eq!(text_of(r#"{"sdk": {"name": "no"}}"#, "name"), None);
        assert_eq!(text_of("", "name"), None);
    }
}
