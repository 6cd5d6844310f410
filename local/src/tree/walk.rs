//! Lists the entries of a folder that a filter selects, parents before children, sorted.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::error::{TreeError, io};
use super::filter::{Filter, Matched, PatternList};

/// What an entry is. Sockets, pipes and devices are none of these and never listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Directory,
    File,
    Symlink,
}

impl Kind {
    pub fn of(metadata: &Metadata) -> Option<Kind> {
        let file_type = metadata.file_type();
        if file_type.is_dir() {
            Some(Kind::Directory)
        } else if file_type.is_file() {
            Some(Kind::File)
        } else if file_type.is_symlink() {
            Some(Kind::Symlink)
        } else {
            None
        }
    }
}

/// An entry of a folder.
pub(super) struct Entry {
    /// Where it lies below the root; empty if the root is itself a file.
    pub relative: PathBuf,
    /// Where it lies on disk.
    pub path: PathBuf,
    pub kind: Kind,
    /// Of the entry itself, not of what a link leads to.
    pub metadata: Metadata,
}

impl Entry {
    /// The entry at `relative` below `root`, if there is one; links are not followed.
    pub fn at(root: &Path, relative: &Path) -> Result<Option<Entry>, TreeError> {
        let path = root.join(relative);
        let Some(metadata) = existing(&path)? else {
            return Ok(None);
        };
        Ok(Kind::of(&metadata).map(|kind| Entry {
            relative: relative.to_path_buf(),
            path,
            kind,
            metadata,
        }))
    }

    /// Permission bits, with set-user-ID and the like.
    pub fn mode(&self) -> u32 {
        self.metadata.mode() & 0o7777
    }

    pub fn is_directory(&self) -> bool {
        self.kind == Kind::Directory
    }

    /// The relative path as a string; directories end in `/`.
    pub fn name(&self) -> Result<String, TreeError> {
        let Some(name) = self.relative.to_str() else {
            return Err(TreeError::NotUtf8 {
                path: self.path.clone(),
            });
        };
        Ok(match self.kind {
            Kind::Directory => format!("{name}/"),
            Kind::File | Kind::Symlink => name.to_string(),
        })
    }
}

/// What stands at `path` itself, links not followed.
pub(super) fn existing(path: &Path) -> Result<Option<Metadata>, TreeError> {
    match fs::symlink_metadata(path) {
        Ok(metadata) => Ok(Some(metadata)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(io("read", path)(error)),
    }
}

/// Lists what `filter` selects below `root`; `root` may be a file, which is then the only entry.
pub(super) fn walk(root: &Path, filter: &Filter) -> Result<Vec<Entry>, TreeError> {
    walk_around(root, filter, None)
}

/// Like [`walk`], leaving out the directory `skipped` (so that a tree can be copied into itself).
pub(super) fn walk_around(
    root: &Path,
    filter: &Filter,
    skipped: Option<&Metadata>,
) -> Result<Vec<Entry>, TreeError> {
    let metadata = fs::metadata(root).map_err(io("read", root))?;
    let include = PatternList::new(&filter.include)?;
    let exclude = PatternList::new(&filter.exclude)?;
    let mut walk = Walk {
        include,
        exclude,
        gitignore: filter.gitignore,
        skipped: skipped.map(|metadata| (metadata.dev(), metadata.ino())),
        ignore_files: Vec::new(),
        entries: Vec::new(),
    };
    match Kind::of(&metadata) {
        Some(Kind::Directory) => {
            let (include, exclude) = (walk.include.root(), walk.exclude.root());
            walk.directory(root, Path::new(""), &include, &exclude)?;
        }
        Some(kind) => walk.entries.push(Entry {
            relative: PathBuf::new(),
            path: root.to_path_buf(),
            kind,
            metadata,
        }),
        None => {
            return Err(TreeError::NotAFile {
                operation: "read",
                path: root.to_path_buf(),
            });
        }
    }
    Ok(walk.entries)
}

/// Lists everything below `root`, by relative path.
pub(super) fn index(root: &Path) -> Result<BTreeMap<PathBuf, Entry>, TreeError> {
    let entries = walk(root, &Filter::default())?;
    Ok(entries
        .into_iter()
        .map(|entry| (entry.relative.clone(), entry))
        .collect())
}

struct Walk {
    include: PatternList,
    exclude: PatternList,
    gitignore: bool,
    skipped: Option<(u64, u64)>,
    /// Of the directories from the root to the current one.
    ignore_files: Vec<Gitignore>,
    entries: Vec<Entry>,
}

impl Walk {
    fn directory(
        &mut self,
        path: &Path,
        relative: &Path,
        include: &Matched,
        exclude: &Matched,
    ) -> Result<(), TreeError> {
        let mut names = Vec::new();
        for entry in fs::read_dir(path).map_err(io("read directory", path))? {
            names.push(entry.map_err(io("read directory", path))?.file_name());
        }
        names.sort();
        if self.gitignore {
            self.ignore_files.push(ignore_file(path)?);
        }
        for name in names {
            let path = path.join(&name);
            // An editor's lock file, say, may be gone by now.
            let Some(metadata) = existing(&path)? else {
                continue;
            };
            let Some(kind) = Kind::of(&metadata) else {
                continue;
            };
            if self.skipped == Some((metadata.dev(), metadata.ino()))
                || self.is_git_ignored(&path, kind)
            {
                continue;
            }
            let entry = Entry {
                relative: relative.join(&name),
                path,
                kind,
                metadata,
            };
            self.entry(entry, include, exclude)?;
        }
        if self.gitignore {
            self.ignore_files.pop();
        }
        Ok(())
    }

    fn entry(
        &mut self,
        entry: Entry,
        include: &Matched,
        exclude: &Matched,
    ) -> Result<(), TreeError> {
        let relative = entry.relative.clone();
        let include = self.include.enter(include, &relative);
        let exclude = self.exclude.enter(exclude, &relative);
        let included = self.include.is_empty() || self.include.decides(&include);
        let excluded = self.exclude.decides(&exclude);
        let selected = included && !excluded;
        if entry.kind != Kind::Directory {
            if selected {
                self.entries.push(entry);
            }
            return Ok(());
        }
        let descend = (included || self.include.reaches_below(&relative, false))
            && (!excluded || self.exclude.reaches_below(&relative, true));
        let path = entry.path.clone();
        self.entries.push(entry);
        let before = self.entries.len();
        if descend {
            self.directory(&path, &relative, &include, &exclude)?;
        }
        if !selected && self.entries.len() == before {
            self.entries.pop();
        }
        Ok(())
    }

    /// Asks the ignore files from the nearest up, as Git does: the first that knows decides.
    fn is_git_ignored(&self, path: &Path, kind: Kind) -> bool {
        for file in self.ignore_files.iter().rev() {
            match file.matched(path, kind == Kind::Directory) {
                Match::Ignore(_) => return true,
                Match::Whitelist(_) => return false,
                Match::None => {}
            }
        }
        false
    }
}

fn ignore_file(directory: &Path) -> Result<Gitignore, TreeError> {
    let path = directory.join(".gitignore");
    // Git does not follow a link here either.
    if !fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_file()) {
        return Ok(Gitignore::empty());
    }
    let mut builder = GitignoreBuilder::new(directory);
    if let Some(source) = builder.add(&path) {
        return Err(TreeError::IgnoreFile { path, source });
    }
    builder
        .build()
        .map_err(|source| TreeError::IgnoreFile { path, source })
}
