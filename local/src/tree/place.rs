//! Puts single entries where they belong: on the host whole or not at all, and never through a link.

use std::fs::{self, File, Metadata};
use std::io as std_io;
use std::os::unix::fs::{
    MetadataExt, OpenOptionsExt as _, PermissionsExt, fchown, lchown, symlink,
};
use std::path::{Path, PathBuf};

use nix::fcntl::AT_FDCWD;
use nix::sys::stat::{UtimensatFlags, utimensat};
use nix::sys::time::TimeSpec;

use super::contents::{self, Blocks};
use super::error::{TreeError, io};
use super::many;
use super::walk::{Entry, Kind, existing};

/// Prefix of the files that are written before they take their names.
const TEMPORARY_PREFIX: &str = ".dagger-local-";

/// How entries are placed.
#[derive(Clone, Copy)]
pub(super) struct Placement {
    /// Give entries their owners. Without the right to do so they stay the caller's.
    pub owners: bool,
    /// Give directories the times that they had.
    pub directory_times: bool,
    /// Let a directory that holds something give way to a file or a link.
    pub replace_directories: bool,
    /// Write new files under their own names: nobody looks before all are there.
    pub in_place: bool,
    /// The bits of modes that are kept.
    pub modes: u32,
}

impl Placement {
    /// Between folders of the session: all of it.
    pub const COPY: Placement = Placement {
        owners: true,
        directory_times: true,
        replace_directories: true,
        in_place: true,
        modes: 0o7777,
    };
    /// Onto the host: files become the user's, and no directory is lost. A program that
    /// a container made must not run there with its owner's rights: set-user-ID and
    /// set-group-ID are dropped.
    pub const EXPORT: Placement = Placement {
        owners: false,
        directory_times: false,
        replace_directories: false,
        in_place: false,
        modes: 0o1777,
    };

    /// Places `entries` (parents first) below the directory `target`.
    pub fn place_all<'a>(
        self,
        entries: impl IntoIterator<Item = &'a Entry>,
        target: &Path,
    ) -> Result<(), TreeError> {
        let mut directories: Vec<(&Entry, PathBuf)> = Vec::new();
        let mut inside: Vec<(&Entry, PathBuf)> = Vec::new();
        for entry in entries {
            let destination = target.join(&entry.relative);
            if entry.is_directory() {
                self.open_directory(entry, &destination)?;
                directories.push((entry, destination));
            } else {
                inside.push((entry, destination));
            }
        }
        many::each(&inside, |(entry, destination)| match entry.kind {
            Kind::Symlink => self.link(entry, destination),
            _ => self.file(entry, destination),
        })?;
        // Last, because a mode may forbid writing and writing changes the times.
        for (entry, destination) in directories.iter().rev() {
            self.owner(&entry.metadata, destination)?;
            mode(self.mode(entry), destination)?;
            if self.directory_times {
                times(&entry.metadata, destination)?;
            }
        }
        Ok(())
    }

    /// Makes a directory that can be written to until it gets its own mode.
    fn open_directory(self, entry: &Entry, destination: &Path) -> Result<(), TreeError> {
        match existing(destination)? {
            Some(metadata) if metadata.is_dir() => {}
            Some(_) => {
                fs::remove_file(destination).map_err(io("replace", destination))?;
                fs::create_dir(destination).map_err(io("create directory", destination))?;
            }
            None => {
                fs::create_dir(destination).map_err(io("create directory", destination))?;
                self.adopt(destination, destination)?;
            }
        }
        mode(self.mode(entry) | 0o700, destination)
    }

    /// Whether an entry stands at its place already.
    pub fn is_placed(self, entry: &Entry, old: &Entry) -> Result<bool, TreeError> {
        Ok(old.mode() == self.mode(entry) && same_but_for_mode(old, entry)?)
    }

    /// The mode that an entry gets.
    fn mode(self, entry: &Entry) -> u32 {
        entry.mode() & self.modes
    }

    /// Places one file.
    pub fn file(self, entry: &Entry, destination: &Path) -> Result<(), TreeError> {
        if self.in_place && self.new_file(entry, destination)? {
            return Ok(());
        }
        self.make_way(destination)?;
        let directory = parent_of(destination);
        let mut temporary = tempfile::Builder::new()
            .prefix(TEMPORARY_PREFIX)
            .tempfile_in(directory)
            .map_err(io("write into", directory))?;
        let mut source = File::open(&entry.path).map_err(io("read", &entry.path))?;
        contents::copy(&mut source, temporary.as_file_mut()).map_err(io("write", destination))?;
        // The owner first: changing it clears set-user-ID.
        self.owner(&entry.metadata, temporary.path())?;
        self.adopt(temporary.path(), destination)?;
        mode(self.mode(entry), temporary.path())?;
        times(&entry.metadata, temporary.path())?;
        temporary
            .persist(destination)
            .map_err(|error| io("write", destination)(error.error))?;
        Ok(())
    }

    /// Places a file where nothing is; says whether that was so.
    fn new_file(self, entry: &Entry, destination: &Path) -> Result<bool, TreeError> {
        let opened = fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(destination);
        let mut file = match opened {
            Ok(file) => file,
            Err(error) if error.kind() == std_io::ErrorKind::AlreadyExists => return Ok(false),
            Err(error) => return Err(io("write", destination)(error)),
        };
        let mut source = File::open(&entry.path).map_err(io("read", &entry.path))?;
        contents::copy(&mut source, &mut file).map_err(io("write", destination))?;
        let metadata = &entry.metadata;
        let given = fchown(&file, Some(metadata.uid()), Some(metadata.gid()));
        unless_forbidden(given, destination)?;
        file.set_permissions(fs::Permissions::from_mode(self.mode(entry)))
            .map_err(io("change the mode of", destination))?;
        let time = metadata.modified().map_err(io("read", &entry.path))?;
        file.set_times(fs::FileTimes::new().set_accessed(time).set_modified(time))
            .map_err(io("change the time of", destination))?;
        Ok(true)
    }

    fn link(self, entry: &Entry, destination: &Path) -> Result<(), TreeError> {
        self.make_way(destination)?;
        let leads_to = fs::read_link(&entry.path).map_err(io("read link", &entry.path))?;
        let directory = parent_of(destination);
        let temporary = tempfile::Builder::new()
            .prefix(TEMPORARY_PREFIX)
            .make_in(directory, |path| symlink(&leads_to, path))
            .map_err(io("write into", directory))?;
        self.owner(&entry.metadata, temporary.path())?;
        self.adopt(temporary.path(), destination)?;
        times(&entry.metadata, temporary.path())?;
        temporary
            .persist(destination)
            .map_err(|error| io("write", destination)(error.error))?;
        Ok(())
    }

    /// Removes a directory that stands where a file or a link will be.
    fn make_way(self, destination: &Path) -> Result<(), TreeError> {
        if !existing(destination)?.is_some_and(|metadata| metadata.is_dir()) {
            return Ok(());
        }
        if self.replace_directories {
            return remove_directory(destination).map_err(io("replace", destination));
        }
        fs::remove_dir(destination).map_err(|error| {
            if error.kind() == std_io::ErrorKind::DirectoryNotEmpty {
                TreeError::DirectoryInTheWay {
                    path: destination.to_path_buf(),
                }
            } else {
                io("replace", destination)(error)
            }
        })
    }

    /// Gives what is new at `path` to whoever owns what it replaces, or else the
    /// directory that it goes into: an export by root, as with sudo, leaves a
    /// user's folder the user's.
    fn adopt(self, path: &Path, destination: &Path) -> Result<(), TreeError> {
        if self.owners {
            return Ok(());
        }
        let replaced = match path == destination {
            true => None,
            false => existing(destination)?,
        };
        let owner = match replaced {
            Some(metadata) => metadata,
            None => {
                let directory = parent_of(destination);
                fs::metadata(directory).map_err(io("read", directory))?
            }
        };
        give(path, &owner)
    }

    fn owner(self, metadata: &Metadata, path: &Path) -> Result<(), TreeError> {
        if !self.owners {
            return Ok(());
        }
        give(path, metadata)
    }
}

/// Gives an entry to the owner of another one.
fn give(path: &Path, metadata: &Metadata) -> Result<(), TreeError> {
    let given = lchown(path, Some(metadata.uid()), Some(metadata.gid()));
    unless_forbidden(given, path)
}

/// Only root may give files away.
fn unless_forbidden(given: std_io::Result<()>, path: &Path) -> Result<(), TreeError> {
    match given {
        Err(error) if error.kind() == std_io::ErrorKind::PermissionDenied => Ok(()),
        result => result.map_err(io("change the owner of", path)),
    }
}

/// Removes a directory of the caller with all it holds, closed directories included.
fn remove_directory(directory: &Path) -> std_io::Result<()> {
    match fs::remove_dir_all(directory) {
        Err(error) if error.kind() == std_io::ErrorKind::PermissionDenied => {
            open_directories(directory)?;
            fs::remove_dir_all(directory)
        }
        result => result,
    }
}

/// Lets the caller write into a directory and all directories below it.
fn open_directories(directory: &Path) -> std_io::Result<()> {
    fs::set_permissions(directory, fs::Permissions::from_mode(0o700))?;
    for child in fs::read_dir(directory)? {
        let child = child?;
        if child.file_type()?.is_dir() {
            open_directories(&child.path())?;
        }
    }
    Ok(())
}

/// The directory that holds `path`.
pub(super) fn parent_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        Some(_) => Path::new("."),
        None => path,
    }
}

/// Whether two entries are the same but for times and owners.
pub(super) fn same(one: &Entry, other: &Entry) -> Result<bool, TreeError> {
    Ok(one.mode() == other.mode() && same_but_for_mode(one, other)?)
}

/// Whether two entries are the same but for modes, times and owners.
fn same_but_for_mode(one: &Entry, other: &Entry) -> Result<bool, TreeError> {
    if one.kind != other.kind {
        return Ok(false);
    }
    match one.kind {
        Kind::Directory => Ok(true),
        Kind::Symlink => {
            let read =
                |entry: &Entry| fs::read_link(&entry.path).map_err(io("read link", &entry.path));
            Ok(read(one)? == read(other)?)
        }
        Kind::File => Ok(
            one.metadata.len() == other.metadata.len() && same_contents(&one.path, &other.path)?
        ),
    }
}

fn same_contents(one: &Path, other: &Path) -> Result<bool, TreeError> {
    let open = |path: &Path| {
        let file = File::open(path).map_err(io("read", path))?;
        Ok(Blocks::of(file))
    };
    let (mut mine, mut theirs) = (open(one)?, open(other)?);
    loop {
        let block = mine.next().map_err(io("read", one))?;
        if block != theirs.next().map_err(io("read", other))? {
            return Ok(false);
        }
        if block.is_none() {
            return Ok(true);
        }
    }
}

fn mode(mode: u32, path: &Path) -> Result<(), TreeError> {
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
        .map_err(io("change the mode of", path))
}

fn times(metadata: &Metadata, path: &Path) -> Result<(), TreeError> {
    let modified = TimeSpec::new(metadata.mtime(), metadata.mtime_nsec());
    utimensat(
        AT_FDCWD,
        path,
        &modified,
        &modified,
        UtimensatFlags::NoFollowSymlink,
    )
    .map_err(|error| io("change the time of", path)(error.into()))
}
