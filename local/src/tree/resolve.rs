//! Finds and lists entries of a folder as if it were the root of a file system.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::fs;
use std::path::{Component, Path, PathBuf};

use super::error::{TreeError, io};
use super::filter::Filter;
use super::pattern::Pattern;
use super::walk::{existing, walk};

/// How many symbolic links are followed at most; the kernel's own limit (`path_resolution(7)`).
const LINK_LIMIT: usize = 40;

/// Where `path` lies inside `root`, with symbolic links followed as if `root` were `/`.
///
/// The result never leaves `root`, whatever links and `..` say. Parts that do not exist are kept
/// as they are, so that the result can be a place to write to.
///
/// # Errors
/// Refuses links that lead in a circle, and names a directory that could not be read.
pub fn resolve(root: &Path, path: &str) -> Result<PathBuf, TreeError> {
    let mut resolved = PathBuf::new();
    let mut rest: VecDeque<OsString> = parts(Path::new(path)).collect();
    let mut links = 0;
    while let Some(part) = rest.pop_front() {
        if part == ".." {
            resolved.pop();
            continue;
        }
        let next = root.join(&resolved).join(&part);
        let is_link = match existing(&next) {
            Ok(found) => found.is_some_and(|metadata| metadata.is_symlink()),
            // A part below a file does not exist either.
            Err(TreeError::Io { source, .. })
                if source.kind() == std::io::ErrorKind::NotADirectory =>
            {
                false
            }
            Err(error) => return Err(error),
        };
        if !is_link {
            resolved.push(part);
            continue;
        }
        links += 1;
        if links > LINK_LIMIT {
            return Err(TreeError::TooManyLinks {
                path: PathBuf::from(path),
                limit: LINK_LIMIT,
            });
        }
        let leads_to = fs::read_link(&next).map_err(io("read link", &next))?;
        if leads_to.is_absolute() {
            resolved.clear();
        }
        for part in parts(&leads_to).collect::<Vec<_>>().into_iter().rev() {
            rest.push_front(part);
        }
    }
    // Joining nothing would add a slash.
    Ok(root.join(resolved).components().collect())
}

/// The parts of a path that move: names and `..`.
fn parts(path: &Path) -> impl Iterator<Item = OsString> {
    path.components().filter_map(|part| match part {
        Component::Normal(_) | Component::ParentDir => Some(part.as_os_str().to_os_string()),
        Component::RootDir | Component::CurDir | Component::Prefix(_) => None,
    })
}

/// The names in the directory `path` of `root`, sorted; directories end in `/`.
///
/// # Errors
/// Names the directory that does not exist or cannot be read.
pub fn entries(root: &Path, path: &str) -> Result<Vec<String>, TreeError> {
    let directory = resolve(root, path)?;
    let mut names = Vec::new();
    for entry in fs::read_dir(&directory).map_err(io("read directory", &directory))? {
        let entry = entry.map_err(io("read directory", &directory))?;
        let mut name = entry.file_name().to_string_lossy().into_owned();
        if entry
            .file_type()
            .map_err(io("read", &entry.path()))?
            .is_dir()
        {
            name.push('/');
        }
        names.push(name);
    }
    names.sort();
    Ok(names)
}

/// The paths in `root` that match `pattern`, in Docker's pattern language; directories end in `/`.
///
/// Unlike in a [`Filter`], a pattern that matches a directory does not match what lies below.
///
/// # Errors
/// Names the pattern that is not valid, or the entry that could not be read.
pub fn glob(root: &Path, pattern: &str) -> Result<Vec<String>, TreeError> {
    let Some(pattern) = Pattern::parse(pattern)? else {
        return Ok(Vec::new());
    };
    let matcher = pattern.glob.compile_matcher();
    let mut names = Vec::new();
    for entry in walk(root, &Filter::default())? {
        if matcher.is_match(&entry.relative) {
            names.push(entry.name()?);
        }
    }
    names.sort();
    Ok(names)
}
