//! Copies that commands may write to: of what is mounted, and what becomes of
//! them afterwards. A copy that nobody changed is not made a second time.

use std::collections::HashMap;
use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, lchown};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tempfile::TempDir;

use crate::Error;
use crate::eval::files::disk::chown;
use crate::eval::files::value::Tree;
use crate::state::{State, digest, seal};
use crate::sync::locked;
use crate::tree::{self, Filter};

/// A copy of a directory or file, for one command.
pub struct Writable {
    /// Where the command has it.
    pub target: String,
    pub path: PathBuf,
    /// What it was when it was made.
    stamp: String,
    folder: TempDir,
}

impl Writable {
    /// # Errors
    /// A file system that refuses.
    pub fn of(
        state: &State,
        source: &Path,
        owner: &str,
        target: &str,
        spares: &Spares,
    ) -> Result<Self, Error> {
        let spare = match owner {
            "" => spares.take(source),
            _ => None,
        };
        let folder = match spare {
            Some(folder) => folder,
            None => {
                let folder = state.temporary()?;
                let path = copy_in(&folder);
                tree::copy(source, &path, &Filter::default())?;
                chown(&path, owner)?;
                folder
            }
        };
        let path = copy_in(&folder);
        Ok(Writable {
            target: target.to_owned(),
            stamp: stamp(&path)?,
            path,
            folder,
        })
    }

    /// Whether nothing in it is another than it was.
    ///
    /// # Errors
    /// An entry that cannot be read.
    pub fn is_untouched(&self) -> Result<bool, Error> {
        Ok(stamp(&self.path)? == self.stamp)
    }
}

fn copy_in(folder: &TempDir) -> PathBuf {
    folder.path().join("copy")
}

/// Everything's names, sizes, owners, modes and times, those of change among
/// them, which no command can set.
fn stamp(path: &Path) -> Result<String, Error> {
    let found = path
        .symlink_metadata()
        .map_err(|error| Error::file("read", path, &error))?;
    let root = format!(
        "{:o} {}:{} {} {}.{}",
        found.mode(),
        found.uid(),
        found.gid(),
        found.size(),
        found.ctime(),
        found.ctime_nsec(),
    );
    Ok(digest([root, seal(path)?]))
}

/// Copies that their commands left as they were, by what they are copies of.
#[derive(Default)]
pub struct Spares(Mutex<HashMap<PathBuf, TempDir>>);

impl Spares {
    /// Keeps the copy of a source that has its owners and that its command did
    /// not touch.
    pub fn keep(&self, source: &Path, copy: Writable) {
        locked(&self.0).insert(source.to_owned(), copy.folder);
    }

    fn take(&self, source: &Path) -> Option<TempDir> {
        locked(&self.0).remove(source)
    }

    /// Makes a copy of a tree where nothing is.
    ///
    /// # Errors
    /// A file system that refuses.
    pub fn place(&self, source: &Tree, target: &Path) -> Result<(), Error> {
        match self.take(&source.path) {
            Some(folder) => moved(&copy_in(&folder), target),
            None => Ok(tree::copy(&source.path, target, &Filter::default())?),
        }
    }
}

/// Moves a copy into an empty folder, which keeps its mode and its owner.
///
/// # Errors
/// A file system that refuses.
pub fn adopt(copy: &Path, folder: &Path) -> Result<(), Error> {
    let refused = |error| Error::file("move a directory to", folder, &error);
    let before = folder.metadata().map_err(refused)?;
    moved(copy, folder)?;
    lchown(folder, Some(before.uid()), Some(before.gid())).map_err(refused)?;
    let mode = fs::Permissions::from_mode(before.mode());
    fs::set_permissions(folder, mode).map_err(refused)
}

fn moved(from: &Path, to: &Path) -> Result<(), Error> {
    fs::rename(from, to).map_err(|error| Error::file("move a directory to", to, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(state: &State) -> Tree {
        let path = state.tree("key", |folder| {
            fs::create_dir(folder.join("a")).unwrap();
            fs::write(folder.join("a/file"), "text").unwrap();
            Ok(())
        });
        Tree {
            path: path.unwrap(),
            digest: "key".into(),
        }
    }

    #[test]
    fn a_touched_copy_is_noticed_whatever_its_times_say() {
        let folder = tempfile::tempdir().unwrap();
        let state = State::open(folder.path(), "one").unwrap();
        let (tree, spares) = (source(&state), Spares::default());
        type Touch = fn(&Path);
        let touches: [Touch; 5] = [
            |copy| {
                let file = copy.join("a/file");
                let before = file.metadata().unwrap().modified().unwrap();
                fs::write(&file, "TEXT").unwrap();
                let opened = fs::File::options().write(true).open(&file).unwrap();
                opened.set_modified(before).unwrap();
            },
            |copy| fs::write(copy.join("new"), "").unwrap(),
            |copy| fs::remove_file(copy.join("a/file")).unwrap(),
            |copy| fs::set_permissions(copy, fs::Permissions::from_mode(0o711)).unwrap(),
            |copy| {
                fs::remove_file(copy.join("a/file")).unwrap();
                std::os::unix::fs::symlink("/", copy.join("a/file")).unwrap();
            },
        ];
        for touch in touches {
            let copy = Writable::of(&state, &tree.path, "", "/x", &spares).unwrap();
            assert!(copy.is_untouched().unwrap());
            // A clock that ticks some hundred times a second marks changes.
            std::thread::sleep(std::time::Duration::from_millis(20));
            touch(&copy.path);
            assert!(!copy.is_untouched().unwrap());
        }
    }

    #[test]
    fn an_untouched_copy_is_used_again_and_only_once() {
        let folder = tempfile::tempdir().unwrap();
        let state = State::open(folder.path(), "one").unwrap();
        let (tree, spares) = (source(&state), Spares::default());
        let copy = Writable::of(&state, &tree.path, "", "/x", &spares).unwrap();
        let inode = |path: &Path| path.join("a/file").metadata().unwrap().ino();
        let first = inode(&copy.path);
        spares.keep(&tree.path, copy);
        let given = folder.path().join("given");
        spares.place(&tree, &given).unwrap();
        assert_eq!(inode(&given), first);
        let other = folder.path().join("other");
        spares.place(&tree, &other).unwrap();
        assert_ne!(inode(&other), first);
        assert_eq!(fs::read_to_string(other.join("a/file")).unwrap(), "text");
    }

    #[test]
    fn what_is_adopted_has_the_folder_s_own_mode() {
        let folder = tempfile::tempdir().unwrap();
        let (copy, target) = (folder.path().join("copy"), folder.path().join("target"));
        for path in [&copy, &target] {
            fs::create_dir(path).unwrap();
        }
        fs::write(copy.join("file"), "text").unwrap();
        fs::set_permissions(&copy, fs::Permissions::from_mode(0o777)).unwrap();
        fs::set_permissions(&target, fs::Permissions::from_mode(0o750)).unwrap();
        adopt(&copy, &target).unwrap();
        assert_eq!(target.metadata().unwrap().mode() & 0o777, 0o750);
        assert_eq!(fs::read_to_string(target.join("file")).unwrap(), "text");
    }
}
