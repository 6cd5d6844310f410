//! The rules of the work on folders, one test each.

mod comparisons;
mod copies;
mod digests;
mod exports;
mod filters;
mod generated;
mod listings;
mod oracle;
mod properties;

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;

use dagger_local::tree::{Filter, copy, glob};
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
