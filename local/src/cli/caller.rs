//! Who calls, and the session that is opened for one call.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::engine::SessionEngine;
use super::error::{CliError, failed};
use super::loaded::Loaded;
use super::options::Options;
use super::progress::Reporter;
use super::signals::interrupted;

/// The longest that an ending call waits for its services to stop.
const CLOSING: Duration = Duration::from_secs(30);

/// Who calls, and from where.
pub struct Caller {
    pub folder: PathBuf,
    pub options: Options,
    pub reporter: Arc<Reporter>,
}

impl Caller {
    /// The caller in its current folder.
    ///
    /// # Errors
    /// A folder that is gone.
    pub fn new(options: Options) -> Result<Self, CliError> {
        let folder = std::env::current_dir().map_err(failed("find", Path::new(".")))?;
        let reporter = Arc::new(Reporter::new(&options));
        Ok(Caller {
            folder,
            options,
            reporter,
        })
    }

    /// The module that the options or the folder name.
    ///
    /// # Errors
    /// As [`Loaded::load`], or a signal.
    pub async fn load(&self) -> Result<Loaded, CliError> {
        tokio::select! {
            loaded = Loaded::load(&self.folder, &self.options, &self.reporter) => loaded,
            code = interrupted(1) => Err(CliError::Interrupted { code }),
        }
    }

    /// Does some work with a session that is closed afterwards, whatever
    /// became of the work.
    ///
    /// # Errors
    /// The work's own, a signal, or services that do not stop.
    pub async fn with_session<T>(
        &self,
        loaded: &Loaded,
        work: impl AsyncFnOnce(&SessionEngine<'_>) -> Result<T, CliError>,
    ) -> Result<T, CliError> {
        let session = loaded.session(&self.options, &self.reporter).await?;
        let engine = loaded.engine(&session);
        let result = tokio::select! {
            result = work(&engine) => result,
            code = interrupted(1) => Err(CliError::Interrupted { code }),
        };
        self.reporter.clear();
        let mut closing = Box::pin(session.close());
        let closed = tokio::select! {
            closed = &mut closing => closed.map_err(CliError::from),
            // Who interrupts twice does not want to wait.
            code = interrupted(2) => Err(CliError::Interrupted { code }),
            () = tokio::time::sleep(CLOSING) => Err(CliError::Unserved(
                "the services did not stop in time".to_owned(),
            )),
        };
        if closed.is_err() {
            // The process ends now; a session that is half closed has threads
            // that its end would wait for.
            std::mem::forget(closing);
        }
        let value = result?;
        closed.map(|()| value)
    }
}
