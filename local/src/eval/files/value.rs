//! Directories and files as values, the paths within them, and what is taken of them.

use std::path::PathBuf;

use crate::node::Node;
use crate::tree::Filter;

/// A directory: a folder of the state, never changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tree {
    pub path: PathBuf,
    /// The digest of the contents.
    pub digest: String,
}

/// A file: alone in a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileValue {
    pub tree: Tree,
    pub name: String,
}

impl FileValue {
    /// Where the file lies.
    pub fn path(&self) -> PathBuf {
        self.tree.path.join(&self.name)
    }
}

/// A path without `.`, `..` and double slashes, seen from `start`.
pub fn absolute(start: &str, path: &str) -> String {
    let whole = match path.starts_with('/') {
        true => path.to_owned(),
        false => format!("{start}/{path}"),
    };
    let mut parts = Vec::new();
    for part in whole.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    format!("/{}", parts.join("/"))
}

/// The filter that a node's arguments describe.
pub fn filter_of(node: &Node) -> Filter {
    Filter {
        include: node.texts("include"),
        exclude: node.texts("exclude"),
        gitignore: node.is_set("gitignore"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_made_absolute_and_stay_in_the_root() {
        for (start, path, expected) in [
            ("/work", "a/./b", "/work/a/b"),
            ("/work", "/a//b/", "/a/b"),
            ("/work", "../../../etc", "/etc"),
            ("/", ".", "/"),
        ] {
            assert_eq!(absolute(start, path), expected);
        }
    }
}
