//! Services: containers that run beside commands, one instance a session,
//! started when first needed and gone with the session.

use std::sync::Arc;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::Error;
use crate::eval::containers::value::{Container, Port};
use crate::eval::evaluator::Evaluator;
use crate::eval::services::host::OfHost;
use crate::eval::services::leaf::hostname;
use crate::eval::services::store::{Bound, LOOK, Process, Running};
use crate::node::Node;
use crate::podman::{Place, Podman, RunSpec};
use crate::state::digest;
use crate::sync::locked;

/// How long a service may take until it is ready.
const READY: Duration = Duration::from_secs(120);
/// How long a port may take to answer one try.
const TRY: Duration = Duration::from_millis(500);
/// How many lines of a service's log an error shows.
const LOG_LINES: usize = 20;

impl Evaluator {
    /// Starts the services of a container.
    ///
    /// # Errors
    /// One that does not become ready.
    pub fn bind(&self, container: &Container) -> Result<Vec<Bound>, Error> {
        std::thread::scope(|scope| {
            let starting: Vec<_> = container
                .services
                .iter()
                .map(|(alias, service)| {
                    std::thread::Builder::new()
                        .stack_size(64 << 20)
                        .spawn_scoped(scope, move || {
                            let running = self.running(service)?;
                            Ok(Bound {
                                alias: alias.clone(),
                                hostname: hostname(service),
                                running,
                            })
                        })
                })
                .collect();
            let mut bound = Vec::new();
            for start in starting {
                let start = start.map_err(|error| Error::Setup {
                    problem: error.to_string(),
                })?;
                bound.push(start.join().unwrap_or_else(|_| {
                    Err(Error::Setup {
                        problem: "starting a service broke down".into(),
                    })
                })?);
            }
            Ok(bound)
        })
    }

    /// What tells services apart across sessions.
    ///
    /// # Errors
    /// A container that cannot be made.
    pub fn service_key(&self, service: &Arc<Node>) -> Result<String, Error> {
        let name = hostname(service).unwrap_or_default();
        let (definition, container) = match self.defined(service)? {
            Defined::Container(definition, container) => (definition, container),
            Defined::Host(_, of_host) => {
                return Ok(digest(["host service", &of_host.key(), &name]));
            }
        };
        let mut bound = Vec::new();
        for (alias, inner) in &container.services {
            bound.push(digest([alias.as_str(), &self.service_key(inner)?]));
        }
        let args = serde_json::to_string(&definition.args).unwrap_or_default();
        // The IDs of services hold no contents; their keys do.
        let mut plain = Container::clone(&container);
        plain.services.clear();
        Ok(digest([plain.key(), args, digest(bound), name]))
    }

    /// What a service was defined as.
    fn defined(&self, service: &Arc<Node>) -> Result<Defined, Error> {
        let mut node = service;
        while node.field == "withHostname" {
            node = node.parent()?;
        }
        match node.field.as_str() {
            "asService" => {
                let container = self.container(node.parent()?)?;
                Ok(Defined::Container(node.clone(), container))
            }
            "service" => Ok(Defined::Host(node.clone(), OfHost::of(node)?)),
            "tunnel" => Err(Error::argument(
                "Host.tunnel",
                "it leads to the host: bind the service itself",
            )),
            _ => Err(node.unserved()),
        }
    }

    /// The ports of a service.
    ///
    /// # Errors
    /// A container that cannot be made.
    pub fn service_ports(&self, service: &Arc<Node>) -> Result<Vec<Port>, Error> {
        if service.field == "tunnel" {
            return self.tunnel_ports(service);
        }
        Ok(match self.defined(service)? {
            Defined::Container(_, container) => container.config.ports.clone(),
            Defined::Host(_, of_host) => of_host.ports(),
        })
    }

    /// The running instance of a service, started if there is none.
    ///
    /// # Errors
    /// One that does not become ready, with its last log lines.
    pub fn running(&self, service: &Arc<Node>) -> Result<Arc<Running>, Error> {
        let defined = self.defined(service)?;
        let slot = self.services.slot(&defined.node().id);
        let mut slot = locked(&slot);
        if let Some(running) = slot.as_ref().filter(|running| running.is_alive()) {
            return Ok(running.clone());
        }
        let running = Arc::new(match &defined {
            Defined::Container(definition, container) => self.start(definition, container)?,
            Defined::Host(_, of_host) => self.start_of_host(of_host)?,
        });
        *slot = Some(running.clone());
        Ok(running)
    }

    fn start(&self, definition: &Node, container: &Container) -> Result<Running, Error> {
        let command = command_of(definition, container)?;
        let image = self.image_of(container)?;
        let bound = self.bind(container)?;
        let podman = self.podman()?;
        let mut secrets = self.secrets_for(container)?;
        let pass = self.pass(definition, &mut secrets)?;
        let mut prepared = self.prepare(container)?;
        let mut spec = self.spec(container, &image, &command)?;
        spec.mounts = std::mem::take(&mut prepared.mounts);
        spec.secret_env.clone_from(&secrets.env);
        spec.secret_files.clone_from(&prepared.secret_files);
        spec.no_init = definition.is_set("noInit");
        spec.log = Some(self.log_file()?);
        let place = self.connect(&mut spec, &bound)?;
        let mut door = self.door(pass.as_ref(), &place, &mut spec)?;
        spec.privileged = definition.is_set("insecureRootCapabilities");
        let title = command.join(" ");
        let step = self.step(&format!("start service {title}"));
        let result = (|| {
            podman.start(&spec)?;
            let pid = podman.process(&spec.name)?;
            let running = Running {
                process: Some(Process {
                    container: spec.name.clone(),
                    pid,
                }),
                place,
                ports: container.config.ports.clone(),
                title,
                scrubber: secrets.scrubber.clone(),
                _locks: std::mem::take(&mut prepared.locks),
                _door: door.take(),
                _listening: Vec::new(),
            };
            self.await_ready(&running, container, &spec, &podman)?;
            Ok(running)
        })();
        step.done(false, result.is_ok());
        // What it mounts lives as long as it does.
        self.keep_folders(prepared);
        result.map_err(|error| match podman.remove(&spec.name) {
            Ok(()) => error,
            Err(left) => Error::Service {
                name: command.join(" "),
                problem: format!("{error}; and it is not gone: {left}"),
            },
        })
    }

    /// Gives a container its place in the session's network, from which it
    /// reaches the services that are bound to it.
    ///
    /// # Errors
    /// A network that cannot be set up.
    pub fn connect(&self, spec: &mut RunSpec, bound: &[Bound]) -> Result<Place, Error> {
        let services: Vec<_> = bound.iter().map(|bound| &bound.running.place).collect();
        let place = self.podman()?.place(&services)?;
        spec.network = place.path();
        spec.address = place.address().to_string();
        spec.nameserver = place.nameserver().map(|server| server.to_string());
        spec.hosts = bound
            .iter()
            .flat_map(|bound| {
                let names = [Some(bound.alias.clone()), bound.hostname.clone()];
                let address = bound.running.place.address().to_string();
                names
                    .into_iter()
                    .flatten()
                    .map(move |name| (name, address.clone()))
            })
            .collect();
        Ok(place)
    }

    fn await_ready(
        &self,
        running: &Running,
        container: &Container,
        spec: &RunSpec,
        podman: &Podman,
    ) -> Result<(), Error> {
        let deadline = Instant::now() + READY;
        let check = container
            .config
            .healthcheck
            .as_ref()
            .map(crate::eval::containers::configure::healthcheck);
        let ports: Vec<_> = running
            .ports
            .iter()
            .filter(|port| port.protocol == "TCP" && !port.skip_check)
            .collect();
        let mut is_well = check.is_none();
        let mut open = 0;
        loop {
            if !running.is_alive() {
                return Err(self.ended(running, "it ended before it was ready"));
            }
            while open < ports.len() && running.place.connect(ports[open].port, TRY).is_ok() {
                open += 1;
            }
            // A daemon that does not listen yet is not well, either.
            if open == ports.len()
                && !is_well
                && let Some(check) = &check
            {
                is_well = podman.probe(&spec.name, &probe(check), &spec.past_podman());
            }
            if is_well && open == ports.len() {
                return Ok(());
            }
            if Instant::now() > deadline {
                let problem = match ports.get(open) {
                    Some(port) => format!("its port {} did not open in {READY:?}", port.port),
                    None => format!("its health check did not pass in {READY:?}"),
                };
                return Err(self.ended(running, &problem));
            }
            podman.may_start()?;
            sleep(LOOK);
        }
    }

    /// The error of a service, with what it said last.
    pub fn ended(&self, running: &Running, problem: &str) -> Error {
        let log = match (self.opened_podman(), &running.process) {
            (Some(podman), Some(process)) => running
                .scrubber
                .text(&podman.log_tail(&process.container, LOG_LINES)),
            _ => String::new(),
        };
        let problem = match log.is_empty() {
            true => format!("{problem}; it wrote nothing"),
            false => format!("{problem}; its last lines:\n{log}"),
        };
        Error::Service {
            name: running.title.clone(),
            problem,
        }
    }

    /// Stops a service, if it runs.
    ///
    /// # Errors
    /// Podman's.
    pub fn stop_service(&self, service: &Arc<Node>, at_once: bool) -> Result<(), Error> {
        let slot = self.services.slot(&self.defined(service)?.node().id);
        let running = locked(&slot).take();
        if let Some(process) = running
            .as_ref()
            .and_then(|running| running.process.as_ref())
        {
            let podman = self.podman()?;
            podman.stop(&process.container, at_once)?;
            podman.remove(&process.container)?;
        }
        Ok(())
    }
}

/// What a service was defined as.
enum Defined {
    /// A container, by its `asService`.
    Container(Arc<Node>, Arc<Container>),
    /// A service of the host.
    Host(Arc<Node>, OfHost),
}

impl Defined {
    fn node(&self) -> &Node {
        match self {
            Defined::Container(node, _) | Defined::Host(node, _) => node,
        }
    }
}

/// The command that a service runs.
fn command_of(node: &Node, container: &Container) -> Result<Vec<String>, Error> {
    let given = node.texts("args");
    let args = match given.is_empty() {
        true => container.config.args.clone(),
        false => given.clone(),
    };
    let args = match node.is_set("expand") {
        true => args.iter().map(|arg| container.expanded(arg)).collect(),
        false => args,
    };
    let entrypoint = match node.is_set("useEntrypoint") || given.is_empty() {
        true => container.config.entrypoint.clone(),
        false => Vec::new(),
    };
    let command = [entrypoint, args].concat();
    match command.is_empty() {
        true => Err(Error::argument(
            "Container.asService",
            "no command has been set",
        )),
        false => Ok(command),
    }
}

/// The command of a health check.
fn probe(check: &serde_json::Map<String, serde_json::Value>) -> Vec<String> {
    let args: Vec<_> = check
        .get("args")
        .and_then(serde_json::Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|arg| arg.as_str().map(str::to_owned))
        .collect();
    match check.get("shell").and_then(serde_json::Value::as_bool) {
        Some(true) => vec!["/bin/sh".into(), "-c".into(), args.join(" ")],
        _ => args,
    }
}
