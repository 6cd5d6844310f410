//! What a filter selects.

use std::fs;

use dagger_local::tree::{Filter, digest};

use super::{copied, excluding, folder, including};

#[test]
fn an_allowlist_takes_its_files_and_the_directories_on_the_way() {
    let source = folder(&[
        "src/main.rs",
        "src/deep/x",
        "src/empty/",
        "lib/y",
        "target/z",
    ]);
    assert_eq!(
        copied(source.path(), &excluding(&["**", "!src/"])),
        [
            "src/",
            "src/deep/",
            "src/deep/x",
            "src/empty/",
            "src/main.rs"
        ]
    );
    let source = folder(&["a/b/c.org", "a/b/c.txt", "a/d/", "e.org"]);
    assert_eq!(
        copied(source.path(), &excluding(&["**", "!a/*/*.org"])),
        ["a/", "a/b/", "a/b/c.org"]
    );
}

#[test]
fn the_last_pattern_that_matches_wins() {
    let source = folder(&["a/x", "a/y", "b"]);
    assert_eq!(
        copied(source.path(), &excluding(&["a", "!a/x"])),
        ["a/", "a/x", "b"]
    );
    assert_eq!(copied(source.path(), &excluding(&["!a/x", "a"])), ["b"]);
    assert_eq!(
        copied(source.path(), &excluding(&["**", "!a", "a/y"])),
        ["a/", "a/x"]
    );
}

#[test]
fn a_pattern_of_a_directory_matches_all_below_it_with_or_without_slashes() {
    let source = folder(&["a/b/c", "d"]);
    for pattern in ["a", "a/", "/a", "/a/", "./a", "a/**", "x/../a"] {
        let left = copied(source.path(), &excluding(&[pattern]));
        assert!(!left.contains(&"a/b/c".to_string()), "{pattern}: {left:?}");
        assert!(left.contains(&"d".to_string()), "{pattern}: {left:?}");
    }
}

#[test]
fn an_exception_deep_in_an_excluded_directory_is_found() {
    let source = folder(&["a/b/c/keep", "a/b/c/drop", "a/b/other/drop"]);
    for exception in [
        "!a/b/c/keep",
        "!**/keep",
        "!a/**/keep",
        "!a/*/c/keep",
        "!**keep",
    ] {
        assert_eq!(
            copied(source.path(), &excluding(&["a", exception])),
            ["a/", "a/b/", "a/b/c/", "a/b/c/keep"],
            "{exception}"
        );
    }
}

#[test]
fn include_takes_only_what_it_matches_and_exclude_wins_over_it() {
    let source = folder(&["a/x.org", "a/x.txt", "b/", "c.org", "d/e/f"]);
    assert_eq!(copied(source.path(), &including(&["*.org"])), ["c.org"]);
    assert_eq!(
        copied(source.path(), &including(&["**/*.org", "d"])),
        ["a/", "a/x.org", "c.org", "d/", "d/e/", "d/e/f"]
    );
    let both = Filter {
        exclude: vec!["a".into()],
        ..including(&["**/*.org"])
    };
    assert_eq!(copied(source.path(), &both), ["c.org"]);
}

#[test]
fn including_what_is_not_there_copies_nothing() {
    let source = folder(&["usr/bin/docker"]);
    let none = including(&["usr/local/libexec/docker/cli-plugins"]);
    assert!(copied(source.path(), &none).is_empty());
}

#[test]
fn gitignore_files_exclude_what_git_ignores() {
    let source = folder(&["target/x", "a/x.log", "a/keep.log", "a/b/y.log", "z.rs"]);
    fs::write(source.path().join(".gitignore"), "/target\n*.log\n").unwrap();
    fs::write(source.path().join("a/.gitignore"), "!keep.log\n").unwrap();
    let filter = Filter {
        gitignore: true,
        ..Filter::default()
    };
    assert_eq!(
        copied(source.path(), &filter),
        [
            ".gitignore",
            "a/",
            "a/.gitignore",
            "a/b/",
            "a/keep.log",
            "z.rs"
        ]
    );
    assert!(copied(source.path(), &Filter::default()).contains(&"target/x".to_string()));
}

#[test]
fn an_invalid_pattern_is_refused_by_name() {
    let source = folder(&["a"]);
    let error = digest(source.path(), &excluding(&["src/["])).unwrap_err();
    assert!(error.to_string().contains("\"src/[\""), "{error}");
}

#[test]
fn gitignore_files_are_honoured_below_a_relative_root() {
    let here = std::env::current_dir().unwrap();
    let source = tempfile::tempdir_in(&here).unwrap();
    super::fill(source.path(), &["target/x", "y"]);
    fs::write(source.path().join(".gitignore"), "/target\n").unwrap();
    let relative = source.path().strip_prefix(&here).unwrap();
    let filter = Filter {
        gitignore: true,
        ..Filter::default()
    };
    assert_eq!(copied(relative, &filter), [".gitignore", "y"]);
    assert_eq!(
        copied(&std::path::Path::new(".").join(relative), &filter),
        [".gitignore", "y"]
    );
}
