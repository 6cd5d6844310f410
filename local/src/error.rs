//! What can go wrong in a session: one line each, but for a failed command,
//! which carries what it wrote.

use std::io;
use std::path::{Path, PathBuf};

/// A failure of the session or of what it ran.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A `withExec` ended with a code that was not expected. A module may have
    /// put a word of its own in front of the message.
    #[error("{message}")]
    Exec {
        message: String,
        command: Vec<String>,
        exit_code: i32,
        stdout: String,
        stderr: String,
    },
    /// The module answered a call with an error, or broke down.
    #[error("{message}")]
    Module { message: String },
    /// The field is not part of what the session serves.
    #[error("the local session does not serve {field}")]
    Unserved { field: String },
    /// An argument that cannot be used; `what` names it.
    #[error("{what}: {problem}")]
    Argument { what: String, problem: String },
    /// A query that is no valid GraphQL for this session.
    #[error("{message}")]
    Query { message: String },
    /// An image that neither exists here nor can be had.
    #[error("image {reference}: {problem}")]
    Image { reference: String, problem: String },
    /// A service that did not start, or ended while it was needed.
    #[error("service {name}: {problem}")]
    Service { name: String, problem: String },
    /// Podman cannot be used here.
    #[error("{problem}")]
    Setup { problem: String },
    /// Podman failed at something that the session asked for.
    #[error("podman {operation}: {message}")]
    Podman { operation: String, message: String },
    /// A file or folder could not be used.
    #[error("cannot {operation} {}: {message}", path.display())]
    File {
        operation: &'static str,
        path: PathBuf,
        message: String,
    },
}

impl Error {
    /// A command that failed, in an engine's words.
    pub fn exec(command: &[String], exit_code: i32, stdout: String, stderr: String) -> Self {
        Error::Exec {
            message: format!("exit code: {exit_code}"),
            command: command.to_vec(),
            exit_code,
            stdout,
            stderr,
        }
    }

    /// A failure on a file of the session or the host.
    pub fn file(operation: &'static str, path: &Path, source: &io::Error) -> Self {
        Error::File {
            operation,
            path: path.to_owned(),
            message: source.to_string(),
        }
    }

    /// An argument that cannot be used.
    pub fn argument(what: impl Into<String>, problem: impl Into<String>) -> Self {
        Error::Argument {
            what: what.into(),
            problem: problem.into(),
        }
    }
}
