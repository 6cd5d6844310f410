//! Calls that end at objects which the engine names by their IDs.

use super::answer::{Answer, Unreadable};
use super::api::ApiObject;
use super::call::Call;
use super::id::Id;
use super::node::Node;
use crate::result::Result;
use serde_json::Value;

/// Objects out of the selection of their IDs: `[{"id": "…"}, …]`.
pub trait Owned: Sized {
    /// The objects; `node` leads to the session.
    ///
    /// # Errors
    /// If the answer is of another type.
    fn owned(answer: Value, node: &Node) -> std::result::Result<Self, Unreadable>;
}

impl<T: ApiObject> Owned for T {
    fn owned(mut answer: Value, node: &Node) -> std::result::Result<Self, Unreadable> {
        let id = answer.get_mut("id").map(Value::take);
        let id = id.ok_or_else(|| Unreadable::new(format!("a {}", T::NAME), &answer));
        Ok(T::at(node.load(&T::LOADER, Id::read(id?)?)))
    }
}

impl<T: Owned> Owned for Vec<T> {
    fn owned(answer: Value, node: &Node) -> std::result::Result<Self, Unreadable> {
        match answer {
            Value::Array(items) => items.into_iter().map(|item| T::owned(item, node)).collect(),
            other => Err(Unreadable::new("a list", &other)),
        }
    }
}

impl<T: Owned> Owned for Option<T> {
    fn owned(answer: Value, node: &Node) -> std::result::Result<Self, Unreadable> {
        match answer {
            Value::Null => Ok(None),
            value => T::owned(value, node).map(Some),
        }
    }
}

impl Call {
    /// Sends the chain, and returns the object that its end names by an ID.
    ///
    /// # Errors
    /// The engine's.
    pub async fn loaded<T: ApiObject>(self) -> Result<T> {
        let node = self.node();
        let id = node.value().await?;
        Ok(T::at(node.load(&T::LOADER, id)))
    }

    /// Sends the chain, and returns the object at its end, if there is one.
    ///
    /// # Errors
    /// The engine's.
    pub async fn perhaps<T: ApiObject>(self) -> Result<Option<T>> {
        let node = self.node().call("id").node();
        let id: Option<_> = node.value().await?;
        Ok(id.map(|id| T::at(node.load(&T::LOADER, id))))
    }

    /// Sends the chain, and returns the objects at its end: a list of them, nested or nullable as `T` says.
    ///
    /// # Errors
    /// The engine's.
    pub async fn objects<T: Owned>(self) -> Result<T> {
        let node = self.node().call("id").node();
        let answer: Value = node.asked().await?;
        Ok(T::owned(answer, &node).map_err(|error| node.unreadable(&error))?)
    }
}
