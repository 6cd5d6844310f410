//! Copying a folder into another.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use dagger_local::tree::{Filter, copy, entries};

use super::{folder, listing, mode, set_mode};

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
    let closed = mode(&target.path().join("closed"));
    for root in [source.path(), target.path()] {
        // Or the folders could not be removed.
        set_mode(&root.join("closed"), 0o700);
    }
    let tool = target.path().join("bin/tool");
    assert_eq!(mode(&tool), 0o4755);
    assert_eq!(closed, 0o500);
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

#[test]
fn a_closed_directory_of_the_target_gives_way_to_a_file() {
    let source = folder(&["a"]);
    let target = folder(&["a/b/c"]);
    set_mode(&target.path().join("a/b"), 0);
    set_mode(&target.path().join("a"), 0o500);
    copy(source.path(), target.path(), &Filter::default()).unwrap();
    assert_eq!(listing(target.path()), ["a"]);
}
