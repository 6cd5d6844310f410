//! What is mounted for a command: copies that it may write to, cache volumes,
//! secrets, memory.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Error;
use crate::eval::containers::copies::{Writable, adopt};
use crate::eval::containers::store::Prepared;
use crate::eval::containers::value::{Container, MountKind};
use crate::eval::evaluator::Evaluator;
use crate::eval::files::disk::chown;
use crate::eval::files::value::Tree;
use crate::state::{Lock, digest};
use crate::tree::{self, Filter};

impl Evaluator {
    /// Makes ready what is mounted.
    ///
    /// # Errors
    /// A file system that refuses.
    pub fn prepare(&self, it: &Container) -> Result<Prepared, Error> {
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
                    let copy = self.writable_copy(&tree.path, owner, &mount.target)?;
                    prepared.mounts.push(bind(&copy.path, false));
                    prepared.writable.push(copy);
                }
                MountKind::File { file, owner } => {
                    let copy = self.writable_copy(&file.path(), owner, &mount.target)?;
                    prepared.mounts.push(bind(&copy.path, false));
                    prepared.writable.push(copy);
                }
                MountKind::Secret {
                    secret,
                    owner,
                    mode,
                } => {
                    let file = self.secret_file(secret, owner, *mode)?;
                    prepared.mounts.push(bind(&file, true));
                    prepared.secret_files.push(file);
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

    fn writable_copy(&self, source: &Path, owner: &str, target: &str) -> Result<Writable, Error> {
        Writable::of(&self.state, source, owner, target, &self.containers.spares)
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
                crate::eval::sweep::dead(&self.state)?;
                let mut number = 0;
                loop {
                    let name = format!("private{number}");
                    let lock = self.state.try_lock(&format!("cache-{id}-{name}"))?;
                    if let Some(mut lock) = lock
                        && self.left_in(&mut lock)?.is_none()
                    {
                        prepared.locks.push(lock);
                        break volume.join(name);
                    }
                    number += 1;
                }
            }
            "LOCKED" => {
                let mut lock = self.state.lock(&format!("cache-{id}"))?;
                crate::eval::sweep::dead(&self.state)?;
                if let Some(session) = self.left_in(&mut lock)? {
                    return Err(Error::argument(
                        format!("cache volume {key:?}"),
                        format!("what the session {session} ran is not all gone and may use it"),
                    ));
                }
                prepared.locks.push(lock);
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
        match source {
            Some(source) => self.containers.spares.place(source, &inner)?,
            None => crate::state::make_folder(&inner)?,
        }
        chown(&inner, owner)?;
        fs::rename(&inner, &folder).map_err(|error| Error::file("make", &folder, &error))?;
        Ok(folder)
    }

    /// The session whose leftovers may still write to what the lock guards; if
    /// there is none, it is this session's from now on.
    fn left_in(&self, lock: &mut Lock) -> Result<Option<String>, Error> {
        let last = lock.holder();
        if last != self.state.session() && crate::eval::sweep::has_leftovers(&self.state, &last)? {
            return Ok(Some(last));
        }
        lock.sign(self.state.session())?;
        Ok(None)
    }

    /// Keeps what a command changed in mounted directories and files.
    pub(in crate::eval) fn collected(
        &self,
        it: &Container,
        prepared: &mut Prepared,
    ) -> Result<Vec<(String, String)>, Error> {
        let mut changed = Vec::new();
        for copy in prepared.writable.drain(..) {
            let Some(mount) = it.mounts.iter().find(|mount| mount.target == copy.target) else {
                continue;
            };
            let (old, name, owner) = match &mount.kind {
                MountKind::Directory { tree, owner } => (tree, None, owner),
                MountKind::File { file, owner } => (&file.tree, Some(&file.name), owner),
                _ => continue,
            };
            // With another owner it was changed for the command.
            if owner.is_empty() && copy.is_untouched()? {
                let source = name.map_or(old.path.clone(), |name| old.path.join(name));
                self.containers.spares.keep(&source, copy);
                continue;
            }
            let new = self.kept(&copy.path, name)?;
            if new != old.digest {
                changed.push((copy.target, new));
            }
        }
        Ok(changed)
    }

    /// Keeps a copy as a tree; it is gone then from where it was.
    fn kept(&self, copy: &Path, name: Option<&String>) -> Result<String, Error> {
        let Some(name) = name else {
            let digest = crate::eval::files::owners::digest(copy)?;
            self.state.tree(&digest, |target| adopt(copy, target))?;
            return Ok(digest);
        };
        let folder = self.state.temporary()?;
        let inner = folder.path().join("tree");
        tree::copy(copy, &inner.join(name), &Filter::default())?;
        let digest = crate::eval::files::owners::digest(&inner)?;
        self.state.tree(&digest, |target| adopt(&inner, target))?;
        Ok(digest)
    }
}
