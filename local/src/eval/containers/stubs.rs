//! Mounting something upon a path makes the path where it is missing. What is
//! only there for that is no part of a command's files.

use std::path::{Path, PathBuf};

use crate::eval::containers::value::Container;
use crate::eval::evaluator::Evaluator;
use crate::podman::{Id, Podman};
use crate::{Error, tree};

impl Evaluator {
    /// Removes the empty files and folders that a command's mounts left in its
    /// container and that its image did not have.
    ///
    /// # Errors
    /// Podman's, or the file system's.
    pub(in crate::eval) fn remove_stubs(
        &self,
        podman: &Podman,
        it: &Container,
        image: &Id,
        container: &str,
    ) -> Result<(), Error> {
        let targets: Vec<&str> = it
            .mounts
            .iter()
            .map(|mount| mount.target.as_str())
            .collect();
        if targets.is_empty() {
            return Ok(());
        }
        let root = podman.mount_container(container)?;
        let empty = candidates(&root, &targets)?;
        if empty.is_empty() {
            return Ok(());
        }
        let before = podman.mount(image)?;
        for path in empty {
            let Ok(inside) = path.strip_prefix(&root) else {
                continue;
            };
            if before.path.join(inside).symlink_metadata().is_err() {
                remove(&path);
            }
        }
        Ok(())
    }
}

/// The targets of mounts and the folders above them, the deepest first, as far
/// as there may be nothing in them.
fn candidates(root: &Path, targets: &[&str]) -> Result<Vec<PathBuf>, Error> {
    let mut paths = Vec::new();
    for target in targets {
        let target = tree::resolve(root, target)?;
        let above = target.ancestors().take_while(|path| *path != root);
        paths.extend(above.map(Path::to_owned));
    }
    paths.sort_by_key(|path| std::cmp::Reverse(path.components().count()));
    paths.dedup();
    Ok(paths)
}

/// Removes a path if nothing is in it; one that holds something stays.
fn remove(path: &Path) {
    match path.symlink_metadata() {
        Ok(found) if found.is_dir() => drop(std::fs::remove_dir(path)),
        Ok(found) if found.is_file() && found.len() == 0 => drop(std::fs::remove_file(path)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_deepest_paths_come_first_and_the_root_never() {
        let paths = candidates(Path::new("/no/root"), &["/a/b", "/c"]).unwrap();
        let expected = ["/no/root/a/b", "/no/root/a", "/no/root/c"].map(PathBuf::from);
        assert_eq!(paths, expected);
    }

    #[test]
    fn what_holds_something_stays() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("a/b")).unwrap();
        std::fs::write(folder.path().join("a/file"), "x").unwrap();
        remove(&folder.path().join("a/b"));
        remove(&folder.path().join("a/file"));
        remove(&folder.path().join("a"));
        assert!(!folder.path().join("a/b").exists());
        assert!(folder.path().join("a/file").exists());
    }
}
