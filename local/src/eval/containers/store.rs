//! The containers of a session, and what is mounted for those that run.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use crate::eval::containers::copies::{Spares, Writable};
use crate::eval::containers::value::Container;
use crate::state::Lock;
use crate::sync::Memo;

/// What is known of containers.
#[derive(Default)]
pub struct Containers {
    pub made: Memo<Arc<Container>>,
    /// Copies that may be used again.
    pub spares: Spares,
    /// Copies that running services write to.
    pub folders: Mutex<Vec<Prepared>>,
}

/// What is mounted for one command, and what must live as long as it runs.
#[derive(Default)]
pub struct Prepared {
    pub mounts: Vec<Vec<String>>,
    /// Files of `mounts` that are to be gone once they are mounted.
    pub secret_files: Vec<PathBuf>,
    /// Copies that the command may write to, removed when it has ended.
    pub writable: Vec<Writable>,
    /// Held while the command runs.
    pub locks: Vec<Lock>,
}
