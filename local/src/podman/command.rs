//! The program `podman`, on the storage and with the settings of a session.

use std::ffi::OsStr;
use std::io::{self, Write};
use std::os::unix::process::CommandExt as _;
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Mutex};

use super::network::{self, Place};
use super::outside;
use super::registry::Registries;
use super::settings;
use crate::Error;
use crate::state::{State, make_private};
use crate::sync::locked;

/// Podman on the session's state folder.
#[derive(Debug)]
pub struct Podman {
    pub(super) state: State,
    driver: String,
    /// Where containers meet, made with the first of them.
    hub: Mutex<Option<Arc<network::Hub>>>,
    pub(super) registries: Registries,
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
        // Podman keeps the settings of running containers there, secrets among them.
        state.boot().parent().map_or(Ok(()), make_private)?;
        make_private(state.boot())?;
        forget_other_boots(state)?;
        settings::write(state)?;
        outside::remember(state)?;
        let mut podman = Podman {
            state: state.clone(),
            driver: String::new(),
            hub: Mutex::default(),
            registries: Registries::default(),
        };
        podman.driver = podman.choose_driver()?;
        Ok(podman)
    }

    /// A place in the session's network for a new container.
    ///
    /// # Errors
    /// A network that cannot be set up.
    pub fn place(&self, services: &[&Place]) -> Result<Place, Error> {
        self.may_start()?;
        let hub = {
            let mut hub = locked(&self.hub);
            match hub.as_ref() {
                Some(hub) => hub.clone(),
                None => {
                    let name = format!("{}\n{}", self.state.root().display(), self.state.session());
                    hub.insert(Arc::new(network::Hub::new(&name)?)).clone()
                }
            }
        };
        hub.place(services)
    }

    /// Gives up the session's network; it is gone with the last place in it.
    pub fn leave_network(&self) {
        drop(locked(&self.hub).take());
    }

    /// Overlay where the state folder's file system can carry it, else copies.
    fn choose_driver(&mut self) -> Result<String, Error> {
        let chosen = self.state.path("storage-driver");
        if let Ok(driver) = std::fs::read_to_string(&chosen) {
            settings::write_storage(&self.state, driver.trim())?;
            return Ok(driver.trim().to_owned());
        }
        let mut problem = String::new();
        for driver in ["overlay", "vfs"] {
            settings::write_storage(&self.state, driver)?;
            driver.clone_into(&mut self.driver);
            let output = self.try_output(["info", "--format={{.Store.GraphDriverName}}"])?;
            if output.status.success() {
                crate::state::write_whole(&chosen, driver.as_bytes())?;
                return Ok(driver.to_owned());
            }
            problem = failure(&output);
            // A failed attempt may leave a database that names its driver.
            crate::state::remove_tree(&self.state.path("storage"))?;
        }
        Err(Error::Podman {
            operation: "info".into(),
            message: problem,
        })
    }

    /// A `podman` command on the session's state.
    pub(super) fn command(&self) -> Command {
        let boot = self.state.boot();
        let own = self.state.own();
        let mut command = Command::new("podman");
        command
            // Signals to this process's group are this process's alone.
            .process_group(0)
            .env("CONTAINERS_CONF", own.join(settings::ENGINE))
            .env("CONTAINERS_STORAGE_CONF", own.join(settings::STORAGE))
            .env("HOME", own.join(settings::HOME))
            .env_remove("XDG_CONFIG_HOME")
            .env_remove("DOCKER_CONFIG")
            .envs(settings::logins())
            // `podman import` unpacks there; its default is in the user's own storage.
            .env("TMPDIR", own.join(settings::SCRATCH))
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

    pub(super) fn try_output<S: AsRef<OsStr>>(
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

    pub(super) fn checked(&self, operation: &str, command: &mut Command) -> Result<String, Error> {
        self.may_start()?;
        let output = command.output().map_err(unstartable)?;
        // What was begun before the end may have been ended with it.
        self.may_start()?;
        match output.status.success() {
            true => Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned()),
            false => Err(Error::Podman {
                operation: operation.to_owned(),
                message: failure(&output),
            }),
        }
    }

    /// Whether the session still runs.
    ///
    /// # Errors
    /// It has ended.
    pub fn may_start(&self) -> Result<(), Error> {
        self.state.may_go_on()
    }
}

/// What a child is given on its stdin, from a thread of its own: the child may
/// write before it has read everything.
pub(super) fn feed(child: &mut std::process::Child, input: Option<Vec<u8>>) {
    if let (Some(mut pipe), Some(input)) = (child.stdin.take(), input) {
        // A child that reads no further is no failure of ours.
        std::thread::spawn(move || pipe.write_all(&input));
    }
}

/// The line of Podman's stderr that says what went wrong.
pub(super) fn failure(output: &Output) -> String {
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

pub(super) fn unstartable(error: io::Error) -> Error {
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
