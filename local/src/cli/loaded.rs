//! A module that is ready to be called: built, registered, with its session.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::api::Api;
use super::core_schema::CoreSchema;
use super::engine::SessionEngine;
use super::error::CliError;
use super::module::Module;
use super::options::Options;
use super::progress::Reporter;
use crate::{Progress, Session, SessionOptions};

/// The types that the session serves.
const SCHEMA: &str = include_str!("../schema.graphql");

/// The environment variable with the session's folder.
const STATE: &str = "DAGGER_LOCAL_STATE";

/// A module with its types.
pub struct Loaded {
    pub module: Module,
    pub binary: PathBuf,
    pub api: Api,
    pub state: PathBuf,
}

/// Where images, caches and registrations are kept.
///
/// # Errors
/// Neither `DAGGER_LOCAL_STATE` nor a home is known.
pub fn state_folder() -> Result<PathBuf, CliError> {
    let set = |name: &str| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    if let Some(folder) = set(STATE) {
        return std::path::absolute(&folder).map_err(|source| CliError::Host {
            operation: "find",
            path: folder,
            source,
        });
    }
    let cache = set("XDG_CACHE_HOME").or_else(|| Some(set("HOME")?.join(".cache")));
    cache
        .map(|folder| folder.join("dagger-local"))
        .ok_or_else(|| {
            CliError::Module(format!(
                "there is no HOME to keep images in: set {STATE} to a folder"
            ))
        })
}

/// The module that the options name, or the environment.
pub fn named_module(options: &Options) -> Option<PathBuf> {
    options.module.clone().or_else(|| {
        std::env::var_os(super::module::MODULE)
            .filter(|path| !path.is_empty())
            .map(PathBuf::from)
    })
}

impl Loaded {
    /// Builds the module, and asks it for its types if they are not known.
    ///
    /// # Errors
    /// No module, one that does not compile or does not register.
    pub async fn load(
        caller: &Path,
        options: &Options,
        reporter: &Arc<Reporter>,
    ) -> Result<Self, CliError> {
        let module = Module::find(named_module(options).as_deref(), caller)?;
        if let Some(owner) = module.stranger() {
            let root = module.root.display();
            reporter.note(&format!(
                "{root} belongs to another user ({owner}): its code is built and run on this \
                 machine with your rights, not in a container"
            ));
        }
        let state = state_folder()?;
        let is_built = module.given_binary().is_none();
        if is_built {
            reporter.step_started(BUILD_STEP, &format!("build the module {}", module.name));
        }
        let binary = module.binary().await;
        if is_built {
            reporter.step_done(BUILD_STEP, false, binary.is_ok());
        }
        let binary = binary?;
        let core = CoreSchema::parse(SCHEMA).map_err(CliError::Unserved)?;
        let types = match module.remembered(&state, &binary) {
            Some(types) => types,
            None => {
                let session = start(&state, &module.root, options, reporter).await?;
                let registered = session.register(&binary).await;
                session.close().await?;
                let types = registered?;
                module.remember(&state, &binary, &types);
                types
            }
        };
        let api = Api {
            module: types,
            core,
        };
        Ok(Loaded {
            module,
            binary,
            api,
            state,
        })
    }

    /// A session for this module.
    ///
    /// # Errors
    /// A session that cannot start.
    pub async fn session(
        &self,
        options: &Options,
        reporter: &Arc<Reporter>,
    ) -> Result<Session, CliError> {
        start(&self.state, &self.module.root, options, reporter).await
    }

    /// The session as the place that answers this module's calls.
    pub fn engine<'a>(&self, session: &'a Session) -> SessionEngine<'a> {
        SessionEngine {
            session,
            binary: self.binary.clone(),
        }
    }
}

/// Before every step of the session's own.
const BUILD_STEP: u64 = u64::MAX;

async fn start(
    state: &Path,
    root: &Path,
    options: &Options,
    reporter: &Arc<Reporter>,
) -> Result<Session, CliError> {
    let progress: Arc<dyn Progress> = reporter.clone();
    Ok(Session::start(SessionOptions {
        state: state.to_path_buf(),
        module_root: root.to_path_buf(),
        keep: options.keep,
        progress,
    })
    .await?)
}
