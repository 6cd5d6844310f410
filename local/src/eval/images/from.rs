//! Where images come from: the session's storage, a registry, or a stand-in
//! that is built here where no registry can be reached.

use std::path::Path;
use std::sync::Arc;

use crate::Error;
use crate::eval::containers::value::{Config, Container, Port};
use crate::eval::evaluator::Evaluator;
use crate::eval::images::store::{Resolved, now};
use crate::node::Node;
use crate::podman::{Id, ImageConfig, Podman};
use crate::state::digest;
use crate::sync::locked;

impl Evaluator {
    /// The container of an image reference.
    ///
    /// # Errors
    /// An image that neither exists here nor can be had.
    pub fn image_container(&self, base: &Container, address: &str) -> Result<Container, Error> {
        let full = full_reference(address)?;
        let resolved = self
            .images
            .resolved
            .get(&full, || self.resolve(&full, &base.logins).map(Arc::new))?;
        let mut container = base.clone();
        container.image = Some(resolved.image.clone());
        container.pending = Vec::new();
        let mut config = resolved.config.clone();
        // What was set on the container before stays where the image is silent.
        for (name, value) in &base.config.env {
            if !config.env.iter().any(|(known, _)| known == name) {
                config.env.push((name.clone(), value.clone()));
            }
        }
        container.config = config;
        container.reference = Some(resolved.reference.clone());
        Ok(container)
    }

    fn resolve(
        &self,
        full: &str,
        logins: &[(String, String, Arc<Node>)],
    ) -> Result<Resolved, Error> {
        let key = digest(["image", full]);
        let recorded = self.resolved_before(&key)?;
        if let Some(resolved) = recorded.clone().filter(|resolved| resolved.is_fresh(full)) {
            self.tell_of_stand_in(full, &resolved);
            return Ok(resolved);
        }
        let _lock = self.state.lock(&format!("from-{}", &key[..16]))?;
        // Another session may have been at it.
        let recorded_since = self.resolved_before(&key)?;
        if let Some(resolved) = recorded_since.filter(|resolved| resolved.is_fresh(full)) {
            self.tell_of_stand_in(full, &resolved);
            return Ok(resolved);
        }
        let step = self.step(&format!("from {full}"));
        let resolved = self.look_up(full, recorded, logins);
        step.done(false, resolved.is_ok());
        let resolved = resolved?;
        self.state.keep_record("images", &key, &resolved)?;
        Ok(resolved)
    }

    /// What a reference was resolved to, if the image is there.
    fn resolved_before(&self, key: &str) -> Result<Option<Resolved>, Error> {
        match self.state.record::<Resolved>("images", key) {
            Some(resolved) => Ok(self.store.holds(&resolved.image)?.then_some(resolved)),
            None => Ok(None),
        }
    }

    fn look_up(
        &self,
        full: &str,
        recorded: Option<Resolved>,
        logins: &[(String, String, Arc<Node>)],
    ) -> Result<Resolved, Error> {
        let podman = self.podman()?;
        let is_local = full.starts_with("localhost/");
        let pinned = full.contains("@sha256:");
        let known = if is_local || pinned {
            podman.find_image(full)
        } else {
            None
        };
        if let Some((image, digest, config)) = known {
            return resolved(full, image, &digest, config, false);
        }
        let auth = self.auth_file(logins)?;
        let refused = match is_local {
            true => Error::Image {
                reference: full.to_owned(),
                problem: "it is not in the session's storage".into(),
            },
            false => match podman.pull(&pullable(full), auth.as_ref().map(|file| file.path())) {
                Ok(()) => {
                    let (image, digest, config) = podman.inspect_image(&pullable(full))?;
                    return resolved(full, image, &digest, config, false);
                }
                Err(error) => error,
            },
        };
        if let Some(mut resolved) = recorded {
            // Out of reach now, but known from an earlier session.
            resolved.at = now();
            self.tell_of_stand_in(full, &resolved);
            return Ok(resolved);
        }
        match self.stand_in(&podman, full)? {
            Some(resolved) => Ok(resolved),
            None => Err(short(full, refused)),
        }
    }

    /// A look-alike of an image, made of Debian packages; `None` without a recipe.
    fn stand_in(&self, podman: &Podman, full: &str) -> Result<Option<Resolved>, Error> {
        let recipes = Path::new(env!("CARGO_MANIFEST_DIR")).join("standins");
        let builder = recipes.join("build");
        if !builder.is_file() {
            return Ok(None);
        }
        let tag = full.split('@').next().unwrap_or(full);
        if !crate::podman::build_stand_in(&builder, tag, None, podman)? {
            return Ok(None);
        }
        self.announce_stand_in(full);
        // A Dockerfile's short name finds it by the end of its own.
        let tagged = tag.trim_start_matches("docker.io/");
        let name = format!("localhost/stand-in/{tagged}");
        // One for the tag and every digest of it, however many ask at once.
        let _lock = self
            .state
            .lock(&format!("stand-in-{}", &digest([tag])[..16]))?;
        let built = match podman.find_image(&name) {
            Some(built) => built,
            None => {
                let scratch = self.state.temporary()?;
                let layout = tagged.replace(':', "-");
                let folder = scratch.path().join(&layout);
                if !crate::podman::build_stand_in(&builder, tag, Some(&folder), podman)? {
                    return Ok(None);
                }
                podman.load_layout(scratch.path(), &layout, &name)?;
                podman.inspect_image(&name)?
            }
        };
        let (image, digest, config) = built;
        resolved(full, image, &digest, config, true).map(Some)
    }

    fn tell_of_stand_in(&self, full: &str, resolved: &Resolved) {
        if resolved.is_stand_in {
            self.announce_stand_in(full);
        }
    }

    fn announce_stand_in(&self, full: &str) {
        let tag = full.split('@').next().unwrap_or(full);
        if locked(&self.images.announced).insert(tag.to_owned()) {
            self.progress.note(&format!(
                "no registry can be reached: a stand-in made of Debian packages takes the place of {full}"
            ));
        }
    }

    /// A container of an image archive.
    ///
    /// # Errors
    /// A file that is no such archive.
    pub fn archive_container(
        &self,
        base: &Container,
        node: &Arc<Node>,
    ) -> Result<Container, Error> {
        let file = self.file(&self.nodes.argument(node, "source", "File")?)?;
        let key = digest(["archive", &file.tree.digest]);
        let known = self.resolved_before(&key)?;
        let resolved = match known {
            Some(resolved) => resolved,
            None => {
                let podman = self.podman()?;
                let image = podman.load(&file.path())?;
                let (image, digest, config) = podman.inspect_image(image.as_str())?;
                let resolved = resolved(&file.name, image, &digest, config, false)?;
                self.state.keep_record("images", &key, &resolved)?;
                resolved
            }
        };
        let mut container = base.clone();
        container.image = Some(resolved.image);
        container.pending = Vec::new();
        container.config = resolved.config;
        Ok(container)
    }
}

fn resolved(
    full: &str,
    image: Id,
    digest: &str,
    config: ImageConfig,
    is_stand_in: bool,
) -> Result<Resolved, Error> {
    let reference = match full.contains('@') || is_stand_in || digest.is_empty() {
        true => full.to_owned(),
        false => format!("{full}@{digest}"),
    };
    Ok(Resolved {
        image,
        config: config_of(config),
        reference,
        is_stand_in,
        at: now(),
    })
}

/// The settings of an image as a container's.
pub(super) fn config_of(image: ImageConfig) -> Config {
    let port = |text: &String| {
        let (port, protocol) = text.split_once('/').unwrap_or((text, "tcp"));
        Some(Port {
            port: port.parse().ok()?,
            protocol: protocol.to_uppercase(),
            description: None,
            // What an image may listen on need not be open in every service.
            skip_check: true,
        })
    };
    Config {
        env: image
            .env
            .unwrap_or_default()
            .iter()
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        workdir: image.working_dir.unwrap_or_default(),
        user: image.user.unwrap_or_default(),
        entrypoint: image.entrypoint.unwrap_or_default(),
        args: image.cmd.unwrap_or_default(),
        labels: image.labels.unwrap_or_default(),
        ports: image
            .exposed_ports
            .unwrap_or_default()
            .keys()
            .filter_map(port)
            .collect(),
        ..Config::default()
    }
}

/// The reference with its registry and tag, as `ubuntu` means
/// `docker.io/library/ubuntu:latest`.
fn full_reference(address: &str) -> Result<String, Error> {
    let wrong = |problem: &str| {
        Err(Error::Image {
            reference: format!("{address:?}"),
            problem: problem.to_owned(),
        })
    };
    let address = address.trim().trim_start_matches("docker://");
    if address.is_empty() {
        return wrong("an image reference cannot be empty");
    }
    let is_plain =
        |character: char| character.is_ascii_alphanumeric() || "._-/:@+".contains(character);
    if address.starts_with('-') || !address.chars().all(is_plain) {
        return wrong("this is no image reference, such as ubuntu:24.04");
    }
    let (name, digest) = match address.split_once('@') {
        Some((name, digest)) => (name, format!("@{digest}")),
        None => (address, String::new()),
    };
    if name.rsplit('/').next().unwrap_or(name).to_lowercase()
        != name.rsplit('/').next().unwrap_or(name)
        && !name
            .rsplit('/')
            .next()
            .is_some_and(|last| last.contains(':'))
    {
        return wrong("names of images are lower case");
    }
    let has_host = name
        .split_once('/')
        .is_some_and(|(host, _)| host.contains(['.', ':']) || host == "localhost");
    let name = match (has_host, name.contains('/')) {
        (true, _) => name.to_owned(),
        (false, true) => format!("docker.io/{name}"),
        (false, false) => format!("docker.io/library/{name}"),
    };
    let is_tagged = name
        .rsplit('/')
        .next()
        .is_some_and(|last| last.contains(':'));
    match is_tagged || !digest.is_empty() {
        true => Ok(format!("{name}{digest}")),
        false => Ok(format!("{name}:latest")),
    }
}

/// Podman takes a tag or a digest, not both.
fn pullable(full: &str) -> String {
    let Some((name, digest)) = full.split_once('@') else {
        return full.to_owned();
    };
    let start = name.rfind('/').map_or(0, |slash| slash + 1);
    let name = match name[start..].find(':') {
        Some(colon) => &name[..start + colon],
        None => name,
    };
    format!("{name}@{digest}")
}

/// The refusal as one short line that names the image.
fn short(full: &str, error: Error) -> Error {
    match error {
        Error::Image { problem, .. } => Error::Image {
            reference: full.to_owned(),
            problem: problem.rsplit(": ").next().map_or_else(
                || problem.clone(),
                |last| match problem.contains("cannot be reached") {
                    true => format!("{problem}, and there is no stand-in for it"),
                    false => last.to_owned(),
                },
            ),
        },
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_get_their_registry_and_tag() {
        for (address, full) in [
            ("ubuntu", "docker.io/library/ubuntu:latest"),
            ("ubuntu:24.04", "docker.io/library/ubuntu:24.04"),
            ("a/b@sha256:1", "docker.io/a/b@sha256:1"),
            ("quay.io/a/b:c", "quay.io/a/b:c"),
            ("localhost:5000/x", "localhost:5000/x:latest"),
        ] {
            assert_eq!(full_reference(address).unwrap(), full);
        }
    }

    #[test]
    fn what_is_no_reference_is_refused_in_a_line() {
        for address in ["", "a b", "--help", "$(x)"] {
            let error = full_reference(address).unwrap_err().to_string();
            assert!(error.contains("image reference"), "{error}");
            assert_eq!(error.lines().count(), 1);
        }
    }

    #[test]
    fn a_digest_is_pulled_without_its_tag() {
        assert_eq!(
            pullable("localhost:5000/x:1@sha256:2"),
            "localhost:5000/x@sha256:2"
        );
        assert_eq!(
            pullable("localhost:5000/x@sha256:2"),
            "localhost:5000/x@sha256:2"
        );
        assert_eq!(pullable("docker.io/x:1"), "docker.io/x:1");
    }
}
