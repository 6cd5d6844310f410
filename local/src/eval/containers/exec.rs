//! Commands: run once for everything that they can see, and answered from
//! their record from then on, in this session and the next.

use std::fs;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::Error;
use crate::eval::containers::nested::NESTING;
use crate::eval::containers::value::{Change, Container, MountKind, Ran};
use crate::eval::evaluator::Evaluator;
use crate::eval::files::value::{FileValue, Tree};
use crate::eval::services::store::Bound;
use crate::node::Node;
use crate::podman::{Finished, Id, Podman, RunSpec};
use crate::state::digest;

/// The search path of a container that has none.
const PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// What is kept of a command.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Record {
    image: Id,
    ran: Ran,
    /// Mounted directories that the command changed: target and new digest.
    changed: Vec<(String, String)>,
}

impl Evaluator {
    /// The container after a command.
    ///
    /// # Errors
    /// A command that ends with an unexpected code, or cannot be run.
    pub fn exec(&self, node: &Arc<Node>, before: &Container) -> Result<Container, Error> {
        let command = command_of(node, before)?;
        let mut it = before.clone();
        let image = self.image_or_nothing(before)?;
        it.image = Some(image.clone());
        it.pending = Vec::new();
        let stdin = self.stdin_of(node, before)?;
        let key = self.exec_key(node, &it, &command, stdin.as_deref())?;
        let title = format!("exec {}", command.join(" "));
        if let Some(record) = self.record_of(&key)? {
            self.step(&title).done(true, true);
            return self.after(node, it, record);
        }
        let _lock = self.state.lock(&format!("exec-{}", &key[..16]))?;
        if let Some(record) = self.record_of(&key)? {
            self.step(&title).done(true, true);
            return self.after(node, it, record);
        }
        let bound = self.bind(&it)?;
        let step = self.step(&title);
        let result = self.run_command(node, &it, &image, &command, stdin.as_deref(), &bound, &step);
        step.done(false, result.is_ok());
        let record = result?;
        self.state.keep_record("records", &key, &record)?;
        self.after(node, it, record)
    }

    /// A command's record, if all that it names is there, as it was.
    fn record_of(&self, key: &str) -> Result<Option<Record>, Error> {
        let Some(record) = self.state.record::<Record>("records", key) else {
            return Ok(None);
        };
        let is_whole = self.store.holds(&record.image)?
            && record
                .changed
                .iter()
                .all(|(_, digest)| self.state.kept_tree(digest).is_some());
        Ok(is_whole.then_some(record))
    }

    fn image_or_nothing(&self, container: &Container) -> Result<Id, Error> {
        match container.image.is_none() && container.pending.is_empty() {
            true => Err(Error::argument(
                "Container.withExec",
                "the container is empty: start it from an image",
            )),
            false => self.image_of(container),
        }
    }

    fn stdin_of(&self, node: &Node, container: &Container) -> Result<Option<Vec<u8>>, Error> {
        if let Some(path) = node.given("redirectStdin") {
            let file = self.file_at(container, path, node)?;
            let path = file.path();
            return fs::read(&path)
                .map(Some)
                .map_err(|error| Error::file("read", &path, &error));
        }
        Ok(node.given("stdin").map(|text| text.as_bytes().to_vec()))
    }

    fn exec_key(
        &self,
        node: &Node,
        it: &Container,
        command: &[String],
        stdin: Option<&[u8]>,
    ) -> Result<String, Error> {
        let mut services = Vec::new();
        for (alias, service) in &it.services {
            services.push(digest([alias.as_str(), &self.service_key(service)?]));
        }
        let mut parts = vec![
            "exec".to_owned(),
            it.image.as_ref().map(Id::to_string).unwrap_or_default(),
            serde_json::to_string(&(&it.config.env, &it.config.workdir, &it.config.user, command))
                .unwrap_or_default(),
            digest(stdin.map(|bytes| [bytes]).into_iter().flatten()),
            digest(services),
            digest(it.mounts.iter().map(|mount| digest(mount.parts()))),
            digest(
                it.secret_env
                    .iter()
                    .map(|(name, secret)| digest([name, &secret.id])),
            ),
        ];
        for name in [
            "insecureRootCapabilities",
            "noInit",
            NESTING,
            "expect",
            "redirectStdout",
            "redirectStderr",
        ] {
            parts.push(
                node.args
                    .get(name)
                    .map(ToString::to_string)
                    .unwrap_or_default(),
            );
        }
        Ok(digest(parts))
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "each is a part of the one command"
    )]
    fn run_command(
        &self,
        node: &Node,
        it: &Container,
        image: &Id,
        command: &[String],
        stdin: Option<&[u8]>,
        bound: &[Bound],
        step: &crate::eval::evaluator::Step<'_>,
    ) -> Result<Record, Error> {
        let podman = self.podman()?;
        let mut secrets = self.secrets_for(it)?;
        let pass = self.pass(node, &mut secrets)?;
        let mut prepared = self.prepare(it)?;
        let mut spec = self.spec(it, image, command)?;
        spec.mounts.clone_from(&prepared.mounts);
        spec.secret_env.clone_from(&secrets.env);
        spec.secret_files.clone_from(&prepared.secret_files);
        spec.no_init = node.is_set("noInit");
        let place = self.connect(&mut spec, bound)?;
        let _door = self.door(pass.as_ref(), &place, &mut spec)?;
        spec.privileged = node.is_set("insecureRootCapabilities");
        let name = spec.name.clone();
        let _gone = Removed {
            evaluator: self,
            podman: &podman,
            name: &name,
        };
        let watch = crate::eval::services::watch::Watch::over(podman.clone(), bound, &name);
        let finished = podman.run(&spec, stdin, &secrets.scrubber, &|line| step.output(line));
        if let Some(error) = watch.end(self) {
            return Err(error);
        }
        let ran = ran(finished?);
        let expected = match node.given("expect").unwrap_or("SUCCESS") {
            "ANY" => true,
            "FAILURE" => ran.exit_code != 0,
            _ => ran.exit_code == 0,
        };
        if !expected {
            return Err(Error::exec(command, ran.exit_code, ran.stdout, ran.stderr));
        }
        let changed = self.collected(it, &mut prepared)?;
        self.remove_stubs(&podman, it, image, &name)?;
        let image = podman.commit(&name)?;
        Ok(Record {
            image,
            ran,
            changed,
        })
    }

    /// A container's command, but for what is bound and mounted.
    ///
    /// # Errors
    /// A state folder that cannot be written.
    pub fn spec(&self, it: &Container, image: &Id, command: &[String]) -> Result<RunSpec, Error> {
        let mut env = it.config.env.clone();
        let is_set = |name: &str| env.iter().any(|(known, _)| known == name);
        if !is_set("PATH") {
            env.push(("PATH".into(), PATH.into()));
        }
        Ok(RunSpec {
            init: crate::init::installed(&self.state)?,
            name: format!("s{}-{}", self.state.session(), self.number()),
            session: self.state.session().to_owned(),
            image: image.to_string(),
            command: command.to_vec(),
            env,
            workdir: if it.config.workdir.is_empty() {
                "/".into()
            } else {
                it.config.workdir.clone()
            },
            user: if it.config.user.is_empty() {
                "0".into()
            } else {
                it.config.user.clone()
            },
            ..RunSpec::default()
        })
    }

    /// The container that a record leaves.
    fn after(&self, node: &Node, mut it: Container, record: Record) -> Result<Container, Error> {
        it.image = Some(record.image);
        for (target, new) in record.changed {
            let tree = Tree {
                path: self.state.path("trees").join(&new),
                digest: new,
            };
            for mount in it.mounts.iter_mut().filter(|mount| mount.target == target) {
                match &mut mount.kind {
                    MountKind::Directory { tree: old, .. } => *old = tree.clone(),
                    MountKind::File { file, .. } => file.tree = tree.clone(),
                    _ => {}
                }
            }
        }
        let mut ran = record.ran;
        for (argument, text) in [
            ("redirectStdout", &mut ran.stdout),
            ("redirectStderr", &mut ran.stderr),
        ] {
            if let Some(path) = node.given(argument) {
                self.redirect(&mut it, path, text)?;
                text.clear();
            }
        }
        it.last = Some(Arc::new(ran));
        Ok(it)
    }

    fn redirect(&self, it: &mut Container, path: &str, text: &str) -> Result<(), Error> {
        let target = it.absolute(path);
        let (folder, name) = target.rsplit_once('/').unwrap_or(("", &target));
        let file = self.new_file(name, &digest(["redirect", text]), |file| {
            fs::write(file, text).map_err(|error| Error::file("write", file, &error))
        })?;
        it.pending.push(Change::Copy {
            tree: file.tree,
            target: if folder.is_empty() {
                "/".into()
            } else {
                folder.to_owned()
            },
            owner: String::new(),
        });
        Ok(())
    }

    /// A file of a container as it stands.
    ///
    /// # Errors
    /// There is none.
    fn file_at(&self, container: &Container, path: &str, node: &Node) -> Result<FileValue, Error> {
        self.file_in_container(container, &container.absolute(path), node)
    }
}

/// The command of a `withExec`.
fn command_of(node: &Node, container: &Container) -> Result<Vec<String>, Error> {
    let mut args = node.texts("args");
    if args.is_empty() {
        args.clone_from(&container.config.args);
    }
    if node.is_set("expand") {
        args = args.iter().map(|arg| container.expanded(arg)).collect();
    }
    if node.is_set("useEntrypoint") {
        args = [container.config.entrypoint.clone(), args].concat();
    }
    match args.is_empty() {
        true => Err(Error::argument(
            "Container.withExec",
            "no command has been set",
        )),
        false => Ok(args),
    }
}

fn ran(finished: Finished) -> Ran {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ran {
        exit_code: finished.exit_code,
        stdout: text(&finished.stdout),
        stderr: text(&finished.stderr),
    }
}

/// Removes a container when its command is done with, whatever came of it.
struct Removed<'a> {
    evaluator: &'a Evaluator,
    podman: &'a Podman,
    name: &'a str,
}

impl Drop for Removed<'_> {
    fn drop(&mut self) {
        if let Err(error) = self.podman.remove(self.name) {
            // The session's end tries again, and fails if it is still there.
            self.evaluator.progress.note(&error.to_string());
        }
    }
}
