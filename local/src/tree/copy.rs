//! Copies a folder into another.

use std::fs;
use std::path::Path;

use super::error::{TreeError, io};
use super::filter::Filter;
use super::place::{Placement, parent_of};
use super::walk::{Kind, existing, walk, walk_around};

/// Copies what `filter` selects of `source` into `target`, which is created if it is missing.
///
/// What `target` holds already stays, unless an entry of the same name comes in: directories
/// merge, everything else is replaced. Modes, times, owners (as far as the caller may give files
/// away) and symbolic links are kept as they are; hard links become files of their own; sockets,
/// pipes and devices are left out. If `source` is a file, `target` is the file to write.
///
/// # Errors
/// Names the entry that could not be read or written, or the pattern that is not valid.
pub fn copy(source: &Path, target: &Path, filter: &Filter) -> Result<(), TreeError> {
    let source_metadata = fs::metadata(source).map_err(io("copy", source))?;
    if !source_metadata.is_dir() {
        return copy_file(source, target);
    }
    match existing(target)? {
        None => {
            fs::create_dir_all(target).map_err(io("create directory", target))?;
            fs::set_permissions(target, source_metadata.permissions())
                .map_err(io("change the mode of", target))?;
        }
        Some(_) if target.is_dir() => {}
        Some(_) => {
            return Err(TreeError::NotADirectory {
                operation: "copy into",
                path: target.to_path_buf(),
            });
        }
    }
    let target_metadata = fs::metadata(target).map_err(io("read", target))?;
    let entries = walk_around(source, filter, Some(&target_metadata))?;
    Placement::COPY.place_all(&entries, target)
}

fn copy_file(source: &Path, target: &Path) -> Result<(), TreeError> {
    let parent = parent_of(target);
    fs::create_dir_all(parent).map_err(io("create directory", parent))?;
    for entry in walk(source, &Filter::default())? {
        if entry.kind == Kind::File {
            Placement::COPY.file(&entry, target)?;
        }
    }
    Ok(())
}
