//! Folders, patterns and paths made up by proptest. Few names, so that they meet.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use dagger_local::tree::Filter;
use proptest::prelude::*;

use super::set_mode;

/// Where the links of a made-up folder that lead out of it lead to, below the folder's parent.
pub const OUTSIDE: &str = "outside";

/// What a folder holds, by name.
pub type Tree = BTreeMap<String, Node>;

/// An entry of a made-up folder.
#[derive(Debug, Clone)]
pub enum Node {
    File { contents: u8, mode: u32 },
    Link(&'static str),
    Directory { mode: u32, tree: Tree },
}

/// Folders as the session has them, with directories that only root can write into.
pub fn trees() -> impl Strategy<Value = Tree> {
    trees_with(vec![0o755, 0o700, 0o555])
}

/// Folders whose directories their owner can write into, as those on the host.
pub fn host_trees() -> impl Strategy<Value = Tree> {
    trees_with(vec![0o755, 0o700])
}

fn trees_with(directory_modes: Vec<u32>) -> impl Strategy<Value = Tree> {
    let file = (0..3u8, prop::sample::select(vec![0o644, 0o755, 0o600]))
        .prop_map(|(contents, mode)| Node::File { contents, mode });
    let link = prop::sample::select(vec![
        "a",
        "../b",
        ".",
        "..",
        "/",
        "/a/b",
        "../outside",
        "../../outside/a",
        "OUTSIDE",
        "OUTSIDE/a",
    ])
    .prop_map(Node::Link);
    let node = prop_oneof![3 => file, 1 => link].prop_recursive(3, 24, 4, move |node| {
        (
            prop::sample::select(directory_modes.clone()),
            prop::collection::btree_map(names(), node, 0..4),
        )
            .prop_map(|(mode, tree)| Node::Directory { mode, tree })
    });
    prop::collection::btree_map(names(), node, 0..5)
}

fn names() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["a", "b", "ab", ".x", "a.b"]).prop_map(String::from)
}

/// A pattern of Docker's language, from parts that meet the names.
pub fn patterns() -> impl Strategy<Value = String> {
    let parts = vec![
        "a", "b", "*", "**", "?", "/", "/", "[ab]", "[^a]", ".x", ".", "**/",
    ];
    (
        prop::sample::select(vec!["", "", "!", "/", "!/"]),
        prop::collection::vec(prop::sample::select(parts), 1..6),
    )
        .prop_map(|(start, parts)| format!("{start}{}", parts.concat()))
}

pub fn filters() -> impl Strategy<Value = Filter> {
    (
        prop::collection::vec(patterns(), 0..3),
        prop::collection::vec(patterns(), 0..4),
    )
        .prop_map(|(include, exclude)| Filter {
            include,
            exclude,
            gitignore: false,
        })
}

/// A path with links and `..` in it.
pub fn paths() -> impl Strategy<Value = String> {
    let parts = vec!["a", "b", "ab", "..", ".", "/", "none"];
    prop::collection::vec(prop::sample::select(parts), 0..6).prop_map(|parts| parts.join("/"))
}

/// Writes `tree` into the directory `root`, which exists.
pub fn write(tree: &Tree, root: &Path) {
    write_below(tree, root, &root.parent().unwrap().join(OUTSIDE));
}

fn write_below(tree: &Tree, root: &Path, outside: &Path) {
    for (name, node) in tree {
        let path = root.join(name);
        match node {
            Node::File { contents, mode } => {
                fs::write(&path, [*contents]).unwrap();
                set_mode(&path, *mode);
            }
            Node::Link(leads_to) => {
                let leads_to = leads_to.replace("OUTSIDE", outside.to_str().unwrap());
                symlink(leads_to, path).unwrap();
            }
            Node::Directory { mode, tree } => {
                fs::create_dir(&path).unwrap();
                write_below(tree, &path, outside);
                set_mode(&path, *mode);
            }
        }
    }
}

/// Some folders side by side, which can be removed whatever modes they got.
pub struct Place(tempfile::TempDir);

impl Place {
    pub fn new() -> Place {
        Place(tempfile::tempdir().unwrap())
    }

    /// A new directory with what `tree` tells.
    pub fn folder(&self, name: &str, tree: &Tree) -> std::path::PathBuf {
        let path = self.0.path().join(name);
        fs::create_dir(&path).unwrap();
        write(tree, &path);
        path
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        open(self.0.path());
    }
}

fn open(directory: &Path) {
    let _ = fs::set_permissions(
        directory,
        std::os::unix::fs::PermissionsExt::from_mode(0o700),
    );
    for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            open(&entry.path());
        }
    }
}
