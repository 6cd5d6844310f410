//! The owners of files: a host's become root's, as in an engine; a container's
//! stay whoever they belong to, and count in the digest of a directory.

use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use crate::Error;
use crate::state;
use crate::tree::{self, Filter};

/// The entries that do not belong to root, with their owners.
fn owners(path: &Path) -> impl Iterator<Item = String> {
    walkdir::WalkDir::new(path)
        .sort_by_file_name()
        .into_iter()
        .flatten()
        .filter_map(move |entry| {
            let metadata = entry.metadata().ok()?;
            let is_foreign = metadata.uid() != 0 || metadata.gid() != 0;
            let inside = entry.path().strip_prefix(path).unwrap_or(entry.path());
            is_foreign
                .then(|| format!("{}:{} {}", metadata.uid(), metadata.gid(), inside.display()))
        })
}

/// Whether anything belongs to somebody else than root.
pub fn foreign(path: &Path) -> bool {
    owners(path).next().is_some()
}

/// The digest of a directory, owners included.
///
/// # Errors
/// An entry that cannot be read.
pub fn digest(path: &Path) -> Result<String, Error> {
    let contents = tree::digest(path, &Filter::default())?;
    let owners: Vec<_> = owners(path).collect();
    Ok(match owners.is_empty() {
        true => contents,
        false => state::digest([contents].into_iter().chain(owners)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    #[test]
    fn another_owner_is_another_digest() {
        if !nix::unistd::geteuid().is_root() {
            // Past the capture of the test's output: a check that did not run is said aloud.
            writeln!(std::io::stderr(), "skipped: only root may give files away")
                .expect("stderr takes a line");
            return;
        }
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("file"), "x").unwrap();
        let before = digest(folder.path()).unwrap();
        assert!(!foreign(folder.path()));
        std::os::unix::fs::chown(folder.path().join("file"), Some(1), Some(2)).unwrap();
        assert!(foreign(folder.path()));
        assert_ne!(digest(folder.path()).unwrap(), before);
    }
}
