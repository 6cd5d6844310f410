//! What can go wrong on the command line, and how it is said: one line, the
//! place to look for help after a mistake, and the exit code.

use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};

use crate::Error as SessionError;

/// A failure of the command line.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// The user's mistake; `command` is the part of the line that was understood.
    #[error("{message}")]
    Usage { message: String, command: String },
    /// There is no module where one was looked for.
    #[error("{0}")]
    Module(String),
    /// cargo did not build the module: what it said, and nothing else.
    #[error("{0}")]
    Build(String),
    /// A file of the host could not be read, written or started.
    #[error("cannot {operation} {path}: {source}", path = path.display())]
    Host {
        operation: &'static str,
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    /// The session refused or failed.
    #[error(transparent)]
    Session(#[from] SessionError),
    /// What was asked for is not served.
    #[error("{0}")]
    Unserved(String),
    /// Changes that nobody agreed to, and nobody is there to be asked.
    #[error("nothing was applied: -y (--auto-apply) applies these changes")]
    Unconfirmed,
    /// A signal ended the call.
    #[error("interrupted")]
    Interrupted { code: u8 },
    /// Some checks failed; which ones stands in the list already.
    #[error("{failed} of {all} checks failed")]
    Checks { failed: usize, all: usize },
}

/// What to make of a system's error about a path.
pub fn failed(operation: &'static str, path: &Path) -> impl FnOnce(io::Error) -> CliError {
    let path = path.to_path_buf();
    move |source| CliError::Host {
        operation,
        path,
        source,
    }
}

impl CliError {
    /// A mistake in what follows `command`, such as `dagger call dind-service`.
    pub fn usage(command: &str, message: impl Into<String>) -> Self {
        CliError::Usage {
            message: message.into(),
            command: command.to_owned(),
        }
    }

    /// The text for stderr, with a newline at its end.
    pub fn report(&self) -> String {
        let mut text = match self {
            // Who pressed Ctrl-C knows.
            CliError::Interrupted { .. } => return String::new(),
            CliError::Build(text) => text.trim_end().to_owned(),
            other => format!("Error: {}", other.to_string().trim_end()),
        };
        if let CliError::Session(SessionError::Exec { stdout, stderr, .. }) = self {
            for (name, output) in [("Stdout", stdout), ("Stderr", stderr)] {
                if !output.trim().is_empty() {
                    // Writing to a String cannot fail.
                    let _ = write!(text, "\n{name}:\n{}", output.trim_end());
                }
            }
        }
        if let CliError::Usage { command, .. } = self {
            let _ = write!(text, "\nRun '{command} --help' for usage.");
        }
        text.push('\n');
        text
    }

    /// The code that the process ends with: a failed command's own, else 1.
    pub fn exit_code(&self) -> u8 {
        match self {
            CliError::Session(SessionError::Exec { exit_code, .. }) => {
                // A command that a signal ended has no code that fits in a byte.
                u8::try_from(*exit_code)
                    .ok()
                    .filter(|code| *code != 0)
                    .unwrap_or(1)
            }
            CliError::Interrupted { code } => *code,
            _ => 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exec(exit_code: i32) -> CliError {
        let command = ["bash".into(), "-c".into(), "exit 7".into()];
        SessionError::exec(&command, exit_code, "what\n".into(), "why\n".into()).into()
    }

    #[test]
    fn a_failed_command_is_told_with_what_it_wrote() {
        assert_eq!(
            exec(7).report(),
            "Error: exit code: 7\n\
             Stdout:\nwhat\nStderr:\nwhy\n"
        );
    }

    #[test]
    fn the_exit_code_is_the_commands_own() {
        assert_eq!(exec(7).exit_code(), 7);
        assert_eq!(exec(-1).exit_code(), 1);
        assert_eq!(CliError::Module("none".into()).exit_code(), 1);
    }

    #[test]
    fn a_mistake_says_where_help_is() {
        assert_eq!(
            CliError::usage("dagger call", "unknown flag: --bad").report(),
            "Error: unknown flag: --bad\nRun 'dagger call --help' for usage.\n"
        );
    }
}
