//! Writing onto the host.

use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::Path;

use dagger_local::tree::{TreeError, entries, export, export_file};

use super::{folder, listing, mode, set_mode};

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
