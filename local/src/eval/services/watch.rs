//! Looks after services while a command uses them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{JoinHandle, sleep, spawn};

use crate::Error;
use crate::eval::evaluator::Evaluator;
use crate::eval::services::store::{Bound, LOOK};
use crate::podman::Podman;

/// Looks after the services of a command: one that ends takes the command with
/// it, which would wait for it in vain.
pub struct Watch {
    bound: Vec<Bound>,
    over: Arc<AtomicBool>,
    watcher: Option<JoinHandle<Option<usize>>>,
}

impl Watch {
    /// Starts watching for the command in a container.
    pub fn over(podman: Arc<Podman>, bound: &[Bound], container: &str) -> Self {
        let over = Arc::new(AtomicBool::new(false));
        let watched = bound.to_vec();
        let (ended, container) = (over.clone(), container.to_owned());
        let watcher = (!bound.is_empty()).then(|| {
            spawn(move || {
                while !ended.load(Ordering::SeqCst) {
                    let dead = watched.iter().position(|bound| !bound.running.is_alive());
                    if dead.is_some() {
                        // Whoever runs the command removes it, too, and tells.
                        let _ = podman.remove(&container);
                        return dead;
                    }
                    sleep(LOOK);
                }
                None
            })
        });
        Watch {
            bound: bound.to_vec(),
            over,
            watcher,
        }
    }

    /// Stops watching; the error of a service that ended meanwhile.
    pub fn end(self, evaluator: &Evaluator) -> Option<Error> {
        self.over.store(true, Ordering::SeqCst);
        let dead = self.watcher?.join().ok()??;
        let bound = self.bound.get(dead)?;
        Some(evaluator.ended(
            &bound.running,
            &format!("{} ended while it was in use", bound.alias),
        ))
    }
}
