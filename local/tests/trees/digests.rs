//! What counts in the digest of a folder.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use dagger_local::tree::{Filter, digest};

use super::{excluding, folder, set_mode};

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
