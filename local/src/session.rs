//! A session: the endpoint that a module's process talks to, the evaluation
//! behind it, and the module's own processes.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;
use tokio::runtime::Runtime;
use tokio::sync::Mutex;

use crate::connections::PATIENCE;
use crate::containerfile;
use crate::eval::{Caller, Evaluator, Home, Origin, sweep, written};
use crate::http::{Endpoint, Guest, Query, Server, error_of};
use crate::modules::{Ancestors, Invocation, Module, Modules};
use crate::nested::Nested;
use crate::state::{Lock, State, random};
use crate::sync::locked;
use crate::typedefs::ModuleDef;
use crate::{Error, Progress, schema};

/// Deep chains nest deeply while they are parsed and evaluated. Only what is
/// used of this takes memory.
pub const STACK: usize = 256 << 20;

/// How a session is set up.
pub struct SessionOptions {
    /// The folder for images, caches and records; made where it is missing.
    pub state: PathBuf,
    /// The folder with the module's `dagger.json`: default paths start there.
    pub module_root: PathBuf,
    /// Leaves services running at the end.
    pub keep: bool,
    pub progress: Arc<dyn Progress>,
}

/// A running session. [`Session::close`] ends it; so does dropping it.
pub struct Session {
    evaluator: Arc<Evaluator>,
    modules: Arc<Modules>,
    /// The modules that the one with `dagger.json` can call.
    dependencies: std::sync::Mutex<Vec<Arc<Module>>>,
    /// That module, once it was called.
    main: Mutex<Option<Arc<Module>>>,
    /// Who asks of no module.
    guest: Guest,
    endpoint: Endpoint,
    keep: bool,
    runtime: Option<Runtime>,
    /// Held while the session lives: whoever can take it may sweep up.
    lock: Option<Lock>,
}

impl Session {
    /// Starts a session, and sweeps up after sessions that were killed.
    ///
    /// # Errors
    /// A state folder that cannot be used, no free port.
    pub async fn start(options: SessionOptions) -> Result<Session, Error> {
        let state = State::open(&options.state, &random()?[..12])?;
        let lock = sweep::enter(&state, &*options.progress)?;
        // A runtime cannot be dropped here: what fails does so before there is one.
        let (token, schema) = (random()?, schema::build(schema::SDL)?);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(4)
            .max_blocking_threads(256)
            .thread_stack_size(STACK)
            .enable_all()
            .build()
            .map_err(|error| failed("start threads", &error))?;
        let evaluator = Arc::new(Evaluator::new(state, options.module_root, options.progress));
        let server = Arc::new(Server::default());
        let guest = Guest {
            view: Arc::new(schema.clone()),
            resolver: Arc::new(Caller {
                evaluator: evaluator.clone(),
                call: None,
                home: Home::Host,
            }),
        };
        server.admit(&token, guest.clone());
        let serving = server.clone();
        let listening = runtime.spawn(async move {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
            let port = listener.local_addr()?.port();
            tokio::spawn(serving.serve(listener, PATIENCE));
            Ok::<_, std::io::Error>(port)
        });
        let port = listening
            .await
            .map_err(std::io::Error::other)
            .flatten()
            .map_err(|error| failed("listen on 127.0.0.1", &error))?;
        let handle = runtime.handle().clone();
        let nested = Nested {
            evaluator: Arc::downgrade(&evaluator),
            schema: schema.clone(),
            runtime: handle.clone(),
        };
        // Nobody else sets it.
        let _ = evaluator.doors.set(Arc::new(nested));
        let modules = Modules::new(evaluator.clone(), schema, (server, port), handle);
        Ok(Session {
            evaluator,
            modules,
            dependencies: std::sync::Mutex::default(),
            main: Mutex::default(),
            guest,
            endpoint: Endpoint { port, token },
            keep: options.keep,
            runtime: Some(runtime),
            lock: Some(lock),
        })
    }

    /// Where the session listens.
    pub fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// Lets the module call others, from its next call on.
    pub fn depend_on(&self, dependencies: Vec<Arc<Module>>) {
        *locked(&self.dependencies) = dependencies;
    }

    /// Asks the module's binary for its types.
    ///
    /// # Errors
    /// A binary that does not start, or registers nothing.
    pub async fn register(&self, binary: &Path) -> Result<ModuleDef, Error> {
        let origin = Origin {
            name: self.evaluator.module_name(),
            root: self.evaluator.module_root.clone(),
        };
        let dependencies = locked(&self.dependencies).clone();
        let registered = self.modules.register(binary, origin, &dependencies);
        let mut module = registered.await?;
        module.name = self.evaluator.module_name();
        if module.name.is_empty()
            && let Some(main) = module.objects.first()
        {
            main.name.clone_into(&mut module.name);
        }
        Ok(module)
    }

    /// Calls a function of the module. Arguments that are left out get their
    /// defaults.
    ///
    /// # Errors
    /// What the module answered, or how it broke down.
    pub async fn invoke(&self, binary: &Path, call: Invocation) -> Result<Value, Error> {
        let module = self.module(binary).await?;
        let ancestors = Ancestors::default();
        self.modules.call(&module, call, ancestors).await
    }

    /// Runs a query in this process; its `data`.
    ///
    /// # Errors
    /// The first error of the answer.
    pub async fn query(&self, text: &str) -> Result<Value, Error> {
        let query = Query {
            query: text.to_owned(),
            variables: None,
            operation_name: None,
        };
        let guest = match &*self.main.lock().await {
            Some(module) => self.modules.guest(module),
            None => self.guest.clone(),
        };
        let answer = self
            .runtime()?
            .spawn(async move { guest.execute(query).await });
        let response = answer
            .await
            .map_err(|error| failed("run a query", &error))?;
        match response.errors.first() {
            Some(error) => Err(error_of(error)),
            None => response
                .data
                .into_json()
                .map_err(|error| failed("read an answer", &error)),
        }
    }

    /// What a container would be built from, as a Containerfile; runs nothing.
    ///
    /// # Errors
    /// An ID that is no container's.
    pub async fn containerfile(&self, id: &str) -> Result<String, Error> {
        let nodes = &self.evaluator.nodes;
        let container = nodes.find("Container", id)?;
        Ok(containerfile::write(&written::stages(nodes, &container)?).explained())
    }

    /// Ends the session: its services stop, unless they are to be kept.
    ///
    /// # Errors
    /// Podman's, while cleaning up.
    pub async fn close(mut self) -> Result<(), Error> {
        let runtime = self.runtime.take();
        let (evaluator, keep, lock) = (self.evaluator.clone(), self.keep, self.lock.take());
        self.modules.end().await;
        let ended = tokio::task::spawn_blocking(move || sweep::leave(&evaluator, keep, lock)).await;
        if let Some(runtime) = runtime {
            runtime.shutdown_background();
        }
        ended.map_err(|error| failed("end the session", &error))?
    }

    /// Removes a state folder, with all that sessions keep in it.
    ///
    /// # Errors
    /// A session that still runs in it.
    pub async fn prune(state: &Path) -> Result<(), Error> {
        let (state, name) = (state.to_owned(), random()?[..12].to_owned());
        tokio::task::spawn_blocking(move || sweep::prune(&state, &name))
            .await
            .map_err(|error| failed("prune", &error))?
    }

    fn runtime(&self) -> Result<&Runtime, Error> {
        self.runtime.as_ref().ok_or_else(|| Error::Query {
            message: "the session has ended".into(),
        })
    }

    /// Tells what a binary registered, so that it is not asked again.
    pub async fn know(&self, binary: &Path, types: ModuleDef) {
        *self.main.lock().await = Some(self.made(binary, types));
    }

    /// The module with its types, which are asked for once a session.
    async fn module(&self, binary: &Path) -> Result<Arc<Module>, Error> {
        let mut main = self.main.lock().await;
        if let Some(module) = main.as_ref().filter(|module| module.program == binary) {
            return Ok(module.clone());
        }
        let module = self.made(binary, self.register(binary).await?);
        *main = Some(module.clone());
        Ok(module)
    }

    fn made(&self, binary: &Path, types: ModuleDef) -> Arc<Module> {
        Arc::new(Module {
            original: types.name.clone(),
            name: types.name.clone(),
            root: self.evaluator.module_root.clone(),
            program: binary.to_owned(),
            types,
            dependencies: locked(&self.dependencies).clone(),
        })
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            self.modules.tell_end();
            // Reached without `close`: nobody is told what goes wrong here.
            let _ = sweep::leave(&self.evaluator, self.keep, self.lock.take());
            runtime.shutdown_background();
        }
    }
}

fn failed(operation: &str, error: &dyn std::fmt::Display) -> Error {
    Error::Setup {
        problem: format!("the session cannot {operation}: {error}"),
    }
}
