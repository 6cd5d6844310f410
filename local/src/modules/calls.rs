//! Calls of modules' functions: each is a process of the module's program, which
//! asks the session what it is to do.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_graphql::dynamic::Schema;
use serde_json::{Map, Value};
use tokio::runtime::Handle;
use tokio::sync::watch;

use crate::eval::{Call, Caller, Evaluator, Home, Origin, Reply, definitions};
use crate::http::{EXEC_ERROR, Guest, Server};
use crate::modules::asker::{Asker, Runner};
use crate::modules::checks::refuse_foreign;
use crate::modules::defaults;
use crate::modules::invocation::{Ancestors, Invocation};
use crate::modules::module::Module;
use crate::modules::store::Store;
use crate::modules::surface::Surface;
use crate::state::random;
use crate::sync::locked;
use crate::typedefs::{FunctionDef, ModuleDef};
use crate::{Error, program};

/// The longest that the programs of an ended session are waited for.
const ENDING: Duration = Duration::from_secs(2);

/// Runs the modules of one session.
pub struct Modules {
    evaluator: Arc<Evaluator>,
    store: Arc<Store>,
    runtime: Handle,
    /// Turns when the session ends; who waits for it runs a program.
    ended: watch::Sender<bool>,
    /// What everybody sees.
    core: Schema,
    server: Arc<Server>,
    port: u16,
    surfaces: Mutex<HashMap<String, Arc<Surface>>>,
}

impl Modules {
    /// Modules whose processes reach the session by a port.
    pub fn new(
        evaluator: Arc<Evaluator>,
        core: Schema,
        (server, port): (Arc<Server>, u16),
        runtime: Handle,
    ) -> Arc<Self> {
        Arc::new(Modules {
            evaluator,
            store: Arc::default(),
            runtime,
            ended: watch::Sender::new(false),
            core,
            server,
            port,
            surfaces: Mutex::default(),
        })
    }

    /// Tells the programs that modules' programs wait for to end.
    pub fn tell_end(&self) {
        self.ended.send_replace(true);
    }

    /// Ends the programs that modules' programs wait for.
    pub async fn end(&self) {
        self.tell_end();
        // A program that is stuck in the kernel is left to it.
        let _ = tokio::time::timeout(ENDING, self.ended.closed()).await;
    }

    /// Asks a module's program for its types.
    ///
    /// # Errors
    /// A program that does not start, or registers nothing.
    pub async fn register(
        self: &Arc<Self>,
        program: &Path,
        origin: Origin,
        dependencies: &[Arc<Module>],
    ) -> Result<ModuleDef, Error> {
        let call = Invocation {
            parent_name: String::new(),
            parent: Value::Null,
            name: String::new(),
            args: Vec::new(),
        };
        let surface = Arc::new(Surface::of(self.core.clone(), dependencies, None));
        let ancestors = Ancestors::default();
        let answer = self.run(program, origin, call, surface, ancestors).await?;
        let nodes = &self.evaluator.nodes;
        let id = answer.as_str().unwrap_or_default();
        let types = definitions::module(nodes, &nodes.find("Module", id)?)?;
        refuse_foreign(&types, dependencies)?;
        Ok(types)
    }

    /// Calls a function of a module. Arguments that are left out get their defaults.
    ///
    /// # Errors
    /// What the module answered, or how it broke down.
    pub async fn call(
        self: &Arc<Self>,
        module: &Arc<Module>,
        mut call: Invocation,
        ancestors: Ancestors,
    ) -> Result<Value, Error> {
        if let Some(function) = function(&module.types, &call) {
            defaults::fill(&mut call, function, &module.root, &self.evaluator.nodes);
        }
        let origin = Origin {
            name: module.name.clone(),
            root: module.root.clone(),
        };
        let surface = self.surface(module);
        self.run(&module.program, origin, call, surface, ancestors)
            .await
    }

    /// What asks with a module's surface, but for no call of it.
    pub fn guest(self: &Arc<Self>, module: &Arc<Module>) -> Guest {
        self.asking(self.surface(module), None, Home::Host, Ancestors::default())
    }

    fn surface(&self, module: &Arc<Module>) -> Arc<Surface> {
        let mut surfaces = locked(&self.surfaces);
        let surface = surfaces.entry(module.key()).or_insert_with(|| {
            self.store.known.add(module);
            let others = &module.dependencies;
            Arc::new(Surface::of(self.core.clone(), others, Some(module)))
        });
        surface.clone()
    }

    fn asking(
        self: &Arc<Self>,
        surface: Arc<Surface>,
        call: Option<Arc<Call>>,
        home: Home,
        ancestors: Ancestors,
    ) -> Guest {
        Guest {
            view: surface.clone(),
            resolver: Arc::new(Asker {
                core: Caller {
                    evaluator: self.evaluator.clone(),
                    call,
                    home,
                },
                store: self.store.clone(),
                runner: Box::new(self.clone()),
                surface,
                ancestors,
            }),
        }
    }

    /// Runs a program for one call.
    async fn run(
        self: &Arc<Self>,
        program: &Path,
        origin: Origin,
        call: Invocation,
        surface: Arc<Surface>,
        ancestors: Ancestors,
    ) -> Result<Value, Error> {
        let call = Arc::new(Call::new(
            self.evaluator.number(),
            origin,
            (call.parent_name, call.parent),
            (call.name, call.args),
        ));
        let token = random()?;
        // What the call leaves there may be asked for later.
        let folder = self.evaluator.state.temporary()?.keep();
        let home = Home::Folder(folder.clone());
        let guest = self.asking(surface, Some(call.clone()), home, ancestors);
        self.server.admit(&token, guest);
        let ended = self.process(program, &token, &folder).await;
        self.server.dismiss(&token);
        // One with something in it stays, and goes with the session.
        let _ = std::fs::remove_dir(&folder);
        let (code, stderr) = ended?;
        match call.answer() {
            Some(Reply::Value(value)) if code == 0 => Ok(value),
            Some(Reply::Error { message, values }) => Err(answered(message, &values)),
            _ => {
                let text = stderr.trim();
                Err(Error::Module {
                    message: match text.is_empty() {
                        true => {
                            format!("the module ended with exit code {code} and gave no answer")
                        }
                        false => text.to_owned(),
                    },
                })
            }
        }
    }

    async fn process(
        &self,
        program: &Path,
        token: &str,
        folder: &Path,
    ) -> Result<(i32, String), Error> {
        let variables = [
            ("DAGGER_SESSION_PORT", self.port.to_string()),
            ("DAGGER_SESSION_TOKEN", token.to_owned()),
        ];
        let progress = self.evaluator.progress.as_ref();
        program::run(program, &variables, folder, progress).await
    }
}

impl Runner for Arc<Modules> {
    fn run(
        &self,
        module: &Arc<Module>,
        call: Invocation,
        ancestors: Ancestors,
    ) -> Result<Value, Error> {
        let mut ended = self.ended.subscribe();
        self.runtime.block_on(async {
            tokio::select! {
                answer = self.call(module, call, ancestors) => answer,
                _ = ended.wait_for(|ended| *ended) => Err(Error::Module {
                    message: format!("the session ended while the module {} ran", module.name),
                }),
            }
        })
    }
}

/// The function that a call means.
fn function<'a>(types: &'a ModuleDef, call: &Invocation) -> Option<&'a FunctionDef> {
    let object = types
        .objects
        .iter()
        .find(|object| object.name == call.parent_name)?;
    match call.name.is_empty() {
        true => object.constructor.as_ref(),
        false => object
            .functions
            .iter()
            .find(|function| function.name == call.name),
    }
}

/// The error that a module answered with; a failed command's is one again,
/// where the module says so: the values alone may be of its own making.
fn answered(message: String, values: &Map<String, Value>) -> Error {
    let text = |name: &str| {
        values
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let is_exec = values.get("_type").is_some_and(|ty| ty == EXEC_ERROR);
    let code = values.get("exitCode").and_then(Value::as_i64);
    let command = values.get("cmd").and_then(Value::as_array);
    match (command, code.and_then(|code| i32::try_from(code).ok())) {
        (Some(command), Some(exit_code)) if is_exec => Error::Exec {
            message,
            command: command
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
            exit_code,
            stdout: text("stdout"),
            stderr: text("stderr"),
        },
        _ => Error::Module { message },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn values(kind: Option<&str>) -> Map<String, Value> {
        let mut values = crate::eval::fields(json!({
            "cmd": ["sh"], "exitCode": 3, "stdout": "o", "stderr": "e",
        }));
        values.extend(kind.map(|kind| ("_type".to_owned(), kind.into())));
        values
    }

    #[test]
    fn a_modules_failed_command_keeps_its_code_and_the_modules_words() {
        let error = answered("running it: exit code: 3".into(), &values(Some(EXEC_ERROR)));
        assert_eq!(error.to_string(), "running it: exit code: 3");
        assert!(matches!(error, Error::Exec { exit_code: 3, .. }));
    }

    #[test]
    fn values_of_another_kind_of_error_are_no_failed_commands() {
        for kind in [None, Some("OTHER")] {
            let error = answered("no".into(), &values(kind));
            assert!(matches!(error, Error::Module { message } if message == "no"));
        }
    }
}
