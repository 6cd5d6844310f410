//! What Podman keeps outside of the state folder, whatever it is told: a cache
//! of what is known of images' layers, and empty folders. It goes with the
//! state folder, as far as no other Podman of this machine made it.

use std::fs;
use std::path::Path;

use crate::Error;
use crate::state::{MADE_OUTSIDE, State, remove_tree, write_whole};

/// The cache of the library containers/image, which no setting of Podman's
/// moves where root runs it.
const LAYERS: &str = "/var/lib/containers/cache";

/// Folders that are made on the way, the inner ones first.
const FOLDERS: [&str; 4] = [
    "/run/containers/networks",
    "/run/containers",
    "/var/lib/containers",
    "/run/dagger-local",
];

/// Remembers whether the cache was there before this Podman.
///
/// # Errors
/// The state folder cannot be written to.
pub fn remember(state: &State) -> Result<(), Error> {
    if Path::new(LAYERS).exists() {
        return Ok(());
    }
    write_whole(&state.path(MADE_OUTSIDE), LAYERS.as_bytes())
}

/// What a state folder's Podman made outside of it.
pub struct Outside {
    made_cache: bool,
}

impl Outside {
    /// Looks it up, before the state folder goes.
    pub fn of(state: &State) -> Self {
        Outside {
            made_cache: state.path(MADE_OUTSIDE).exists(),
        }
    }

    /// Removes it, once the state folder is gone.
    ///
    /// # Errors
    /// The cache cannot be removed.
    pub fn remove(self) -> Result<(), Error> {
        if self.made_cache {
            remove_tree(Path::new(LAYERS))?;
        }
        for folder in FOLDERS {
            // One that somebody else uses is not empty, and stays.
            let _ = fs::remove_dir(folder);
        }
        Ok(())
    }
}
