//! Builds of Dockerfiles that users wrote.

use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

use super::checked::Id;
use super::command::{Podman, feed, reason, unstartable};
use super::images::BUILDING;
use super::network::Place;
use super::run::collect;
use crate::Error;
use crate::scrub::Scrubber;

/// The time between two looks at a build.
const LOOK: Duration = Duration::from_millis(50);
/// Where the runtime of containers notes those that run.
const RUNTIME: &str = "/run/runc";

/// A Dockerfile and what it is built with.
pub struct DockerBuild {
    /// The Dockerfile's text.
    pub text: String,
    /// The folder that it copies from.
    pub context: PathBuf,
    /// Patterns of what is left out of that.
    pub ignore: String,
    /// The stage to build; the last one if empty.
    pub target: String,
    pub arguments: Vec<(String, String)>,
    /// Names that the Dockerfile uses, and the images that they mean.
    pub images: Vec<(String, Id)>,
    /// Names of secrets, and the files that hold them.
    pub secrets: Vec<(String, PathBuf)>,
}

impl Podman {
    /// Builds a Dockerfile; gives the image's ID. Lines are passed on as they
    /// come.
    ///
    /// # Errors
    /// Podman's reason, with what the build wrote last.
    pub fn build_dockerfile(
        &self,
        build: &DockerBuild,
        scrubber: &Scrubber,
        on_line: &(dyn Fn(&str) + Sync),
    ) -> Result<Id, Error> {
        self.may_start()?;
        // Whoever sweeps up after killed builds must not take this one for such.
        let building = self.state.shared_lock(BUILDING)?;
        let scratch = self.state.temporary()?;
        let ids = scratch.path().join("id");
        let ignore = scratch.path().join("ignore");
        crate::state::write_whole(&ignore, build.ignore.as_bytes())?;
        crate::state::make_folder(Path::new(RUNTIME))?;
        let place = self.place(&[])?;
        let mut podman = self.command();
        podman
            .args(build.arguments(&place))
            .arg(format!("--iidfile={}", ids.display()))
            .arg(format!("--ignorefile={}", ignore.display()))
            .args(["--file", "-"])
            .arg(&build.context);
        let mut command = enclosed(&podman, &place);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().map_err(unstartable)?;
        feed(&mut child, Some(build.text.as_bytes().to_vec()));
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        let (status, stdout, stderr) = std::thread::scope(|scope| {
            let stdout = scope.spawn(|| collect(stdout, scrubber, on_line));
            let stderr = scope.spawn(|| collect(stderr, scrubber, on_line));
            let status = self.awaited(&mut child);
            let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
            (
                status,
                text(stdout.join().unwrap_or_default()),
                text(stderr.join().unwrap_or_default()),
            )
        });
        if self.may_start().is_err() {
            drop(building);
            if let Some(_nobody) = self.state.try_lock(BUILDING)? {
                self.remove_builds()?;
            }
        }
        if !status?.success() {
            return Err(Error::Podman {
                operation: "build".into(),
                message: problem(&stdout, &stderr),
            });
        }
        self.may_start()?;
        Id::said("build", &std::fs::read_to_string(&ids).unwrap_or_default())
    }

    /// Waits for a build; when the session ends, so does it.
    fn awaited(&self, child: &mut Child) -> Result<ExitStatus, Error> {
        loop {
            if let Some(status) = child.try_wait().map_err(unstartable)? {
                return Ok(status);
            }
            if let Err(ended) = self.may_start() {
                // All of it goes with its first process.
                let _ = killpg(Pid::from_raw(child.id().cast_signed()), Signal::SIGKILL);
                let _ = child.wait();
                return Err(ended);
            }
            std::thread::sleep(LOOK);
        }
    }
}

/// Podman in namespaces of its own, so that whatever a build runs ends with it,
/// and it with this thread. All of it, downloads of `ADD` among them, is in the
/// network of the session's containers.
fn enclosed(podman: &Command, place: &Place) -> Command {
    let mut command = Command::new("nsenter");
    command
        .arg(format!("--net={}", place.path()))
        .args(["setpriv", "--pdeathsig=KILL", "--"])
        .args(["unshare", "--pid", "--fork", "--kill-child", "--mount-proc"])
        // What the runtime notes of the commands' containers goes, too.
        .args([
            "--",
            "sh",
            "-c",
            r#"mount -t tmpfs none "$0" && exec "$@""#,
            RUNTIME,
        ])
        .arg(podman.get_program())
        .args(podman.get_args())
        .process_group(0);
    for (name, value) in podman.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command
}

impl DockerBuild {
    fn arguments(&self, place: &Place) -> Vec<String> {
        let mut arguments: Vec<String> = [
            "build",
            // Docker's format has what OCI's drops: health checks, shells.
            "--format=docker",
            "--layers=false",
            "--force-rm",
            // Every image that it needs is there.
            "--pull=never",
        ]
        .map(str::to_owned)
        .into();
        // That is the place's: Podman itself is in it.
        arguments.push("--network=host".into());
        if let Some(server) = place.nameserver() {
            arguments.push(format!("--dns={server}"));
        }
        if !self.target.is_empty() {
            arguments.push(format!("--target={}", self.target));
        }
        for (name, value) in &self.arguments {
            arguments.push(format!("--build-arg={name}={value}"));
        }
        for (name, image) in &self.images {
            arguments.push(format!("--build-context={name}=container-image://{image}"));
        }
        for (name, path) in &self.secrets {
            arguments.push(format!("--secret=id={name},src={}", path.display()));
        }
        arguments
    }
}

/// How many lines of a failed build its error shows.
const LAST: usize = 20;

/// Podman's reason, and the last lines of what the commands wrote.
fn problem(stdout: &str, stderr: &str) -> String {
    let reason = reason(stderr);
    let said: Vec<_> = [stdout, stderr]
        .iter()
        .flat_map(|text| text.lines())
        .filter(|line| !line.trim().is_empty() && !line.starts_with("Error:"))
        .collect();
    let last = &said[said.len().saturating_sub(LAST)..];
    match last.is_empty() {
        true => reason,
        false => format!("{reason}; its last lines:\n{}", last.join("\n")),
    }
}
