//! What the engine is told, in how many requests.

use dagger_sdk::prelude::*;
use dagger_sdk::testing::{self, Recorder};

/// A module.
///
/// With a second paragraph.
#[object]
pub struct Main {
    /// Image of every container.
    #[arg(default = "debian:12")]
    base_image: String,
    /// Tags.
    tags: Option<Vec<String>>,
}

/// A colour.
#[enumeration]
pub enum Colour {
    /// Like blood.
    Red,
    #[member(deprecated = "too dark")]
    DarkBlue,
}

/// A part.
#[object]
pub struct Part {
    /// Its name.
    name: String,
    colour: Colour,
}

#[functions]
impl Main {
    /// Return the parts.
    #[function(cache = "300s", check)]
    fn parts(&self, #[arg(default = Colour::Red)] colour: Colour, files: Vec<File>) -> Vec<Part> {
        files
            .iter()
            .map(|_| Part {
                name: self.base_image.clone(),
                colour: Colour::from_member(colour.member()).unwrap(),
            })
            .collect()
    }

    #[function(cache = "session", generate)]
    fn changes(&self, #[arg(default_path = ".", ignore = ["*"])] src: Directory) -> Changeset {
        src.changes(&src)
    }

    #[function(cache = "never", deprecated = "because")]
    fn nothing(
        &self,
        #[arg(default_address = "alpine", deprecated = "gone")] ctr: Container,
        platform: Platform,
    ) {
        let _ = (ctr, platform, &self.tags);
    }
}

#[functions]
impl Part {
    #[function]
    fn rename(&self, name: String) -> Part {
        Part {
            name,
            colour: Colour::DarkBlue,
        }
    }
}

#[tokio::test]
async fn the_whole_module_is_registered() {
    let recorder = Recorder::new();
    let id = testing::register::<Main>(&recorder).await.unwrap();
    insta::assert_snapshot!(recorder.graph(&id));
}

#[tokio::test]
async fn registration_takes_four_requests_after_the_question() {
    let recorder = Recorder::new();
    testing::register::<Main>(&recorder).await.unwrap();
    let queries = recorder.queries();
    assert!(queries[0].starts_with("{currentFunctionCall{"));
    assert_eq!(queries.len(), 5, "{queries:#?}");
}
