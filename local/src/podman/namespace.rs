//! Network namespaces without a name: nothing of the host leads into one, and
//! the kernel removes it when its last process and its holder are gone, however
//! they ended.

use std::fs::File;
use std::io::{self, Write as _};
use std::net::Ipv4Addr;
use std::os::fd::AsRawFd as _;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use nix::sched::{CloneFlags, setns, unshare};

use crate::Error;

/// A network namespace, held until dropped.
#[derive(Debug)]
pub struct Namespace(File);

impl Namespace {
    /// A new one, with nothing in it.
    ///
    /// # Errors
    /// The kernel's.
    pub fn new() -> io::Result<Self> {
        // A namespace belongs to a thread: this one is left in it and ends.
        on_a_thread(|| {
            unshare(CloneFlags::CLONE_NEWNET)?;
            File::open("/proc/thread-self/ns/net").map(Namespace)
        })
    }

    /// The path that other processes find it by.
    pub fn path(&self) -> String {
        // As /proc counts, which may be another namespace's than our own.
        let process = std::fs::read_link("/proc/self").unwrap_or_default();
        format!("/proc/{}/fd/{}", process.display(), self.0.as_raw_fd())
    }

    /// Does something in it.
    ///
    /// # Errors
    /// Those of `work`, or the kernel's.
    pub fn within<T: Send>(&self, work: impl FnOnce() -> io::Result<T> + Send) -> io::Result<T> {
        on_a_thread(|| {
            setns(&self.0, CloneFlags::CLONE_NEWNET)?;
            work()
        })
    }

    /// Runs lines of `ip` in it, up to the first that fails.
    ///
    /// # Errors
    /// What `ip` said.
    pub fn ip(&self, lines: &[String]) -> Result<(), Error> {
        self.run_ip(&["-batch", "-"], lines)
    }

    /// Runs lines of `ip` in it, each whatever became of the ones before.
    pub fn ip_each(&self, lines: &[String]) {
        // Called where what cannot be undone goes with the namespace.
        let _ = self.run_ip(&["-force", "-batch", "-"], lines);
    }

    fn run_ip(&self, arguments: &[&str], lines: &[String]) -> Result<(), Error> {
        let mut command = Command::new("ip");
        command
            .args(arguments)
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let ran = self.within(|| {
            let mut child = command.spawn()?;
            if let Some(mut stdin) = child.stdin.take() {
                stdin.write_all(format!("{}\n", lines.join("\n")).as_bytes())?;
            }
            child.wait_with_output()
        });
        match ran {
            Ok(output) if output.status.success() => Ok(()),
            Ok(output) => Err(failed(String::from_utf8_lossy(&output.stderr).trim())),
            Err(error) => Err(failed(&error.to_string())),
        }
    }

    /// Sets values below `/proc/sys/net`, which are the namespace's own. One
    /// that the kernel does not have needs no setting.
    ///
    /// # Errors
    /// A value that is refused.
    pub fn set(&self, values: &[(&str, &str)]) -> Result<(), Error> {
        self.within(|| {
            for (name, value) in values {
                match std::fs::write(Path::new("/proc/sys/net").join(name), value) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                    _ => {}
                }
            }
            Ok(())
        })
        .map_err(|error| failed(&format!("its settings: {error}")))
    }
}

fn on_a_thread<T: Send>(work: impl FnOnce() -> io::Result<T> + Send) -> io::Result<T> {
    std::thread::scope(|scope| {
        std::thread::Builder::new()
            .spawn_scoped(scope, work)?
            .join()
            .unwrap_or_else(|_| Err(io::Error::other("a thread broke down")))
    })
}

/// The error of a network that cannot be made.
pub fn failed(problem: &str) -> Error {
    Error::Setup {
        problem: format!("the network of containers cannot be set up: {problem}"),
    }
}

/// The line of `ip` that leads to an address.
pub fn route(address: Ipv4Addr, rest: &str) -> String {
    format!("route add {address}/32 {rest}")
}
