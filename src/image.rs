//! An image in the daemon without a registry: it travels as a file.

use dagger_sdk::prelude::*;

use crate::errors::Error;
use crate::project::{self, Project};
use crate::settings::Settings;
use crate::{client, tools};

const ARCHIVE: &str = "/run/dind/image.tar";
const SCRIPT: &str = "load-and-run.sh";
/// What Docker allows for the part before the tag, registry included.
const LONGEST_NAME: usize = 255;
const LONGEST_TAG: usize = 128;

/// `cmd` in `ctr`, or in a container with the Docker CLI, where the daemon knows
/// `image` as `tag`.
pub(crate) async fn with_image(
    settings: &Settings,
    dag: &Dag,
    image: Container,
    tag: &str,
    cmd: &str,
    ctr: Option<Container>,
    project: Option<&Project>,
) -> Result<Container> {
    check_tag(tag)?;
    // Daemons before Docker 25 know no other media types.
    let options = ContainerAsTarballOpts {
        media_types: Some(ImageMediaTypes::DockerMediaTypes),
        ..Default::default()
    };
    let archive = image.as_tarball_opts(options);
    let bound = client::bind(settings, dag, ctr, project).await?;
    let (ctr, script) =
        tools::with_script(bound, dag, SCRIPT, include_str!("load-and-run.sh")).await?;
    let loaded = ctr.with_mounted_file(ARCHIVE, archive);
    let args = vec!["bash", &script, ARCHIVE, tag, cmd];
    Ok(project::run(dag, loaded, project, args)
        .await?
        .without_mount(ARCHIVE)
        .without_mount(script))
}

/// Refuse what `docker tag` would refuse after the image has travelled.
///
/// ```
/// assert!(dind::check_tag("registry.example:5000/team/app:1.0").is_ok());
/// assert!(dind::check_tag("Not A Tag").is_err());
/// ```
///
/// # Errors
/// [`Error::Argument`].
pub fn check_tag(reference: &str) -> Result<(), Error> {
    if is_reference(reference) {
        return Ok(());
    }
    Err(Error::Argument {
        argument: "tag",
        value: reference.to_owned(),
        expected: "an image's name, such as app, team/app:1.0 or registry.example:5000/app:1.0"
            .to_owned(),
    })
}

/// The grammar of <https://github.com/distribution/reference>, without digests.
fn is_reference(text: &str) -> bool {
    let (name, tag) = match text.rsplit_once(':') {
        // A colon before a slash is a port's.
        Some((name, tag)) if !tag.contains('/') => (name, Some(tag)),
        _ => (text, None),
    };
    if name.len() > LONGEST_NAME || !tag.is_none_or(is_tag) {
        return false;
    }
    let path = match name.split_once('/') {
        Some((first, rest)) if is_domain_like(first) => {
            if !is_domain(first) {
                return false;
            }
            rest
        }
        _ => name,
    };
    // Docker takes 64 hexadecimal digits for an image's ID.
    let is_id = path == name && name.len() == 64 && name.bytes().all(|b| b.is_ascii_hexdigit());
    !is_id && path.split('/').all(is_component)
}

fn is_tag(tag: &str) -> bool {
    let word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    tag.len() <= LONGEST_TAG
        && tag.bytes().next().is_some_and(word)
        && tag.bytes().all(|b| word(b) || b == b'.' || b == b'-')
}

fn is_domain_like(part: &str) -> bool {
    part == "localhost" || part.contains(['.', ':']) || part.bytes().any(|b| b.is_ascii_uppercase())
}

fn is_domain(domain: &str) -> bool {
    let (host, port) = match domain.rsplit_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (domain, None),
    };
    host.split('.').all(is_label)
        && port.is_none_or(|port| !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()))
}

/// A part of a domain, between dots.
pub(crate) fn is_label(label: &str) -> bool {
    !label.is_empty()
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// Lower-case letters and digits, between them single dots, one or two underscores, or dashes.
fn is_component(component: &str) -> bool {
    let alphanumeric = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let separators: Vec<_> = component.split(alphanumeric).collect();
    let joins =
        |text: &&str| matches!(*text, "" | "." | "_" | "__") || text.bytes().all(|b| b == b'-');
    separators.len() > 1
        && separators.first() == Some(&"")
        && separators.last() == Some(&"")
        && separators.iter().all(joins)
}

#[cfg(test)]
mod tests {
    use super::is_reference;

    #[test]
    fn names_that_docker_takes_are_taken() {
        for name in [
            "me",
            "me:1",
            "team/me:v1.0_x-y",
            "localhost/me",
            "localhost:5000/a/b__c/d--e.f:TAG",
            "Registry.Example:5000/me",
            "127.0.0.1:5000/me",
        ] {
            assert!(is_reference(name), "{name}");
        }
    }

    #[test]
    fn names_that_docker_refuses_are_refused() {
        for name in [
            "",
            ":1",
            "me:",
            "Me",
            "a b",
            "me:.1",
            "a..b",
            "a___b",
            "-a",
            "a-",
            "a//b",
            "/a",
            "a/",
            "me@sha256:abc",
            "-host.example/me",
            "host.example:port/me",
            "https://host.example/me",
            "é",
            &"a".repeat(64),
            &"b".repeat(256),
            &format!("me:{}", "t".repeat(129)),
        ] {
            assert!(!is_reference(name), "{name}");
        }
    }
}
