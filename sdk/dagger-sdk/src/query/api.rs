//! What the types of the generated client have in common.

use super::answer::Unreadable;
use super::call::Call;
use super::id::Loader;
use super::node::{Argument, Node};
use serde_json::Value;

/// What kind of type it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An object or an interface: crosses the wire by its ID.
    Object,
    /// An enum.
    Enum,
    /// A text of a certain form.
    Scalar,
}

/// A type of the API.
pub trait ApiType: Clone + Send + Sync + 'static {
    /// The name in the API.
    const NAME: &'static str;
    /// The kind.
    const KIND: Kind;
    /// What a call that returns the type gives: an object at once, a value by a future.
    type Promise;

    /// The value out of its JSON; `root` is what objects are loaded with.
    ///
    /// # Errors
    /// If the JSON is of another type.
    fn of_json(value: Value, root: &Node) -> Result<Self, Unreadable>;

    /// What the call gives.
    fn promise(call: Call) -> Self::Promise;

    /// The value as an argument.
    fn to_argument(&self) -> Argument;

    /// The object; nothing, if the value is none.
    fn to_node(&self) -> Option<&Node> {
        None
    }

    /// The text of a value that is no object.
    fn to_text(&self) -> &str {
        ""
    }
}

/// An object or an interface of the API.
pub trait ApiObject: ApiType {
    /// How it is found by its ID.
    const LOADER: Loader;

    /// The object at the end of a chain.
    fn at(node: Node) -> Self;

    /// The chain that the object is the end of.
    fn node(&self) -> &Node;
}

/// An enum of the API.
pub trait ApiEnum: ApiType + Copy {
    /// The members by all their names; the first name of each is the one that is sent.
    const MEMBERS: &'static [(&'static str, Self)];
}

/// An object of the module itself, as its callers have it: by a call over the session.
#[derive(Clone, Debug)]
pub struct OwnObject(Node);

impl OwnObject {
    /// The object at the end of a chain.
    pub fn at(node: Node) -> Self {
        Self(node)
    }

    /// The chain that the object is the end of.
    pub fn node(&self) -> &Node {
        &self.0
    }
}
