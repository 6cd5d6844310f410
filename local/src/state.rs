//! The state folder: where images, trees, caches and records lie, how they are
//! named, and the locks that let several sessions share one.

mod mark;

pub use mark::MADE_OUTSIDE;
mod trees;
pub use trees::seal;

use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use nix::fcntl::{Flock, FlockArg};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::Error;

/// Counts up when a record comes to mean something else: an older one of the
/// same key would be believed.
const RECORD_FORMAT: u32 = 2;

/// The folders that a session finds in its state folder.
const FOLDERS: [&str; 9] = [
    "caches", "images", "init", "locks", "networks", "records", "seals", SESSIONS, "trees",
];

/// Where sessions keep what they need for themselves, a folder each.
const SESSIONS: &str = "sessions";

/// A state folder, as one session uses it. Cheap to clone.
#[derive(Debug, Clone)]
pub struct State {
    root: Arc<PathBuf>,
    boot: Arc<PathBuf>,
    session: Arc<str>,
    /// Set when the session ends: from then on nothing is kept or started.
    ended: Arc<AtomicBool>,
    seen: Arc<trees::Seen>,
}

/// A lock among processes, held until dropped.
#[derive(Debug)]
pub struct Lock(Flock<File>);

impl Lock {
    /// Who signed the lock last.
    pub fn holder(&mut self) -> String {
        let mut name = String::new();
        // What cannot be read was signed by nobody.
        let _ = self
            .0
            .rewind()
            .and_then(|()| self.0.read_to_string(&mut name));
        name
    }

    /// Says who holds the lock, for those who take it later.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn sign(&mut self, name: &str) -> Result<(), Error> {
        self.0
            .set_len(0)
            .and_then(|()| self.0.write_all(name.as_bytes()))
            .map_err(|error| Error::file("sign", Path::new("a lock"), &error))
    }
}

impl State {
    /// Opens a state folder for a session, and makes it where there is none.
    ///
    /// # Errors
    /// A path that cannot be such a folder, or a folder of something else.
    pub fn open(root: &Path, session: &str) -> Result<Self, Error> {
        let root = mark::claim(root)?;
        for folder in FOLDERS {
            make_folder(&root.join(folder))?;
        }
        // What runs does not outlive a reboot, and Podman must not think so. It
        // lies outside of the folder: Podman takes short paths only.
        let boot_id = fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
        let mark = digest([root.as_os_str().as_encoded_bytes()]);
        let name = format!("{}-{}", &mark[..8], boot_id.get(..8).unwrap_or("unknown"));
        let boot = Path::new("/run/dagger-local").join(name);
        Ok(State {
            root: Arc::new(root),
            boot: Arc::new(boot),
            session: session.into(),
            ended: Arc::default(),
            seen: Arc::default(),
        })
    }

    /// That a folder is a state folder; nothing is made.
    ///
    /// # Errors
    /// It is one of somebody else.
    pub fn check(root: &Path) -> Result<(), Error> {
        match mark::is_marked(root) {
            true => Ok(()),
            false => Err(mark::foreign(root)),
        }
    }

    /// The folder itself, canonical.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A path in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// The folder for what ends with this boot of the machine; Podman makes it.
    pub fn boot(&self) -> &Path {
        &self.boot
    }

    /// The session's name, unique in the folder.
    pub fn session(&self) -> &str {
        &self.session
    }

    /// Keeps and starts nothing from now on.
    pub fn end(&self) {
        self.ended.store(true, Ordering::SeqCst);
    }

    /// Whether the session still runs.
    ///
    /// # Errors
    /// It has ended.
    pub fn may_go_on(&self) -> Result<(), Error> {
        match self.ended.load(Ordering::SeqCst) {
            true => Err(Error::Setup {
                problem: "the session has ended".into(),
            }),
            false => Ok(()),
        }
    }

    /// The session's own folder, on the file system of all others.
    pub fn own(&self) -> PathBuf {
        self.path(SESSIONS).join(&*self.session)
    }

    /// A temporary folder, gone with the session at the latest.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn temporary(&self) -> Result<tempfile::TempDir, Error> {
        let folder = self.own();
        make_folder(&folder)?;
        tempfile::Builder::new()
            .prefix("new-")
            .tempdir_in(&folder)
            .map_err(|error| Error::file("make a folder in", &folder, &error))
    }

    /// The sessions that have a folder of their own here.
    pub fn sessions(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path(SESSIONS)).into_iter().flatten();
        entries
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect()
    }

    /// Removes a session's own folder.
    ///
    /// # Errors
    /// Something in it cannot be removed.
    pub fn remove_folder_of(&self, session: &str) -> Result<(), Error> {
        remove_tree(&self.path(SESSIONS).join(session))
    }

    /// Removes the folder with all that sessions keep in it; what somebody
    /// else put there stays.
    ///
    /// # Errors
    /// Something cannot be removed.
    pub fn remove(&self, given: &Path) -> Result<(), Error> {
        remove_tree(&self.boot)?;
        mark::remove(&self.root, given)
    }

    /// Takes a lock among processes and threads; waits for it.
    ///
    /// # Errors
    /// The lock's file cannot be made.
    pub fn lock(&self, name: &str) -> Result<Lock, Error> {
        self.flock(name, FlockArg::LockExclusive)?
            .ok_or_else(|| Error::argument("lock", format!("{name} cannot be taken")))
    }

    /// Takes a lock together with others who share it; waits for who does not.
    ///
    /// # Errors
    /// The lock's file cannot be made.
    pub fn shared_lock(&self, name: &str) -> Result<Lock, Error> {
        self.flock(name, FlockArg::LockShared)?
            .ok_or_else(|| Error::argument("lock", format!("{name} cannot be taken")))
    }

    /// Takes a lock if nobody has it.
    ///
    /// # Errors
    /// The lock's file cannot be made.
    pub fn try_lock(&self, name: &str) -> Result<Option<Lock>, Error> {
        self.flock(name, FlockArg::LockExclusiveNonblock)
    }

    fn flock(&self, name: &str, how: FlockArg) -> Result<Option<Lock>, Error> {
        let path = self.path("locks").join(name);
        let file = File::options()
            .create(true)
            .read(true)
            .append(true)
            .open(&path)
            .map_err(|error| Error::file("open", &path, &error))?;
        Ok(Flock::lock(file, how).ok().map(Lock))
    }

    /// Reads a record; one that cannot be read counts as none.
    pub fn record<T: DeserializeOwned>(&self, kind: &str, key: &str) -> Option<T> {
        serde_json::from_slice(&fs::read(self.record_path(kind, key)).ok()?).ok()
    }

    fn record_path(&self, kind: &str, key: &str) -> PathBuf {
        self.path(kind).join(format!("{key}.{RECORD_FORMAT}.json"))
    }

    /// Writes a record, whole or not at all.
    ///
    /// # Errors
    /// It cannot be written, or the session has ended: what it made then may
    /// be only a part of what it was to be.
    pub fn keep_record<T: Serialize>(&self, kind: &str, key: &str, value: &T) -> Result<(), Error> {
        self.may_go_on()?;
        let path = self.record_path(kind, key);
        let text = serde_json::to_vec(value)
            .map_err(|error| Error::file("write", &path, &io::Error::other(error)))?;
        write_whole(&path, &text)
    }
}

/// A digest over parts; their borders count.
pub fn digest<T: AsRef<[u8]>>(parts: impl IntoIterator<Item = T>) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        let part = part.as_ref();
        digest.update((part.len() as u64).to_le_bytes());
        digest.update(part);
    }
    hex::encode(digest.finalize())
}

/// 64 hexadecimal digits that nobody can guess.
pub fn random() -> Result<String, Error> {
    let path = Path::new("/dev/urandom");
    let mut bytes = [0; 32];
    File::open(path)
        .and_then(|mut file| std::io::Read::read_exact(&mut file, &mut bytes))
        .map_err(|error| Error::file("read", path, &error))?;
    Ok(hex::encode(bytes))
}

/// Makes a folder and those above it.
///
/// # Errors
/// It cannot be made.
pub fn make_folder(path: &Path) -> Result<(), Error> {
    fs::create_dir_all(path).map_err(|error| Error::file("make the folder", path, &error))
}

/// Makes a folder that nobody else can look into.
///
/// # Errors
/// It cannot be made, or belongs to somebody else.
pub fn make_private(path: &Path) -> Result<(), Error> {
    make_folder(path)?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o700))
        .map_err(|error| Error::file("change the mode of", path, &error))
}

/// How long a folder may go on being filled while it is removed: the clean-up that Podman runs after a container's
/// end still writes to its storage then.
const SETTLES_WITHIN: Duration = Duration::from_secs(5);

/// Removes a folder or file with all that is in it; one that is not there is
/// no error. A path that does not say where it starts is refused.
///
/// # Errors
/// It cannot be removed.
pub fn remove_tree(path: &Path) -> Result<(), Error> {
    if !path.is_absolute() {
        let problem = io::Error::other("its path is not absolute");
        return Err(Error::file("remove", path, &problem));
    }
    let begun = Instant::now();
    let removed = loop {
        let removed = match fs::symlink_metadata(path) {
            Ok(found) if found.is_dir() => fs::remove_dir_all(path),
            Ok(_) => fs::remove_file(path),
            Err(error) => Err(error),
        };
        match removed {
            Err(error)
                if error.kind() == io::ErrorKind::DirectoryNotEmpty
                    && begun.elapsed() < SETTLES_WITHIN =>
            {
                std::thread::sleep(Duration::from_millis(50));
            }
            removed => break removed,
        }
    };
    match removed {
        Err(error)
            if !matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
            ) =>
        {
            Err(Error::file("remove", path, &error))
        }
        _ => Ok(()),
    }
}

/// Writes a file so that no reader ever sees half of it.
///
/// # Errors
/// It cannot be written.
pub fn write_whole(path: &Path, contents: &[u8]) -> Result<(), Error> {
    let write = || {
        let folder = path.parent().unwrap_or(Path::new("."));
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(contents)?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    };
    write().map_err(|error: io::Error| Error::file("write", path, &error))
}

#[cfg(test)]
mod tests;
