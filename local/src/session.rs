//! A session: the endpoint that a module's process talks to, the evaluation
//! behind it, and the module's own processes.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Map, Value, json};
use tokio::runtime::Runtime;

use crate::connections::PATIENCE;
use crate::containerfile;
use crate::eval::{Call, Caller, Evaluator, Reply, definitions, sweep, written};
use crate::http::{EXEC_ERROR, Endpoint, Query, Server, error_of};
use crate::node::Node;
use crate::schema::Resolve;
use crate::state::{Lock, State, random};
use crate::typedefs::{ArgDef, FunctionDef, ModuleDef};
use crate::{Error, Progress, program, schema};

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

/// A call of a module's function.
#[derive(Debug, Clone)]
pub struct Invocation {
    /// The object's type, such as `Dind`.
    pub parent_name: String,
    /// The object's state; `null` for the constructor.
    pub parent: Value,
    /// The function's name; empty for the constructor.
    pub name: String,
    /// Arguments that were given; objects are IDs.
    pub args: Vec<(String, Value)>,
}

/// A running session. [`Session::close`] ends it; so does dropping it.
pub struct Session {
    evaluator: Arc<Evaluator>,
    server: Arc<Server>,
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
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(4)
            .max_blocking_threads(256)
            .thread_stack_size(STACK)
            .enable_all()
            .build()
            .map_err(|error| failed("start threads", &error))?;
        let evaluator = Arc::new(Evaluator::new(state, options.module_root, options.progress));
        let server = Arc::new(Server::new(schema::build(schema::SDL)?));
        let token = random()?;
        let caller = Caller {
            evaluator: evaluator.clone(),
            call: None,
        };
        server.admit(&token, Arc::new(caller));
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
        Ok(Session {
            evaluator,
            server,
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

    /// Asks the module's binary for its types.
    ///
    /// # Errors
    /// A binary that does not start, or registers nothing.
    pub async fn register(&self, binary: &Path) -> Result<ModuleDef, Error> {
        let call = Invocation {
            parent_name: String::new(),
            parent: Value::Null,
            name: String::new(),
            args: Vec::new(),
        };
        let answer = self.run(binary, call).await?;
        let id = answer.as_str().unwrap_or_default();
        let nodes = &self.evaluator.nodes;
        let mut module = definitions::module(nodes, &nodes.find("Module", id)?)?;
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
    pub async fn invoke(&self, binary: &Path, mut call: Invocation) -> Result<Value, Error> {
        let module = self.module(binary).await?;
        if let Some(function) = function(&module, &call) {
            for arg in &function.args {
                let is_given = call
                    .args
                    .iter()
                    .any(|(name, value)| *name == arg.name && !value.is_null());
                if is_given {
                    continue;
                }
                call.args.retain(|(name, _)| *name != arg.name);
                if let Some(value) = self.default(arg) {
                    call.args.push((arg.name.clone(), value));
                }
            }
        }
        self.run(binary, call).await
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
        let caller: Arc<dyn Resolve> = Arc::new(Caller {
            evaluator: self.evaluator.clone(),
            call: None,
        });
        let server = self.server.clone();
        let answer = self
            .runtime()?
            .spawn(async move { server.execute(caller, query).await });
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

    /// The module's types, asked for once a session.
    async fn module(&self, binary: &Path) -> Result<Arc<ModuleDef>, Error> {
        let mut known = self.evaluator.definitions.lock().await;
        if let Some(module) = known.get(binary) {
            return Ok(module.clone());
        }
        let module = Arc::new(self.register(binary).await?);
        known.insert(binary.to_owned(), module.clone());
        Ok(module)
    }

    /// What stands for an argument that was left out.
    fn default(&self, arg: &ArgDef) -> Option<Value> {
        let nodes = &self.evaluator.nodes;
        if let Some(value) = &arg.default_value {
            return Some(value.clone());
        }
        if let Some(path) = &arg.default_path {
            let host = nodes.keep(Node::new("Host", None, "host", Map::new()));
            let (ty, field, args) = self.evaluator.at_default_path(path, arg);
            return Some(json!(nodes.keep(Node::new(ty, Some(host), field, args)).id));
        }
        let address = arg.default_address.as_ref()?;
        let container = nodes.keep(Node::new("Container", None, "container", Map::new()));
        let args = crate::eval::fields(json!({"address": address}));
        Some(json!(
            nodes
                .keep(Node::new("Container", Some(container), "from", args))
                .id
        ))
    }

    /// Runs the module's binary for one call.
    async fn run(&self, binary: &Path, call: Invocation) -> Result<Value, Error> {
        let number = self.evaluator.number();
        let call = Arc::new(Call::new(
            number,
            call.parent_name,
            call.parent,
            call.name,
            call.args,
        ));
        let token = random()?;
        let caller = Caller {
            evaluator: self.evaluator.clone(),
            call: Some(call.clone()),
        };
        self.server.admit(&token, Arc::new(caller));
        let ended = self.process(binary, &token).await;
        self.server.dismiss(&token);
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

    async fn process(&self, binary: &Path, token: &str) -> Result<(i32, String), Error> {
        let scratch = self.evaluator.state.temporary()?;
        let variables = [
            ("DAGGER_SESSION_PORT", self.endpoint.port.to_string()),
            ("DAGGER_SESSION_TOKEN", token.to_owned()),
        ];
        let progress = self.evaluator.progress.as_ref();
        program::run(binary, &variables, scratch.path(), progress).await
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // Reached without `close`: nobody is told what goes wrong here.
            let _ = sweep::leave(&self.evaluator, self.keep, self.lock.take());
            runtime.shutdown_background();
        }
    }
}

/// The function that a call means.
fn function<'a>(module: &'a ModuleDef, call: &Invocation) -> Option<&'a FunctionDef> {
    let object = module
        .objects
        .iter()
        .chain(&module.interfaces)
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

fn failed(operation: &str, error: &dyn std::fmt::Display) -> Error {
    Error::Setup {
        problem: format!("the session cannot {operation}: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
