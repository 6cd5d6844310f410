//! The beginning and the end of sessions: each holds a lock while it lives,
//! and whoever can take the lock of another may clean up after it. The lock's
//! file goes last: as long as anything of a session is left, others know of it.

use std::fs;
use std::path::Path;

use crate::eval::evaluator::Evaluator;
use crate::podman::{BUILDING, Podman};
use crate::state::{Lock, State};
use crate::{Error, Progress, Silent};

/// The prefix of sessions' locks.
const PREFIX: &str = "session-";

/// The lock of whoever begins, ends or sweeps.
const ENTERING: &str = "entering";

/// The file that says that a session's services were to stay.
const KEPT: &str = "kept";

/// Enters a session: sweeps up after those that were killed, and takes the
/// lock of the new one.
///
/// # Errors
/// A state folder that cannot be written.
pub fn enter(state: &State, progress: &dyn Progress) -> Result<Lock, Error> {
    let _entering = state.lock(ENTERING)?;
    sweep(state, progress)?;
    state.lock(&lock_of(state.session()))
}

/// Sweeps up after sessions that were killed since this one began.
///
/// # Errors
/// A state folder that cannot be written.
pub fn dead(state: &State) -> Result<(), Error> {
    let _entering = state.lock(ENTERING)?;
    // What cannot be removed was told at the beginning.
    sweep(state, &Silent)
}

/// Whether a session has ended and what it ran has not.
///
/// # Errors
/// A state folder that cannot be written.
pub fn has_leftovers(state: &State, session: &str) -> Result<bool, Error> {
    let lock = lock_of(session);
    let is_known = state.path("locks").join(&lock).exists();
    Ok(is_known && state.try_lock(&lock)?.is_some())
}

fn sweep(state: &State, progress: &dyn Progress) -> Result<(), Error> {
    let mut sessions = locked_by(state);
    sessions.extend(state.sessions());
    sessions.sort();
    sessions.dedup();
    sessions.retain(|session| session != state.session());
    for session in sessions {
        let lock = lock_of(&session);
        // Only a look: making the file would make a session of it.
        let is_swept = !state.path("locks").join(&lock).exists();
        if is_swept && state.path("sessions").join(&session).join(KEPT).exists() {
            continue;
        }
        let Some(_dead) = state.try_lock(&lock)? else {
            continue;
        };
        if let Err(error) = remove(state, &session) {
            progress.note(&left(state, &session, &error));
        }
    }
    Ok(())
}

/// Removes what a dead session has left.
fn remove(state: &State, session: &str) -> Result<(), Error> {
    // Without storage it never had a container.
    if state.path("storage").exists() {
        let podman = Podman::open(state)?;
        podman.remove_all_of(session)?;
        if let Some(_nobody) = state.try_lock(BUILDING)? {
            podman.remove_builds()?;
        }
    }
    crate::eval::secrets::forget(session);
    state.remove_folder_of(session)?;
    forget(state, session);
    Ok(())
}

/// The one line about what could not be removed.
fn left(state: &State, session: &str, error: &Error) -> String {
    format!(
        "what the session {session} ran is not all gone: {error}; the next call tries again, and \
         `dagger-local prune` removes all that is in {}",
        state.root().display()
    )
}

/// Leaves a session.
///
/// # Errors
/// Something of it is left: it is named, and stays known as such.
pub fn leave(evaluator: &Evaluator, keep: bool, lock: Option<Lock>) -> Result<(), Error> {
    let state = &evaluator.state;
    state.end();
    let left = |error: Error| Error::Setup {
        problem: left(state, state.session(), &error),
    };
    let podman = evaluator.opened_podman();
    if let Some(podman) = podman
        && keep
    {
        evaluator.services.forget();
        podman.leave_network();
        // What the services write is in memory, too; it goes when they do.
        crate::state::write_whole(&state.own().join(KEPT), b"")?;
        forget(state, state.session());
        return Ok(());
    }
    if let Some(podman) = podman {
        evaluator.services.stop_all(podman);
        podman.leave_network();
        podman.remove_all_of(state.session()).map_err(left)?;
    }
    evaluator.forget_secrets();
    state.remove_folder_of(state.session()).map_err(left)?;
    forget(state, state.session());
    drop(lock);
    Ok(())
}

/// Removes what is kept in a state folder.
///
/// # Errors
/// A session that still runs in it, something that cannot be removed, or a
/// folder that is none of the sessions'.
pub fn prune(root: &Path, session: &str) -> Result<(), Error> {
    if !root.exists() {
        return Ok(());
    }
    State::check(root)?;
    let state = State::open(root, session)?;
    let _entering = state.lock(ENTERING)?;
    for other in locked_by(&state) {
        if state.try_lock(&lock_of(&other))?.is_none() {
            return Err(Error::argument(
                root.display().to_string(),
                "another session uses it; try again when that has ended",
            ));
        }
    }
    let sessions = [locked_by(&state), state.sessions()].concat();
    if state.path("storage").exists() {
        crate::podman::release(&state)?;
    }
    for other in sessions {
        crate::eval::secrets::forget(&other);
    }
    let outside = crate::podman::Outside::of(&state);
    state.remove(root)?;
    outside.remove()
}

fn locked_by(state: &State) -> Vec<String> {
    let entries = fs::read_dir(state.path("locks")).into_iter().flatten();
    entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            name.strip_prefix(PREFIX).map(str::to_owned)
        })
        .collect()
}

fn lock_of(session: &str) -> String {
    format!("{PREFIX}{session}")
}

fn forget(state: &State, session: &str) {
    // A lock's file that stays is swept up by the next session.
    let _ = fs::remove_file(state.path("locks").join(lock_of(session)));
}
