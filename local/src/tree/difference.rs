//! What one folder has over another, as a folder.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::error::{TreeError, io};
use super::place::{Placement, same};
use super::walk::{Entry, index};

/// Writes the entries of `after` that are new or changed against `before` into the folder
/// `target`, with the directories on the way to them.
///
/// Contents, kinds, modes and link targets count, times and owners do not. What is missing in
/// `after` leaves no trace: see [`changes`](super::changes) for that.
///
/// # Errors
/// Names the entry that could not be read or written.
pub fn difference(before: &Path, after: &Path, target: &Path) -> Result<(), TreeError> {
    let before = index(before)?;
    let after = index(after)?;
    let mut changed = BTreeSet::new();
    for (relative, entry) in &after {
        let unchanged = match before.get(relative) {
            Some(old) => same(old, entry)?,
            None => false,
        };
        if !unchanged {
            changed.insert(relative.clone());
        }
    }
    fs::create_dir_all(target).map_err(io("create directory", target))?;
    Placement::COPY.place_all(
        with_parents(&after.into_values().collect::<Vec<_>>(), &changed),
        target,
    )
}

/// The entries named in `selected`, and the directories on the way to them.
pub(super) fn with_parents<'a>(
    entries: &'a [Entry],
    selected: &BTreeSet<PathBuf>,
) -> Vec<&'a Entry> {
    let wanted: BTreeSet<&Path> = selected.iter().flat_map(|path| path.ancestors()).collect();
    entries
        .iter()
        .filter(|entry| wanted.contains(entry.relative.as_path()))
        .collect()
}
