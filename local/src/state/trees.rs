//! Kept trees: made once for a key, and used again only as they were made. A
//! seal beside each tells whether that is so, without reading its files: no
//! file can be changed without changing its times of change.

use std::collections::HashSet;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::{State, digest, make_folder, remove_tree, write_whole};
use crate::Error;
use crate::sync::locked;

/// The trees that this session has found whole, or has made.
#[derive(Debug, Default)]
pub struct Seen(Mutex<HashSet<String>>);

impl State {
    /// The tree of a key, if it is there and nobody has changed it.
    pub fn kept_tree(&self, key: &str) -> Option<PathBuf> {
        let path = self.path("trees").join(key);
        if locked(&self.seen.0).contains(key) {
            return Some(path);
        }
        if !self.is_whole(key, &path) {
            return None;
        }
        locked(&self.seen.0).insert(key.to_owned());
        Some(path)
    }

    /// The tree of a key, made by `fill` unless it is there as it was made.
    /// `fill` gets an empty folder.
    ///
    /// # Errors
    /// Those of `fill`.
    pub fn tree(
        &self,
        key: &str,
        fill: impl FnOnce(&Path) -> Result<(), Error>,
    ) -> Result<PathBuf, Error> {
        if let Some(path) = self.kept_tree(key) {
            return Ok(path);
        }
        let path = self.path("trees").join(key);
        let folder = self.temporary()?;
        let inner = folder.path().join("tree");
        make_folder(&inner)?;
        fill(&inner)?;
        let seal = seal(&inner)?;
        self.may_go_on()?;
        let _moving = self.lock(&format!("tree-{}", key.get(..16).unwrap_or(key)))?;
        // Another session may have been faster.
        if !self.is_whole(key, &path) {
            if path.symlink_metadata().is_ok() {
                let damaged = folder.path().join("damaged");
                fs::rename(&path, &damaged)
                    .map_err(|error| Error::file("replace", &path, &error))?;
                remove_tree(&damaged)?;
            }
            write_whole(&self.seal_of(key), seal.as_bytes())?;
            fs::rename(&inner, &path)
                .map_err(|error| Error::file("move a tree to", &path, &error))?;
        }
        locked(&self.seen.0).insert(key.to_owned());
        Ok(path)
    }

    fn seal_of(&self, key: &str) -> PathBuf {
        self.path("seals").join(key)
    }

    fn is_whole(&self, key: &str, path: &Path) -> bool {
        let Ok(kept) = fs::read_to_string(self.seal_of(key)) else {
            return false;
        };
        path.is_dir() && seal(path).is_ok_and(|now| now == kept)
    }
}

/// A digest of what a folder's entries are: names, kinds, sizes, owners, modes
/// and times, those of change among them.
///
/// # Errors
/// An entry that cannot be read.
pub fn seal(folder: &Path) -> Result<String, Error> {
    let mut lines = Vec::new();
    for entry in walkdir::WalkDir::new(folder)
        .min_depth(1)
        .sort_by_file_name()
    {
        let unreadable = |error: walkdir::Error| Error::file("read", folder, &error.into());
        let entry = entry.map_err(unreadable)?;
        let found = entry.metadata().map_err(unreadable)?;
        let inside = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let size = if found.is_dir() { 0 } else { found.len() };
        let facts = format!(
            "\0{:o} {}:{} {size} {}.{} {}.{}",
            found.mode(),
            found.uid(),
            found.gid(),
            found.mtime(),
            found.mtime_nsec(),
            found.ctime(),
            found.ctime_nsec(),
        );
        lines.push([inside.as_os_str().as_bytes(), facts.as_bytes()].concat());
    }
    Ok(digest(lines))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A state with one tree, and another session over the same folder.
    fn kept() -> (tempfile::TempDir, PathBuf, State) {
        let folder = tempfile::tempdir().unwrap();
        let state = State::open(folder.path(), "one").unwrap();
        let path = state.tree("key", fill).unwrap();
        let other = State::open(folder.path(), "other").unwrap();
        (folder, path, other)
    }

    fn fill(folder: &Path) -> Result<(), Error> {
        fs::create_dir(folder.join("a")).unwrap();
        fs::write(folder.join("a/file"), "text").unwrap();
        Ok(())
    }

    #[test]
    fn a_tree_that_fails_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let state = State::open(folder.path(), "one").unwrap();
        state
            .tree("key", |_| Err(Error::argument("path", "is not there")))
            .unwrap_err();
        assert_eq!(fs::read_dir(state.path("trees")).unwrap().count(), 0);
    }

    #[test]
    fn a_tree_is_used_again_as_it_was_made() {
        let (_folder, path, other) = kept();
        assert_eq!(other.kept_tree("key"), Some(path.clone()));
        let again = other.tree("key", |_| panic!("it is there")).unwrap();
        assert_eq!(again, path);
    }

    #[test]
    fn a_tree_that_was_changed_is_made_again() {
        type Damage = fn(&Path);
        let damages: [Damage; 6] = [
            |tree| fs::write(tree.join("a/file"), "").unwrap(),
            // Of the same size, and with the times that it had.
            |tree| {
                let file = tree.join("a/file");
                let before = file.metadata().unwrap().modified().unwrap();
                fs::write(&file, "TEXT").unwrap();
                let opened = fs::File::options().write(true).open(&file).unwrap();
                opened.set_modified(before).unwrap();
            },
            |tree| fs::remove_file(tree.join("a/file")).unwrap(),
            |tree| fs::write(tree.join("more"), "").unwrap(),
            |tree| fs::remove_dir_all(tree).unwrap(),
            |tree| {
                fs::remove_dir_all(tree).unwrap();
                fs::write(tree, "").unwrap();
            },
        ];
        for damage in damages {
            let (_folder, path, other) = kept();
            damage(&path);
            assert_eq!(other.kept_tree("key"), None);
            assert_eq!(other.tree("key", fill).unwrap(), path);
            assert_eq!(fs::read_to_string(path.join("a/file")).unwrap(), "text");
            assert!(!path.join("more").exists());
        }
    }

    #[test]
    fn a_tree_without_its_seal_is_not_trusted() {
        let (_folder, _path, other) = kept();
        fs::remove_file(other.seal_of("key")).unwrap();
        assert_eq!(other.kept_tree("key"), None);
    }
}
