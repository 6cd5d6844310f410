//! Directories with something put in or taken out. A chain of such steps is
//! one copy of what it starts from with all of them done to it, so that n steps
//! cost n and not n copies.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::sync::Arc;

use crate::Error;
use crate::eval::evaluator::Evaluator;
use crate::eval::files::disk::{chown, make_parent, permissions, place, remove};
use crate::eval::files::value::{Tree, absolute, filter_of};
use crate::node::Node;
use crate::state::digest;
use crate::tree::{self, Filter};

/// What a step does to a copy of the directory.
type CarryOut<'a> = Box<dyn Fn(&Path) -> Result<(), Error> + 'a>;

/// A step, with what it needs at hand.
struct Edit<'a> {
    /// Tells the step apart from others.
    key: String,
    carry_out: CarryOut<'a>,
}

/// Whether a node is a directory's parent with something done to it in place.
pub fn is_edit(node: &Node) -> bool {
    let is_of_directory = node
        .parent
        .as_ref()
        .is_some_and(|parent| parent.ty == "Directory");
    is_of_directory
        && matches!(
            node.field.as_str(),
            "withDirectory"
                | "withFile"
                | "withFiles"
                | "withNewFile"
                | "withNewDirectory"
                | "withSymlink"
                | "withoutDirectory"
                | "withoutFile"
                | "withoutFiles"
                | "withChanges"
                | "chown"
        )
}

impl Evaluator {
    /// The directory that a chain of steps ends in.
    ///
    /// # Errors
    /// Whatever a step takes.
    pub(in crate::eval) fn edited(&self, node: &Arc<Node>) -> Result<Tree, Error> {
        let mut steps = vec![node];
        let mut start = node.parent()?;
        while is_edit(start) && !self.files.directories.knows(&start.id) {
            steps.push(start);
            start = start.parent()?;
        }
        let base = self.directory(start)?;
        let mut edits = Vec::with_capacity(steps.len());
        for step in steps.into_iter().rev() {
            edits.push(self.edit(step)?);
        }
        let keys = edits.iter().map(|edit| edit.key.as_str());
        let key = digest(["edits", &base.digest].into_iter().chain(keys));
        self.derived(&key, |target| {
            tree::copy(&base.path, target, &Filter::default())?;
            edits.iter().try_for_each(|edit| (edit.carry_out)(target))
        })
    }

    fn edit<'a>(&'a self, node: &'a Arc<Node>) -> Result<Edit<'a>, Error> {
        let path = absolute("/", node.text("path"));
        let own = serde_json::to_string(&node.args).unwrap_or_default();
        // Steps that take nothing but their arguments.
        let plain = |carry_out: CarryOut<'a>| Edit {
            key: digest([node.field.as_str(), &own]),
            carry_out,
        };
        Ok(match node.field.as_str() {
            "withDirectory" => {
                let source = self.nodes.argument(node, "source", "Directory")?;
                let source = self.filtered(&source, &filter_of(node))?;
                let owner = node.text("owner");
                Edit {
                    key: digest(["withDirectory", &path, &source.digest, owner]),
                    carry_out: Box::new(move |target| {
                        let inner = place(target, &path)?;
                        tree::copy(&source.path, &inner, &Filter::default())?;
                        chown(&inner, owner)
                    }),
                }
            }
            "withFile" | "withFiles" => {
                let files = self.files_of(node)?;
                let mode = node.number("permissions");
                let owner = node.text("owner");
                let mode_text = mode.unwrap_or(-1).to_string();
                let mut parts = vec!["withFiles", owner, &mode_text];
                for (to, file) in &files {
                    parts.extend([to.as_str(), &file.tree.digest, &file.name]);
                }
                Edit {
                    key: digest(parts),
                    carry_out: Box::new(move |target| {
                        for (to, file) in &files {
                            let to = place(target, to)?;
                            tree::copy(&file.path(), &to, &Filter::default())?;
                            permissions(&to, mode)?;
                            chown(&to, owner)?;
                        }
                        Ok(())
                    }),
                }
            }
            "withNewFile" => plain(Box::new(move |target| {
                let file = place(target, &path)?;
                make_parent(&file)?;
                fs::write(&file, node.text("contents"))
                    .map_err(|error| Error::file("write", &file, &error))?;
                permissions(&file, node.number("permissions"))
            })),
            "withNewDirectory" => plain(Box::new(move |target| {
                let folder = place(target, &path)?;
                crate::state::make_folder(&folder)?;
                // 0644, the default of the API, would lock everybody out.
                permissions(
                    &folder,
                    node.number("permissions").filter(|mode| *mode != 0o644),
                )
            })),
            "withSymlink" => plain(Box::new(move |target| {
                let link = place(target, &absolute("/", node.text("linkName")))?;
                make_parent(&link)?;
                symlink(node.text("target"), &link)
                    .map_err(|error| Error::file("link", &link, &error))
            })),
            "withoutDirectory" | "withoutFile" | "withoutFiles" => plain(Box::new(move |target| {
                let mut paths = node.texts("paths");
                paths.extend(node.given("path").map(str::to_owned));
                paths.iter().try_for_each(|path| remove(target, path))
            })),
            "withChanges" => {
                let changes = self.nodes.argument(node, "changes", "Changeset")?;
                let (before, after) = self.changeset(&changes)?;
                Edit {
                    key: digest(["withChanges", &before.digest, &after.digest]),
                    carry_out: Box::new(move |target| {
                        let changes = tree::changes(&before.path, &after.path)?;
                        Ok(tree::apply(&changes, &after.path, target)?)
                    }),
                }
            }
            "chown" => plain(Box::new(move |target| {
                chown(&place(target, &path)?, node.text("owner"))
            })),
            _ => return Err(node.unserved()),
        })
    }
}

#[cfg(test)]
mod tests;
