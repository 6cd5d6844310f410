//! Typed access to the modules that this one depends on.
//!
//! Written by `dagger develop` and the runtime, never by hand.

#![allow(clippy::all, deprecated, unused_imports)]

use dagger_module::dagger_sdk as core;
use dagger_module::dependency as sdk;

/// The dependencies of this module, as methods of the client.
pub trait Dependencies {
    /// Brings greeters together.
    fn meeting(&self) -> Meeting;
}

impl Dependencies for core::Query {
    fn meeting(&self) -> Meeting {
        sdk::Node::root(self).call("meeting").object()
    }
}

/// An object of this module, see `dag.itself()`, as an interface that it implements.
pub trait AsInterface {
    /// As a [`MeetingGreeter`].
    fn as_meeting_greeter(self) -> MeetingGreeter;
}

impl AsInterface for sdk::Call {
    fn as_meeting_greeter(self) -> MeetingGreeter {
        self.as_interface("MeetingGreeter")
    }
}

/// Brings greeters together.
#[derive(Clone)]
pub struct Meeting(sdk::Node);

/// The ID of a [`Meeting`].
#[derive(Clone, Debug, PartialEq, Eq, sdk::serde::Serialize, sdk::serde::Deserialize)]
#[serde(crate = "dagger_module::dependency::serde")]
pub struct MeetingId(pub String);

impl sdk::Object for Meeting {
    type Id = MeetingId;
    const LOADER: &'static str = "loadMeetingFromID";

    fn from_node(node: sdk::Node) -> Self {
        Self(node)
    }

    fn node(&self) -> sdk::Node {
        self.0.clone()
    }
}

impl sdk::IntoId<MeetingId> for Meeting {
    fn into_id(self) -> sdk::IdFuture<MeetingId> {
        Box::pin(async move { self.0.call("id").value().await })
    }
}

impl sdk::IntoId<MeetingId> for MeetingId {
    fn into_id(self) -> sdk::IdFuture<MeetingId> {
        Box::pin(std::future::ready(Ok(self)))
    }
}

impl Meeting {
    /// The ID of this object.
    pub async fn id(&self) -> Result<MeetingId, sdk::Error> {
        self.0.call("id").value().await
    }
    /// Return the files of a guest.
    pub fn files(&self, guest: impl sdk::IntoId<<MeetingGreeter as sdk::Object>::Id>) -> core::Directory {
        self.0.call("files").object_argument("guest", guest).object()
    }
    /// Return what the guests say to somebody.
    pub async fn welcome(&self, guests: Vec<MeetingGreeterId>, name: impl Into<String>) -> Result<String, sdk::Error> {
        self.0.call("welcome").argument("guests", guests).argument("name", Into::<String>::into(name)).value().await
    }
}

/// Something that can greet.
#[derive(Clone)]
pub struct MeetingGreeter(sdk::Node);

/// The ID of a [`MeetingGreeter`].
#[derive(Clone, Debug, PartialEq, Eq, sdk::serde::Serialize, sdk::serde::Deserialize)]
#[serde(crate = "dagger_module::dependency::serde")]
pub struct MeetingGreeterId(pub String);

impl sdk::Object for MeetingGreeter {
    type Id = MeetingGreeterId;
    const LOADER: &'static str = "loadMeetingGreeterFromID";

    fn from_node(node: sdk::Node) -> Self {
        Self(node)
    }

    fn node(&self) -> sdk::Node {
        self.0.clone()
    }
}

impl sdk::IntoId<MeetingGreeterId> for MeetingGreeter {
    fn into_id(self) -> sdk::IdFuture<MeetingGreeterId> {
        Box::pin(async move { self.0.call("id").value().await })
    }
}

impl sdk::IntoId<MeetingGreeterId> for MeetingGreeterId {
    fn into_id(self) -> sdk::IdFuture<MeetingGreeterId> {
        Box::pin(std::future::ready(Ok(self)))
    }
}

impl MeetingGreeter {
    /// The ID of this object.
    pub async fn id(&self) -> Result<MeetingGreeterId, sdk::Error> {
        self.0.call("id").value().await
    }
    /// Return the container in which it lives.
    pub fn container(&self) -> core::Container {
        self.0.call("container").object()
    }
    /// Return a greeting.
    pub async fn greet(&self, name: impl Into<String>) -> Result<String, sdk::Error> {
        self.0.call("greet").argument("name", Into::<String>::into(name)).value().await
    }
}
