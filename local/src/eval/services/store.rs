//! The services of a session that run, and where they are.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::eval::containers::door::Door;
use crate::eval::containers::value::Port;
use crate::eval::services::listening::Listening;
use crate::podman::{Place, Podman};
use crate::scrub::Scrubber;
use crate::state::Lock;
use crate::sync::locked;

/// The time between two looks at a service.
pub const LOOK: Duration = Duration::from_millis(100);

/// The container of a service that runs.
#[derive(Debug)]
pub struct Process {
    pub container: String,
    pub pid: u32,
}

/// A service that runs.
#[derive(Debug)]
pub struct Running {
    /// What it runs in; a service of the host runs there by itself.
    pub process: Option<Process>,
    /// Where it is in the session's network.
    pub place: Place,
    pub ports: Vec<Port>,
    /// The command, for errors.
    pub title: String,
    /// Takes its secrets out of what it wrote.
    pub scrubber: Scrubber,
    /// Cache volumes that only this service uses.
    pub _locks: Vec<Lock>,
    /// Where it asks the session, if it may.
    pub _door: Option<Door>,
    /// What leads from its place to the host.
    pub _listening: Vec<Listening>,
}

impl Running {
    /// Whether its process lives; asks the kernel, not Podman, so that it can
    /// be asked often.
    pub fn is_alive(&self) -> bool {
        self.process.as_ref().is_none_or(|process| {
            std::fs::read_to_string(format!("/proc/{}/stat", process.pid)).is_ok_and(|stat| {
                stat.rsplit_once(") ")
                    .is_some_and(|(_, rest)| !rest.starts_with(['Z', 'X']))
            })
        })
    }
}

/// A service under the name that a command knows it by.
#[derive(Debug, Clone)]
pub struct Bound {
    pub alias: String,
    /// The name that the service has everywhere, if it was given one.
    pub hostname: Option<String>,
    pub running: Arc<Running>,
}

/// A service's ports on the host.
#[derive(Debug)]
pub struct Tunnel {
    /// On the host.
    pub ports: Vec<u16>,
    pub _listening: Vec<Listening>,
}

type Slot = Arc<Mutex<Option<Arc<Running>>>>;

/// The services of a session.
#[derive(Debug, Default)]
pub struct Services {
    by_id: Mutex<HashMap<String, Slot>>,
    /// Tunnels that are open.
    pub tunnels: Mutex<HashMap<String, Arc<Tunnel>>>,
}

impl Services {
    /// Where the running instance of a service is kept.
    pub fn slot(&self, id: &str) -> Slot {
        locked(&self.by_id)
            .entry(id.to_owned())
            .or_default()
            .clone()
    }

    /// Stops all services, at once: what they keep is in cache volumes.
    pub fn stop_all(&self, podman: &Podman) {
        locked(&self.tunnels).clear();
        for (_, slot) in locked(&self.by_id).drain() {
            // One that starts just now goes with the session's containers.
            if let Ok(mut slot) = slot.try_lock()
                && let Some(running) = slot.take()
            {
                // What is left then is told of at the session's end.
                let container = running.process.as_ref().map(|process| &process.container);
                let _ = container.map(|container| podman.remove(container));
            }
        }
    }

    /// Leaves the services running.
    pub fn forget(&self) {
        locked(&self.by_id).clear();
    }
}
