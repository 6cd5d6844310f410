//! Images: looked up, pulled, imported, built, committed and read.

use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde::Deserialize;

use super::checked::{self, Id};
use super::command::{Podman, feed, reason, unstartable};
use super::containers::label;
use super::registry;
use crate::Error;
use crate::containerfile::Written;

/// The lock that all who make images share.
pub const BUILDING: &str = "building";

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
    id: Id,
    #[serde(default)]
    digest: String,
    #[serde(default)]
    config: Option<ImageConfig>,
}

/// An image's ID, digest and configuration.
pub type Found = (Id, String, ImageConfig);

/// An image's files, mounted read-only until dropped.
#[derive(Debug)]
pub struct Mounted<'a> {
    podman: &'a Podman,
    image: Id,
    pub path: PathBuf,
}

impl Drop for Mounted<'_> {
    fn drop(&mut self) {
        // A mount that stays is undone by the kernel at the next boot.
        let _ = self
            .podman
            .try_output(["image", "unmount", self.image.as_str()]);
    }
}

impl Podman {
    /// An image of the session's storage, if it is there and whole.
    pub fn find_image(&self, reference: &str) -> Option<Found> {
        self.inspect_image(reference).ok()
    }

    /// What is known of an image that is there.
    ///
    /// # Errors
    /// Podman's.
    pub fn inspect_image(&self, reference: &str) -> Result<Found, Error> {
        let said = self.inspected(reference);
        if half_made(&said).is_none() {
            return said;
        }
        // Podman looks for an image's parents, and fails at one that was cut
        // off. While nobody makes images, whatever is half made stays so.
        let _nobody = self.state.lock(BUILDING)?;
        let mut removed = BTreeSet::new();
        loop {
            let said = self.inspected(reference);
            match half_made(&said) {
                Some(image) if removed.insert(image.clone()) => {
                    self.output("rmi", ["rmi", "--force", image.as_str()])?;
                }
                _ => return said,
            }
        }
    }

    fn inspected(&self, reference: &str) -> Result<Found, Error> {
        const OPERATION: &str = "image inspect";
        let said = self.output(OPERATION, ["image", "inspect", reference])?;
        let inspected = serde_json::from_str::<[Inspected; 1]>(&said)
            .map_err(|_| checked::unexpected(OPERATION, "an image", &said))?;
        let [image] = inspected;
        Ok((image.id, image.digest, image.config.unwrap_or_default()))
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
        let host = registry::host(reference);
        let has_proxy = ["HTTPS_PROXY", "https_proxy"]
            .iter()
            .any(|name| std::env::var_os(name).is_some());
        if !has_proxy && !self.registries.answer(host) {
            return Err(refused(format!("the registry {host} cannot be reached")));
        }
        let _making = self.state.shared_lock(BUILDING)?;
        let mut arguments = vec!["pull".to_owned(), "--quiet".into()];
        if let Some(file) = auth_file {
            arguments.push(format!("--authfile={}", file.display()));
        }
        arguments.push(reference.to_owned());
        self.output("pull", arguments)
            .and_then(|said| Id::said("pull", last_line(&said)))
            .map(|_| ())
            .map_err(|error| match error {
                Error::Podman { message, .. } => refused(message),
                other => other,
            })
    }

    /// Reads an image from an OCI image layout of it alone: the folder `layout`
    /// below `folder`, a name that an image may have, too.
    ///
    /// # Errors
    /// Podman's.
    pub fn load_layout(&self, folder: &Path, layout: &str, reference: &str) -> Result<Id, Error> {
        let _making = self.state.shared_lock(BUILDING)?;
        let mut command = self.command();
        command.current_dir(folder);
        command.args(["pull", "--quiet", &format!("oci:{layout}")]);
        let image = Id::said("pull", last_line(&self.checked("pull", &mut command)?))?;
        self.output("tag", ["tag", image.as_str(), reference])?;
        let pulled_as = format!("localhost/{layout}");
        self.output("untag", ["untag", image.as_str(), &pulled_as])?;
        Ok(image)
    }

    /// Builds the last stage of a Containerfile; gives the image's ID.
    ///
    /// # Errors
    /// Podman's.
    pub fn build(&self, containerfile: &Written, contexts: &[BuildContext]) -> Result<Id, Error> {
        self.may_start()?;
        // Whoever sweeps up after killed builds must not take this one for such.
        let _building = self.state.shared_lock(BUILDING)?;
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
        for (name, value) in &containerfile.arguments {
            command.arg(format!("--build-arg={name}={value}"));
        }
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
        feed(&mut child, Some(containerfile.text.as_bytes().to_vec()));
        let output = child.wait_with_output().map_err(unstartable)?;
        if !output.status.success() {
            return Err(Error::Podman {
                operation: "build".into(),
                message: reason(&String::from_utf8_lossy(&output.stderr)),
            });
        }
        self.may_start()?;
        // There is none where it was told to end.
        Id::said("build", &std::fs::read_to_string(&ids).unwrap_or_default())
    }

    /// An image with the files of another, owners and modes kept, and nothing
    /// else of it; gives its ID.
    ///
    /// # Errors
    /// Podman's.
    pub fn bare(&self, image: &Id) -> Result<Id, Error> {
        let scratch = self.state.temporary()?;
        let archive = scratch.path().join("root.tar");
        let output = format!("--output={}", archive.display());
        self.with_container(image, |container| {
            self.output("export", ["export", &output, container.as_str()])
                .and_then(|_| checked::whole_archive("export", &archive))
        })?;
        let archive = archive.display().to_string();
        let _making = self.state.shared_lock(BUILDING)?;
        let said = self.output("import", ["import", "--quiet", &archive])?;
        Id::said("import", last_line(&said))
    }

    /// Does something with a container that is never started.
    fn with_container<T>(
        &self,
        image: &Id,
        work: impl FnOnce(&Id) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let label = label(self.state.session());
        let arguments = [
            "create",
            "--pull=never",
            "--network=none",
            &label,
            image.as_str(),
            "nothing",
        ];
        let container = Id::said("create", last_line(&self.output("create", arguments)?))?;
        let done = work(&container);
        let removed = self.remove(container.as_str());
        let done = done?;
        removed.map(|()| done)
    }

    /// Makes an image of a container that has ended; gives the image's ID.
    ///
    /// # Errors
    /// Podman's.
    pub fn commit(&self, container: &str) -> Result<Id, Error> {
        let _making = self.state.shared_lock(BUILDING)?;
        let said = self.output("commit", ["commit", "--quiet", container])?;
        Id::said("commit", last_line(&said))
    }

    /// Changes an image's files in place of a build, for what a build cannot
    /// do without a program inside of the image; gives the new image's ID.
    ///
    /// # Errors
    /// Podman's, or those of `edit`.
    pub fn edit(
        &self,
        image: &Id,
        edit: impl FnOnce(&Path) -> Result<(), Error>,
    ) -> Result<Id, Error> {
        self.with_container(image, |container| {
            edit(&self.mount_container(container.as_str())?)?;
            self.commit(container.as_str())
        })
    }

    /// Makes the files of a container visible, until it is removed.
    ///
    /// # Errors
    /// Podman's.
    pub fn mount_container(&self, container: &str) -> Result<PathBuf, Error> {
        let said = self.output("mount", ["mount", container])?;
        checked::mounted("mount", &said, &self.state.path("storage"))
    }

    /// Mounts an image's files, read-only.
    ///
    /// # Errors
    /// Podman's.
    pub fn mount(&self, image: &Id) -> Result<Mounted<'_>, Error> {
        let path = self
            .image_mount(image)
            .or_else(|error| self.image_mount_mended(image).map_err(|_| error))?;
        Ok(Mounted {
            podman: self,
            image: image.clone(),
            path,
        })
    }

    fn image_mount(&self, image: &Id) -> Result<PathBuf, Error> {
        let said = self.output("image mount", ["image", "mount", image.as_str()])?;
        checked::mounted("image mount", &said, &self.state.path("storage"))
    }

    /// Mounts an image whose unmounting was broken off: it counts as mounted at
    /// a folder that is gone, and Podman does not even unmount it without that.
    fn image_mount_mended(&self, image: &Id) -> Result<PathBuf, Error> {
        const FORMAT: &str = "--format={{.GraphDriver.Data.MergedDir}}";
        const OPERATION: &str = "image inspect";
        let said = self.output(OPERATION, ["image", "inspect", FORMAT, image.as_str()])?;
        let folder = checked::in_storage(OPERATION, &said, &self.state.path("storage"))?;
        match std::fs::create_dir(&folder) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                Err(Error::file("create", &folder, &error))
            }
            _ => self.image_mount(image),
        }
    }

    /// Writes an image as an archive: `oci-archive` or `docker-archive`.
    ///
    /// # Errors
    /// Podman's.
    pub fn save(&self, image: &Id, format: &str, target: &Path) -> Result<(), Error> {
        let format = format!("--format={format}");
        let output = format!("--output={}", target.display());
        self.output(
            "save",
            ["save", "--quiet", &format, &output, image.as_str()],
        )?;
        checked::whole_archive("save", target)
    }

    /// Reads an image archive; gives the image's ID.
    ///
    /// # Errors
    /// Podman's.
    pub fn load(&self, archive: &Path) -> Result<Id, Error> {
        let _making = self.state.shared_lock(BUILDING)?;
        let load = |kind: &str| {
            let source = format!("{kind}:{}", archive.display());
            let said = self.output("pull", ["pull", "--quiet", &source])?;
            Id::said("pull", last_line(&said))
        };
        load("oci-archive").or_else(|_| load("docker-archive"))
    }

    /// Pushes an image; gives the digest that the registry has it under.
    ///
    /// # Errors
    /// Podman's.
    pub fn push(
        &self,
        image: &Id,
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
        arguments.extend([image.to_string(), format!("docker://{address}")]);
        self.output("push", arguments)?;
        checked::digest("push", &std::fs::read_to_string(&file).unwrap_or_default())
    }
}

/// The image of which Podman says that it was not made to its end.
fn half_made(said: &Result<Found, Error>) -> Option<Id> {
    let Err(Error::Podman { message, .. }) = said else {
        return None;
    };
    let (_, named) = message.split_once("for image with ID \"")?;
    Id::try_from(named.split_once('"')?.0.to_owned()).ok()
}

/// What Podman printed last: its result.
fn last_line(text: &str) -> &str {
    text.lines().next_back().unwrap_or_default()
}
