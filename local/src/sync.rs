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
}
