//! What is mounted for a command: copies that it may write to, cache volumes,
//! secrets, memory.

use std::fs;
use std::path::{Path, PathBuf};

use super::Evaluator;
use super::container::{Container, MountKind, Tree};
use super::disk::chown;
use super::secrets::Secrets;
use crate::Error;
use crate::state::{Lock, digest};
use crate::tree::{self, Filter};

/// What is mounted for one command, and what must live as long as it runs.
#[derive(Default)]
pub struct Prepared {
    pub mounts: Vec<Vec<String>>,
    /// Copies that the command may write to, with the targets they are for.
    writable: Vec<(String, PathBuf)>,
    /// Held while the command runs.
    pub locks: Vec<Lock>,
    /// Removed when the command has ended.
    folders: Vec<tempfile::TempDir>,
}

impl Evaluator {
    /// Makes ready what is mounted.
    ///
    /// # Errors
    /// A file system that refuses.
    pub fn prepare(&self, it: &Container, secrets: &Secrets<'_>) -> Result<Prepared, Error> {
        let mut prepared = Prepared::default();
        for mount in &it.mounts {
            let bind = |source: &Path, is_read_only: bool| {
                let mut fields = vec![
                    "type=bind".to_owned(),
                    format!("source={}", source.display()),
                    format!("target={}", mount.target),
                ];
                if is_read_only {
                    fields.push("ro=true".into());
                }
                fields
            };
            match &mount.kind {
                MountKind::Cache {
                    key,
                    sharing,
                    source,
                    owner,
                } => {
                    let folder = self.cache(key, sharing, source.as_ref(), owner, &mut prepared)?;
                    prepared.mounts.push(bind(&folder, false));
                }
                MountKind::Directory { tree, owner } => {
                    let copy = self.writable_copy(&tree.path, owner, &mut prepared)?;
                    prepared.mounts.push(bind(&copy, false));
                    prepared.writable.push((mount.target.clone(), copy));
                }
                MountKind::File { file, owner } => {
                    let copy = self.writable_copy(&file.path(), owner, &mut prepared)?;
                    prepared.mounts.push(bind(&copy, false));
                    prepared.writable.push((mount.target.clone(), copy));
                }
                MountKind::Secret {
                    secret,
                    owner,
                    mode,
                } => {
                    let file = self.secret_file(secret, owner, *mode, it, secrets)?;
                    prepared.mounts.push(bind(&file, true));
                }
                MountKind::Temporary { size } => {
                    let mut fields =
                        vec!["type=tmpfs".to_owned(), format!("target={}", mount.target)];
                    if let Some(size) = size {
                        fields.push(format!("tmpfs-size={size}"));
                    }
                    prepared.mounts.push(fields);
                }
                MountKind::Socket { path } => prepared.mounts.push(bind(Path::new(path), false)),
            }
        }
        Ok(prepared)
    }

    fn writable_copy(
        &self,
        source: &Path,
        owner: &str,
        prepared: &mut Prepared,
    ) -> Result<PathBuf, Error> {
        let folder = self.state.temporary()?;
        let copy = folder.path().join("copy");
        tree::copy(source, &copy, &Filter::default())?;
        chown(&copy, owner)?;
        prepared.folders.push(folder);
        Ok(copy)
    }

    /// The folder of a cache volume: one for all, or, if `PRIVATE`, one that
    /// nobody else uses now.
    fn cache(
        &self,
        key: &str,
        sharing: &str,
        source: Option<&Tree>,
        owner: &str,
        prepared: &mut Prepared,
    ) -> Result<PathBuf, Error> {
        let id = digest(["cache", key])[..24].to_owned();
        let volume = self.state.path("caches").join(&id);
        let folder = match sharing {
            "PRIVATE" => {
                // A killed session's daemon may still write to its folder.
                super::sweep::dead(&self.state)?;
                let mut number = 0;
                loop {
                    let name = format!("private{number}");
                    if let Some(lock) = self.state.try_lock(&format!("cache-{id}-{name}"))? {
                        prepared.locks.push(lock);
                        break volume.join(name);
                    }
                    number += 1;
                }
            }
            "LOCKED" => {
                prepared
                    .locks
                    .push(self.state.lock(&format!("cache-{id}"))?);
                volume.join("shared")
            }
            _ => volume.join("shared"),
        };
        if folder.exists() {
            return Ok(folder);
        }
        let _making = self.state.lock(&format!("making-{id}"))?;
        if folder.exists() {
            return Ok(folder);
        }
        crate::state::make_folder(&volume)?;
        let new = self.state.temporary()?;
        let inner = new.path().join("cache");
        crate::state::make_folder(&inner)?;
        if let Some(source) = source {
            tree::copy(&source.path, &inner, &Filter::default())?;
        }
        chown(&inner, owner)?;
        fs::rename(&inner, &folder).map_err(|error| Error::file("make", &folder, &error))?;
        Ok(folder)
    }

    /// Keeps what a command changed in mounted directories and files.
    pub(super) fn collected(
        &self,
        it: &Container,
        prepared: &Prepared,
    ) -> Result<Vec<(String, String)>, Error> {
        let mut changed = Vec::new();
        for (target, copy) in &prepared.writable {
            let Some(mount) = it.mounts.iter().find(|mount| mount.target == *target) else {
                continue;
            };
            let (old, name) = match &mount.kind {
                MountKind::Directory { tree, .. } => (tree, None),
                MountKind::File { file, .. } => (&file.tree, Some(&file.name)),
                _ => continue,
            };
            let new = self.kept(copy, name)?;
            if new != old.digest {
                changed.push((target.clone(), new));
            }
        }
        Ok(changed)
    }

    fn kept(&self, copy: &Path, name: Option<&String>) -> Result<String, Error> {
        let folder = self.state.temporary()?;
        let inner = folder.path().join("tree");
        let source = match name {
            None => copy,
            Some(name) => {
                tree::copy(copy, &inner.join(name), &Filter::default())?;
                &inner
            }
        };
        let digest = super::owners::digest(source)?;
        self.state.tree(&digest, |target| {
            Ok(tree::copy(source, target, &Filter::default())?)
        })?;
        Ok(digest)
    }
}
