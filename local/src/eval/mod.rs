//! Evaluates the graph: what a node stands for is worked out when a field
//! without an object behind it is asked for, and not before.

mod build;
pub mod call;
mod configure;
mod container;
pub mod definitions;
mod directory;
mod disk;
mod exec;
mod facts;
mod file;
mod forward;
mod from;
mod image;
mod leaf;
mod mounts;
mod owners;
mod resolver;
mod secrets;
mod services;
mod stubs;
pub mod sweep;
pub mod written;

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use serde_json::{Map, Value, json};

pub use call::Call;
pub use resolver::Caller;

use crate::node::Nodes;
use crate::podman::Podman;
use crate::session::Definitions;
use crate::state::State;
use crate::sync::{Memo, locked};
use crate::typedefs::{ArgDef, TypeKind};
use crate::{Error, Progress};

/// Everything that evaluation needs, for one session.
pub struct Evaluator {
    pub state: State,
    pub nodes: Nodes,
    pub progress: Arc<dyn Progress>,
    /// The folder with the module's `dagger.json`.
    pub module_root: PathBuf,
    /// The session's name, unique in the state folder.
    pub session: String,
    /// Types of the modules that were called.
    pub definitions: Definitions,
    pub services: services::Services,
    podman: OnceLock<Arc<Podman>>,
    opening: Mutex<()>,
    containers: Memo<Arc<container::Container>>,
    directories: Memo<container::Tree>,
    files: Memo<container::FileValue>,
    images: Memo<Arc<from::Resolved>>,
    /// Values of secrets, by the digest that the graph holds.
    secrets: Mutex<HashMap<String, Vec<u8>>>,
    /// Images whose stand-ins the user has been told of.
    announced: Mutex<HashSet<String>>,
    /// Copies that running services write to.
    folders: Mutex<Vec<mounts::Prepared>>,
    numbers: AtomicU64,
}

impl Evaluator {
    /// An evaluator that has done nothing yet.
    pub fn new(
        state: State,
        session: String,
        module_root: PathBuf,
        progress: Arc<dyn Progress>,
    ) -> Self {
        Evaluator {
            state,
            nodes: Nodes::default(),
            progress,
            module_root,
            session,
            definitions: Definitions::default(),
            services: services::Services::default(),
            podman: OnceLock::new(),
            opening: Mutex::default(),
            containers: Memo::default(),
            directories: Memo::default(),
            files: Memo::default(),
            images: Memo::default(),
            secrets: Mutex::default(),
            announced: Mutex::default(),
            folders: Mutex::default(),
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
    fn keep_folders(&self, prepared: mounts::Prepared) {
        locked(&self.folders).push(prepared);
    }

    /// The module's name, from its `dagger.json`; empty without one.
    pub fn module_name(&self) -> String {
        std::fs::read(self.module_root.join("dagger.json"))
            .ok()
            .and_then(|text| serde_json::from_slice::<Value>(&text).ok())
            .and_then(|file| Some(file.get("name")?.as_str()?.to_owned()))
            .unwrap_or_default()
    }

    /// The `Host` field that loads an argument's default path: relative paths
    /// start at the module, absolute ones at the repository around it.
    pub fn at_default_path(
        &self,
        path: &str,
        arg: &ArgDef,
    ) -> (&'static str, &'static str, Map<String, Value>) {
        let path = match path.strip_prefix('/') {
            Some(inner) => self.context_root().join(inner),
            None => self.module_root.join(path),
        };
        let path = path.display().to_string();
        match &arg.ty.kind {
            TypeKind::Object(name) if name == "File" => {
                ("File", "file", fields(json!({"path": path})))
            }
            _ => (
                "Directory",
                "directory",
                fields(
                    json!({"path": path, "exclude": arg.ignore, "include": [], "gitignore": true}),
                ),
            ),
        }
    }

    /// The repository that the module lies in, or the module itself.
    fn context_root(&self) -> PathBuf {
        self.module_root
            .ancestors()
            .find(|folder| folder.join(".git").exists())
            .unwrap_or(&self.module_root)
            .to_owned()
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
