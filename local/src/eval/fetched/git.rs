//! Repositories and what their names stand for.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::Error;
use crate::eval::evaluator::Evaluator;
use crate::eval::files::value::Tree;
use crate::fetch::address::Address;
use crate::fetch::git::Git;
use crate::fetch::remote::{BRANCHES, Ref, Remote, TAGS, is_commit};
use crate::node::Node;
use crate::state::digest;

impl Evaluator {
    fn git(&self) -> Git<'_> {
        Git { state: &self.state }
    }

    /// The address of a `GitRepository`.
    fn repository(&self, node: &Node) -> Result<Address, Error> {
        match (&node.parent, node.field.as_str()) {
            (None, "git") => Address::parse(node.text("url"), |path| self.on_host(path)),
            _ => Err(node.unserved()),
        }
    }

    fn remote(&self, address: &Address) -> Result<Arc<Remote>, Error> {
        self.fetched.remotes.get(&address.url, || {
            let step = self.step(&format!("git ls-remote {}", address.url));
            let remote = self.git().remote(address);
            step.done(false, remote.is_ok());
            remote.map(Arc::new)
        })
    }

    /// The `GitRepository` that a `GitRef` is of.
    fn repository_of<'a>(&self, node: &'a Arc<Node>) -> Result<&'a Arc<Node>, Error> {
        let mut parent = node.parent()?;
        while parent.ty == "GitRef" {
            parent = parent.parent()?;
        }
        Ok(parent)
    }

    /// What a `GitRef` stands for.
    fn git_ref(&self, node: &Arc<Node>) -> Result<Ref, Error> {
        let address = self.repository(self.repository_of(node)?)?;
        let name = node.text("name");
        let whole = |start: &str| format!("{start}{}", name.trim_start_matches(start));
        let (wanted, found) = match node.field.as_str() {
            "commit" => {
                let commit = node.text("id");
                return match is_commit(commit) {
                    true => Ok(Ref {
                        name: String::new(),
                        commit: commit.to_owned(),
                    }),
                    false => Err(Error::argument(
                        format!("commit {commit:?}"),
                        "expected all 40 digits of a commit's ID",
                    )),
                };
            }
            "commonAncestor" => return self.common_ancestor(node, &address),
            "head" => ("HEAD".to_owned(), self.remote(&address)?.exactly("HEAD")),
            "branch" => (
                whole(BRANCHES),
                self.remote(&address)?.exactly(&whole(BRANCHES)),
            ),
            "tag" => (whole(TAGS), self.remote(&address)?.exactly(&whole(TAGS))),
            "ref" if is_commit(name) => (name.to_owned(), Remote::default().find(name)),
            "ref" => (name.to_owned(), self.remote(&address)?.find(name)),
            "latestVersion" => (
                "tag of a semantic version".to_owned(),
                self.remote(&address)?.latest_version(),
            ),
            _ => return Err(node.unserved()),
        };
        found.ok_or_else(|| {
            Error::argument(
                format!("git {}", address.url),
                format!("it has no {wanted}"),
            )
        })
    }

    fn common_ancestor(&self, node: &Arc<Node>, address: &Address) -> Result<Ref, Error> {
        let other = self.nodes.argument(node, "other", "GitRef")?;
        let its_address = self.repository(self.repository_of(&other)?)?;
        let (one, two) = (self.git_ref(node.parent()?)?, self.git_ref(&other)?);
        let key = digest(["ancestor", &one.commit, &two.commit]);
        let commit = match self.state.record::<String>("records", &key) {
            Some(commit) => commit,
            None => {
                let step = self.step(&format!("git merge-base {} {}", one.commit, two.commit));
                let found = self
                    .git()
                    .common_ancestor([(address, &one), (&its_address, &two)]);
                step.done(false, found.is_ok());
                let commit = found?;
                self.state.keep_record("records", &key, &commit)?;
                commit
            }
        };
        Ok(Ref {
            name: String::new(),
            commit,
        })
    }

    /// The directory of `GitRef.tree`: made once for a commit.
    ///
    /// # Errors
    /// It cannot be had.
    pub fn git_tree(&self, node: &Node) -> Result<Tree, Error> {
        let reference = node.parent()?;
        let repository = self.repository_of(reference)?;
        let address = self.repository(repository)?;
        let wanted = self.git_ref(reference)?;
        let is_kept = repository.args.get("keepGitDir") != Some(&json!(false));
        let keeps_git = is_kept && !node.is_set("discardGitDir");
        let depth = node.number("depth").unwrap_or(1);
        // None of the history is seen without `.git`.
        let depth = match keeps_git {
            true => u64::try_from(depth).ok().filter(|depth| *depth > 0),
            false => Some(1),
        };
        let key = digest([
            "git",
            &address.url,
            &wanted.commit,
            if keeps_git { &wanted.name } else { "" },
            &format!("{keeps_git} {depth:?}"),
        ]);
        self.derived(&key, |target| {
            let step = self.step(&format!("git {} {}", address.url, wanted.commit));
            let done = self
                .git()
                .check_out(&address, &wanted, depth, keeps_git, target);
            step.done(false, done.is_ok());
            done
        })
    }

    /// A field without an object behind it, of a repository or of a name in it.
    ///
    /// # Errors
    /// The repository cannot be read.
    pub fn git_leaf(&self, node: &Node, parent: &Arc<Node>) -> Result<Value, Error> {
        if parent.ty == "GitRef" {
            let Ref { name, commit } = self.git_ref(parent)?;
            return match node.field.as_str() {
                "ref" if !name.is_empty() => Ok(json!(name)),
                "commit" | "ref" => Ok(json!(commit)),
                _ => Err(node.unserved()),
            };
        }
        let address = self.repository(parent)?;
        let names = |prefix: &str| {
            let names = self
                .remote(&address)?
                .names(prefix, &node.texts("patterns"));
            let names = names.map_err(|problem| Error::argument(node.name(), problem))?;
            Ok::<_, Error>(json!(names))
        };
        match node.field.as_str() {
            "branches" => names(BRANCHES),
            "tags" => names(TAGS),
            // A folder has none.
            "url" => Ok(json!((!address.is_local).then_some(address.url))),
            _ => Err(node.unserved()),
        }
    }
}
