//! What one folder has over another, and doing the same to a third.

use std::fs;
use std::os::unix::fs::symlink;

use dagger_local::tree::{Changes, TreeError, apply, changes, difference};

use super::{folder, listing};

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
        let changes = Changes {
            removed: vec![path.into()],
            ..Default::default()
        };
        let error = apply(&changes, after.path(), host.path()).unwrap_err();
        assert!(matches!(error, TreeError::LeadsOut { .. }), "{path}");
    }
}
