//! Directories as values: folders of the state, made once for each digest.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use crate::Error;
use crate::eval::containers::value::MountKind;
use crate::eval::evaluator::Evaluator;
use crate::eval::files::disk::{absent, give_to_root, set_times};
use crate::eval::files::edits::is_edit;
use crate::eval::files::value::{Tree, absolute, filter_of};
use crate::node::Node;
use crate::state::digest;
use crate::tree::{self, Filter, TreeError};

impl From<TreeError> for Error {
    fn from(error: TreeError) -> Self {
        Error::Query {
            message: error.to_string(),
        }
    }
}

fn is_everything(filter: &Filter) -> bool {
    filter.include.is_empty() && filter.exclude.is_empty() && !filter.gitignore
}

fn filter_key(filter: &Filter) -> String {
    let list = |texts: &[String]| digest(texts);
    digest([
        list(&filter.include),
        list(&filter.exclude),
        filter.gitignore.to_string(),
    ])
}

impl Evaluator {
    /// The directory that a node stands for.
    ///
    /// # Errors
    /// Whatever making it takes.
    pub fn directory(&self, node: &Arc<Node>) -> Result<Tree, Error> {
        self.files
            .directories
            .get(&node.id, || self.make_directory(node))
    }

    /// A directory with only what a filter leaves of it. Large sources, such
    /// as an image's root, are never copied whole.
    ///
    /// # Errors
    /// As [`Evaluator::directory`].
    pub fn filtered(&self, node: &Arc<Node>, filter: &Filter) -> Result<Tree, Error> {
        if is_everything(filter) {
            return self.directory(node);
        }
        let parent = node.parent.as_ref();
        match (parent.map(|parent| parent.ty.as_str()), node.field.as_str()) {
            (Some("Container"), "rootfs" | "directory") => self.of_container(node, filter),
            _ => {
                let source = self.directory(node)?;
                let key = digest(["filter", &source.digest, &filter_key(filter)]);
                self.derived(&key, |target| Ok(tree::copy(&source.path, target, filter)?))
            }
        }
    }

    fn make_directory(&self, node: &Arc<Node>) -> Result<Tree, Error> {
        let Some(parent) = &node.parent else {
            return match node.field.as_str() {
                "directory" => self.derived("empty", |_| Ok(())),
                _ => Err(node.unserved()),
            };
        };
        match (parent.ty.as_str(), node.field.as_str()) {
            ("Host", "directory") | ("CurrentModule", "workdir") => {
                self.host_directory(node, node.text("path"))
            }
            ("Address", "directory") => self.host_directory(node, parent.text("value")),
            ("Container", "directory" | "rootfs") => self.of_container(node, &Filter::default()),
            ("GitRef", "tree") => self.git_tree(node),
            ("Directory", _) => self.changed(node, parent),
            ("Changeset", "before" | "after" | "layer") => self.of_changeset(node, parent),
            ("GeneratedCode", "code") => {
                let mut code = parent;
                while let Some(next) = &code.parent {
                    code = next;
                }
                self.directory(&self.nodes.argument(code, "code", "Directory")?)
            }
            ("CurrentModule", "source") => {
                let filter = Filter {
                    gitignore: true,
                    ..Filter::default()
                };
                let root = parent.given("root").map(Path::new);
                self.imported(root.unwrap_or(&self.module_root), &filter)
            }
            _ => Err(node.unserved()),
        }
    }

    fn host_directory(&self, node: &Node, path: &str) -> Result<Tree, Error> {
        let path = self.on_host(path)?;
        match path.is_dir() {
            true => self.imported(&path, &filter_of(node)),
            false => Err(Error::argument(
                format!("directory {}", path.display()),
                match path.exists() {
                    true => "it is no directory",
                    false => "it does not exist",
                },
            )),
        }
    }

    /// A copy of a host's folder.
    fn imported(&self, path: &Path, filter: &Filter) -> Result<Tree, Error> {
        let digest = tree::digest(path, filter)?;
        let path = self.state.tree(&digest, |target| {
            tree::copy(path, target, filter)?;
            give_to_root(target)
        })?;
        Ok(Tree { path, digest })
    }

    /// A path of the host, as absolute path.
    ///
    /// # Errors
    /// The current folder is gone.
    pub fn on_host(&self, path: &str) -> Result<std::path::PathBuf, Error> {
        let path = match path.strip_prefix("~/") {
            Some(rest) => Path::new(&std::env::var_os("HOME").unwrap_or_default()).join(rest),
            None => path.into(),
        };
        std::path::absolute(&path).map_err(|error| Error::file("find", &path, &error))
    }

    /// The tree that `fill` makes; done once for a key, on any machine state.
    ///
    /// # Errors
    /// Those of `fill`.
    pub fn derived(
        &self,
        key: &str,
        fill: impl FnOnce(&Path) -> Result<(), Error>,
    ) -> Result<Tree, Error> {
        let key = digest(["tree", key]);
        if let Some(digest) = self.state.record::<String>("records", &key)
            && let Some(path) = self.state.kept_tree(&digest)
        {
            return Ok(Tree { path, digest });
        }
        let folder = self.state.temporary()?;
        let inner = folder.path().join("tree");
        crate::state::make_folder(&inner)?;
        fill(&inner)?;
        let digest = crate::eval::files::owners::digest(&inner)?;
        let path = self.state.tree(&digest, |target| {
            // The folder that is there is replaced by the one just made.
            fs::remove_dir(target)
                .and_then(|()| fs::rename(&inner, target))
                .map_err(|error| Error::file("move a tree to", target, &error))
        })?;
        self.state.keep_record("records", &key, &digest)?;
        Ok(Tree { path, digest })
    }

    /// A directory of a container, or its root.
    fn of_container(&self, node: &Arc<Node>, filter: &Filter) -> Result<Tree, Error> {
        let container = self.container(node.parent()?)?;
        let is_root = node.field == "rootfs";
        let path = match is_root {
            true => "/".to_owned(),
            false => container.absolute(&self.path_of(&container, node, "path")),
        };
        if !is_root && let Some((mount, rest)) = container.mount_of(&path) {
            let MountKind::Directory { tree, .. } = &mount.kind else {
                return Err(Error::argument(
                    node.name(),
                    format!(
                        "{path} is not part of the container: something is mounted at {}",
                        mount.target
                    ),
                ));
            };
            let inner = self.below(tree, &rest, node)?;
            if is_everything(filter) {
                return Ok(inner);
            }
            let key = digest(["filter", &inner.digest, &filter_key(filter)]);
            return self.derived(&key, |target| Ok(tree::copy(&inner.path, target, filter)?));
        }
        let image = self.image_of(&container)?;
        let key = digest(["image", image.as_str(), &path, &filter_key(filter)]);
        self.derived(&key, |target| {
            let podman = self.podman()?;
            let mounted = podman.mount(&image)?;
            let source = tree::resolve(&mounted.path, &path)?;
            match source.is_dir() {
                true => Ok(tree::copy(&source, target, filter)?),
                false => Err(absent(node, &path, source.exists(), "directory")),
            }
        })
    }

    /// A folder inside of a tree.
    fn below(&self, tree: &Tree, path: &str, node: &Node) -> Result<Tree, Error> {
        if path.is_empty() || path == "." || path == "/" {
            return Ok(tree.clone());
        }
        let inner = tree::resolve(&tree.path, path)?;
        if !inner.is_dir() {
            return Err(absent(node, path, inner.exists(), "directory"));
        }
        let digest = crate::eval::files::owners::digest(&inner)?;
        Ok(Tree {
            path: inner,
            digest,
        })
    }

    /// A directory made from another one.
    fn changed(&self, node: &Arc<Node>, parent: &Arc<Node>) -> Result<Tree, Error> {
        if is_edit(node) {
            return self.edited(node);
        }
        match node.field.as_str() {
            // What needs the parent only in part.
            "filter" => self.filtered(parent, &filter_of(node)),
            "withError" => Err(Error::Module {
                message: node.text("err").to_owned(),
            }),
            "directory" => {
                let path = absolute("/", node.text("path"));
                self.below(&self.directory(parent)?, &path, node)
            }
            "diff" => {
                let base = self.directory(parent)?;
                let other = self.nodes.argument(node, "other", "Directory")?;
                let other = self.directory(&other)?;
                self.derived(
                    &digest(["diff", &base.digest, "/", &other.digest]),
                    |target| Ok(tree::difference(&base.path, &other.path, target)?),
                )
            }
            "withTimestamps" => {
                // Times are no part of a digest, so this tree is a new one.
                let base = self.directory(parent)?;
                let seconds = node.number("timestamp").unwrap_or_default();
                let digest = digest(["times", &base.digest, &seconds.to_string()]);
                let path = self.state.tree(&digest, |target| {
                    tree::copy(&base.path, target, &Filter::default())?;
                    set_times(target, seconds)
                })?;
                Ok(Tree { path, digest })
            }
            _ => Err(node.unserved()),
        }
    }

    /// The two directories of a changeset.
    ///
    /// # Errors
    /// As [`Evaluator::directory`].
    pub fn changeset(&self, node: &Arc<Node>) -> Result<(Tree, Tree), Error> {
        match node.field.as_str() {
            "changes" => {
                let before = self.nodes.argument(node, "from", "Directory")?;
                Ok((self.directory(&before)?, self.directory(node.parent()?)?))
            }
            _ => Err(node.unserved()),
        }
    }

    fn of_changeset(&self, node: &Node, parent: &Arc<Node>) -> Result<Tree, Error> {
        let (before, after) = self.changeset(parent)?;
        match node.field.as_str() {
            "before" => Ok(before),
            "after" => Ok(after),
            _ => self.derived(
                &digest(["diff", &before.digest, "/", &after.digest]),
                |target| Ok(tree::difference(&before.path, &after.path, target)?),
            ),
        }
    }
}
