//! Containers: each field of a `Container` applied to its parent.

use std::fs;
use std::sync::Arc;

use crate::Error;
use crate::eval::containers::value::{Change, Container, MountKind};
use crate::eval::evaluator::Evaluator;
use crate::eval::files::disk::{chown, last_part, permissions};
use crate::eval::files::value::Tree;
use crate::node::Node;
use crate::state::digest;
use crate::tree::{self, Filter};

/// Whether a node is a container's parent with a setting or files changed.
fn is_step(node: &Node) -> bool {
    let is_of_container = node
        .parent
        .as_ref()
        .is_some_and(|parent| parent.ty == "Container");
    is_of_container && !matches!(node.field.as_str(), "from" | "import" | "withExec")
}

impl Evaluator {
    /// The container that a node stands for. Commands on the way are run.
    ///
    /// # Errors
    /// The first step that fails.
    pub fn container(&self, node: &Arc<Node>) -> Result<Arc<Container>, Error> {
        self.containers
            .made
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
                "container" => {
                    self.only_platform(node)?;
                    Ok(Container::default())
                }
                _ => Err(node.unserved()),
            };
        };
        if parent.ty == "Address" && node.field == "container" {
            return self.image_container(&Container::default(), parent.text("value"));
        }
        if parent.ty == "Directory" && node.field == "dockerBuild" {
            return self.docker_build(node);
        }
        if parent.ty != "Container" {
            return Err(node.unserved());
        }
        let before = || self.container(parent);
        match node.field.as_str() {
            "from" => self.image_container(&*before()?, node.text("address")),
            "import" => self.archive_container(&*before()?, node),
            "withExec" => self.exec(node, &*before()?),
            _ => self.stepped(node),
        }
    }

    /// The container that a chain of settings and files ends in: one container
    /// with all of them done to it, so that n steps make no n containers.
    fn stepped(&self, node: &Arc<Node>) -> Result<Container, Error> {
        let mut steps = vec![node];
        let mut start = node.parent()?;
        while is_step(start) && !self.containers.made.knows(&start.id) {
            steps.push(start);
            start = start.parent()?;
        }
        let start = Container::clone(&*self.container(start)?);
        let mut steps = steps.into_iter().rev();
        steps.try_fold(start, |it, step| self.step_of(step, it))
    }

    fn step_of(&self, node: &Arc<Node>, mut it: Container) -> Result<Container, Error> {
        let target = it.absolute(&self.path_of(&it, node, "path"));
        let owner = self.owner(&it, node);
        match node.field.as_str() {
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

    /// That a node names no platform but this machine's.
    pub(in crate::eval) fn only_platform(&self, node: &Node) -> Result<(), Error> {
        let own = crate::eval::evaluator::platform();
        match node.given("platform") {
            Some(platform) if platform != own => Err(Error::argument(
                format!("platform {platform}"),
                format!("the local session runs {own} only"),
            )),
            _ => Ok(()),
        }
    }

    pub(in crate::eval) fn owner(&self, container: &Container, node: &Node) -> String {
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
                        crate::eval::files::disk::remove(new, &rest)
                    })?;
                }
            }
        }
        if !own.is_empty() {
            it.pending.push(Change::Remove { paths: own });
        }
        Ok(())
    }
}
