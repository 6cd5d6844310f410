//! Doors through which commands in containers ask the session.

use std::net::TcpListener;

use crate::Error;

/// Opens doors of the session.
pub trait Doors: Send + Sync {
    /// Answers whoever comes by a listener and knows the token.
    ///
    /// # Errors
    /// The listener cannot be used.
    fn open(&self, listener: TcpListener, token: &str) -> Result<Door, Error>;
}

/// A door of the session, closed when dropped.
pub struct Door {
    close: Option<Box<dyn FnOnce() + Send + Sync>>,
}

impl Door {
    /// A door that is closed so.
    pub fn new(close: impl FnOnce() + Send + Sync + 'static) -> Self {
        Door {
            close: Some(Box::new(close)),
        }
    }
}

impl std::fmt::Debug for Door {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Door").finish_non_exhaustive()
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        if let Some(close) = self.close.take() {
            close();
        }
    }
}
