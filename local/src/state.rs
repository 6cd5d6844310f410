//! The state folder: where images, trees, caches and records lie, how they are
//! named, and the locks that let several sessions share one.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use nix::fcntl::{Flock, FlockArg};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::Error;

/// Counts up when a record comes to mean something else: an older one of the
/// same key would be believed.
const RECORD_FORMAT: u32 = 1;

/// A state folder. Cheap to clone.
#[derive(Debug, Clone)]
pub struct State {
    root: Arc<PathBuf>,
    boot: Arc<PathBuf>,
}

/// The prefix of temporary folders; the process that made one follows.
const NEW: &str = ".new-";

/// A lock among processes, held until dropped.
#[derive(Debug)]
pub struct Lock {
    _file: Flock<File>,
}

impl State {
    /// Opens a state folder, and makes it where there is none.
    ///
    /// # Errors
    /// A path that cannot be such a folder.
    pub fn open(root: &Path) -> Result<Self, Error> {
        for folder in [
            "caches", "copies", "images", "locks", "networks", "records", "secrets", "sessions",
            "trees",
        ] {
            make_folder(&root.join(folder))?;
        }
        let root = root
            .canonicalize()
            .map_err(|error| Error::file("open", root, &error))?;
        // What runs does not outlive a reboot, and Podman must not think so. It
        // lies outside of the folder: Podman takes short paths only.
        let boot_id = fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
        let mark = digest([root.as_os_str().as_encoded_bytes()]);
        let name = format!("{}-{}", &mark[..8], boot_id.get(..8).unwrap_or("unknown"));
        let boot = Path::new("/run/dagger-local").join(name);
        Ok(State {
            root: Arc::new(root),
            boot: Arc::new(boot),
        })
    }

    /// The folder itself, canonical.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A path in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// The folder for what ends with this boot of the machine; Podman makes it.
    pub fn boot(&self) -> &Path {
        &self.boot
    }

    /// A temporary folder on the same file system.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn temporary(&self) -> Result<tempfile::TempDir, Error> {
        let folder = self.path("trees");
        tempfile::Builder::new()
            .prefix(&format!("{NEW}{}-", std::process::id()))
            .tempdir_in(&folder)
            .map_err(|error| Error::file("make a folder in", &folder, &error))
    }

    /// Removes the temporary folders of processes that are gone.
    pub fn remove_abandoned(&self) {
        let Ok(entries) = fs::read_dir(self.path("trees")) else {
            return;
        };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let maker = name
                .to_str()
                .and_then(|name| name.strip_prefix(NEW)?.split('-').next());
            if maker.is_some_and(|maker| !Path::new("/proc").join(maker).exists()) {
                // One that stays is tried again by the next session.
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }

    /// Takes a lock among processes and threads; waits for it.
    ///
    /// # Errors
    /// The lock's file cannot be made.
    pub fn lock(&self, name: &str) -> Result<Lock, Error> {
        self.flock(name, FlockArg::LockExclusive)?
            .ok_or_else(|| Error::argument("lock", format!("{name} cannot be taken")))
    }

    /// Takes a lock if nobody has it.
    ///
    /// # Errors
    /// The lock's file cannot be made.
    pub fn try_lock(&self, name: &str) -> Result<Option<Lock>, Error> {
        self.flock(name, FlockArg::LockExclusiveNonblock)
    }

    fn flock(&self, name: &str, how: FlockArg) -> Result<Option<Lock>, Error> {
        let path = self.path("locks").join(name);
        let file = File::options()
            .create(true)
            .append(true)
            .open(&path)
            .map_err(|error| Error::file("open", &path, &error))?;
        Ok(Flock::lock(file, how).ok().map(|file| Lock { _file: file }))
    }

    /// Reads a record; one that cannot be read counts as none.
    pub fn record<T: DeserializeOwned>(&self, kind: &str, key: &str) -> Option<T> {
        serde_json::from_slice(&fs::read(self.record_path(kind, key)).ok()?).ok()
    }

    fn record_path(&self, kind: &str, key: &str) -> PathBuf {
        self.path(kind).join(format!("{key}.{RECORD_FORMAT}.json"))
    }

    /// Writes a record, whole or not at all.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn keep_record<T: Serialize>(&self, kind: &str, key: &str, value: &T) -> Result<(), Error> {
        let path = self.record_path(kind, key);
        let text = serde_json::to_vec(value)
            .map_err(|error| Error::file("write", &path, &io::Error::other(error)))?;
        write_whole(&path, &text)
    }

    /// The tree of a key, made by `fill` unless it is there. `fill` gets an
    /// empty folder.
    ///
    /// # Errors
    /// Those of `fill`.
    pub fn tree(
        &self,
        key: &str,
        fill: impl FnOnce(&Path) -> Result<(), Error>,
    ) -> Result<PathBuf, Error> {
        let path = self.path("trees").join(key);
        if path.exists() {
            return Ok(path);
        }
        let folder = self.temporary()?;
        let inner = folder.path().join("tree");
        make_folder(&inner)?;
        fill(&inner)?;
        match fs::rename(&inner, &path) {
            Ok(()) => Ok(path),
            // Another session was faster, with the same contents.
            Err(_) if path.exists() => Ok(path),
            Err(error) => Err(Error::file("move a tree to", &path, &error)),
        }
    }
}

/// A digest over parts; their borders count.
pub fn digest<T: AsRef<[u8]>>(parts: impl IntoIterator<Item = T>) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        let part = part.as_ref();
        digest.update((part.len() as u64).to_le_bytes());
        digest.update(part);
    }
    hex::encode(digest.finalize())
}

/// Makes a folder and those above it.
///
/// # Errors
/// It cannot be made.
pub fn make_folder(path: &Path) -> Result<(), Error> {
    fs::create_dir_all(path).map_err(|error| Error::file("make the folder", path, &error))
}

/// Writes a file so that no reader ever sees half of it.
///
/// # Errors
/// It cannot be written.
pub fn write_whole(path: &Path, contents: &[u8]) -> Result<(), Error> {
    let write = || {
        let folder = path.parent().unwrap_or(Path::new("."));
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(contents)?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    };
    write().map_err(|error: io::Error| Error::file("write", path, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn borders_between_parts_count_in_a_digest() {
        assert_ne!(digest(["ab", "c"]), digest(["a", "bc"]));
    }

    #[test]
    fn a_tree_that_fails_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let state = State::open(folder.path()).unwrap();
        state
            .tree("key", |_| Err(Error::argument("path", "is not there")))
            .unwrap_err();
        assert_eq!(fs::read_dir(state.path("trees")).unwrap().count(), 0);
    }

    #[test]
    fn a_lock_is_taken_by_one_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let state = State::open(folder.path()).unwrap();
        let held = state.lock("name").unwrap();
        assert!(state.try_lock("name").unwrap().is_none());
        drop(held);
        assert!(state.try_lock("name").unwrap().is_some());
    }

    #[test]
    fn a_broken_record_counts_as_none() {
        let folder = tempfile::tempdir().unwrap();
        let state = State::open(folder.path()).unwrap();
        state.keep_record("records", "key", &vec![1]).unwrap();
        assert_eq!(state.record::<Vec<i32>>("records", "key"), Some(vec![1]));
        fs::write(state.record_path("records", "key"), "[1").unwrap();
        assert_eq!(state.record::<Vec<i32>>("records", "key"), None);
    }
}
