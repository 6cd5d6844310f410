//! Writes folders and files of the session onto the host.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::error::{TreeError, io};
use super::filter::Filter;
use super::place::{Placement, parent_of};
use super::walk::{Entry, walk};

/// Writes the folder `source` onto the host's folder `target`, which is created if it is missing.
///
/// Each file takes its name only when it is complete. Modes, symbolic links and the times of
/// files are kept, set-user-ID and set-group-ID are not; files belong to the caller. What is the same already is not touched. Links
/// inside `target` are replaced, never followed; `target` itself may be one. With `wipe`, what
/// `source` does not hold is removed from `target`.
///
/// # Errors
/// Names the entry that could not be read or written, or the directory that stands in the way of
/// a file. What was written before the error stays.
pub fn export(source: &Path, target: &Path, wipe: bool) -> Result<(), TreeError> {
    if !source.is_dir() {
        return Err(TreeError::NotADirectory {
            operation: "export",
            path: source.to_path_buf(),
        });
    }
    fs::create_dir_all(target).map_err(io("create directory", target))?;
    let target = &fs::canonicalize(target).map_err(io("resolve", target))?;
    if wipe && target.parent().is_none() {
        return Err(TreeError::WipesRoot {
            path: target.clone(),
        });
    }
    let entries = walk(source, &Filter::default())?;
    if wipe {
        let kept: BTreeSet<&Path> = entries
            .iter()
            .map(|entry| entry.relative.as_path())
            .collect();
        wipe_others(target, Path::new(""), &kept)?;
    }
    Placement::EXPORT.place_all(&changed(entries, target)?, target)
}

/// The entries that `target` does not hold in the same way.
fn changed(entries: Vec<Entry>, target: &Path) -> Result<Vec<Entry>, TreeError> {
    let mut changed = Vec::new();
    // A directory behind a link is not that directory: the link will be replaced.
    let mut directories = BTreeSet::from([PathBuf::new()]);
    for entry in entries {
        let parent = entry.relative.parent().unwrap_or(Path::new(""));
        let old = match directories.contains(parent) {
            true => Entry::at(target, &entry.relative)?,
            false => None,
        };
        if entry.is_directory() && old.as_ref().is_some_and(Entry::is_directory) {
            directories.insert(entry.relative.clone());
        }
        let unchanged = match old {
            Some(old) => Placement::EXPORT.is_placed(&entry, &old)?,
            None => false,
        };
        if !unchanged {
            changed.push(entry);
        }
    }
    Ok(changed)
}

/// Removes what is not `kept`, directories with all they hold.
fn wipe_others(root: &Path, relative: &Path, kept: &BTreeSet<&Path>) -> Result<(), TreeError> {
    let directory = root.join(relative);
    for child in fs::read_dir(&directory).map_err(io("read directory", &directory))? {
        let child = child.map_err(io("read directory", &directory))?;
        let path = child.path();
        let relative = relative.join(child.file_name());
        let file_type = child.file_type().map_err(io("read", &path))?;
        match (kept.contains(relative.as_path()), file_type.is_dir()) {
            (true, true) => wipe_others(root, &relative, kept)?,
            (true, false) => {}
            (false, true) => fs::remove_dir_all(&path).map_err(io("remove", &path))?,
            (false, false) => fs::remove_file(&path).map_err(io("remove", &path))?,
        }
    }
    Ok(())
}

/// Writes the file `source` onto the host at `target` and returns where it lies now.
///
/// Directories on the way are created. If `target` is a directory (or ends in `/`), the file goes
/// into it under its own name, if `allow_parent_dir_path` says so.
///
/// # Errors
/// Refuses a directory as `target` unless allowed; otherwise names what could not be read or
/// written.
pub fn export_file(
    source: &Path,
    target: &Path,
    allow_parent_dir_path: bool,
) -> Result<PathBuf, TreeError> {
    let entries = walk(source, &Filter::default())?;
    let (Some(entry), Some(name), false) = (entries.first(), source.file_name(), source.is_dir())
    else {
        return Err(TreeError::NotAFile {
            operation: "export",
            path: source.to_path_buf(),
        });
    };
    let names_directory = target.is_dir() || target.to_string_lossy().ends_with('/');
    if names_directory && !allow_parent_dir_path {
        return Err(TreeError::TargetIsDirectory {
            path: target.to_path_buf(),
        });
    }
    let destination = if names_directory {
        target.join(name)
    } else {
        target.to_path_buf()
    };
    let parent = parent_of(&destination);
    fs::create_dir_all(parent).map_err(io("create directory", parent))?;
    Placement::EXPORT.file(entry, &destination)?;
    Ok(destination)
}
