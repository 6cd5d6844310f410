//! Folders that a daemon and its client both have, and nobody else: cache volumes
//! of one evaluation.
//!
//! A cache volume is open to whoever names it, and a call's log shows the name. So
//! the name is not all: what the volume holds at first comes from a step that is
//! given a secret, and belongs to the volume's identity. The same step cannot be
//! repeated without the secret, which no log shows and which ends with the session;
//! for the same reason an engine never answers a call in one session with what it
//! kept of the call in another, whose folders would be shared by two daemons.

use dagger_sdk::prelude::*;

use crate::access::{Access, SOCKET_FOLDER};
use crate::cache;
use crate::errors::Error;
use crate::project::Project;
use crate::settings::Settings;

/// Bytes of randomness in names and secrets: nobody guesses that many.
const RANDOM_BYTES: usize = 16;
/// Where the step with the secret has the folders.
const STEP_FOLDER: &str = "/run/dind-shared";

/// A folder, for as many containers as there are: its volume is one object, with one ID.
pub(crate) struct Folder {
    volume: CacheVolume,
    content: Directory,
    path: String,
}

impl Folder {
    /// The container with the folder.
    pub(crate) fn mount(&self, container: Container) -> Container {
        let options = ContainerWithMountedCacheOpts {
            source: Some(self.content.clone()),
            sharing: Some(CacheSharingMode::Shared),
            ..Default::default()
        };
        container.with_mounted_cache_opts(&self.path, &self.volume, options)
    }
}

/// The folders of one evaluation: that of the socket and that of the project, as
/// far as there are any.
pub(crate) fn folders(
    settings: &Settings,
    dag: &Dag,
    project: Option<&Project>,
) -> Result<Vec<Folder>> {
    let mut wanted = Vec::new();
    if settings.access == Access::Socket {
        wanted.push(("socket", SOCKET_FOLDER, dag.directory()));
    }
    if let Some(project) = project {
        wanted.push(("project", &*project.path, project.src.clone()));
    }
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let evaluation = random()?;
    let secret = dag.set_secret(format!("dind-shared-{evaluation}"), random()?);
    let mut step = dag
        .container()
        .from(&settings.engine_image)
        .with_secret_variable("DIND_SHARED", secret);
    for (name, _, content) in &wanted {
        step = step.with_mounted_directory(format!("{STEP_FOLDER}/{name}"), content);
    }
    let step = step.with_exec(["true"]);
    let mut folders = Vec::new();
    for (name, path, _) in wanted {
        let content = step.directory(format!("{STEP_FOLDER}/{name}"));
        folders.push(Folder {
            volume: cache::volume(settings, dag, &format!("dind-{name}-{evaluation}")),
            content,
            path: path.to_owned(),
        });
    }
    Ok(folders)
}

/// Digits that nobody guesses.
pub(crate) fn random() -> Result<String, Error> {
    let mut bytes = [0; RANDOM_BYTES];
    getrandom::fill(&mut bytes).map_err(|error| Error::Random {
        reason: error.to_string(),
    })?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
