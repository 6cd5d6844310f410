//! What happened between two folders, as lists of paths, and doing the same to a third.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::difference::with_parents;
use super::error::{TreeError, io};
use super::filter::Filter;
use super::place::{Placement, same};
use super::walk::{existing, index, walk};

/// What happened between two folders. Each list is sorted; directories end in `/`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    /// What is new.
    pub added: Vec<String>,
    /// What was there and is different now: contents, mode, or file against link.
    pub modified: Vec<String>,
    /// What is gone. Of a directory that is gone, only the directory.
    pub removed: Vec<String>,
    /// What is gone with the directories in `removed`.
    #[serde(default)]
    pub removed_within: Vec<String>,
}

impl Changes {
    /// Whether nothing happened.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.modified.is_empty() && self.removed.is_empty()
    }
}

/// Compares two folders. Times and owners do not count.
///
/// # Errors
/// Names the entry that could not be read, or whose changed name is not UTF-8.
pub fn changes(before: &Path, after: &Path) -> Result<Changes, TreeError> {
    let before = index(before)?;
    let after = index(after)?;
    let mut changes = Changes::default();
    for (relative, entry) in &after {
        match before.get(relative) {
            Some(old) if old.is_directory() == entry.is_directory() => {
                if !same(old, entry)? {
                    changes.modified.push(entry.name()?);
                }
            }
            _ => changes.added.push(entry.name()?),
        }
    }
    for (relative, entry) in &before {
        let stays = |path: &Path, is_directory: bool| {
            after
                .get(path)
                .is_some_and(|new| new.is_directory() == is_directory)
        };
        if stays(relative, entry.is_directory()) {
            continue;
        }
        let parent = relative.parent().unwrap_or(Path::new(""));
        if parent.as_os_str().is_empty() || stays(parent, true) {
            changes.removed.push(entry.name()?);
        } else {
            changes.removed_within.push(entry.name()?);
        }
    }
    for list in [
        &mut changes.added,
        &mut changes.modified,
        &mut changes.removed,
        &mut changes.removed_within,
    ] {
        list.sort();
    }
    Ok(changes)
}

/// Does to the folder `target` on the host what `changes` tells, with contents from `after`.
///
/// Removes only what the changes name: a directory goes if nothing else is in it, so that files
/// which were never part of the compared folders (ignored ones, say) are not lost. Nothing is
/// removed or written through a symbolic link.
///
/// # Errors
/// Names the path that leads out of `target`, or the entry that could not be read, written or
/// removed. What was done before the error stays done.
pub fn apply(changes: &Changes, after: &Path, target: &Path) -> Result<(), TreeError> {
    let paths = |lists: [&Vec<String>; 2]| -> Result<BTreeSet<PathBuf>, TreeError> {
        lists
            .into_iter()
            .flatten()
            .map(|name| inner(name))
            .collect()
    };
    let written = paths([&changes.added, &changes.modified])?;
    let removed = paths([&changes.removed, &changes.removed_within])?;
    fs::create_dir_all(target).map_err(io("create directory", target))?;
    for relative in removed.iter().rev() {
        remove(target, relative)?;
    }
    let entries = walk(after, &Filter::default())?;
    Placement::EXPORT.place_all(with_parents(&entries, &written), target)
}

/// The path that `name` gives, if it stays inside.
fn inner(name: &str) -> Result<PathBuf, TreeError> {
    let path = Path::new(name);
    let stays = path
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    if !stays || name.is_empty() {
        return Err(TreeError::LeadsOut {
            path: name.to_string(),
        });
    }
    // Drops the trailing slash.
    Ok(path.components().collect())
}

fn remove(target: &Path, relative: &Path) -> Result<(), TreeError> {
    let parents: Vec<&Path> = relative.ancestors().skip(1).collect();
    for parent in parents.into_iter().rev().skip(1) {
        if !existing(&target.join(parent))?.is_some_and(|metadata| metadata.is_dir()) {
            return Ok(());
        }
    }
    let path = target.join(relative);
    let Some(metadata) = existing(&path)? else {
        return Ok(());
    };
    let result = if metadata.is_dir() {
        fs::remove_dir(&path)
    } else {
        fs::remove_file(&path)
    };
    match result {
        Err(error) if error.kind() == ErrorKind::DirectoryNotEmpty => Ok(()),
        result => result.map_err(io("remove", &path)),
    }
}
