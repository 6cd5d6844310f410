//! The beginning and the end of sessions: each holds a lock while it lives,
//! and whoever can take the lock of another may clean up after it.

use std::fs;
use std::path::Path;

use super::Evaluator;
use crate::Error;
use crate::podman::Podman;
use crate::state::{Lock, State};

/// The prefix of sessions' locks.
const PREFIX: &str = "session-";

/// Enters a session: sweeps up after those that were killed, and takes the
/// lock of the new one.
///
/// # Errors
/// A state folder that cannot be written.
pub fn enter(state: &State, name: &str) -> Result<Lock, Error> {
    let _entering = state.lock("entering")?;
    sweep(state)?;
    state.lock(&format!("{PREFIX}{name}"))
}

/// Sweeps up after sessions that were killed since this one began.
///
/// # Errors
/// A state folder that cannot be written.
pub fn dead(state: &State) -> Result<(), Error> {
    let _entering = state.lock("entering")?;
    sweep(state)
}

fn sweep(state: &State) -> Result<(), Error> {
    for other in sessions(state) {
        let Some(_dead) = state.try_lock(&format!("{PREFIX}{other}"))? else {
            continue;
        };
        // Without Podman nothing of it can be left, either.
        if let Ok(podman) = Podman::open(state) {
            podman.remove_all_of(&other);
        }
        super::secrets::forget(&other);
        forget(state, &other);
    }
    state.remove_abandoned();
    Ok(())
}

/// Leaves a session.
///
/// # Errors
/// Podman's, while cleaning up.
pub fn leave(evaluator: &Evaluator, keep: bool, lock: Option<Lock>) -> Result<(), Error> {
    if let Some(podman) = evaluator.opened_podman() {
        podman.end();
        match keep {
            true => evaluator.services.forget(),
            false => {
                evaluator.services.stop_all(evaluator);
                podman.remove_all_of(&evaluator.session);
            }
        }
        evaluator.forget_secrets();
    }
    forget(&evaluator.state, &evaluator.session);
    drop(lock);
    Ok(())
}

/// Removes a state folder.
///
/// # Errors
/// A session that still runs in it, or a file that cannot be removed.
pub fn prune(root: &Path) -> Result<(), Error> {
    if !root.exists() {
        return Ok(());
    }
    let state = State::open(root)?;
    {
        let _entering = state.lock("entering")?;
        for other in sessions(&state) {
            if state.try_lock(&format!("{PREFIX}{other}"))?.is_none() {
                return Err(Error::argument(
                    root.display().to_string(),
                    "another session uses it; try again when that has ended",
                ));
            }
        }
        if state.path("storage").exists() {
            Podman::open(&state)?.release()?;
        }
    }
    for folder in [state.boot(), root] {
        match fs::remove_dir_all(folder) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(Error::file("remove", folder, &error));
            }
            _ => {}
        }
    }
    Ok(())
}

fn sessions(state: &State) -> Vec<String> {
    let Ok(entries) = fs::read_dir(state.path("locks")) else {
        return Vec::new();
    };
    entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            name.strip_prefix(PREFIX).map(str::to_owned)
        })
        .collect()
}

fn forget(state: &State, session: &str) {
    // A lock's file that stays is swept up by the next session.
    let _ = fs::remove_file(state.path("locks").join(format!("{PREFIX}{session}")));
}
