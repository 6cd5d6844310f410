//! Containers as values: an image, changes to its files that are not built
//! yet, and the configuration for what runs in it.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::eval::files::value::{FileValue, Tree, absolute};
use crate::node::Node;
use crate::podman::Id;
use crate::state::digest;

/// A container. Equal containers have equal [`Container::key`]s.
#[derive(Debug, Clone, Default)]
pub struct Container {
    /// The ID of the image; an empty container has none.
    pub image: Option<Id>,
    /// Changes to the image's files, in order.
    pub pending: Vec<Change>,
    pub config: Config,
    pub mounts: Vec<Mount>,
    /// Variables whose values are secrets.
    pub secret_env: Vec<(String, Arc<Node>)>,
    /// Host names and the services behind them.
    pub services: Vec<(String, Arc<Node>)>,
    /// Logins to registries: address, user, secret.
    pub logins: Vec<(String, String, Arc<Node>)>,
    /// What the last command wrote.
    pub last: Option<Arc<Ran>>,
    /// The reference of the image that the container started from.
    pub reference: Option<String>,
}

/// The part of a container that an image can carry.
#[derive(Debug, Clone, Default, Serialize, Deserialize, PartialEq)]
pub struct Config {
    pub env: Vec<(String, String)>,
    pub workdir: String,
    pub user: String,
    pub entrypoint: Vec<String>,
    pub args: Vec<String>,
    pub labels: BTreeMap<String, String>,
    pub annotations: BTreeMap<String, String>,
    pub ports: Vec<Port>,
    /// The arguments of `withDockerHealthcheck`.
    pub healthcheck: Option<Map<String, Value>>,
}

/// A port that a container listens on.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq)]
pub struct Port {
    pub port: u16,
    /// `TCP` or `UDP`.
    pub protocol: String,
    pub description: Option<String>,
    pub skip_check: bool,
}

/// A change to a container's files.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// The contents of a folder are merged into `target`.
    Copy {
        tree: Tree,
        target: String,
        owner: String,
    },
    /// Paths are removed.
    Remove { paths: Vec<String> },
    /// A folder is made where there is none.
    Folder { path: String },
}

/// Something mounted for commands.
#[derive(Debug, Clone)]
pub struct Mount {
    pub target: String,
    pub kind: MountKind,
}

/// What is mounted.
#[derive(Debug, Clone)]
pub enum MountKind {
    Cache {
        key: String,
        sharing: String,
        source: Option<Tree>,
        owner: String,
    },
    Directory {
        tree: Tree,
        owner: String,
    },
    File {
        file: FileValue,
        owner: String,
    },
    Secret {
        secret: Arc<Node>,
        owner: String,
        mode: u32,
    },
    Temporary {
        size: Option<i64>,
    },
    Socket {
        path: String,
    },
}

/// A command that ran.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Ran {
    pub exit_code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Change {
    fn parts(&self) -> Vec<String> {
        match self {
            Change::Copy {
                tree,
                target,
                owner,
            } => {
                vec![
                    "copy".into(),
                    tree.digest.clone(),
                    target.clone(),
                    owner.clone(),
                ]
            }
            Change::Remove { paths } => [vec!["remove".to_owned()], paths.clone()].concat(),
            Change::Folder { path } => vec!["folder".into(), path.clone()],
        }
    }
}

/// The key of an image with changes.
pub fn image_key(image: Option<&Id>, changes: &[Change]) -> String {
    let changes = changes.iter().map(|change| digest(change.parts()));
    digest(
        [image.map(Id::to_string).unwrap_or_default()]
            .into_iter()
            .chain(changes),
    )
}

impl Container {
    /// A digest of everything that a command in the container can see.
    pub fn key(&self) -> String {
        let mut parts = vec![
            image_key(self.image.as_ref(), &self.pending),
            serde_json::to_string(&self.config).unwrap_or_default(),
        ];
        parts.extend(self.mounts.iter().map(|mount| digest(mount.parts())));
        for (name, secret) in &self.secret_env {
            parts.push(digest(["secret", name, &secret.id]));
        }
        for (name, service) in &self.services {
            parts.push(digest(["service", name, &service.id]));
        }
        digest(parts)
    }

    /// The value of an environment variable.
    pub fn env(&self, name: &str) -> Option<&str> {
        self.config
            .env
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// Sets an environment variable, in its place if it is there already.
    pub fn set_env(&mut self, name: &str, value: &str) {
        match self.config.env.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => value.clone_into(old),
            None => self.config.env.push((name.to_owned(), value.to_owned())),
        }
    }

    /// The mount that a path lies in, and the path inside of it.
    pub fn mount_of(&self, path: &str) -> Option<(&Mount, String)> {
        self.mounts
            .iter()
            .filter_map(|mount| below(&mount.target, path).map(|rest| (mount, rest)))
            .max_by_key(|(mount, _)| mount.target.len())
    }

    /// An absolute path: as given, or from the working directory.
    pub fn absolute(&self, path: &str) -> String {
        let start = match self.config.workdir.is_empty() {
            true => "/",
            false => &self.config.workdir,
        };
        absolute(start, path)
    }

    /// Replaces `$NAME` and `${NAME}` by the container's variables.
    pub fn expanded(&self, text: &str) -> String {
        expand(text, |name| self.env(name).unwrap_or_default().to_owned())
    }
}

impl Mount {
    /// What tells mounts apart, for digests.
    pub fn parts(&self) -> Vec<String> {
        let mut parts = vec![self.target.clone()];
        parts.extend(match &self.kind {
            MountKind::Cache {
                key,
                sharing,
                source,
                owner,
            } => vec![
                "cache".into(),
                key.clone(),
                sharing.clone(),
                source
                    .as_ref()
                    .map(|tree| tree.digest.clone())
                    .unwrap_or_default(),
                owner.clone(),
            ],
            MountKind::Directory { tree, owner } => {
                vec!["directory".into(), tree.digest.clone(), owner.clone()]
            }
            MountKind::File { file, owner } => vec![
                "file".into(),
                file.tree.digest.clone(),
                file.name.clone(),
                owner.clone(),
            ],
            MountKind::Secret {
                secret,
                owner,
                mode,
            } => {
                vec![
                    "secret".into(),
                    secret.id.clone(),
                    owner.clone(),
                    mode.to_string(),
                ]
            }
            MountKind::Temporary { size } => {
                vec!["temporary".into(), size.unwrap_or_default().to_string()]
            }
            MountKind::Socket { path } => vec!["socket".into(), path.clone()],
        });
        parts
    }
}

/// The part of `path` below `folder`; empty where they are the same.
fn below(folder: &str, path: &str) -> Option<String> {
    if folder == "/" {
        return Some(path.trim_start_matches('/').to_owned());
    }
    let rest = path.strip_prefix(folder)?;
    match rest.is_empty() || rest.starts_with('/') {
        true => Some(rest.trim_start_matches('/').to_owned()),
        false => None,
    }
}

/// Replaces variables in a text; `$$` and a lone `$` stay.
pub fn expand(text: &str, value: impl Fn(&str) -> String) -> String {
    let mut expanded = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        expanded.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let is_name = |character: char| character.is_ascii_alphanumeric() || character == '_';
        if let Some((name, after)) = rest.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
            expanded.push_str(&value(name));
            rest = after;
            continue;
        }
        let end = rest
            .find(|character| !is_name(character))
            .unwrap_or(rest.len());
        match end {
            0 => expanded.push('$'),
            end => expanded.push_str(&value(&rest[..end])),
        }
        rest = &rest[end..];
    }
    expanded.push_str(rest);
    expanded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_expanded_and_nothing_else() {
        let value = |name: &str| format!("<{name}>");
        assert_eq!(expand("$A/${B}c$ $$ $A_1-", value), "<A>/<B>c$ $$ <A_1>-");
    }

    #[test]
    fn the_innermost_mount_holds_a_path() {
        let mount = |target: &str| Mount {
            target: target.into(),
            kind: MountKind::Temporary { size: None },
        };
        let container = Container {
            mounts: vec![mount("/a"), mount("/a/b")],
            ..Container::default()
        };
        let (found, rest) = container.mount_of("/a/b/c").unwrap();
        assert_eq!((found.target.as_str(), rest.as_str()), ("/a/b", "c"));
        assert!(container.mount_of("/ab").is_none());
    }

    #[test]
    fn whatever_a_command_sees_changes_the_key() {
        let plain = Container::default();
        let mut other = plain.clone();
        other.set_env("A", "1");
        assert_ne!(plain.key(), other.key());
        let mut mounted = plain.clone();
        mounted.mounts.push(Mount {
            target: "/a".into(),
            kind: MountKind::Temporary { size: None },
        });
        assert_ne!(plain.key(), mounted.key());
    }
}
