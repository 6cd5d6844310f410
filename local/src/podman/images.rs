//! Images: looked up, pulled, imported, built, committed and read.

use std::collections::BTreeMap;
use std::net::{TcpStream, ToSocketAddrs};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use serde::Deserialize;

use super::{Podman, feed, reason, unstartable};
use crate::Error;

/// How long a registry may take to answer before it counts as out of reach.
const REACHABLE: Duration = Duration::from_secs(3);

/// A folder that a build copies from, under the name its Containerfile uses.
#[derive(Debug, Clone, PartialEq)]
pub struct BuildContext {
    pub name: String,
    pub path: PathBuf,
}

/// What an image says about the containers made of it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct ImageConfig {
    pub user: Option<String>,
    pub env: Option<Vec<String>>,
    pub entrypoint: Option<Vec<String>>,
    pub cmd: Option<Vec<String>>,
    pub working_dir: Option<String>,
    pub labels: Option<BTreeMap<String, String>>,
    pub exposed_ports: Option<BTreeMap<String, serde_json::Value>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Inspected {
    id: String,
    #[serde(default)]
    digest: String,
    #[serde(default)]
    config: Option<ImageConfig>,
}

/// An image's files, mounted read-only until dropped.
#[derive(Debug)]
pub struct Mounted<'a> {
    podman: &'a Podman,
    image: String,
    pub path: PathBuf,
}

impl Drop for Mounted<'_> {
    fn drop(&mut self) {
        // A mount that stays is undone by the kernel at the next boot.
        let _ = self.podman.try_output(["image", "unmount", &self.image]);
    }
}

impl Podman {
    /// An image of the session's storage: its ID, digest and configuration.
    pub fn find_image(&self, reference: &str) -> Option<(String, String, ImageConfig)> {
        let text = self
            .output("image inspect", ["image", "inspect", reference])
            .ok()?;
        let inspected: Vec<Inspected> = serde_json::from_str(&text).ok()?;
        let image = inspected.into_iter().next()?;
        Some((image.id, image.digest, image.config.unwrap_or_default()))
    }

    /// Pulls an image.
    ///
    /// # Errors
    /// Podman's reason, or that the registry is out of reach.
    pub fn pull(&self, reference: &str, auth_file: Option<&Path>) -> Result<(), Error> {
        let refused = |problem: String| Error::Image {
            reference: reference.to_owned(),
            problem,
        };
        let host = registry(reference);
        let has_proxy = ["HTTPS_PROXY", "https_proxy"]
            .iter()
            .any(|name| std::env::var_os(name).is_some());
        if !has_proxy && !is_reachable(host) {
            return Err(refused(format!("the registry {host} cannot be reached")));
        }
        let mut arguments = vec!["pull".to_owned(), "--quiet".into()];
        if let Some(file) = auth_file {
            arguments.push(format!("--authfile={}", file.display()));
        }
        arguments.push(reference.to_owned());
        self.output("pull", arguments)
            .map(|_| ())
            .map_err(|error| match error {
                Error::Podman { message, .. } => refused(message),
                other => other,
            })
    }

    /// Makes an image of a root file system; `changes` are Containerfile lines.
    ///
    /// # Errors
    /// Podman's.
    pub fn import(&self, archive: &Path, changes: &[String], reference: &str) -> Result<(), Error> {
        let mut arguments = vec!["import".to_owned(), "--quiet".into()];
        arguments.extend(changes.iter().map(|change| format!("--change={change}")));
        arguments.push(archive.display().to_string());
        arguments.push(reference.to_owned());
        self.output("import", arguments).map(|_| ())
    }

    /// Builds the last stage of a Containerfile; gives the image's ID.
    ///
    /// # Errors
    /// Podman's.
    pub fn build(&self, containerfile: &str, contexts: &[BuildContext]) -> Result<String, Error> {
        self.may_start()?;
        let scratch = self.state.temporary()?;
        let ids = scratch.path().join("id");
        let empty = scratch.path().join("context");
        crate::state::make_folder(&empty)?;
        let mut command = self.command();
        command
            .args([
                "build",
                "--quiet",
                "--layers=false",
                "--network=none",
                "--pull=never",
            ])
            .arg(format!("--iidfile={}", ids.display()));
        for context in contexts {
            command.arg(format!(
                "--build-context={}={}",
                context.name,
                context.path.display()
            ));
        }
        command
            .args(["--file", "-"])
            .arg(&empty)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let mut child = command.spawn().map_err(unstartable)?;
        feed(&mut child, Some(containerfile.as_bytes().to_vec()));
        let output = child.wait_with_output().map_err(unstartable)?;
        if !output.status.success() {
            return Err(Error::Podman {
                operation: "build".into(),
                message: reason(&String::from_utf8_lossy(&output.stderr)),
            });
        }
        let id =
            std::fs::read_to_string(&ids).map_err(|error| Error::file("read", &ids, &error))?;
        Ok(id.trim().trim_start_matches("sha256:").to_owned())
    }

    /// An image with the files of another, owners and modes kept, and nothing
    /// else of it; gives its ID.
    ///
    /// # Errors
    /// Podman's.
    pub fn bare(&self, image: &str) -> Result<String, Error> {
        let container = self.output(
            "create",
            ["create", "--pull=never", "--network=none", image, "bare"],
        )?;
        let scratch = self.state.temporary()?;
        let archive = scratch.path().join("root.tar").display().to_string();
        let output = format!("--output={archive}");
        let bare = self
            .output("export", ["export", &output, &container])
            .and_then(|_| self.output("import", ["import", "--quiet", &archive]));
        self.remove(&container);
        Ok(bare?.trim_start_matches("sha256:").to_owned())
    }

    /// Makes an image of a container that has ended; gives the image's ID.
    ///
    /// # Errors
    /// Podman's.
    pub fn commit(&self, container: &str) -> Result<String, Error> {
        self.output("commit", ["commit", "--quiet", container])
    }

    /// Changes an image's files in place of a build, for what a build cannot
    /// do without a program inside of the image; gives the new image's ID.
    ///
    /// # Errors
    /// Podman's, or those of `edit`.
    pub fn edit(
        &self,
        image: &str,
        edit: impl FnOnce(&Path) -> Result<(), Error>,
    ) -> Result<String, Error> {
        let container = self.output(
            "create",
            ["create", "--pull=never", "--network=none", image, "edit"],
        )?;
        let edited = self
            .output("mount", ["mount", &container])
            .and_then(|path| edit(Path::new(&path)))
            .and_then(|()| self.commit(&container));
        self.remove(&container);
        edited
    }

    /// Makes the files of a container visible, until it is removed.
    ///
    /// # Errors
    /// Podman's.
    pub fn mount_container(&self, container: &str) -> Result<PathBuf, Error> {
        Ok(self.output("mount", ["mount", container])?.into())
    }

    /// Mounts an image's files, read-only.
    ///
    /// # Errors
    /// Podman's.
    pub fn mount(&self, image: &str) -> Result<Mounted<'_>, Error> {
        let path = self.output("image mount", ["image", "mount", image])?;
        Ok(Mounted {
            podman: self,
            image: image.to_owned(),
            path: path.into(),
        })
    }

    /// Writes an image as an archive: `oci-archive` or `docker-archive`.
    ///
    /// # Errors
    /// Podman's.
    pub fn save(&self, image: &str, format: &str, target: &Path) -> Result<(), Error> {
        let format = format!("--format={format}");
        let target = format!("--output={}", target.display());
        self.output("save", ["save", "--quiet", &format, &target, image])
            .map(|_| ())
    }

    /// Reads an image archive; gives the image's ID.
    ///
    /// # Errors
    /// Podman's.
    pub fn load(&self, archive: &Path) -> Result<String, Error> {
        let source = format!("oci-archive:{}", archive.display());
        self.output("pull", ["pull", "--quiet", &source])
            .or_else(|_| {
                let source = format!("docker-archive:{}", archive.display());
                self.output("pull", ["pull", "--quiet", &source])
            })
    }

    /// Pushes an image; gives the digest that the registry has it under.
    ///
    /// # Errors
    /// Podman's.
    pub fn push(
        &self,
        image: &str,
        address: &str,
        auth_file: Option<&Path>,
    ) -> Result<String, Error> {
        let scratch = self.state.temporary()?;
        let file = scratch.path().join("digest");
        let mut arguments = vec![
            "push".to_owned(),
            "--quiet".into(),
            format!("--digestfile={}", file.display()),
        ];
        if let Some(auth) = auth_file {
            arguments.push(format!("--authfile={}", auth.display()));
        }
        arguments.extend([image.to_owned(), format!("docker://{address}")]);
        self.output("push", arguments)?;
        std::fs::read_to_string(&file)
            .map(|digest| digest.trim().to_owned())
            .map_err(|error| Error::file("read", &file, &error))
    }
}

/// Builds the stand-in of an image into a folder, where one is given; `false`
/// without a recipe.
///
/// # Errors
/// What the recipe says.
pub fn build_stand_in(
    builder: &Path,
    image: &str,
    folder: Option<&Path>,
    podman: &Podman,
) -> Result<bool, Error> {
    podman.may_start()?;
    let unstartable = |error: std::io::Error| Error::file("start", builder, &error);
    let mut child = std::process::Command::new(builder)
        .arg(image)
        .args(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        // A group of its own: what the recipe starts ends with it.
        .process_group(0)
        .spawn()
        .map_err(unstartable)?;
    let group = nix::unistd::Pid::from_raw(i32::try_from(child.id()).unwrap_or_default());
    let stderr = child.stderr.take();
    let reader = std::thread::spawn(move || super::run::collect(stderr, &|_| {}));
    let status = loop {
        if let Some(status) = child.try_wait().map_err(unstartable)? {
            break status;
        }
        if podman.may_start().is_err() {
            // It may have ended by itself just now.
            let _ = nix::sys::signal::killpg(group, nix::sys::signal::Signal::SIGTERM);
            break child.wait().map_err(unstartable)?;
        }
        std::thread::sleep(Duration::from_millis(50));
    };
    podman.may_start()?;
    let stderr = reader.join().unwrap_or_default();
    match status.code() {
        Some(0) => Ok(true),
        Some(3) => Ok(false),
        _ => {
            let text = String::from_utf8_lossy(&stderr);
            let line = text.lines().rev().find(|line| !line.trim().is_empty());
            Err(Error::Image {
                reference: image.to_owned(),
                problem: format!(
                    "its stand-in: {}",
                    line.unwrap_or("it failed without a word")
                ),
            })
        }
    }
}

/// The host that a pull asks.
fn registry(reference: &str) -> &str {
    match reference.split_once('/') {
        Some(("docker.io" | "index.docker.io", _)) | None => "registry-1.docker.io",
        Some((host, _)) if host.contains(['.', ':']) || host == "localhost" => host,
        Some(_) => "registry-1.docker.io",
    }
}

fn is_reachable(host: &str) -> bool {
    let host = match host.contains(':') {
        true => host.to_owned(),
        false => format!("{host}:443"),
    };
    // Looking up a name has no time limit of its own.
    let (send, receive) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let reached = host.to_socket_addrs().is_ok_and(|mut addresses| {
            addresses.any(|address| TcpStream::connect_timeout(&address, REACHABLE).is_ok())
        });
        // Nobody waits any more where this took too long.
        let _ = send.send(reached);
    });
    receive.recv_timeout(REACHABLE).unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_without_a_host_is_docker_hubs() {
        for reference in [
            "ubuntu",
            "ubuntu:24.04",
            "library/ubuntu",
            "docker.io/library/ubuntu",
        ] {
            assert_eq!(registry(reference), "registry-1.docker.io", "{reference}");
        }
        assert_eq!(registry("quay.io/x/y"), "quay.io");
        assert_eq!(registry("localhost:5000/x"), "localhost:5000");
    }
}
