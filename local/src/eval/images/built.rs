//! Images of containers: their changes built, and their configuration.

use crate::Error;
use crate::containerfile::{self, Line, Stage};
use crate::eval::containers::value::{Change, Config, Container, image_key};
use crate::eval::evaluator::Evaluator;
use crate::podman::{BuildContext, Id};
use crate::state::digest;
use crate::tree::{self, Filter};

impl Evaluator {
    /// The image of a container, its changes built.
    ///
    /// # Errors
    /// Podman's, while building.
    pub fn image_of(&self, container: &Container) -> Result<Id, Error> {
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
            image = Some(self.built(start.as_ref(), now)?);
            rest = later;
        }
        image.ok_or_else(|| Error::argument("container", "it is empty"))
    }

    fn built(&self, start: Option<&Id>, changes: &[Change]) -> Result<Id, Error> {
        let key = image_key(start, changes);
        if let Some(image) = self.kept_image(&key)? {
            return Ok(image);
        }
        let _lock = self.state.lock(&format!("image-{}", &key[..16]))?;
        if let Some(image) = self.kept_image(&key)? {
            return Ok(image);
        }
        let podman = self.podman()?;
        let image = match (changes.first(), start) {
            (Some(Change::Remove { .. }), Some(start)) => podman.edit(start, |root| {
                changes.iter().try_for_each(|change| match change {
                    Change::Remove { paths } => paths
                        .iter()
                        .try_for_each(|path| crate::eval::files::disk::remove(root, path)),
                    _ => Ok(()),
                })
            })?,
            // A build would give everything to root.
            (
                Some(Change::Copy {
                    tree,
                    target,
                    owner,
                }),
                Some(start),
            ) if owner.is_empty() && crate::eval::files::owners::foreign(&tree.path) => podman
                .edit(start, |root| {
                    let target = tree::resolve(root, target)?;
                    Ok(tree::copy(&tree.path, &target, &Filter::default())?)
                })?,
            _ => {
                let (stage, contexts) = stage(start.map_or("scratch", Id::as_str), changes);
                podman.build(&containerfile::write(&[stage]), &contexts)?
            }
        };
        self.state.keep_record("records", &key, &image)?;
        Ok(image)
    }

    /// The image that a record names, if it is there.
    pub(super) fn kept_image(&self, key: &str) -> Result<Option<Id>, Error> {
        match self.state.record::<Id>("records", key) {
            Some(image) => Ok(self.store.holds(&image)?.then_some(image)),
            None => Ok(None),
        }
    }

    /// The image of a container with its configuration, for export.
    ///
    /// # Errors
    /// Podman's, while building.
    pub fn whole_image(&self, container: &Container) -> Result<Id, Error> {
        let image = self.image_of(container)?;
        let config = serde_json::to_string(&container.config).unwrap_or_default();
        let key = digest(["whole", image.as_str(), &config]);
        if let Some(image) = self.kept_image(&key)? {
            return Ok(image);
        }
        let podman = self.podman()?;
        // Without the configuration that the image has, which would shine through.
        let stage = Stage {
            from: podman.bare(&image)?.to_string(),
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
                owner.is_empty() && crate::eval::files::owners::foreign(&tree.path)
            }
            _ => false,
        }
    }

    fn is_removal(&self) -> bool {
        matches!(self, Change::Remove { .. })
    }
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
