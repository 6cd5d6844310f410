//! What can go wrong with a folder, always with the path it happened at.

use std::path::{Path, PathBuf};

/// An error of the work on folders.
#[derive(Debug, thiserror::Error)]
pub enum TreeError {
    /// The system refused an operation.
    #[error("cannot {operation} {}: {source}", path.display())]
    Io {
        /// What was tried, as a verb.
        operation: &'static str,
        /// What it was tried on.
        path: PathBuf,
        /// The system's answer.
        #[source]
        source: std::io::Error,
    },
    /// A pattern of a filter or a glob is not in Docker's pattern language.
    #[error("pattern {pattern:?} is not valid: {source}")]
    Pattern {
        /// The pattern as it was given.
        pattern: String,
        /// What is wrong with it.
        #[source]
        source: globset::Error,
    },
    /// A pattern is `!` alone, which excepts nothing.
    #[error("pattern \"!\" names nothing: write what is excepted after it, such as \"!src/\"")]
    EmptyException,
    /// A `.gitignore` file cannot be read or holds a pattern that is not valid.
    #[error("cannot read the ignore file {}: {source}", path.display())]
    IgnoreFile {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        #[source]
        source: ignore::Error,
    },
    /// A directory was expected.
    #[error("cannot {operation} {}: it is not a directory", path.display())]
    NotADirectory {
        /// What was tried, as a verb.
        operation: &'static str,
        /// What is not a directory.
        path: PathBuf,
    },
    /// A file was expected.
    #[error("cannot {operation} {}: it is not a file", path.display())]
    NotAFile {
        /// What was tried, as a verb.
        operation: &'static str,
        /// What is not a file.
        path: PathBuf,
    },
    /// A file would be exported onto an existing directory.
    #[error(
        "cannot export a file to {}: it is a directory; name the file to write, or allow the directory to be its parent (allowParentDirPath)",
        path.display()
    )]
    TargetIsDirectory {
        /// The directory.
        path: PathBuf,
    },
    /// A directory that still holds something would give way to a file.
    #[error(
        "cannot export {}: a directory that is not empty stands there; remove it first",
        path.display()
    )]
    DirectoryInTheWay {
        /// The directory.
        path: PathBuf,
    },
    /// The whole root file system would be wiped.
    #[error("cannot wipe {}: it is the root of the file system", path.display())]
    WipesRoot {
        /// The target as it was given.
        path: PathBuf,
    },
    /// A path of a change leads out of the directory that the change is for.
    #[error("cannot apply a change to {path:?}: it leads out of the directory")]
    LeadsOut {
        /// The path as it was given.
        path: String,
    },
    /// Symbolic links lead in a circle.
    #[error("cannot resolve {}: too many symbolic links (more than {limit})", path.display())]
    TooManyLinks {
        /// The path as it was given.
        path: PathBuf,
        /// How many links are followed at most.
        limit: usize,
    },
    /// A name cannot be given back as a string.
    #[error("cannot name {}: its name is not valid UTF-8; rename it", path.display())]
    NotUtf8 {
        /// The path that holds the name.
        path: PathBuf,
    },
}

/// Gives `map_err` the operation and the path.
pub(super) fn io(
    operation: &'static str,
    path: &Path,
) -> impl FnOnce(std::io::Error) -> TreeError + use<> {
    let path = path.to_path_buf();
    move |source| TreeError::Io {
        operation,
        path,
        source,
    }
}
