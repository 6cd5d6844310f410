//! Containers: each field of a `Container` applied to its parent.

use std::fs;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::container::{Change, Config, Container, Mount, MountKind, Port, Tree, image_key};
use super::directory::{chown, last_part, permissions};
use super::{Evaluator, fields};
use crate::containerfile::{Line, Stage};
use crate::node::Node;
use crate::podman::BuildContext;
use crate::state::digest;
use crate::tree::{self, Filter};
use crate::{Error, containerfile};

impl Evaluator {
    /// The container that a node stands for. Commands on the way are run.
    ///
    /// # Errors
    /// The first step that fails.
    pub fn container(&self, node: &Arc<Node>) -> Result<Arc<Container>, Error> {
        self.containers
            .get(&node.id, || self.make_container(node).map(Arc::new))
    }

    /// A path argument, its variables expanded where the node says so.
    pub fn path_of(&self, container: &Container, node: &Node, name: &str) -> String {
        match node.is_set("expand") {
            true => container.expanded(node.text(name)),
            false => node.text(name).to_owned(),
        }
    }

    fn make_container(&self, node: &Arc<Node>) -> Result<Container, Error> {
        let Some(parent) = &node.parent else {
            return match node.field.as_str() {
                "container" => self.empty(node),
                _ => Err(node.unserved()),
            };
        };
        if parent.ty == "Address" && node.field == "container" {
            return self.image_container(&Container::default(), parent.text("value"));
        }
        if parent.ty != "Container" {
            return Err(node.unserved());
        }
        let mut it = Container::clone(&*self.container(parent)?);
        let target = it.absolute(&self.path_of(&it, node, "path"));
        let owner = self.owner(&it, node);
        match node.field.as_str() {
            "from" => return self.image_container(&it, node.text("address")),
            "import" => return self.archive_container(&it, node),
            "withExec" => return self.exec(node, &it),
            "withError" => {
                return Err(Error::Module {
                    message: node.text("err").to_owned(),
                });
            }
            "withRootfs" => {
                let source = self.nodes.argument(node, "directory", "Directory")?;
                it.image = None;
                let tree = self.directory(&source)?;
                it.pending = vec![Change::Copy {
                    tree,
                    target: "/".into(),
                    owner: String::new(),
                }];
            }
            "withDirectory" => {
                let source = self.nodes.argument(node, "source", "Directory")?;
                let filter = Filter {
                    include: node.texts("include"),
                    exclude: node.texts("exclude"),
                    gitignore: node.is_set("gitignore"),
                };
                let tree = self.filtered(&source, &filter)?;
                self.put(&mut it, tree, target, &owner)?;
            }
            "withFile" | "withFiles" => {
                for (to, file) in self.files_of(node)? {
                    let to = match node.field.as_str() {
                        "withFile" if !node.text("path").ends_with('/') => target.clone(),
                        _ => format!("{target}/{}", last_part(&to)),
                    };
                    let mode = node.number("permissions");
                    self.put_file(&mut it, &to, &owner, &file.tree.digest, mode, |path| {
                        Ok(tree::copy(&file.path(), path, &Filter::default())?)
                    })?;
                }
            }
            "withNewFile" => {
                let mode = node.number("permissions");
                let contents = node.text("contents");
                self.put_file(&mut it, &target, &owner, contents, mode, |path| {
                    fs::write(path, contents).map_err(|error| Error::file("write", path, &error))
                })?;
            }
            "withSymlink" => {
                let link = it.absolute(&self.path_of(&it, node, "linkName"));
                let leads_to = self.path_of(&it, node, "target");
                self.put_file(
                    &mut it,
                    &link,
                    "",
                    &format!("link {leads_to}"),
                    None,
                    |path| {
                        std::os::unix::fs::symlink(&leads_to, path)
                            .map_err(|error| Error::file("link", path, &error))
                    },
                )?;
            }
            "withoutDirectory" | "withoutFile" | "withoutFiles" => {
                let mut paths = node.texts("paths");
                paths.extend(node.given("path").map(str::to_owned));
                let paths: Vec<_> = paths
                    .iter()
                    .map(|path| match node.is_set("expand") {
                        true => it.absolute(&it.expanded(path)),
                        false => it.absolute(path),
                    })
                    .collect();
                self.take(&mut it, paths)?;
            }
            _ => return self.configured(node, it, target),
        }
        Ok(it)
    }

    fn empty(&self, node: &Node) -> Result<Container, Error> {
        match node.given("platform") {
            Some(platform) if platform != super::platform() => Err(Error::argument(
                format!("platform {platform}"),
                format!("the local session runs {} only", super::platform()),
            )),
            _ => Ok(Container::default()),
        }
    }

    /// Fields that change what runs and how, but no files.
    fn configured(
        &self,
        node: &Arc<Node>,
        mut it: Container,
        target: String,
    ) -> Result<Container, Error> {
        let name = node.text("name");
        let owner = self.owner(&it, node);
        match node.field.as_str() {
            "withEnvVariable" => {
                let value = match node.is_set("expand") {
                    true => it.expanded(node.text("value")),
                    false => node.text("value").to_owned(),
                };
                it.secret_env.retain(|(known, _)| known != name);
                it.set_env(name, &value);
            }
            "withoutEnvVariable" => it.config.env.retain(|(known, _)| known != name),
            "withSecretVariable" => {
                let secret = self.nodes.argument(node, "secret", "Secret")?;
                it.config.env.retain(|(known, _)| known != name);
                it.secret_env.retain(|(known, _)| known != name);
                it.secret_env.push((name.to_owned(), secret));
            }
            "withoutSecretVariable" => it.secret_env.retain(|(known, _)| known != name),
            "withWorkdir" => {
                it.pending.push(Change::Folder {
                    path: target.clone(),
                });
                it.config.workdir = target;
            }
            "withoutWorkdir" => it.config.workdir.clear(),
            "withUser" => name.clone_into(&mut it.config.user),
            "withoutUser" => it.config.user.clear(),
            "withEntrypoint" => {
                it.config.entrypoint = node.texts("args");
                if !node.is_set("keepDefaultArgs") {
                    it.config.args.clear();
                }
            }
            "withoutEntrypoint" => {
                it.config.entrypoint.clear();
                if !node.is_set("keepDefaultArgs") {
                    it.config.args.clear();
                }
            }
            "withDefaultArgs" => it.config.args = node.texts("args"),
            "withoutDefaultArgs" => it.config.args.clear(),
            "withLabel" => {
                it.config
                    .labels
                    .insert(name.to_owned(), node.text("value").to_owned());
            }
            "withoutLabel" => {
                it.config.labels.remove(name);
            }
            "withAnnotation" => {
                it.config
                    .annotations
                    .insert(name.to_owned(), node.text("value").to_owned());
            }
            "withoutAnnotation" => {
                it.config.annotations.remove(name);
            }
            "withExposedPort" => {
                let port = port_of(node)?;
                it.config.ports.retain(|known| !port.is_at(known));
                it.config.ports.push(port);
            }
            "withoutExposedPort" => {
                let port = port_of(node)?;
                it.config.ports.retain(|known| !port.is_at(known));
            }
            "withDockerHealthcheck" => it.config.healthcheck = Some(node.args.clone()),
            "withoutDockerHealthcheck" => it.config.healthcheck = None,
            "withMountedCache" => {
                let cache = self.nodes.argument(node, "cache", "CacheVolume")?;
                let source = match node.given("source") {
                    Some(_) => Some(self.directory(&self.nodes.argument(
                        node,
                        "source",
                        "Directory",
                    )?)?),
                    None => None,
                };
                let sharing = node.given("sharing").unwrap_or("SHARED").to_owned();
                let key = cache.text("key").to_owned();
                it.mount(
                    target,
                    MountKind::Cache {
                        key,
                        sharing,
                        source,
                        owner,
                    },
                );
            }
            "withMountedDirectory" => {
                let source = self.nodes.argument(node, "source", "Directory")?;
                let tree = self.directory(&source)?;
                it.mount(target, MountKind::Directory { tree, owner });
            }
            "withMountedFile" => {
                let source = self.nodes.argument(node, "source", "File")?;
                let file = self.file(&source)?;
                it.mount(target, MountKind::File { file, owner });
            }
            "withMountedSecret" => {
                let secret = self.nodes.argument(node, "source", "Secret")?;
                let mode = node
                    .number("mode")
                    .and_then(|mode| u32::try_from(mode).ok());
                it.mount(
                    target,
                    MountKind::Secret {
                        secret,
                        owner,
                        mode: mode.unwrap_or(0o400),
                    },
                );
            }
            "withMountedTemp" => {
                it.mount(
                    target,
                    MountKind::Temporary {
                        size: node.number("size"),
                    },
                );
            }
            "withUnixSocket" => {
                let socket = self.nodes.argument(node, "source", "Socket")?;
                let path = self.socket_path(&socket)?;
                it.mount(target, MountKind::Socket { path });
            }
            "withoutMount" | "withoutUnixSocket" => {
                it.mounts.retain(|mount| mount.target != target)
            }
            "withServiceBinding" => {
                let service = self.nodes.argument(node, "service", "Service")?;
                let alias = node.text("alias");
                it.services.retain(|(known, _)| known != alias);
                it.services.push((alias.to_owned(), service));
            }
            "withRegistryAuth" => {
                let secret = self.nodes.argument(node, "secret", "Secret")?;
                let address = node.text("address");
                it.logins.retain(|(known, _, _)| known != address);
                it.logins
                    .push((address.to_owned(), node.text("username").to_owned(), secret));
            }
            "withoutRegistryAuth" => it
                .logins
                .retain(|(known, _, _)| known != node.text("address")),
            _ => return Err(node.unserved()),
        }
        Ok(it)
    }

    fn owner(&self, container: &Container, node: &Node) -> String {
        self.path_of(container, node, "owner")
    }

    /// Merges a tree into a folder of the container, or of what is mounted there.
    fn put(
        &self,
        it: &mut Container,
        tree: Tree,
        target: String,
        owner: &str,
    ) -> Result<(), Error> {
        let inside = it
            .mount_of(&target)
            .map(|(mount, rest)| (mount.target.clone(), rest));
        let Some((mounted, rest)) = inside else {
            it.pending.push(Change::Copy {
                tree,
                target,
                owner: owner.to_owned(),
            });
            return Ok(());
        };
        for mount in it.mounts.iter_mut().filter(|mount| mount.target == mounted) {
            let MountKind::Directory { tree: base, .. } = &mut mount.kind else {
                return Err(Error::argument(
                    target,
                    format!("it cannot be written: something is mounted at {mounted}"),
                ));
            };
            let key = digest(["put", &base.digest, &tree.digest, &rest, owner]);
            *base = self.derived(&key, |new| {
                tree::copy(&base.path, new, &Filter::default())?;
                let inner = tree::resolve(new, &rest)?;
                tree::copy(&tree.path, &inner, &Filter::default())?;
                chown(&inner, owner)
            })?;
        }
        Ok(())
    }

    fn put_file(
        &self,
        it: &mut Container,
        target: &str,
        owner: &str,
        key: &str,
        mode: Option<i64>,
        write: impl FnOnce(&std::path::Path) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let (folder, name) = target.rsplit_once('/').unwrap_or(("", target));
        if name.is_empty() {
            return Err(Error::argument(
                format!("path {target:?}"),
                "it names no file",
            ));
        }
        let key = digest(["put file", key, name, &mode.unwrap_or(-1).to_string()]);
        let file = self.new_file(name, &key, |path| {
            write(path)?;
            permissions(path, mode)
        })?;
        let folder = if folder.is_empty() { "/" } else { folder };
        self.put(it, file.tree, folder.to_owned(), owner)
    }

    /// Removes paths of the container, or of what is mounted there.
    fn take(&self, it: &mut Container, paths: Vec<String>) -> Result<(), Error> {
        let mut own = Vec::new();
        for path in paths {
            let inside = it
                .mount_of(&path)
                .map(|(mount, rest)| (mount.target.clone(), rest));
            let Some((mounted, rest)) = inside else {
                own.push(path);
                continue;
            };
            for mount in it.mounts.iter_mut().filter(|mount| mount.target == mounted) {
                if let MountKind::Directory { tree: base, .. } = &mut mount.kind {
                    let key = digest(["take", &base.digest, &rest]);
                    *base = self.derived(&key, |new| {
                        tree::copy(&base.path, new, &Filter::default())?;
                        super::directory::remove(new, &rest)
                    })?;
                }
            }
        }
        if !own.is_empty() {
            it.pending.push(Change::Remove { paths: own });
        }
        Ok(())
    }

    /// The image of a container, its changes built.
    ///
    /// # Errors
    /// Podman's, while building.
    pub fn image_of(&self, container: &Container) -> Result<String, Error> {
        let mut image = container.image.clone();
        let mut rest = container.pending.as_slice();
        // Folders that nothing follows matter only where something runs.
        if rest.is_empty() && image.is_none() {
            rest = &[];
        }
        loop {
            let is_alone = |change: &Change| change.is_removal() || change.is_foreign();
            let removals = rest.iter().take_while(|change| change.is_removal()).count();
            let copies = rest.iter().take_while(|change| !is_alone(change)).count();
            if rest.is_empty() && image.is_some() {
                break;
            }
            // A copy that keeps its owners comes alone.
            let foreign = usize::from(rest.first().is_some_and(Change::is_foreign));
            let (now, later) = rest.split_at(removals.max(copies).max(foreign));
            let start = image.clone();
            image = Some(self.built(start.as_deref(), now)?);
            rest = later;
        }
        image.ok_or_else(|| Error::argument("container", "it is empty"))
    }

    fn built(&self, start: Option<&str>, changes: &[Change]) -> Result<String, Error> {
        let key = image_key(start, changes);
        if let Some(image) = self.state.record::<String>("records", &key) {
            return Ok(image);
        }
        let _lock = self.state.lock(&format!("image-{}", &key[..16]))?;
        if let Some(image) = self.state.record::<String>("records", &key) {
            return Ok(image);
        }
        let podman = self.podman()?;
        let image = match changes.first() {
            Some(Change::Remove { .. }) => podman.edit(start.unwrap_or_default(), |root| {
                changes.iter().try_for_each(|change| match change {
                    Change::Remove { paths } => paths
                        .iter()
                        .try_for_each(|path| super::directory::remove(root, path)),
                    _ => Ok(()),
                })
            })?,
            // A build would give everything to root.
            Some(Change::Copy {
                tree,
                target,
                owner,
            }) if owner.is_empty() && start.is_some() && super::owners::foreign(&tree.path) => {
                podman.edit(start.unwrap_or_default(), |root| {
                    let target = tree::resolve(root, target)?;
                    Ok(tree::copy(&tree.path, &target, &Filter::default())?)
                })?
            }
            _ => {
                let (stage, contexts) = stage(start.unwrap_or("scratch"), changes);
                podman.build(&containerfile::write(&[stage]), &contexts)?
            }
        };
        self.state.keep_record("records", &key, &image)?;
        Ok(image)
    }

    /// The image of a container with its configuration, for export.
    ///
    /// # Errors
    /// Podman's, while building.
    pub fn whole_image(&self, container: &Container) -> Result<String, Error> {
        let image = self.image_of(container)?;
        let config = serde_json::to_string(&container.config).unwrap_or_default();
        let key = digest(["whole", &image, &config]);
        if let Some(image) = self.state.record::<String>("records", &key) {
            return Ok(image);
        }
        let podman = self.podman()?;
        // Without the configuration that the image has, which would shine through.
        let stage = Stage {
            from: podman.bare(&image)?,
            lines: config_lines(&container.config),
            ..Stage::default()
        };
        let whole = podman.build(&containerfile::write(&[stage]), &[])?;
        self.state.keep_record("records", &key, &whole)?;
        Ok(whole)
    }
}

impl Change {
    /// Whether files come in that belong to somebody else than root.
    fn is_foreign(&self) -> bool {
        match self {
            Change::Copy { tree, owner, .. } => {
                owner.is_empty() && super::owners::foreign(&tree.path)
            }
            _ => false,
        }
    }

    fn is_removal(&self) -> bool {
        matches!(self, Change::Remove { .. })
    }
}

impl Container {
    fn mount(&mut self, target: String, kind: MountKind) {
        self.mounts.retain(|mount| mount.target != target);
        self.mounts.push(Mount { target, kind });
    }
}

impl Port {
    fn is_at(&self, other: &Port) -> bool {
        self.port == other.port && self.protocol == other.protocol
    }
}

fn port_of(node: &Node) -> Result<Port, Error> {
    let number = node.number("port").unwrap_or_default();
    let port = u16::try_from(number)
        .ok()
        .filter(|port| *port > 0)
        .ok_or_else(|| Error::argument(format!("port {number}"), "ports are 1 to 65535"))?;
    Ok(Port {
        port,
        protocol: node.given("protocol").unwrap_or("TCP").to_owned(),
        description: node.given("description").map(str::to_owned),
        skip_check: node.is_set("experimentalSkipHealthcheck"),
    })
}

/// A stage that applies changes, and the folders that it copies from.
fn stage(from: &str, changes: &[Change]) -> (Stage, Vec<BuildContext>) {
    let mut stage = Stage {
        from: from.to_owned(),
        ..Stage::default()
    };
    let mut contexts = Vec::new();
    for change in changes {
        match change {
            Change::Copy {
                tree,
                target,
                owner,
            } => {
                let name = format!("tree{}", contexts.len());
                let target = format!("{}/", target.trim_end_matches('/'));
                stage.lines.push(Line::Copy {
                    from: name.clone(),
                    source: "/".into(),
                    target,
                    owner: owner.clone(),
                });
                contexts.push(BuildContext {
                    name,
                    path: tree.path.clone(),
                });
            }
            Change::Folder { path } => stage.lines.push(Line::Workdir { path: path.clone() }),
            Change::Remove { .. } => {}
        }
    }
    (stage, contexts)
}

/// A configuration as lines of a Containerfile.
pub fn config_lines(config: &Config) -> Vec<Line> {
    let mut lines = Vec::new();
    for (name, value) in &config.env {
        lines.push(Line::Env {
            name: name.clone(),
            value: value.clone(),
        });
    }
    for (name, value) in &config.labels {
        lines.push(Line::Label {
            name: name.clone(),
            value: value.clone(),
        });
    }
    for port in &config.ports {
        lines.push(Line::Expose {
            port: port.port,
            protocol: port.protocol.clone(),
        });
    }
    if !config.workdir.is_empty() {
        lines.push(Line::Workdir {
            path: config.workdir.clone(),
        });
    }
    if !config.user.is_empty() {
        lines.push(Line::User {
            name: config.user.clone(),
        });
    }
    if !config.entrypoint.is_empty() {
        lines.push(Line::Entrypoint {
            args: config.entrypoint.clone(),
        });
    }
    if !config.args.is_empty() {
        lines.push(Line::Cmd {
            args: config.args.clone(),
        });
    }
    lines
}

/// The health check of a container as the fields of `HealthcheckConfig`.
pub fn healthcheck(args: &Map<String, Value>) -> Map<String, Value> {
    let mut facts = fields(serde_json::json!({
        "args": [], "shell": false, "interval": "30s", "timeout": "30s",
        "startPeriod": "0s", "startInterval": "5s", "retries": 3,
    }));
    facts.extend(args.clone());
    facts
}
