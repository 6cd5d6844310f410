//! What objects are known by between calls.

use super::answer::{Answer, Unreadable};
use serde_json::Value;
use std::borrow::Cow;
use std::fmt;

/// The ID of an object. Arguments take the object itself; an ID is for what outlives the call.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Id(String);

impl Id {
    /// The text of the ID.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text of the ID.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl AsRef<str> for Id {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<String> for Id {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl Answer for Id {
    fn read(value: Value) -> Result<Self, Unreadable> {
        String::read(value).map(Self)
    }
}

/// How an object is found by its ID; the API's version decides.
#[derive(Clone, Debug)]
pub enum Loader {
    /// By a field of the root that is for this type alone.
    Field(Cow<'static, str>),
    /// By `node`, and a fragment on the type of this name.
    Node(Cow<'static, str>),
}
