//! The rules of the work on folders, one test each.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;

use dagger_local::tree::{
    Filter, TreeError, apply, changes, copy, difference, digest, entries, export, export_file,
    glob, resolve,
};
use tempfile::TempDir;

/// A folder with these files; a path that ends in `/` is an empty directory, `a -> b` a link.
fn folder(paths: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path(), paths);
    folder
}

fn fill(root: &Path, paths: &[&str]) {
    for path in paths {
        let (name, leads_to) = path.split_once(" -> ").unwrap_or((path, ""));
        let destination = root.join(name);
        fs::create_dir_all(destination.parent().unwrap()).unwrap();
        if !leads_to.is_empty() {
            symlink(leads_to, destination).unwrap();
        } else if name.ends_with('/') {
            fs::create_dir_all(destination).unwrap();
        } else {
            fs::write(destination, name).unwrap();
        }
    }
}

fn listing(root: &Path) -> Vec<String> {
    glob(root, "**").unwrap()
}

fn excluding(patterns: &[&str]) -> Filter {
    Filter {
        exclude: patterns.iter().map(|pattern| pattern.to_string()).collect(),
        ..Filter::default()
    }
}

fn including(patterns: &[&str]) -> Filter {
    Filter {
        include: patterns.iter().map(|pattern| pattern.to_string()).collect(),
        ..Filter::default()
    }
}

fn copied(source: &Path, filter: &Filter) -> Vec<String> {
    let target = tempfile::tempdir().unwrap();
    copy(source, target.path(), filter).unwrap();
    listing(target.path())
}

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).unwrap().mode() & 0o7777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

mod filters {
    use super::*;

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
}

mod copies {
    use super::*;

    #[test]
    fn modes_times_links_and_owners_are_kept() {
        let source = folder(&["bin/tool", "link -> /nowhere", "closed/x"]);
        set_mode(&source.path().join("bin/tool"), 0o4755);
        set_mode(&source.path().join("closed"), 0o500);
        let old = std::time::UNIX_EPOCH + std::time::Duration::from_secs(86_400);
        for name in ["bin/tool", "bin"] {
            let file = fs::File::open(source.path().join(name)).unwrap();
            file.set_modified(old).unwrap();
        }
        let target = tempfile::tempdir().unwrap();
        copy(source.path(), target.path(), &Filter::default()).unwrap();
        let tool = target.path().join("bin/tool");
        assert_eq!(mode(&tool), 0o4755);
        assert_eq!(mode(&target.path().join("closed")), 0o500);
        assert_eq!(fs::metadata(&tool).unwrap().modified().unwrap(), old);
        assert_eq!(
            fs::metadata(target.path().join("bin"))
                .unwrap()
                .modified()
                .unwrap(),
            old
        );
        assert_eq!(
            fs::read_link(target.path().join("link")).unwrap(),
            Path::new("/nowhere")
        );
    }

    #[test]
    fn owners_are_kept_where_files_may_be_given_away() {
        let source = folder(&["a"]);
        let file = source.path().join("a");
        let given = std::os::unix::fs::lchown(&file, Some(12345), Some(54321)).is_ok();
        let target = tempfile::tempdir().unwrap();
        copy(source.path(), target.path(), &Filter::default()).unwrap();
        let copied = fs::metadata(target.path().join("a")).unwrap();
        let own = fs::metadata(target.path()).unwrap();
        let expected = if given {
            (12345, 54321)
        } else {
            (own.uid(), own.gid())
        };
        assert_eq!((copied.uid(), copied.gid()), expected);
    }

    #[test]
    fn what_the_target_holds_stays_and_the_source_wins() {
        let source = folder(&["a/new", "b", "c -> b", "d/x"]);
        let target = folder(&["a/old", "b/inner", "c", "d -> a"]);
        copy(source.path(), target.path(), &Filter::default()).unwrap();
        assert_eq!(
            listing(target.path()),
            ["a/", "a/new", "a/old", "b", "c", "d/", "d/x"]
        );
        assert_eq!(
            fs::read_link(target.path().join("c")).unwrap(),
            Path::new("b")
        );
    }

    #[test]
    fn special_files_are_left_out_and_hard_links_become_files() {
        let source = folder(&["a"]);
        nix::unistd::mkfifo(&source.path().join("pipe"), nix::sys::stat::Mode::S_IRWXU).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(source.path().join("socket")).unwrap();
        fs::hard_link(source.path().join("a"), source.path().join("b")).unwrap();
        let target = tempfile::tempdir().unwrap();
        copy(source.path(), target.path(), &Filter::default()).unwrap();
        let names: Vec<_> = entries(target.path(), "/").unwrap();
        assert_eq!(names, ["a", "b"]);
        assert_eq!(fs::metadata(target.path().join("a")).unwrap().nlink(), 1);
    }

    #[test]
    fn a_single_file_is_copied_to_the_name_it_is_given() {
        let source = folder(&["a"]);
        let target = tempfile::tempdir().unwrap();
        let destination = target.path().join("deep/b");
        copy(&source.path().join("a"), &destination, &Filter::default()).unwrap();
        assert_eq!(fs::read_to_string(destination).unwrap(), "a");
    }

    #[test]
    fn a_folder_can_be_copied_into_itself() {
        let source = folder(&["a", "inside/"]);
        let target = source.path().join("inside");
        copy(source.path(), &target, &Filter::default()).unwrap();
        assert_eq!(listing(&target), ["a"]);
    }

    #[test]
    fn a_missing_source_is_named() {
        let error = copy(
            Path::new("/no/such"),
            Path::new("/no/target"),
            &Filter::default(),
        );
        assert_eq!(
            error.unwrap_err().to_string(),
            "cannot copy /no/such: No such file or directory (os error 2)"
        );
    }
}

mod digests {
    use super::*;

    fn of(path: &Path) -> String {
        digest(path, &Filter::default()).unwrap()
    }

    #[test]
    fn names_modes_contents_and_links_count() {
        let base = folder(&["a", "d/", "l -> a"]);
        let first = of(base.path());
        assert_eq!(first.len(), 64);
        let change = |change: &dyn Fn(&Path)| {
            let other = folder(&["a", "d/", "l -> a"]);
            assert_eq!(of(other.path()), first, "two folders that hold the same");
            change(other.path());
            assert_ne!(of(other.path()), first);
        };
        change(&|root| fs::rename(root.join("a"), root.join("b")).unwrap());
        change(&|root| fs::write(root.join("a"), "other").unwrap());
        change(&|root| set_mode(&root.join("a"), 0o755));
        change(&|root| set_mode(&root.join("d"), 0o700));
        change(&|root| fs::remove_dir(root.join("d")).unwrap());
        change(&|root| {
            fs::remove_file(root.join("l")).unwrap();
            symlink("d", root.join("l")).unwrap();
        });
    }

    #[test]
    fn times_do_not_count() {
        let base = folder(&["a"]);
        let first = of(base.path());
        let file = fs::File::open(base.path().join("a")).unwrap();
        file.set_modified(std::time::UNIX_EPOCH).unwrap();
        assert_eq!(of(base.path()), first);
    }

    #[test]
    fn only_what_the_filter_selects_counts() {
        let base = folder(&["src/a", "other"]);
        let filter = excluding(&["**", "!src/"]);
        let first = digest(base.path(), &filter).unwrap();
        fs::write(base.path().join("other"), "changed").unwrap();
        assert_eq!(digest(base.path(), &filter).unwrap(), first);
        fs::write(base.path().join("src/a"), "changed").unwrap();
        assert_ne!(digest(base.path(), &filter).unwrap(), first);
    }
}

mod comparisons {
    use super::*;

    #[test]
    fn a_difference_holds_what_is_new_or_changed_and_the_way_there() {
        let before = folder(&["same", "d/same", "d/changed", "gone", "kind"]);
        let after = folder(&["same", "d/same", "d/changed", "d/e/new", "kind/x"]);
        fs::write(after.path().join("d/changed"), "other").unwrap();
        let target = tempfile::tempdir().unwrap();
        difference(before.path(), after.path(), target.path()).unwrap();
        assert_eq!(
            listing(target.path()),
            ["d/", "d/changed", "d/e/", "d/e/new", "kind/", "kind/x"]
        );
    }

    #[test]
    fn changes_name_each_path_once_and_directories_end_in_a_slash() {
        let before = folder(&["same", "changed", "gone/a", "gone/b/c", "kind", "l -> same"]);
        let after = folder(&["same", "changed", "new/a", "kind/x", "l -> changed"]);
        fs::write(after.path().join("changed"), "other").unwrap();
        let changes = changes(before.path(), after.path()).unwrap();
        assert_eq!(changes.added, ["kind/", "kind/x", "new/", "new/a"]);
        assert_eq!(changes.modified, ["changed", "l"]);
        assert_eq!(changes.removed, ["gone/", "kind"]);
        assert_eq!(changes.removed_within, ["gone/a", "gone/b/", "gone/b/c"]);
        assert!(!changes.is_empty());
    }

    #[test]
    fn equal_folders_have_no_changes() {
        let (before, after) = (folder(&["a/b"]), folder(&["a/b"]));
        assert!(changes(before.path(), after.path()).unwrap().is_empty());
    }

    #[test]
    fn applied_changes_remove_only_what_was_compared() {
        let before = folder(&["gone/a", "kept"]);
        let after = folder(&["kept", "new"]);
        let host = folder(&["gone/a", "gone/untracked", "kept"]);
        let changes = changes(before.path(), after.path()).unwrap();
        apply(&changes, after.path(), host.path()).unwrap();
        assert_eq!(
            listing(host.path()),
            ["gone/", "gone/untracked", "kept", "new"]
        );
    }

    #[test]
    fn applied_changes_never_remove_through_a_link() {
        let outside = folder(&["a"]);
        let (before, after) = (folder(&["d/a"]), folder(&["x"]));
        let host = tempfile::tempdir().unwrap();
        symlink(outside.path(), host.path().join("d")).unwrap();
        let changes = changes(before.path(), after.path()).unwrap();
        apply(&changes, after.path(), host.path()).unwrap();
        assert_eq!(listing(outside.path()), ["a"]);
    }

    #[test]
    fn a_change_that_leads_out_of_the_target_is_refused() {
        let after = folder(&[]);
        let host = folder(&["a"]);
        for path in ["../a", "/etc/x", ""] {
            let changes = dagger_local::tree::Changes {
                removed: vec![path.into()],
                ..Default::default()
            };
            let error = apply(&changes, after.path(), host.path()).unwrap_err();
            assert!(matches!(error, TreeError::LeadsOut { .. }), "{path}");
        }
    }
}

mod exports {
    use super::*;

    #[test]
    fn what_the_host_holds_stays_unless_it_is_wiped() {
        let source = folder(&["a/new", "b"]);
        let host = folder(&["a/old", "b", "c/d"]);
        export(source.path(), host.path(), false).unwrap();
        assert_eq!(
            listing(host.path()),
            ["a/", "a/new", "a/old", "b", "c/", "c/d"]
        );
        export(source.path(), host.path(), true).unwrap();
        assert_eq!(listing(host.path()), ["a/", "a/new", "b"]);
    }

    #[test]
    fn the_root_of_the_file_system_is_never_wiped() {
        let source = folder(&["a"]);
        let error = export(source.path(), Path::new("/"), true).unwrap_err();
        assert!(matches!(error, TreeError::WipesRoot { .. }));
    }

    #[test]
    fn nothing_is_written_through_a_link_that_leads_out() {
        let source = folder(&["d/x", "file", "wiped/x"]);
        let outside = folder(&["d/kept", "file"]);
        fs::write(outside.path().join("file"), "outside").unwrap();
        for wipe in [false, true] {
            let host = tempfile::tempdir().unwrap();
            for name in ["d", "file", "wiped"] {
                symlink(outside.path().join(name), host.path().join(name)).unwrap();
            }
            export(source.path(), host.path(), wipe).unwrap();
            assert_eq!(
                listing(host.path()),
                ["d/", "d/x", "file", "wiped/", "wiped/x"]
            );
            assert_eq!(listing(outside.path()), ["d/", "d/kept", "file"]);
            assert_eq!(
                fs::read_to_string(outside.path().join("file")).unwrap(),
                "outside"
            );
        }
    }

    #[test]
    fn modes_and_links_are_kept_and_a_linked_target_is_followed() {
        let source = folder(&["tool", "l -> ../../out", "d/x"]);
        set_mode(&source.path().join("tool"), 0o750);
        set_mode(&source.path().join("d"), 0o750);
        let host = folder(&["real/"]);
        let target = host.path().join("linked");
        symlink("real", &target).unwrap();
        export(source.path(), &target, false).unwrap();
        let real = host.path().join("real");
        assert_eq!(mode(&real.join("tool")), 0o750);
        assert_eq!(mode(&real.join("d")), 0o750);
        assert_eq!(
            fs::read_link(real.join("l")).unwrap(),
            Path::new("../../out")
        );
        assert!(target.is_symlink());
    }

    #[test]
    fn what_is_the_same_already_is_not_touched() {
        let (source, host) = (folder(&["a", "b"]), folder(&["a", "b"]));
        fs::write(source.path().join("b"), "changed").unwrap();
        let inode = |name: &str| fs::metadata(host.path().join(name)).unwrap().ino();
        let (a, b) = (inode("a"), inode("b"));
        export(source.path(), host.path(), false).unwrap();
        assert_eq!(inode("a"), a);
        assert_ne!(
            inode("b"),
            b,
            "a changed file is a new file under the old name"
        );
    }

    #[test]
    fn a_directory_that_holds_something_does_not_give_way_to_a_file() {
        let source = folder(&["a"]);
        let host = folder(&["a/kept"]);
        let error = export(source.path(), host.path(), false).unwrap_err();
        assert!(
            matches!(error, TreeError::DirectoryInTheWay { .. }),
            "{error}"
        );
        assert_eq!(listing(host.path()), ["a/", "a/kept"]);
    }

    #[test]
    fn a_file_goes_to_the_name_or_into_the_directory_if_allowed() {
        let source = folder(&["pins.json"]);
        let file = source.path().join("pins.json");
        let host = folder(&["there/"]);
        let named = host.path().join("deep/other.json");
        assert_eq!(export_file(&file, &named, false).unwrap(), named);
        assert_eq!(fs::read_to_string(&named).unwrap(), "pins.json");
        let directory = host.path().join("there");
        let error = export_file(&file, &directory, false).unwrap_err();
        assert!(matches!(error, TreeError::TargetIsDirectory { .. }));
        let written = export_file(&file, &directory, true).unwrap();
        assert_eq!(written, directory.join("pins.json"));
        let error = export_file(source.path(), &named, false).unwrap_err();
        assert!(matches!(error, TreeError::NotAFile { .. }));
    }

    #[test]
    fn a_failed_export_leaves_no_half_file() {
        let source = folder(&["a"]);
        let host = folder(&["a/kept"]);
        let _ = export(source.path(), host.path(), false);
        let names: Vec<_> = entries(host.path(), "/").unwrap();
        assert_eq!(names, ["a/"]);
    }
}

mod listings {
    use super::*;

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
}
