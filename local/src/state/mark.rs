//! The mark that makes a folder a state folder: without it nothing is written
//! there and nothing removed, whatever the folder's name.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::{FOLDERS, make_private, remove_tree};
use crate::Error;

/// The file that is the mark; the first one in a state folder and the last.
const MARK: &str = ".dagger-local";

/// What the mark says to who finds it.
const WORDS: &str = "This folder belongs to dagger-local, which keeps images, caches and results here.\n\
    `dagger-local prune` removes them.\n";

/// The file that says that the Podman of this folder made something outside of it.
pub const MADE_OUTSIDE: &str = "made-outside";

/// What sessions keep beside the folders that each of them makes.
const OTHERS: [&str; 6] = [
    "booted",
    MADE_OUTSIDE,
    "registrations",
    "salt",
    "storage",
    "storage-driver",
];

/// The canonical path of a state folder. An empty folder becomes one, and so
/// does one that is not there.
///
/// # Errors
/// A folder that holds something else, or no folder.
pub fn claim(root: &Path) -> Result<PathBuf, Error> {
    if !root.exists() {
        make_private(root)?;
    }
    let canonical = root
        .canonicalize()
        .map_err(|error| Error::file("open", root, &error))?;
    if is_marked(&canonical) {
        // Files of images lie here, programs that run as root among them.
        make_private(&canonical)?;
        return Ok(canonical);
    }
    let mut entries =
        fs::read_dir(&canonical).map_err(|error| Error::file("look into", &canonical, &error))?;
    // The name of the mark's file tells nobody that comes at the same time
    // that something else is there.
    if entries.any(|entry| entry.is_ok_and(|entry| entry.file_name() != MARK)) {
        return Err(foreign(root));
    }
    make_private(&canonical)?;
    let mark = canonical.join(MARK);
    let made = File::options().write(true).create_new(true).open(&mark);
    match made.and_then(|mut file| file.write_all(WORDS.as_bytes())) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            Err(Error::file("write", &mark, &error))
        }
        _ => Ok(canonical),
    }
}

/// Whether a folder is a state folder.
pub fn is_marked(folder: &Path) -> bool {
    folder
        .join(MARK)
        .symlink_metadata()
        .is_ok_and(|found| found.is_file())
}

/// Removes what sessions keep in a state folder, and the folder if nothing
/// else is in it. A link that `given` is stays, with the folder that it leads to.
///
/// # Errors
/// A folder without the mark; something that cannot be removed.
pub fn remove(root: &Path, given: &Path) -> Result<(), Error> {
    if !is_marked(root) {
        return Err(foreign(root));
    }
    for name in FOLDERS.iter().chain(&OTHERS) {
        remove_tree(&root.join(name))?;
    }
    remove_tree(&root.join(MARK))?;
    if given.is_symlink() {
        return Ok(());
    }
    match fs::remove_dir(root) {
        Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => Ok(()),
        // A mount point, or a folder in a folder that is somebody else's.
        Err(error) if error.kind() != io::ErrorKind::NotFound && root.exists() => {
            Err(Error::file("remove", root, &error))
        }
        _ => Ok(()),
    }
}

/// The error about a folder that is somebody else's.
pub fn foreign(root: &Path) -> Error {
    Error::argument(
        root.display().to_string(),
        format!(
            "it is no folder of dagger-local (there is no {MARK} in it): nothing was written or \
             removed; name a new or an empty folder by DAGGER_LOCAL_STATE"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_of_somebody_else_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let theirs = folder.path().join("theirs");
        fs::create_dir(&theirs).unwrap();
        fs::write(theirs.join("file"), "x").unwrap();
        let error = claim(&theirs).unwrap_err().to_string();
        assert!(error.contains("theirs"), "{error}");
        remove(&theirs, &theirs).unwrap_err();
        assert_eq!(fs::read_dir(&theirs).unwrap().count(), 1);
    }

    #[test]
    fn only_what_sessions_keep_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let root = claim(&folder.path().join("state")).unwrap();
        fs::create_dir_all(root.join("trees/a")).unwrap();
        fs::write(root.join("theirs"), "x").unwrap();
        remove(&root, &root).unwrap();
        let left: Vec<_> = fs::read_dir(&root).unwrap().flatten().collect();
        assert_eq!(left.len(), 1);
        assert_eq!(left[0].file_name(), "theirs");
    }

    #[test]
    fn a_link_to_a_state_folder_stays_a_link_that_can_be_used() {
        let folder = tempfile::tempdir().unwrap();
        let (link, target) = (folder.path().join("link"), folder.path().join("target"));
        fs::create_dir(&target).unwrap();
        std::os::unix::fs::symlink(&target, &link).unwrap();
        let root = claim(&link).unwrap();
        assert_eq!(root, target.canonicalize().unwrap());
        remove(&root, &link).unwrap();
        assert!(link.is_symlink());
        assert_eq!(claim(&link).unwrap(), root);
    }

    #[test]
    fn a_state_folder_is_closed_to_others() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let root = claim(&folder.path().join("state")).unwrap();
        let mode = || root.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(), 0o700);
        fs::set_permissions(&root, fs::Permissions::from_mode(0o755)).unwrap();
        claim(&root).unwrap();
        assert_eq!(mode(), 0o700);
    }
}
