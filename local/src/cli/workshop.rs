//! Modules are built here, each with a client of those that it depends on, and
//! asked for their types.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::dependencies::Dependency;
use super::error::CliError;
use super::memory;
use super::module::Module;
use super::options::Options;
use super::progress::Reporter;
use super::vendor;
use crate::modules::{self, Core};
use crate::typedefs::ModuleDef;
use crate::{Progress, Session, SessionOptions};

/// The number of the first build's step, before every step of a session's own.
const FIRST_STEP: u64 = u64::MAX;

/// Where modules are made ready to be called.
pub struct Workshop<'a> {
    pub state: &'a Path,
    pub options: &'a Options,
    pub reporter: &'a Arc<Reporter>,
    /// What was made ready already, by its folder and its name.
    ready: HashMap<(PathBuf, String), Arc<modules::Module>>,
    /// The folders of the modules that programs are of.
    programs: HashMap<PathBuf, PathBuf>,
    steps: u64,
}

impl<'a> Workshop<'a> {
    /// A workshop that has made nothing yet.
    pub fn new(state: &'a Path, options: &'a Options, reporter: &'a Arc<Reporter>) -> Self {
        Workshop {
            state,
            options,
            reporter,
            ready: HashMap::new(),
            programs: HashMap::new(),
            steps: 0,
        }
    }

    /// The dependencies of a module, built and registered, those that they need first.
    ///
    /// # Errors
    /// One that does not compile or does not register.
    pub async fn dependencies(
        &mut self,
        found: &[Arc<Dependency>],
    ) -> Result<Vec<Arc<modules::Module>>, CliError> {
        let mut all = Vec::with_capacity(found.len());
        for dependency in found {
            all.push(Box::pin(self.dependency(dependency)).await?);
        }
        Ok(all)
    }

    async fn dependency(
        &mut self,
        dependency: &Dependency,
    ) -> Result<Arc<modules::Module>, CliError> {
        let Dependency { name, module, .. } = dependency;
        let key = (module.root.clone(), name.clone());
        if let Some(ready) = self.ready.get(&key) {
            return Ok(ready.clone());
        }
        let dependencies = self.dependencies(&dependency.dependencies).await?;
        self.tell_of_stranger(module);
        let built = self.built(module, &dependencies).await;
        let program = built.map_err(|error| match error {
            CliError::Build(said) => CliError::Build(format!(
                "the dependency {name} in {} does not compile:\n{said}",
                module.root.display()
            )),
            other => other,
        })?;
        let types = self.registered(module, &program, &dependencies).await?;
        let ready = Arc::new(modules::Module {
            original: module.name.clone(),
            name: name.clone(),
            root: module.root.clone(),
            program,
            types,
            dependencies,
        });
        self.ready.insert(key, ready.clone());
        Ok(ready)
    }

    /// Says whose code is going to run, where it is not the caller's own.
    pub fn tell_of_stranger(&self, module: &Module) {
        if let Some(owner) = module.stranger() {
            let root = module.root.display();
            self.reporter.note(&format!(
                "{root} belongs to another user ({owner}): its code is built and run on this \
                 machine with your rights, not in a container"
            ));
        }
    }

    /// The program of a module, built with a client of its dependencies.
    ///
    /// # Errors
    /// What cargo said where it does not compile.
    pub async fn built(
        &mut self,
        module: &Module,
        dependencies: &[Arc<modules::Module>],
    ) -> Result<PathBuf, CliError> {
        let step = FIRST_STEP - self.steps;
        self.steps += 1;
        let title = format!("build the module {}", module.name);
        self.reporter.step_started(step, &title);
        let built = async {
            self.developed(module, dependencies, false)?;
            module.build().await
        };
        let built = built.await;
        self.reporter.step_done(step, false, built.is_ok());
        let program = built?;
        let root = module.root.clone();
        match self.programs.insert(program.clone(), root) {
            // In one target folder cargo takes crates of one name for one.
            Some(other) if other != module.root => Err(CliError::Module(format!(
                "the modules in {} and {} both build {}: give their crates different names",
                other.display(),
                module.root.display(),
                program.display()
            ))),
            _ => Ok(program),
        }
    }

    /// Puts the crates of the SDK where the module's Cargo.toml names them: those
    /// of the SDK's folder, or this program's own where another place has them.
    ///
    /// # Errors
    /// A file that cannot be read or written, or an SDK that is nowhere.
    pub fn developed(
        &self,
        module: &Module,
        dependencies: &[Arc<modules::Module>],
        is_asked_for: bool,
    ) -> Result<(), CliError> {
        let is_needed = !dependencies.is_empty() || vendor::is_missing(&module.source);
        if module.sdk.is_none() && !is_needed && !is_asked_for {
            return Ok(());
        }
        let sdk = vendor::sdk_of(module)?;
        let client = match dependencies {
            [] => None,
            _ => {
                let core = Core::parse(&vendor::core_api(&sdk)?)?;
                Some(client(&core.with(dependencies)?)?)
            }
        };
        vendor::crates(&sdk, &module.source, client.as_deref())
    }

    /// The types of a module, asked for if they are not known.
    ///
    /// # Errors
    /// A program that registers nothing, or what an engine refuses.
    pub async fn registered(
        &self,
        module: &Module,
        program: &Path,
        dependencies: &[Arc<modules::Module>],
    ) -> Result<ModuleDef, CliError> {
        if let Some(types) = memory::remembered(self.state, program) {
            return Ok(types);
        }
        let session = self.session(&module.root, dependencies).await?;
        let registered = session.register(program).await;
        session.close().await?;
        let types = registered?;
        memory::remember(self.state, program, &types);
        Ok(types)
    }

    /// A session for the module of a folder.
    ///
    /// # Errors
    /// A session that cannot start.
    pub async fn session(
        &self,
        root: &Path,
        dependencies: &[Arc<modules::Module>],
    ) -> Result<Session, CliError> {
        let progress: Arc<dyn Progress> = self.reporter.clone();
        let session = Session::start(SessionOptions {
            state: self.state.to_path_buf(),
            module_root: root.to_path_buf(),
            keep: self.options.keep,
            progress,
        })
        .await?;
        session.depend_on(dependencies.to_vec());
        Ok(session)
    }
}

fn client(introspection: &str) -> Result<String, CliError> {
    let written = dagger_sdk_codegen::generate(introspection);
    written.map_err(|error| {
        CliError::Module(format!(
            "no client of the dependencies can be written: {error}"
        ))
    })
}
