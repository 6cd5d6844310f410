//! Small work on files and folders of the state, for directories and files.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use serde_json::Value;

use crate::Error;
use crate::eval::files::value::absolute;
use crate::node::Node;
use crate::tree;

/// The last part of a path.
pub fn last_part(path: &str) -> String {
    let name = path
        .trim_end_matches('/')
        .rsplit('/')
        .next()
        .unwrap_or_default();
    match name {
        "" | "." | ".." => "file".to_owned(),
        name => name.to_owned(),
    }
}

pub fn absent(node: &Node, path: &str, exists: bool, what: &str) -> Error {
    let problem = match exists {
        true => format!("{path} is no {what}"),
        false => format!("{path}: no such file or directory"),
    };
    Error::argument(node.name(), problem)
}

/// Where a path lies in a folder, links followed as if that were the root.
pub fn place(root: &Path, path: &str) -> Result<std::path::PathBuf, Error> {
    Ok(tree::resolve(root, path)?)
}

pub fn make_parent(path: &Path) -> Result<(), Error> {
    path.parent().map_or(Ok(()), crate::state::make_folder)
}

/// Removes a path; one that is not there is no error. A link is removed, not
/// what it leads to.
pub fn remove(root: &Path, path: &str) -> Result<(), Error> {
    if !root.is_absolute() {
        return Err(Error::argument(
            format!("remove {path} in {:?}", root.display().to_string()),
            "the folder's path is not absolute",
        ));
    }
    let path = absolute("/", path);
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
    if name.is_empty() {
        return Ok(());
    }
    crate::state::remove_tree(&place(root, folder)?.join(name))
}

/// Sets mode bits where they are given.
pub fn permissions(path: &Path, mode: Option<i64>) -> Result<(), Error> {
    let Some(mode) = mode.and_then(|mode| u32::try_from(mode).ok()) else {
        return Ok(());
    };
    fs::set_permissions(path, fs::Permissions::from_mode(mode & 0o7777))
        .map_err(|error| Error::file("change the mode of", path, &error))
}

/// Takes files from their owners on the host, whose numbers mean nobody, or
/// somebody else, in a container.
pub fn give_to_root(path: &Path) -> Result<(), Error> {
    use std::os::unix::fs::MetadataExt as _;
    for entry in walkdir::WalkDir::new(path) {
        let entry = entry.map_err(|error| Error::Query {
            message: error.to_string(),
        })?;
        let is_roots = entry
            .metadata()
            .is_ok_and(|found| found.uid() == 0 && found.gid() == 0);
        if !is_roots {
            std::os::unix::fs::lchown(entry.path(), Some(0), Some(0))
                .map_err(|error| Error::file("change the owner of", entry.path(), &error))?;
        }
    }
    Ok(())
}

/// Changes the owner of everything below a path; only numbers are known here.
pub fn chown(path: &Path, owner: &str) -> Result<(), Error> {
    if owner.is_empty() {
        return Ok(());
    }
    let (user, group) = owner.split_once(':').unwrap_or((owner, owner));
    let (Ok(user), Ok(group)) = (user.parse(), group.parse()) else {
        return Err(Error::argument(
            format!("owner {owner:?}"),
            "a directory knows no names: give numbers, as in 1000:1000",
        ));
    };
    for entry in walkdir::WalkDir::new(path) {
        let entry = entry.map_err(|error| Error::Query {
            message: error.to_string(),
        })?;
        std::os::unix::fs::lchown(entry.path(), Some(user), Some(group))
            .map_err(|error| Error::file("change the owner of", entry.path(), &error))?;
    }
    Ok(())
}

pub fn set_times(path: &Path, seconds: i64) -> Result<(), Error> {
    let time = std::time::UNIX_EPOCH
        + std::time::Duration::from_secs(u64::try_from(seconds).unwrap_or_default());
    for entry in walkdir::WalkDir::new(path).contents_first(true) {
        let entry = entry.map_err(|error| Error::Query {
            message: error.to_string(),
        })?;
        if entry.path_is_symlink() {
            continue;
        }
        fs::File::open(entry.path())
            .and_then(|file| file.set_modified(time))
            .map_err(|error| Error::file("change the time of", entry.path(), &error))?;
    }
    Ok(())
}

/// Facts about a path, for `stat`.
pub fn facts(path: &Path, follow: bool) -> Option<Value> {
    let metadata = match follow {
        true => fs::metadata(path),
        false => fs::symlink_metadata(path),
    }
    .ok()?;
    let kind = match metadata.file_type() {
        kind if kind.is_dir() => "DIRECTORY",
        kind if kind.is_symlink() => "SYMLINK",
        kind if kind.is_file() => "REGULAR",
        _ => "UNKNOWN",
    };
    Some(serde_json::json!({
        "name": path.file_name().map(|name| name.to_string_lossy()),
        "size": metadata.len(),
        "permissions": metadata.permissions().mode() & 0o7777,
        "fileType": kind,
    }))
}
