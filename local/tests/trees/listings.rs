//! Listing entries and finding one.

use dagger_local::tree::{TreeError, entries, glob, resolve};

use super::folder;

#[test]
fn entries_are_sorted_and_directories_end_in_a_slash() {
    let root = folder(&["b", "a/x", "l -> a", ".hidden"]);
    assert_eq!(
        entries(root.path(), ".").unwrap(),
        [".hidden", "a/", "b", "l"]
    );
    assert_eq!(entries(root.path(), "l").unwrap(), ["x"]);
    let error = entries(root.path(), "none").unwrap_err().to_string();
    assert!(error.contains("none"), "{error}");
}

#[test]
fn a_glob_matches_paths_but_not_what_lies_below() {
    let root = folder(&["a/b.rs", "a/c/d.rs", "e.rs"]);
    assert_eq!(glob(root.path(), "*.rs").unwrap(), ["e.rs"]);
    assert_eq!(
        glob(root.path(), "**/*.rs").unwrap(),
        ["a/b.rs", "a/c/d.rs", "e.rs"]
    );
    assert_eq!(glob(root.path(), "a").unwrap(), ["a/"]);
    assert_eq!(glob(root.path(), "a/*").unwrap(), ["a/b.rs", "a/c/"]);
}

#[test]
fn a_path_is_resolved_as_if_the_folder_were_the_root() {
    let root = folder(&[
        "usr/lib/x",
        "lib -> usr/lib",
        "abs -> /usr",
        "up -> ../../../usr",
        "chain -> abs/lib",
    ]);
    let at = |path: &str| {
        let resolved = resolve(root.path(), path).unwrap();
        resolved
            .strip_prefix(root.path())
            .unwrap()
            .to_str()
            .unwrap()
            .to_string()
    };
    assert_eq!(at("lib/x"), "usr/lib/x");
    assert_eq!(at("/abs/lib/x"), "usr/lib/x");
    assert_eq!(at("up/lib"), "usr/lib");
    assert_eq!(at("chain/x"), "usr/lib/x");
    assert_eq!(at("chain/.."), "usr");
    assert_eq!(at("../../etc/passwd"), "etc/passwd");
    assert_eq!(at("not/there/yet"), "not/there/yet");
    assert_eq!(at("/"), "");
}

#[test]
fn links_in_a_circle_are_refused() {
    let root = folder(&["a -> b", "b -> a"]);
    let error = resolve(root.path(), "a").unwrap_err();
    assert!(matches!(error, TreeError::TooManyLinks { .. }));
}
