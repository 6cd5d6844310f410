//! A module that is ready to be called: built, registered, with its session.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::api::Api;
use super::core_schema::CoreSchema;
use super::dependencies;
use super::engine::SessionEngine;
use super::error::{CliError, failed};
use super::module::Module;
use super::options::Options;
use super::progress::Reporter;
use super::workshop::Workshop;
use crate::{Session, modules};

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
    /// The modules that it can call.
    dependencies: Vec<Arc<modules::Module>>,
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
        return std::path::absolute(&folder).map_err(failed("find", &folder));
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
        let found = dependencies::of(&module)?;
        let state = state_folder()?;
        let mut workshop = Workshop::new(&state, options, reporter);
        workshop.tell_of_stranger(&module);
        let dependencies = workshop.dependencies(&found).await?;
        let binary = match module.given_binary()? {
            Some(binary) => binary,
            None => workshop.built(&module, &dependencies).await?,
        };
        let registered = workshop.registered(&module, &binary, &dependencies);
        let types = registered.await?;
        let core = CoreSchema::parse(SCHEMA).map_err(CliError::Unserved)?;
        let api = Api {
            module: types,
            core,
        };
        Ok(Loaded {
            module,
            binary,
            api,
            state,
            dependencies,
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
        let workshop = Workshop::new(&self.state, options, reporter);
        let session = workshop.session(&self.module.root, &self.dependencies);
        let session = session.await?;
        session.know(&self.binary, self.api.module.clone()).await;
        Ok(session)
    }

    /// The session as the place that answers this module's calls.
    pub fn engine<'a>(&self, session: &'a Session) -> SessionEngine<'a> {
        SessionEngine {
            session,
            binary: self.binary.clone(),
        }
    }
}
