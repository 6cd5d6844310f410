//! The end of a state folder: nothing of it runs or is mounted any more.

use std::process::Command;

use super::command::Podman;
use crate::Error;
use crate::state::State;

/// Removes containers and mounts, so that the state folder can be removed, also
/// where its storage is damaged.
///
/// # Errors
/// Podman's, if something still runs.
pub fn release(state: &State) -> Result<(), Error> {
    let removed = Podman::open(state).and_then(|podman| podman.remove_everything());
    unmount(state);
    match removed {
        Err(error) if is_running(state) => Err(error),
        // What Podman cannot read holds nothing that runs.
        _ => Ok(()),
    }
}

impl Podman {
    fn remove_everything(&self) -> Result<(), Error> {
        self.remove_all()?;
        self.remove_builds()?;
        self.output("image unmount", ["image", "unmount", "--all", "--force"])
            .map(|_| ())
    }
}

fn unmount(state: &State) {
    let mounts = std::fs::read_to_string("/proc/self/mounts").unwrap_or_default();
    let root = state.root().display().to_string();
    // The inner ones were mounted last.
    for line in mounts.lines().rev() {
        let Some(target) = line.split(' ').nth(1) else {
            continue;
        };
        let is_inside = target
            .strip_prefix(&root)
            .is_some_and(|rest| rest.starts_with('/'));
        if is_inside {
            // Storage that stays mounted makes the removal fail, and say so.
            let _ = Command::new("umount").arg(target).output();
        }
    }
}

/// Whether the process of a container lives: each has a file with its number.
fn is_running(state: &State) -> bool {
    let files = walkdir::WalkDir::new(state.boot()).max_depth(5);
    files.into_iter().flatten().any(|entry| {
        entry.file_name() == "pidfile"
            && std::fs::read_to_string(entry.path())
                .is_ok_and(|process| std::path::Path::new("/proc").join(process.trim()).exists())
    })
}
