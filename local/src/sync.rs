//! Locks that survive a panic of another thread: what they guard is only ever
//! replaced as a whole, so it is never half-written.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::Error;

/// Takes a lock.
pub fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

type Slot<T> = Arc<Mutex<Option<Result<T, Error>>>>;

/// Results by key; two that ask for one key at once wait for one evaluation.
pub struct Memo<T> {
    slots: Mutex<HashMap<String, Slot<T>>>,
}

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Memo {
            slots: Mutex::default(),
        }
    }
}

impl<T: Clone> Memo<T> {
    /// The result of `evaluate`, which runs once for a key.
    ///
    /// # Errors
    /// What `evaluate` gave, every time.
    pub fn get(&self, key: &str, evaluate: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
        let slot = locked(&self.slots)
            .entry(key.to_owned())
            .or_default()
            .clone();
        let mut slot = locked(&slot);
        slot.get_or_insert_with(evaluate).clone()
    }

    /// Whether the result for a key is there, whatever it is.
    pub fn knows(&self, key: &str) -> bool {
        let slot = locked(&self.slots).get(key).cloned();
        // One that is being worked out is not there yet.
        slot.is_some_and(|slot| slot.try_lock().is_ok_and(|result| result.is_some()))
    }
}
