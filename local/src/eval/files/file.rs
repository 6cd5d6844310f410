//! Files as values: each lies alone in a tree of the state.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use crate::Error;
use crate::eval::containers::value::{Container, MountKind};
use crate::eval::evaluator::Evaluator;
use crate::eval::files::disk::{absent, chown, give_to_root, last_part, permissions, set_times};
use crate::eval::files::value::{FileValue, Tree, absolute};
use crate::node::Node;
use crate::state::digest;
use crate::tree::{self, Filter};

impl Evaluator {
    /// The files of `withFile` and `withFiles`, and where each of them goes.
    ///
    /// # Errors
    /// As [`Evaluator::file`].
    pub fn files_of(&self, node: &Node) -> Result<Vec<(String, FileValue)>, Error> {
        let path = node.text("path");
        if node.field == "withFile" {
            let file = self.file(&self.nodes.argument(node, "source", "File")?)?;
            let target = match path.ends_with('/') {
                true => format!("{path}{}", file.name),
                false => path.to_owned(),
            };
            return Ok(vec![(absolute("/", &target), file)]);
        }
        let mut files = Vec::new();
        for source in self.nodes.arguments(node, "sources", "File")? {
            let file = self.file(&source)?;
            files.push((absolute("/", &format!("{path}/{}", file.name)), file));
        }
        Ok(files)
    }

    /// The file that a node stands for.
    ///
    /// # Errors
    /// Whatever making it takes.
    pub fn file(&self, node: &Arc<Node>) -> Result<FileValue, Error> {
        self.files.files.get(&node.id, || self.make_file(node))
    }

    fn make_file(&self, node: &Arc<Node>) -> Result<FileValue, Error> {
        let own = serde_json::to_string(&node.args).unwrap_or_default();
        let Some(parent) = &node.parent else {
            match node.field.as_str() {
                "file" => {}
                "http" => return self.http_file(node),
                _ => return Err(node.unserved()),
            }
            let name = last_part(node.text("name"));
            return self.new_file(&name, &digest(["file", &own]), |file| {
                fs::write(file, node.text("contents"))
                    .map_err(|error| Error::file("write", file, &error))?;
                permissions(file, node.number("permissions"))
            });
        };
        match (parent.ty.as_str(), node.field.as_str()) {
            ("Host", "file") | ("CurrentModule", "workdirFile") => {
                self.host_file(node.text("path"))
            }
            ("Address", "file") => self.host_file(parent.text("value")),
            ("Directory", "file") => {
                let base = self.directory(parent)?;
                let path = node.text("path");
                self.file_in(&base.path, &digest(["in", &base.digest, path]), path, node)
            }
            ("Container", "file") => self.file_of_container(node, parent),
            ("Container", "asTarball") => self.tarball(node, parent),
            ("File", _) => self.changed_file(node, parent, &own),
            _ => Err(node.unserved()),
        }
    }

    fn host_file(&self, path: &str) -> Result<FileValue, Error> {
        let path = self.on_host(path)?;
        if !path.is_file() {
            return Err(Error::argument(
                format!("file {}", path.display()),
                match path.exists() {
                    true => "it is no file",
                    false => "it does not exist",
                },
            ));
        }
        let digest = tree::digest(&path, &Filter::default())?;
        let name = last_part(&path.to_string_lossy());
        self.new_file(&name, &digest, |file| {
            tree::copy(&path, file, &Filter::default())?;
            give_to_root(file)
        })
    }

    /// A file in a folder that never changes, or that `key` names with.
    fn file_in(&self, root: &Path, key: &str, path: &str, node: &Node) -> Result<FileValue, Error> {
        let source = tree::resolve(root, path)?;
        match source.is_file() {
            true => {
                let name = last_part(path);
                self.new_file(&name, key, |file| {
                    Ok(tree::copy(&source, file, &Filter::default())?)
                })
            }
            false => Err(absent(node, path, source.exists(), "file")),
        }
    }

    fn file_of_container(&self, node: &Arc<Node>, parent: &Arc<Node>) -> Result<FileValue, Error> {
        let container = self.container(parent)?;
        let path = container.absolute(&self.path_of(&container, node, "path"));
        self.file_in_container(&container, &path, node)
    }

    /// A file of a container, by its absolute path.
    ///
    /// # Errors
    /// There is none.
    pub fn file_in_container(
        &self,
        container: &Container,
        path: &str,
        node: &Node,
    ) -> Result<FileValue, Error> {
        if let Some((mount, rest)) = container.mount_of(path) {
            return match &mount.kind {
                MountKind::Directory { tree, .. } => self.file_in(
                    &tree.path,
                    &digest(["in", &tree.digest, &rest]),
                    &rest,
                    node,
                ),
                MountKind::File { file, .. } => Ok(file.clone()),
                _ => Err(Error::argument(
                    node.name(),
                    format!(
                        "{path} is not part of the container: something is mounted at {}",
                        mount.target
                    ),
                )),
            };
        }
        let image = self.image_of(container)?;
        let name = last_part(path);
        self.new_file(&name, &digest(["image", image.as_str(), path]), |file| {
            let podman = self.podman()?;
            let mounted = podman.mount(&image)?;
            let source = tree::resolve(&mounted.path, path)?;
            match source.is_file() {
                true => Ok(tree::copy(&source, file, &Filter::default())?),
                false => Err(absent(node, path, source.exists(), "file")),
            }
        })
    }

    fn changed_file(
        &self,
        node: &Arc<Node>,
        parent: &Arc<Node>,
        own: &str,
    ) -> Result<FileValue, Error> {
        let base = self.file(parent)?;
        let key = digest([node.field.as_str(), &base.tree.digest, &base.name, own]);
        let copy =
            |file: &Path| Ok::<_, Error>(tree::copy(&base.path(), file, &Filter::default())?);
        match node.field.as_str() {
            "withName" => self.new_file(&last_part(node.text("name")), &key, copy),
            "chown" => self.new_file(&base.name, &key, |file| {
                copy(file)?;
                chown(file, node.text("owner"))
            }),
            "withTimestamps" => {
                let seconds = node.number("timestamp").unwrap_or_default();
                let path = self.state.tree(&key, |target| {
                    let file = target.join(&base.name);
                    copy(&file)?;
                    set_times(&file, seconds)
                })?;
                Ok(FileValue {
                    tree: Tree { path, digest: key },
                    name: base.name.clone(),
                })
            }
            "withReplaced" => {
                let text = self.text_of(&base)?;
                let (search, with) = (node.text("search"), node.text("replacement"));
                if search.is_empty() || !text.contains(search) {
                    return Err(Error::argument(
                        node.name(),
                        format!("{search:?} is not in {}", base.name),
                    ));
                }
                let replaced = match node.is_set("all") {
                    true => text.replace(search, with),
                    false => text.replacen(search, with, 1),
                };
                self.new_file(&base.name, &key, |file| {
                    copy(file)?;
                    fs::write(file, &replaced).map_err(|error| Error::file("write", file, &error))
                })
            }
            _ => Err(node.unserved()),
        }
    }

    /// The text of a file.
    ///
    /// # Errors
    /// A file that is no UTF-8.
    pub fn text_of(&self, file: &FileValue) -> Result<String, Error> {
        let path = file.path();
        fs::read_to_string(&path).map_err(|error| match error.kind() {
            std::io::ErrorKind::InvalidData => Error::argument(
                format!("file {}", file.name),
                "its contents are no UTF-8 text",
            ),
            _ => Error::file("read", &path, &error),
        })
    }

    /// A file of its own, made once for a key.
    ///
    /// # Errors
    /// Those of `fill`.
    pub fn new_file(
        &self,
        name: &str,
        key: &str,
        fill: impl FnOnce(&Path) -> Result<(), Error>,
    ) -> Result<FileValue, Error> {
        let tree = self.derived(&digest([key, name]), |target| fill(&target.join(name)))?;
        Ok(FileValue {
            tree,
            name: name.to_owned(),
        })
    }
}
