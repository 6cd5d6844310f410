//! Containers that are there: looked at, stopped, and removed, those of killed
//! sessions, too.

use std::process::Output;

use serde::Deserialize;

use super::checked::{self, Id};
use super::command::{Podman, failure};
use crate::{Error, init};

/// The label that names the session a container belongs to.
const SESSION: &str = "dagger-local.session";

/// How often containers are removed: Podman may lose a race against one that
/// just starts.
const ATTEMPTS: usize = 3;

/// What Podman writes to its log when it is told to end.
const TOLD_TO_END: &str = "Received shutdown signal";

/// The argument that says whose a container is.
pub fn label(session: &str) -> String {
    format!("--label={SESSION}={session}")
}

/// A container on Podman's list.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Listed {
    id: Id,
    #[serde(default)]
    names: Vec<String>,
}

impl Podman {
    /// The code that a container has ended with; nothing where it has not.
    ///
    /// # Errors
    /// The container is not there.
    pub fn ended_with(&self, name: &str) -> Result<Option<i32>, Error> {
        let text = self.inspect(name, "{{.State.Status}} {{.State.ExitCode}}")?;
        let (status, code) = text.split_once(' ').unwrap_or((&text, ""));
        match (status, code.parse()) {
            ("exited" | "stopped", Ok(code)) => Ok(Some(code)),
            (_, Ok(_)) => Ok(None),
            _ => Err(checked::unexpected("inspect", "a container's state", &text)),
        }
    }

    /// The process of a container; 0 where it has ended.
    ///
    /// # Errors
    /// The container is gone.
    pub fn process(&self, name: &str) -> Result<u32, Error> {
        let text = self.inspect(name, "{{.State.Pid}}")?;
        text.parse()
            .map_err(|_| checked::unexpected("inspect", "a process", &text))
    }

    fn inspect(&self, name: &str, format: &str) -> Result<String, Error> {
        let format = format!("--format={format}");
        self.output("inspect", ["inspect", "--type=container", &format, name])
    }

    /// Runs a command in a running container, with the variables that reach
    /// commands past Podman; whether it succeeded.
    pub fn probe(&self, name: &str, command: &[String], variables: &[(String, Vec<u8>)]) -> bool {
        let mut podman = self.command();
        // Told to end, Podman says success, and only its log tells.
        podman.args(["--log-level=info", "exec"]);
        let has_variables = !variables.is_empty();
        if has_variables {
            podman.arg("--preserve-fds=1");
            if init::hand_over(&mut podman, variables, || {}).is_err() {
                return false;
            }
        }
        podman
            .arg(name)
            .args(init::command(command, true, has_variables));
        podman.output().is_ok_and(|output| {
            let log = String::from_utf8_lossy(&output.stderr);
            output.status.success() && !log.contains(TOLD_TO_END)
        })
    }

    /// The last lines of a container's log, stdout and stderr.
    pub fn log_tail(&self, name: &str, lines: usize) -> String {
        let Ok(output) = self.try_output(["logs", &format!("--tail={lines}"), name]) else {
            return String::new();
        };
        let text = [output.stdout, output.stderr].concat();
        String::from_utf8_lossy(&text).trim_end().to_owned()
    }

    /// Stops a container: gently, or at once.
    ///
    /// # Errors
    /// Podman's.
    pub fn stop(&self, name: &str, at_once: bool) -> Result<(), Error> {
        let time = if at_once { "--time=0" } else { "--time=10" };
        self.output("stop", ["stop", time, name]).map(|_| ())
    }

    /// Removes a container, running or not. One that is gone already is what
    /// was wanted.
    ///
    /// # Errors
    /// It is still there.
    pub fn remove(&self, name: &str) -> Result<(), Error> {
        let mut message = String::new();
        for _ in 0..ATTEMPTS {
            let output = self.rm(&[name])?;
            if output.status.success() && says(&output, name) {
                return Ok(());
            }
            message = failure(&output);
            let exists = self.try_output(["container", "exists", name])?;
            if exists.status.code() == Some(1) {
                return Ok(());
            }
        }
        Err(Error::Podman {
            operation: format!("rm {name}"),
            message,
        })
    }

    fn rm(&self, names: &[&str]) -> Result<Output, Error> {
        let start = ["rm", "--force", "--time=0", "--volumes"];
        self.try_output(start.iter().chain(names))
    }

    /// Removes all containers of a session.
    ///
    /// # Errors
    /// One that is still there, or a list that cannot be had.
    pub fn remove_all_of(&self, session: &str) -> Result<(), Error> {
        let filter = format!("--filter=label={SESSION}={session}");
        self.remove_listed(&[&filter])
    }

    /// Removes all containers, whosoever they are.
    ///
    /// # Errors
    /// As [`Podman::remove_all_of`].
    pub fn remove_all(&self) -> Result<(), Error> {
        self.remove_listed(&[])
    }

    /// Removes what builds that were killed have left. The caller sees to it
    /// that nothing is being built.
    ///
    /// # Errors
    /// As [`Podman::remove_all_of`].
    pub fn remove_builds(&self) -> Result<(), Error> {
        self.remove_listed(&["--external", "--filter=status=unknown"])
    }

    fn remove_listed(&self, filter: &[&str]) -> Result<(), Error> {
        let mut message = String::new();
        for attempt in 0..=ATTEMPTS {
            let listed = self.listed(filter)?;
            if listed.is_empty() {
                return Ok(());
            }
            if attempt == ATTEMPTS {
                let names: Vec<_> = listed
                    .iter()
                    .map(|listed| {
                        listed
                            .names
                            .first()
                            .map_or(listed.id.as_str(), String::as_str)
                    })
                    .collect();
                return Err(Error::Podman {
                    operation: format!("rm {}", names.join(" ")),
                    message,
                });
            }
            let ids: Vec<_> = listed.iter().map(|listed| listed.id.as_str()).collect();
            message = failure(&self.rm(&ids)?);
        }
        Ok(())
    }

    fn listed(&self, filter: &[&str]) -> Result<Vec<Listed>, Error> {
        let list = ["ps", "--all", "--no-trunc", "--format=json"];
        let output = self.try_output(list.iter().chain(filter))?;
        // Nothing is a list, too; no list is not nothing.
        serde_json::from_slice(&output.stdout).map_err(|_| Error::Podman {
            operation: "ps".into(),
            message: failure(&output),
        })
    }
}

/// Whether Podman named a container as removed.
fn says(output: &Output, name: &str) -> bool {
    let said = String::from_utf8_lossy(&output.stdout);
    said.lines().any(|line| line.trim() == name)
}
