//! Rules that hold for every folder.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use dagger_local::tree::{
    Changes, Filter, TreeError, apply, changes, copy, difference, digest, export, glob, resolve,
};
use proptest::prelude::*;
use proptest::test_runner::Config;

use super::generated::{OUTSIDE, Place, Tree, filters, host_trees, paths, patterns, trees};
use super::{listing, oracle};

fn config() -> Config {
    Config {
        // Enough to meet every pair of kinds, in about a second a rule.
        cases: 128,
        failure_persistence: None,
        ..Config::default()
    }
}

fn all(path: &Path) -> String {
    digest(path, &Filter::default()).unwrap()
}

/// Everything that is removed, with what lies within.
fn removed(changes: &Changes) -> BTreeSet<String> {
    [&changes.removed, &changes.removed_within]
        .into_iter()
        .flatten()
        .cloned()
        .collect()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_copy_has_the_digest_of_what_was_selected(tree in trees(), filter in filters()) {
        let place = Place::new();
        let source = place.folder("source", &tree);
        let target = place.folder("target", &Tree::new());
        copy(&source, &target, &filter).unwrap();
        prop_assert_eq!(all(&target), digest(&source, &filter).unwrap());
        copy(&source, &target, &filter).unwrap();
        prop_assert_eq!(all(&target), digest(&source, &filter).unwrap());
        prop_assert_eq!(all(&target), digest(&target, &filter).unwrap());
    }

    #[test]
    fn a_filter_selects_the_files_that_docker_selects(tree in trees(), filter in filters()) {
        let place = Place::new();
        let source = place.folder("source", &tree);
        let target = place.folder("target", &Tree::new());
        copy(&source, &target, &filter).unwrap();
        let files = |root: &Path| -> Vec<String> {
            listing(root).into_iter().filter(|name| !name.ends_with('/')).collect()
        };
        let expected: Vec<String> = files(&source)
            .into_iter()
            .filter(|name| oracle::selects(&filter, Path::new(name)))
            .collect();
        prop_assert_eq!(files(&target), expected);
    }

    #[test]
    fn an_allowlist_takes_its_files_and_the_directories_on_the_way(tree in trees()) {
        let place = Place::new();
        let source = place.folder("source", &tree);
        let target = place.folder("target", &Tree::new());
        let filter = Filter {
            exclude: vec!["**".into(), "!a/".into(), "!b/a/".into()],
            ..Filter::default()
        };
        copy(&source, &target, &filter).unwrap();
        let everything = listing(&source);
        let allowed = |name: &str| ["a", "b/a"].iter().any(|allowed| {
            name == *allowed || name.starts_with(&format!("{allowed}/"))
        });
        let expected: Vec<String> = everything
            .iter()
            .filter(|name| {
                allowed(name)
                    || *name == "b/" && everything.iter().any(|below| {
                        below.starts_with("b/") && allowed(below)
                    })
            })
            .cloned()
            .collect();
        prop_assert_eq!(listing(&target), expected);
    }

    #[test]
    fn a_glob_gives_the_paths_that_docker_matches(tree in trees(), pattern in patterns()) {
        let pattern = pattern.trim_start_matches('!');
        let place = Place::new();
        let source = place.folder("source", &tree);
        let expected: Vec<String> = listing(&source)
            .into_iter()
            .filter(|name| oracle::matches(pattern, name.trim_end_matches('/')))
            .collect();
        prop_assert_eq!(glob(&source, pattern).unwrap(), expected);
    }

    #[test]
    fn a_difference_over_before_is_after_but_for_what_is_gone(
        before in trees(),
        after in trees(),
    ) {
        let place = Place::new();
        let before = place.folder("before", &before);
        let after = place.folder("after", &after);
        let delta = place.folder("delta", &Tree::new());
        let merged = place.folder("merged", &Tree::new());
        difference(&before, &after, &delta).unwrap();
        copy(&before, &merged, &Filter::default()).unwrap();
        copy(&delta, &merged, &Filter::default()).unwrap();
        let left = changes(&merged, &after).unwrap();
        prop_assert_eq!(&left.added, &Vec::<String>::new());
        prop_assert_eq!(&left.modified, &Vec::<String>::new());
        let gone = removed(&changes(&before, &after).unwrap());
        prop_assert!(removed(&left).is_subset(&gone), "{:?} against {:?}", left, gone);
    }

    #[test]
    fn a_difference_with_itself_is_empty(tree in trees()) {
        let place = Place::new();
        let source = place.folder("source", &tree);
        let delta = place.folder("delta", &Tree::new());
        difference(&source, &source, &delta).unwrap();
        prop_assert_eq!(listing(&delta), Vec::<String>::new());
        prop_assert!(changes(&source, &source).unwrap().is_empty());
    }

    #[test]
    fn changes_applied_to_a_copy_of_before_give_after(before in host_trees(), after in host_trees()) {
        let place = Place::new();
        let before = place.folder("before", &before);
        let after = place.folder("after", &after);
        let host = place.folder("host", &Tree::new());
        copy(&before, &host, &Filter::default()).unwrap();
        let changes = changes(&before, &after).unwrap();
        prop_assert_eq!(changes.is_empty(), all(&before) == all(&after));
        apply(&changes, &after, &host).unwrap();
        prop_assert_eq!(all(&host), all(&after));
    }

    #[test]
    fn no_link_leads_out_of_the_target_of_an_export(
        source in host_trees(),
        host in host_trees(),
        outside in host_trees(),
        wipe in any::<bool>(),
    ) {
        let place = Place::new();
        let source = place.folder("source", &source);
        let outside = place.folder(OUTSIDE, &outside);
        let host = place.folder("host", &host);
        let before = all(&outside);
        let result = export(&source, &host, wipe);
        prop_assert_eq!(all(&outside), before);
        match result {
            Ok(()) if wipe => prop_assert_eq!(all(&host), all(&source)),
            Ok(()) => {
                let left = changes(&host, &source).unwrap();
                prop_assert!(left.added.is_empty() && left.modified.is_empty(), "{:?}", left);
            }
            Err(error) => prop_assert!(
                !wipe && matches!(error, TreeError::DirectoryInTheWay { .. }),
                "{}",
                error
            ),
        }
    }

    #[test]
    fn no_link_leads_out_of_the_target_of_changes(
        before in host_trees(),
        after in host_trees(),
        host in host_trees(),
        outside in host_trees(),
    ) {
        let place = Place::new();
        let before = place.folder("before", &before);
        let after = place.folder("after", &after);
        let outside = place.folder(OUTSIDE, &outside);
        let host = place.folder("host", &host);
        let untouched = all(&outside);
        let result = apply(&changes(&before, &after).unwrap(), &after, &host);
        prop_assert_eq!(all(&outside), untouched);
        if let Err(error) = result {
            let expected = matches!(error, TreeError::DirectoryInTheWay { .. });
            prop_assert!(expected, "{}", error);
        }
    }

    #[test]
    fn a_resolved_path_stays_inside_and_holds_no_link(tree in trees(), path in paths()) {
        let place = Place::new();
        let root = place.folder("root", &tree);
        match resolve(&root, &path) {
            Ok(resolved) => {
                let inner = resolved.strip_prefix(&root).unwrap();
                let mut here = root.clone();
                for part in inner.components() {
                    prop_assert!(matches!(part, std::path::Component::Normal(_)));
                    here.push(part);
                    prop_assert!(!here.is_symlink(), "{}", here.display());
                }
                if resolved.exists() {
                    prop_assert_eq!(
                        fs::canonicalize(&resolved).unwrap(),
                        fs::canonicalize(&root).unwrap().join(inner)
                    );
                }
            }
            Err(error) => {
                let expected = matches!(error, TreeError::TooManyLinks { .. });
                prop_assert!(expected, "{}", error);
            }
        }
    }
}
