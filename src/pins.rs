//! Image references pinned by digest: a tag names another image tomorrow, and an
//! engine that already knows a tag does not look it up again.

use std::collections::BTreeMap;

use dagger_sdk::prelude::*;

use crate::Dind;
use crate::errors::Error;

/// Where the pins are kept, and the name under which errors speak of them.
const FILE: &str = "image-pins.json";

/// The digests of the tags in use.
#[derive(Debug)]
pub struct Pins(BTreeMap<String, String>);

impl Pins {
    /// The pins that this module was built with.
    ///
    /// # Errors
    /// [`Error::Pins`], see [`Pins::parse`].
    pub fn built_in() -> Result<Self, Error> {
        Self::parse(include_str!("../image-pins.json"))
    }

    /// Read a flat JSON object of tag and digest.
    ///
    /// # Errors
    /// [`Error::Pins`] where the text is something else, or a digest is none.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let pins: BTreeMap<String, String> =
            serde_json::from_str(text).map_err(|error| Error::Pins {
                reason: error.to_string(),
            })?;
        match pins.iter().find(|(_, digest)| !is_digest(digest)) {
            Some((tag, digest)) => Err(Error::Pins {
                reason: format!("{digest:?}, the pin of {tag:?}, is no sha256 digest"),
            }),
            None => Ok(Self(pins)),
        }
    }

    /// The reference with its digest; as it is where no pin is known or it has a digest already.
    pub fn pinned(&self, reference: &str) -> String {
        match self.0.get(reference) {
            Some(digest) => format!("{reference}@{digest}"),
            None => reference.to_owned(),
        }
    }

    /// As the file spells it: keys sorted, a line each.
    fn text(&self) -> Result<String, Error> {
        serde_json::to_string_pretty(&self.0)
            .map(|text| text + "\n")
            .map_err(|error| Error::Pins {
                reason: error.to_string(),
            })
    }
}

fn is_digest(digest: &str) -> bool {
    digest.strip_prefix("sha256:").is_some_and(|hex| {
        hex.len() == 64 && hex.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    })
}

/// The pins file with the digests that the registry gives now.
pub(crate) async fn upgrade(dind: &Dind, dag: &Dag) -> Result<File> {
    let mut pins = Pins::built_in()?;
    for image in images(dind)? {
        if image.contains('@') {
            continue;
        }
        let answer = dag.container().from(&image).image_ref().await?;
        let digest = answer
            .rsplit_once('@')
            .map(|(_, digest)| digest.to_owned())
            .filter(|digest| is_digest(digest))
            .ok_or_else(|| Error::NoDigest {
                image: image.clone(),
                answer: answer.clone(),
            })?;
        pins.0.insert(image, digest);
    }
    Ok(dag.directory().with_new_file(FILE, pins.text()?).file(FILE))
}

/// The images that the fields name: those of the fields whose name says so.
fn images(dind: &Dind) -> Result<Vec<String>, Error> {
    let broken = |error: serde_json::Error| Error::Pins {
        reason: error.to_string(),
    };
    let fields = serde_json::to_value(dind).map_err(broken)?;
    let named = fields.as_object().into_iter().flatten();
    Ok(named
        .filter(|(name, _)| name.ends_with("_image"))
        .filter_map(|(_, image)| image.as_str().map(str::to_owned))
        .collect())
}
