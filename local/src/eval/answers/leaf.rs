//! The fields that ask for a value: they evaluate what they are asked of.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::Error;
use crate::eval::answers::facts::{matches_type, seen};
use crate::eval::containers::nested::NESTING;
use crate::eval::containers::value::{Change, Container, MountKind, Ran};
use crate::eval::evaluator::Evaluator;
use crate::eval::files::disk::facts;
use crate::eval::files::value::FileValue;
use crate::node::Node;
use crate::podman::Id;
use crate::state::digest;
use crate::tree;

impl Evaluator {
    /// A field without an object behind it.
    ///
    /// # Errors
    /// What evaluation meets, or a field that is not served.
    pub fn leaf(&self, node: &Node, parent: &Arc<Node>) -> Result<Value, Error> {
        match parent.ty.as_str() {
            "Container" => self.container_leaf(node, parent),
            "Directory" => self.directory_leaf(node, parent),
            "File" => self.file_leaf(node, parent),
            "Changeset" => self.changeset_leaf(node, parent),
            "Service" => self.service_leaf(node, parent),
            "GitRepository" | "GitRef" => self.git_leaf(node, parent),
            "Secret" => match node.field.as_str() {
                "plaintext" => {
                    let value = self.secret_value(parent)?;
                    Ok(json!(String::from_utf8_lossy(&value)))
                }
                "name" => Ok(json!(parent.text("name"))),
                "uri" => Ok(json!(parent.text("uri"))),
                _ => Err(node.unserved()),
            },
            "Host" => match node.field.as_str() {
                "findUp" => {
                    let start = self.on_host(node.given("start").unwrap_or("."))?;
                    Ok(json!(
                        start
                            .ancestors()
                            .map(|folder| folder.join(node.text("name")))
                            .find(|path| path.exists())
                            .map(|path| path.display().to_string())
                    ))
                }
                _ => Err(node.unserved()),
            },
            "Address" => Ok(json!(parent.text("value"))),
            "CurrentModule" => match node.field.as_str() {
                "name" => Ok(json!(match parent.given("name") {
                    Some(name) => name.to_owned(),
                    None => self.module_name(),
                })),
                _ => Err(node.unserved()),
            },
            "GeneratedCode" => {
                let wanted = match node.field.as_str() {
                    "vcsGeneratedPaths" => "withVCSGeneratedPaths",
                    _ => "withVCSIgnoredPaths",
                };
                let mut current = Some(parent);
                while let Some(call) = current {
                    if call.field == wanted {
                        return Ok(json!(call.texts("paths")));
                    }
                    current = call.parent.as_ref();
                }
                Ok(json!([]))
            }
            _ => Err(node.unserved()),
        }
    }

    fn container_leaf(&self, node: &Node, parent: &Arc<Node>) -> Result<Value, Error> {
        let it = self.container(parent)?;
        let ran = |read: fn(&Ran) -> Value| {
            it.last
                .as_ref()
                .map(|ran| read(ran))
                .ok_or_else(|| Error::argument(node.name(), "no command has been executed"))
        };
        Ok(match node.field.as_str() {
            "stdout" => ran(|ran| json!(ran.stdout))?,
            "stderr" => ran(|ran| json!(ran.stderr))?,
            "combinedOutput" => ran(|ran| json!(format!("{}{}", ran.stdout, ran.stderr)))?,
            "exitCode" => ran(|ran| json!(ran.exit_code))?,
            "sync" => {
                if it.image.is_some() || !it.pending.is_empty() {
                    self.image_of(&it)?;
                }
                json!(parent.id)
            }
            "defaultArgs" => json!(it.config.args),
            "entrypoint" => json!(it.config.entrypoint),
            "envVariable" => json!(it.env(node.text("name"))),
            "label" => json!(it.config.labels.get(node.text("name"))),
            "user" => json!(it.config.user),
            "workdir" => json!(it.config.workdir),
            "platform" => json!(crate::eval::evaluator::platform()),
            "mounts" => json!(
                it.mounts
                    .iter()
                    .map(|mount| &mount.target)
                    .collect::<Vec<_>>()
            ),
            "imageRef" => match &it.reference {
                Some(reference) if it.pending.is_empty() && it.last.is_none() => json!(reference),
                _ => {
                    return Err(Error::argument(
                        node.name(),
                        "only a container straight from an image has a reference",
                    ));
                }
            },
            "exists" => {
                let found = self.found(&it, node)?;
                json!(found.is_some_and(|found| matches_type(node, &found)))
            }
            "export" => {
                let image = self.whole_image(&it)?;
                let path = self.on_host(node.text("path"))?;
                self.saved(&image, node, &path)?;
                json!(path.display().to_string())
            }
            "publish" => {
                let image = self.whole_image(&it)?;
                let auth = self.auth_file(&it.logins)?;
                let address = node.text("address");
                let pushed = self.podman()?.push(
                    &image,
                    address,
                    auth.as_ref()
                        .map(crate::eval::images::logins::AuthFile::path),
                )?;
                json!(format!("{address}@{pushed}"))
            }
            "up" => {
                let names = [
                    "args",
                    "useEntrypoint",
                    "insecureRootCapabilities",
                    "expand",
                    "noInit",
                    NESTING,
                ];
                let args: Map<_, _> = node
                    .args
                    .iter()
                    .filter(|(name, _)| names.contains(&name.as_str()))
                    .map(|(name, value)| (name.clone(), value.clone()))
                    .collect();
                let service = Node::new("Service", Some(parent.clone()), "asService", args);
                self.up(node, &self.nodes.keep(service))?;
                Value::Null
            }
            _ => return Err(node.unserved()),
        })
    }

    fn saved(&self, image: &Id, node: &Node, target: &Path) -> Result<(), Error> {
        let format = match node.given("mediaTypes") {
            Some("DockerMediaTypes" | "DOCKER") => "docker-archive",
            _ => "oci-archive",
        };
        // Podman adds to an archive that is there.
        if target.is_file() {
            fs::remove_file(target).map_err(|error| Error::file("replace", target, &error))?;
        }
        if let Some(folder) = target.parent() {
            crate::state::make_folder(folder)?;
        }
        self.podman()?.save(image, format, target)
    }

    /// The image of a container as an archive.
    ///
    /// # Errors
    /// Podman's.
    pub fn tarball(&self, node: &Node, parent: &Arc<Node>) -> Result<FileValue, Error> {
        let it = self.container(parent)?;
        let image = self.whole_image(&it)?;
        let own = serde_json::to_string(&node.args).unwrap_or_default();
        self.new_file(
            "image.tar",
            &digest(["tarball", image.as_str(), &own]),
            |file| self.saved(&image, node, file),
        )
    }

    /// Facts about a path of a container.
    pub(in crate::eval) fn found(
        &self,
        it: &Container,
        node: &Node,
    ) -> Result<Option<Value>, Error> {
        let path = it.absolute(&self.path_of(it, node, "path"));
        let follow = !node.is_set("doNotFollowSymlinks");
        if let Some((mount, rest)) = it.mount_of(&path) {
            return match &mount.kind {
                MountKind::Directory { tree, .. } => seen(&tree.path, &rest, follow),
                MountKind::File { file, .. } => Ok(facts(&file.path(), follow)),
                _ => Ok(None),
            };
        }
        // What was copied in last needs no image to be looked at.
        if let Some(Change::Copy { tree, target, .. }) = it.pending.last()
            && let Some(rest) = path.strip_prefix(target.as_str())
            && let Some(found) = seen(&tree.path, rest, follow)?
        {
            return Ok(Some(found));
        }
        let image = self.image_of(it)?;
        let podman = self.podman()?;
        let mounted = podman.mount(&image)?;
        seen(&mounted.path, &path, follow)
    }

    fn directory_leaf(&self, node: &Node, parent: &Arc<Node>) -> Result<Value, Error> {
        let it = self.directory(parent)?;
        Ok(match node.field.as_str() {
            "sync" => json!(parent.id),
            "digest" => json!(format!("sha256:{}", it.digest)),
            "name" => json!(match parent.given("path") {
                Some(path) if !path.trim_matches('/').is_empty() =>
                    format!("{}/", crate::eval::files::disk::last_part(path)),
                _ => "/".into(),
            }),
            "entries" => json!(tree::entries(&it.path, node.text("path"))?),
            "glob" => json!(tree::glob(&it.path, node.text("pattern"))?),
            "exists" => {
                let found = seen(
                    &it.path,
                    node.text("path"),
                    !node.is_set("doNotFollowSymlinks"),
                )?;
                json!(found.is_some_and(|found| matches_type(node, &found)))
            }
            "findUp" => {
                let mut folder = crate::eval::files::value::absolute("/", node.text("start"));
                loop {
                    let path = format!("{}/{}", folder.trim_end_matches('/'), node.text("name"));
                    if seen(&it.path, &path, true)?.is_some() {
                        break json!(path.trim_start_matches('/'));
                    }
                    if folder == "/" {
                        break Value::Null;
                    }
                    folder = crate::eval::files::value::absolute(&folder, "..");
                }
            }
            "export" => {
                let path = self.on_host(node.text("path"))?;
                tree::export(&it.path, &path, node.is_set("wipe"))?;
                json!(path.display().to_string())
            }
            _ => return Err(node.unserved()),
        })
    }

    fn file_leaf(&self, node: &Node, parent: &Arc<Node>) -> Result<Value, Error> {
        let it = self.file(parent)?;
        Ok(match node.field.as_str() {
            "sync" => json!(parent.id),
            "name" => json!(it.name),
            "digest" => json!(format!(
                "sha256:{}",
                match node.is_set("excludeMetadata") {
                    true => {
                        let path = it.path();
                        digest([
                            fs::read(&path).map_err(|error| Error::file("read", &path, &error))?
                        ])
                    }
                    false => it.tree.digest.clone(),
                }
            )),
            "size" => {
                let path = it.path();
                json!(
                    fs::metadata(&path)
                        .map_err(|error| Error::file("read", &path, &error))?
                        .len()
                )
            }
            "contents" => {
                let text = self.text_of(&it)?;
                let from = node
                    .number("offsetLines")
                    .and_then(|lines| usize::try_from(lines).ok());
                let limit = node
                    .number("limitLines")
                    .and_then(|lines| usize::try_from(lines).ok());
                match (from, limit) {
                    (None, None) => json!(text),
                    (from, limit) => json!(
                        text.split_inclusive('\n')
                            .skip(from.unwrap_or_default())
                            .take(limit.unwrap_or(usize::MAX))
                            .collect::<String>()
                    ),
                }
            }
            "export" => {
                let path = self.on_host(node.text("path"))?;
                // A slash at the end means a folder; an absolute path has lost it.
                let wants_folder = node.is_set("allowParentDirPath")
                    && (path.is_dir() || node.text("path").ends_with('/'));
                let target = match wants_folder {
                    true => path.join(&it.name),
                    false => path,
                };
                let written =
                    tree::export_file(&it.path(), &target, node.is_set("allowParentDirPath"))?;
                json!(written.display().to_string())
            }
            _ => return Err(node.unserved()),
        })
    }

    fn changeset_leaf(&self, node: &Node, parent: &Arc<Node>) -> Result<Value, Error> {
        let (before, after) = self.changeset(parent)?;
        let changes = tree::changes(&before.path, &after.path)?;
        Ok(match node.field.as_str() {
            "addedPaths" => json!(changes.added),
            "modifiedPaths" => json!(changes.modified),
            "removedPaths" => json!(changes.removed),
            "isEmpty" => {
                json!(
                    changes.added.is_empty()
                        && changes.modified.is_empty()
                        && changes.removed.is_empty()
                )
            }
            "sync" => json!(parent.id),
            "export" => {
                let path = self.on_host(node.text("path"))?;
                tree::apply(&changes, &after.path, &path)?;
                json!(path.display().to_string())
            }
            _ => return Err(node.unserved()),
        })
    }
}
