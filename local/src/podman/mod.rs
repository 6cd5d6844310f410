//! Podman, with storage, networks and settings of the session's own: nothing
//! of the user's Podman is seen or touched. Only the files of this folder
//! start processes for the session.

mod images;
mod network;
mod run;

use std::ffi::OsStr;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

pub use images::{BuildContext, ImageConfig, build_stand_in};
pub use run::{Finished, RunSpec};

use crate::Error;
use crate::state::State;

/// How often a command is tried whose network setup failed: netavark loses
/// against other users of iptables now and then.
const ATTEMPTS: usize = 3;

/// Podman on the session's state folder.
#[derive(Debug)]
pub struct Podman {
    state: State,
    driver: String,
    /// Set when the session ends: nothing new is started then.
    ended: AtomicBool,
}

impl Podman {
    /// Prepares settings, storage and the network.
    ///
    /// # Errors
    /// No Podman, no rights, or a state folder that cannot hold its storage.
    pub fn open(state: &State) -> Result<Self, Error> {
        if !nix::unistd::geteuid().is_root() {
            return Err(setup(
                "the local session needs root: run it as root (sudo), or use a Dagger engine",
            ));
        }
        let _lock = state.lock("podman")?;
        crate::state::make_folder(state.boot())?;
        forget_other_boots(state)?;
        settings(state)?;
        let tmp = state.path("tmp");
        std::fs::create_dir_all(&tmp).map_err(|source| Error::file("create", &tmp, &source))?;
        let mut podman = Podman {
            state: state.clone(),
            driver: String::new(),
            ended: AtomicBool::new(false),
        };
        podman.driver = podman.choose_driver()?;
        network::ensure(state)?;
        Ok(podman)
    }

    /// Overlay where the state folder's file system can carry it, else copies.
    fn choose_driver(&mut self) -> Result<String, Error> {
        let chosen = self.state.path("storage-driver");
        if let Ok(driver) = std::fs::read_to_string(&chosen) {
            return Ok(driver.trim().to_owned());
        }
        let mut problem = String::new();
        for driver in ["overlay", "vfs"] {
            driver.clone_into(&mut self.driver);
            let output = self.try_output(["info", "--format={{.Store.GraphDriverName}}"])?;
            if output.status.success() {
                crate::state::write_whole(&chosen, driver.as_bytes())?;
                return Ok(driver.to_owned());
            }
            problem = failure(&output);
            // A failed attempt may leave a database that names its driver.
            let _ = std::fs::remove_dir_all(self.state.path("storage"));
        }
        Err(Error::Podman {
            operation: "info".into(),
            message: problem,
        })
    }

    /// Refuses to start anything from now on.
    pub fn end(&self) {
        self.ended.store(true, Ordering::SeqCst);
    }

    /// Removes containers and mounts, so that the state folder can be removed.
    ///
    /// # Errors
    /// Podman's.
    pub fn release(&self) -> Result<(), Error> {
        self.output("rm", ["rm", "--all", "--force", "--time=0"])?;
        self.output("image unmount", ["image", "unmount", "--all", "--force"])?;
        let mounts = std::fs::read_to_string("/proc/self/mounts").unwrap_or_default();
        let root = self.state.root().display().to_string();
        // The inner ones were mounted last.
        for line in mounts.lines().rev() {
            let Some(target) = line.split(' ').nth(1) else {
                continue;
            };
            if target
                .strip_prefix(&root)
                .is_some_and(|rest| rest.starts_with('/'))
            {
                // Storage that stays mounted makes the removal fail, and say so.
                let _ = Command::new("umount").arg(target).output();
            }
        }
        Ok(())
    }

    /// A `podman` command on the session's state.
    fn command(&self) -> Command {
        let boot = self.state.boot();
        let mut command = Command::new("podman");
        command
            .env("CONTAINERS_CONF", self.state.path("containers.conf"))
            // `podman import` unpacks there; its default is in the user's own storage.
            .env("TMPDIR", self.state.path("tmp"))
            .env_remove("CONTAINER_HOST")
            .arg("--root")
            .arg(self.state.path("storage"))
            .arg("--runroot")
            .arg(boot.join("run"))
            .arg("--tmpdir")
            .arg(boot.join("tmp"))
            .arg("--network-config-dir")
            .arg(self.state.path("networks"))
            .arg("--storage-driver")
            .arg(&self.driver)
            .stdin(Stdio::null());
        command
    }

    fn try_output<S: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = S>,
    ) -> Result<Output, Error> {
        self.command().args(arguments).output().map_err(unstartable)
    }

    /// Runs a command and gives what it wrote to stdout, trimmed.
    ///
    /// # Errors
    /// The last line of what Podman wrote to stderr.
    pub fn output<S: AsRef<OsStr>>(
        &self,
        operation: &str,
        arguments: impl IntoIterator<Item = S>,
    ) -> Result<String, Error> {
        self.checked(operation, self.command().args(arguments))
    }

    fn checked(&self, operation: &str, command: &mut Command) -> Result<String, Error> {
        let mut last = String::new();
        for _ in 0..ATTEMPTS {
            self.may_start()?;
            let output = command.output().map_err(unstartable)?;
            if output.status.success() {
                return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
            }
            last = failure(&output);
            if !last.contains("netavark") {
                break;
            }
        }
        Err(Error::Podman {
            operation: operation.to_owned(),
            message: last,
        })
    }

    /// Whether the session still runs.
    ///
    /// # Errors
    /// It has ended.
    pub fn may_start(&self) -> Result<(), Error> {
        match self.ended.load(Ordering::SeqCst) {
            true => Err(Error::Podman {
                operation: "run".into(),
                message: "the session has ended".into(),
            }),
            false => Ok(()),
        }
    }
}

/// What a child is given on its stdin, from a thread of its own: the child may
/// write before it has read everything.
fn feed(child: &mut std::process::Child, input: Option<Vec<u8>>) {
    if let (Some(mut pipe), Some(input)) = (child.stdin.take(), input) {
        // A child that reads no further is no failure of ours.
        std::thread::spawn(move || pipe.write_all(&input));
    }
}

/// The line of Podman's stderr that says what went wrong.
fn failure(output: &Output) -> String {
    reason(&String::from_utf8_lossy(&output.stderr))
}

/// The last `Error:` line, or the last line at all.
pub fn reason(stderr: &str) -> String {
    let lines = || stderr.lines().rev().filter(|line| !line.trim().is_empty());
    let line = lines()
        .find(|line| line.starts_with("Error:"))
        .or_else(|| lines().next())
        .unwrap_or("it failed without a word");
    line.trim_start_matches("Error:").trim().to_owned()
}

fn unstartable(error: io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::NotFound => setup(
            "podman is missing: apt-get install podman runc netavark iptables, or use a Dagger engine",
        ),
        _ => setup(&format!("cannot start podman: {error}")),
    }
}

fn setup(problem: &str) -> Error {
    Error::Setup {
        problem: problem.to_owned(),
    }
}

/// Podman's list of containers names the folders of the boot that it is from,
/// and Podman refuses it with any others. Nothing on it runs after a reboot.
fn forget_other_boots(state: &State) -> Result<(), Error> {
    let known = state.path("booted");
    let now = state.boot().display().to_string();
    if std::fs::read_to_string(&known).is_ok_and(|boot| boot == now) {
        return Ok(());
    }
    let list = state.path("storage/libpod/bolt_state.db");
    match std::fs::remove_file(&list) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(Error::file("remove", &list, &error));
        }
        _ => {}
    }
    crate::state::write_whole(&known, now.as_bytes())
}

/// Writes `containers.conf`.
fn settings(state: &State) -> Result<(), Error> {
    let files = limit("Max open files");
    // Podman 4.3 under runc is refused more than this, whatever its own limit is.
    let processes = limit("Max processes").min(32_768);
    // crun refuses cgroup v1 in hybrid mode, runc does not.
    let runtime = match Path::new("/sys/fs/cgroup/cgroup.controllers").exists() {
        true if !is_installed("runc") => "crun",
        _ => "runc",
    };
    // On the same file system as the storage, and gone with the state.
    let copies = state.path("copies").display().to_string();
    let text = format!(
        r#"[containers]
base_hosts_file = "none"
default_capabilities = ["CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "NET_RAW", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT", "AUDIT_WRITE"]
default_ulimits = ["nofile={files}:{files}", "nproc={processes}:{processes}"]
env = ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]
http_proxy = false
log_driver = "k8s-file"
pids_limit = 0
[engine]
runtime = "{runtime}"
cgroup_manager = "cgroupfs"
events_logger = "none"
image_copy_tmp_dir = {copies:?}
lock_type = "file"
[network]
network_backend = "netavark"
"#
    );
    crate::state::write_whole(&state.path("containers.conf"), text.as_bytes())
}

/// A hard limit of this process; a container with more cannot be started
/// without the right to raise limits.
fn limit(name: &str) -> u64 {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    limits
        .lines()
        .find_map(|line| line.strip_prefix(name))
        .and_then(|line| line.split_whitespace().nth(1)?.parse().ok())
        .unwrap_or(1_048_576)
        .min(1_048_576)
}

fn is_installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain(["/usr/sbin", "/usr/local/sbin"].map(PathBuf::from))
        .any(|folder| folder.join(program).is_file())
}

#[cfg(test)]
mod tests {
    use super::reason;

    #[test]
    fn podmans_reason_is_its_error_line() {
        assert_eq!(
            reason("time=… level=warning\nError: no such image\n"),
            "no such image"
        );
        assert_eq!(reason("first\nlast\n"), "last");
    }
}
