//! The images that references were resolved to in a session.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::eval::containers::value::Config;
use crate::podman::Id;
use crate::sync::Memo;

/// What is known of images.
#[derive(Default)]
pub struct Images {
    pub resolved: Memo<Arc<Resolved>>,
    /// Images whose stand-ins the user has been told of.
    pub announced: Mutex<HashSet<String>>,
}

/// How long a tag without a digest is taken to mean the same image.
const TAG_LIFE: Duration = Duration::from_secs(600);
/// How long a stand-in is used before a registry is tried again.
const STAND_IN_LIFE: Duration = Duration::from_secs(24 * 3600);

/// An image that a reference was resolved to.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Resolved {
    pub image: Id,
    pub config: Config,
    /// The reference with the digest, where that is known.
    pub reference: String,
    pub is_stand_in: bool,
    /// Seconds since 1970.
    pub at: u64,
}

impl Resolved {
    /// Whether it may be used without asking again.
    pub fn is_fresh(&self, address: &str) -> bool {
        let age = now().saturating_sub(self.at);
        match self.is_stand_in {
            true => age < STAND_IN_LIFE.as_secs(),
            // A digest always means the same image.
            false => address.contains("@sha256:") || age < TAG_LIFE.as_secs(),
        }
    }
}

/// Seconds since 1970.
pub fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map(|time| time.as_secs())
        .unwrap_or_default()
}
