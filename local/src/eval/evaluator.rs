//! What evaluation needs for one session: a store for each of its rooms, and
//! what all of them use.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use serde_json::{Map, Value};

use crate::eval::containers::door::Doors;
use crate::eval::containers::store::{Containers, Prepared};
use crate::eval::fetched::store::Fetched;
use crate::eval::files::store::Files;
use crate::eval::images::store::Images;
use crate::eval::services::store::Services;
use crate::node::Nodes;
use crate::podman::{Podman, Store};
use crate::state::State;
use crate::sync::locked;
use crate::{Error, Progress};

/// Everything that evaluation needs, for one session.
pub struct Evaluator {
    pub state: State,
    pub nodes: Nodes,
    pub progress: Arc<dyn Progress>,
    /// The folder with the module's `dagger.json`.
    pub module_root: PathBuf,
    pub containers: Containers,
    pub fetched: Fetched,
    pub files: Files,
    pub images: Images,
    pub services: Services,
    /// Values of secrets, by the digest that the graph holds.
    pub secrets: Mutex<HashMap<String, Vec<u8>>>,
    /// The images that are there.
    pub store: Store,
    /// What lets commands in containers ask the session.
    pub doors: OnceLock<Arc<dyn Doors>>,
    podman: OnceLock<Arc<Podman>>,
    opening: Mutex<()>,
    numbers: AtomicU64,
}

impl Evaluator {
    /// An evaluator that has done nothing yet.
    pub fn new(state: State, module_root: PathBuf, progress: Arc<dyn Progress>) -> Self {
        Evaluator {
            store: Store::new(&state),
            state,
            nodes: Nodes::default(),
            progress,
            module_root,
            containers: Containers::default(),
            fetched: Fetched::default(),
            files: Files::default(),
            images: Images::default(),
            services: Services::default(),
            secrets: Mutex::default(),
            doors: OnceLock::new(),
            podman: OnceLock::new(),
            opening: Mutex::default(),
            numbers: AtomicU64::new(1),
        }
    }

    /// Podman, prepared when it is first needed: a call that is answered from
    /// records needs none.
    ///
    /// # Errors
    /// It cannot be used here.
    pub fn podman(&self) -> Result<Arc<Podman>, Error> {
        let _opening = locked(&self.opening);
        if let Some(podman) = self.podman.get() {
            return Ok(podman.clone());
        }
        let podman = Arc::new(Podman::open(&self.state)?);
        Ok(self.podman.get_or_init(|| podman).clone())
    }

    /// Podman, if this session has used it.
    pub fn opened_podman(&self) -> Option<&Arc<Podman>> {
        self.podman.get()
    }

    /// A number that this session has not used.
    pub fn number(&self) -> u64 {
        self.numbers.fetch_add(1, Ordering::Relaxed)
    }

    /// Tells of a step that begins.
    pub fn step(&self, title: &str) -> Step<'_> {
        let id = self.number();
        self.progress.step_started(id, title);
        Step {
            evaluator: self,
            id,
        }
    }

    /// Keeps what a service mounts until the session ends.
    pub fn keep_folders(&self, prepared: Prepared) {
        locked(&self.containers.folders).push(prepared);
    }

    /// The module's name, from its `dagger.json`; empty without one.
    pub fn module_name(&self) -> String {
        std::fs::read(self.module_root.join("dagger.json"))
            .ok()
            .and_then(|text| serde_json::from_slice::<Value>(&text).ok())
            .and_then(|file| Some(file.get("name")?.as_str()?.to_owned()))
            .unwrap_or_default()
    }
}

/// A step that the user sees.
pub struct Step<'a> {
    evaluator: &'a Evaluator,
    id: u64,
}

impl Step<'_> {
    /// A line of the step's output.
    pub fn output(&self, line: &str) {
        self.evaluator.progress.step_output(self.id, line);
    }

    /// The step has ended.
    pub fn done(self, cached: bool, ok: bool) {
        self.evaluator.progress.step_done(self.id, cached, ok);
    }
}

/// The platform that containers run on.
pub fn platform() -> String {
    let architecture = match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    };
    format!("linux/{architecture}")
}

/// The fields of a JSON object.
pub fn fields(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}
