//! Writing onto the host.

use std::fs::{self, File};
use std::os::unix::fs::{FileExt, MetadataExt, symlink};
use std::path::Path;

use dagger_local::tree::{
    Changes, Filter, TreeError, apply, changes, copy, digest, entries, export, export_file,
};

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

#[test]
fn a_program_of_a_container_gets_no_rights_of_its_owner_on_the_host() {
    let source = folder(&["d/user", "d/group", "changed", "plain"]);
    for (name, bits) in [("d/user", 0o4755), ("d/group", 0o2755), ("changed", 0o6711)] {
        set_mode(&source.path().join(name), bits);
    }
    set_mode(&source.path().join("d"), 0o3775);
    let host = tempfile::tempdir().unwrap();
    export(source.path(), host.path(), false).unwrap();
    let modes = |names: [&str; 4]| names.map(|name| mode(&host.path().join(name)));
    let expected = [0o755, 0o755, 0o711, 0o1775];
    assert_eq!(modes(["d/user", "d/group", "changed", "d"]), expected);

    let single = host.path().join("single");
    export_file(&source.path().join("d/user"), &single, false).unwrap();
    assert_eq!(mode(&single), 0o755);

    let before = folder(&["plain"]);
    let changed = changes(before.path(), source.path()).unwrap();
    let applied = tempfile::tempdir().unwrap();
    apply(&changed, source.path(), applied.path()).unwrap();
    assert_eq!(mode(&applied.path().join("changed")), 0o711);

    // What was exported once is not written again.
    let inode = |name: &str| fs::metadata(host.path().join(name)).unwrap().ino();
    let first = inode("changed");
    export(source.path(), host.path(), false).unwrap();
    assert_eq!(inode("changed"), first);
    // One that got the bits elsewhere loses them.
    set_mode(&host.path().join("changed"), 0o4711);
    export(source.path(), host.path(), false).unwrap();
    assert_eq!(mode(&host.path().join("changed")), 0o711);
}

#[test]
fn a_sparse_file_stays_sparse() {
    let source = folder(&["begin", "middle", "end", "none"]);
    const LENGTH: u64 = 64 << 30;
    for (name, offset) in [
        ("begin", Some(0)),
        ("middle", Some(LENGTH / 2 + 5)),
        ("end", Some(LENGTH - 4)),
        ("none", None),
    ] {
        let file = File::options()
            .write(true)
            .truncate(true)
            .open(source.path().join(name))
            .unwrap();
        file.set_len(LENGTH).unwrap();
        if let Some(offset) = offset {
            file.write_all_at(b"data", offset).unwrap();
        }
    }
    let [copied, exported] = [(); 2].map(|()| tempfile::tempdir().unwrap());
    copy(source.path(), copied.path(), &Filter::default()).unwrap();
    export(copied.path(), exported.path(), false).unwrap();
    for target in [&copied, &exported] {
        for name in ["begin", "middle", "end", "none"] {
            let metadata = fs::metadata(target.path().join(name)).unwrap();
            assert_eq!(metadata.len(), LENGTH, "{name}");
            assert!(
                metadata.blocks() * 512 < 1 << 20,
                "{name}: {}",
                metadata.blocks()
            );
        }
        let mut data = [0; 6];
        let file = File::open(target.path().join("middle")).unwrap();
        file.read_exact_at(&mut data, LENGTH / 2 + 4).unwrap();
        assert_eq!(&data, b"\0data\0");
    }
    let digests = [&source, &copied, &exported]
        .map(|folder| digest(folder.path(), &Filter::default()).unwrap());
    assert!(digests.iter().all(|digest| *digest == digests[0]));
    assert_eq!(
        changes(source.path(), exported.path()).unwrap(),
        Changes::default()
    );
    let file = File::options()
        .write(true)
        .open(exported.path().join("none"))
        .unwrap();
    file.write_all_at(b"x", LENGTH - 1).unwrap();
    assert_eq!(
        changes(source.path(), exported.path()).unwrap().modified,
        ["none"]
    );
}

#[test]
fn zeros_that_are_written_and_zeros_that_are_not_are_the_same() {
    let source = folder(&["file"]);
    let other = folder(&["file"]);
    let written = [vec![0; 200_000], b"end".to_vec()].concat();
    fs::write(source.path().join("file"), &written).unwrap();
    let file = File::create(other.path().join("file")).unwrap();
    file.write_all_at(b"end", 200_000).unwrap();
    let digests =
        [&source, &other].map(|folder| digest(folder.path(), &Filter::default()).unwrap());
    assert_eq!(digests[0], digests[1]);
    assert!(changes(source.path(), other.path()).unwrap().is_empty());
    file.set_len(200_004).unwrap();
    assert_ne!(
        digest(other.path(), &Filter::default()).unwrap(),
        digests[0]
    );
}
