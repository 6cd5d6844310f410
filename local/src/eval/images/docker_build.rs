//! Containers that are built from a Dockerfile.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::Value;

use super::dockerfile;
use super::from::config_of;
use crate::Error;
use crate::eval::containers::value::{Container, Mount, MountKind};
use crate::eval::evaluator::{Evaluator, platform};
use crate::eval::files::disk::absent;
use crate::eval::files::value::Tree;
use crate::node::Node;
use crate::podman::{DockerBuild, Id};
use crate::scrub::Scrubber;
use crate::state::digest;
use crate::tree;

/// The access rights of a secret where the Dockerfile names none.
const SECRET_MODE: u32 = 0o400;

impl Evaluator {
    /// The container of `Directory.dockerBuild`.
    ///
    /// # Errors
    /// A Dockerfile that is not there, or that Podman cannot build.
    pub fn docker_build(&self, node: &Arc<Node>) -> Result<Container, Error> {
        self.only_platform(node)?;
        let context = self.directory(node.parent()?)?;
        let dockerfile = node.given("dockerfile").unwrap_or("Dockerfile");
        let text = self.text_in(&context, dockerfile, node)?;
        let target = node.text("target");
        let arguments = build_arguments(node)?;
        let secrets = self.named_secrets(node)?;
        let mut images = Vec::new();
        let declared = arguments.iter().cloned().chain(platform_arguments());
        for name in dockerfile::images(&text, declared.collect(), target) {
            let image = self.image_container(&Container::default(), &name)?.image;
            images.extend(image.map(|image| (name, image)));
        }
        let key = digest([
            digest(["dockerfile", &context.digest, dockerfile, target]),
            digest(arguments.iter().map(|(name, value)| digest([name, value]))),
            digest(
                images
                    .iter()
                    .map(|(name, image)| digest([name.as_str(), image.as_str()])),
            ),
            digest(
                secrets
                    .iter()
                    .map(|(name, secret)| digest([name, &secret.id])),
            ),
        ]);
        let build = DockerBuild {
            ignore: self.ignored(&context, dockerfile)?,
            text,
            context: context.path,
            target: target.to_owned(),
            arguments,
            images,
            secrets: Vec::new(),
        };
        let image = self.docker_built(&key, build, &secrets, dockerfile)?;
        let (image, _, config) = self.podman()?.inspect_image(image.as_str())?;
        Ok(Container {
            image: Some(image),
            config: config_of(config),
            // As an engine leaves them, for the commands to come.
            mounts: secrets.into_iter().map(mounted).collect(),
            ..Container::default()
        })
    }

    /// The image of a build, made once for a key.
    fn docker_built(
        &self,
        key: &str,
        mut build: DockerBuild,
        secrets: &[(String, Arc<Node>)],
        dockerfile: &str,
    ) -> Result<Id, Error> {
        let title = format!("build {dockerfile}");
        if let Some(image) = self.kept_image(key)? {
            self.step(&title).done(true, true);
            return Ok(image);
        }
        let _lock = self.state.lock(&format!("image-{}", &key[..16]))?;
        if let Some(image) = self.kept_image(key)? {
            self.step(&title).done(true, true);
            return Ok(image);
        }
        let mut values = Vec::new();
        let mut files = Vec::new();
        for (name, secret) in secrets {
            values.push(self.secret_value(secret)?);
            let file = Gone(self.secret_file(secret, "", SECRET_MODE)?);
            build.secrets.push((name.clone(), file.0.clone()));
            files.push(file);
        }
        let step = self.step(&title);
        let scrubber = Scrubber::new(&values);
        let built = self
            .podman()?
            .build_dockerfile(&build, &scrubber, &|line| step.output(line));
        step.done(false, built.is_ok());
        let image = built?;
        self.state.keep_record("records", key, &image)?;
        Ok(image)
    }

    /// The text of a file of a directory.
    fn text_in(&self, tree: &Tree, path: &str, node: &Node) -> Result<String, Error> {
        let file = tree::resolve(&tree.path, path)?;
        if !file.is_file() {
            return Err(absent(node, path, file.exists(), "file"));
        }
        std::fs::read_to_string(&file).map_err(|error| Error::file("read", &file, &error))
    }

    /// The patterns of what a build does not see: those beside the Dockerfile,
    /// else those of the directory.
    fn ignored(&self, tree: &Tree, dockerfile: &str) -> Result<String, Error> {
        for path in [&format!("{dockerfile}.dockerignore"), ".dockerignore"] {
            let file = tree::resolve(&tree.path, path)?;
            if file.is_file() {
                return std::fs::read_to_string(&file)
                    .map_err(|error| Error::file("read", &file, &error));
            }
        }
        Ok(String::new())
    }

    /// The secrets of a build under the names that it knows them by.
    fn named_secrets(&self, node: &Node) -> Result<Vec<(String, Arc<Node>)>, Error> {
        let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "._-".contains(letter);
        let secrets = self.nodes.arguments(node, "secrets", "Secret")?;
        let named = secrets.into_iter().map(|secret| {
            let name = secret.text("name").to_owned();
            match !name.is_empty() && name.chars().all(is_plain) {
                true => Ok((name, secret)),
                false => Err(Error::argument(
                    format!("secret {name:?} of {}", node.name()),
                    "a build finds secrets by their names, of letters, digits, '.', '_' and '-': \
                     give it one by setSecret",
                )),
            }
        });
        named.collect()
    }
}

fn mounted((name, secret): (String, Arc<Node>)) -> Mount {
    Mount {
        target: format!("/run/secrets/{name}"),
        kind: MountKind::Secret {
            secret,
            owner: String::new(),
            mode: SECRET_MODE,
        },
    }
}

fn build_arguments(node: &Node) -> Result<Vec<(String, String)>, Error> {
    let Some(Value::Array(given)) = node.args.get("buildArgs") else {
        return Ok(Vec::new());
    };
    let pairs = given.iter().map(|pair| {
        let text = |name: &str| pair.get(name).and_then(Value::as_str).unwrap_or_default();
        match text("name").is_empty() || text("name").contains(['=', '\0']) {
            true => Err(Error::argument(
                format!("build argument {:?}", text("name")),
                "it is no name",
            )),
            false => Ok((text("name").to_owned(), text("value").to_owned())),
        }
    });
    pairs.collect()
}

/// What a builder declares by itself.
fn platform_arguments() -> impl Iterator<Item = (String, String)> {
    let platform = platform();
    let (os, architecture) = platform.split_once('/').unwrap_or(("linux", &platform));
    let values = [
        ("PLATFORM", platform.as_str()),
        ("OS", os),
        ("ARCH", architecture),
    ];
    let declared = values.map(|(name, value)| {
        ["BUILD", "TARGET"].map(|side| (format!("{side}{name}"), value.to_owned()))
    });
    declared.into_iter().flatten()
}

/// A file that is removed when dropped.
struct Gone(PathBuf);

impl Drop for Gone {
    fn drop(&mut self) {
        // Its folder goes with the session.
        let _ = std::fs::remove_file(&self.0);
    }
}
