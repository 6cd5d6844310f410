//! Typed access to the modules that this one depends on.
//!
//! Written by `dagger develop` and the runtime, never by hand.

#![allow(clippy::all, deprecated, unused_imports)]

use dagger_module::dagger_sdk as core;
use dagger_module::dependency as sdk;

/// The dependencies of this module, as methods of the client.
pub trait Dependencies {
    fn clock(&self) -> Clock;
    /// Keeps things.
    ///
    /// For a while.
    fn store(&self, token: impl sdk::IntoId<<core::Secret as sdk::Object>::Id>) -> Store;
    /// Keeps things.
    ///
    /// For a while.
    fn store_opts(&self, token: impl sdk::IntoId<<core::Secret as sdk::Object>::Id>, opts: StoreOpts) -> Store;
}

impl Dependencies for core::Query {
    fn clock(&self) -> Clock {
        sdk::Node::root(self).call("clock").object()
    }
    fn store(&self, token: impl sdk::IntoId<<core::Secret as sdk::Object>::Id>) -> Store {
        sdk::Node::root(self).call("store").object_argument("token", token).object()
    }
    fn store_opts(&self, token: impl sdk::IntoId<<core::Secret as sdk::Object>::Id>, opts: StoreOpts) -> Store {
        sdk::Node::root(self).call("store").object_argument("token", token).optional_argument("image", opts.image).object()
    }
}

/// The optional arguments of `store_opts`.
#[derive(Clone, Default)]
pub struct StoreOpts {
    /// Image to keep things in.
    pub image: Option<String>,
}

/// An object of this module, see `dag.itself()`, as an interface that it implements.
pub trait AsInterface {
    /// As a [`Thing`].
    fn as_thing(self) -> Thing;
}

impl AsInterface for sdk::Call {
    fn as_thing(self) -> Thing {
        self.as_interface("Thing")
    }
}

#[derive(Clone)]
pub struct Clock(sdk::Node);

/// The ID of a [`Clock`].
#[derive(Clone, Debug, PartialEq, Eq, sdk::serde::Serialize, sdk::serde::Deserialize)]
#[serde(crate = "dagger_module::dependency::serde")]
pub struct ClockId(pub String);

impl sdk::Object for Clock {
    type Id = ClockId;
    const LOADER: &'static str = "loadClockFromID";

    fn from_node(node: sdk::Node) -> Self {
        Self(node)
    }

    fn node(&self) -> sdk::Node {
        self.0.clone()
    }
}

impl sdk::IntoId<ClockId> for Clock {
    fn into_id(self) -> sdk::IdFuture<ClockId> {
        Box::pin(async move { self.0.call("id").value().await })
    }
}

impl sdk::IntoId<ClockId> for ClockId {
    fn into_id(self) -> sdk::IdFuture<ClockId> {
        Box::pin(std::future::ready(Ok(self)))
    }
}

impl Clock {
    /// The ID of this object.
    pub async fn id(&self) -> Result<ClockId, sdk::Error> {
        self.0.call("id").value().await
    }
    pub async fn now(&self) -> Result<String, sdk::Error> {
        self.0.call("now").value().await
    }
}

/// Keeps things.
///
/// For a while.
#[derive(Clone)]
pub struct Store(sdk::Node);

/// The ID of a [`Store`].
#[derive(Clone, Debug, PartialEq, Eq, sdk::serde::Serialize, sdk::serde::Deserialize)]
#[serde(crate = "dagger_module::dependency::serde")]
pub struct StoreId(pub String);

impl sdk::Object for Store {
    type Id = StoreId;
    const LOADER: &'static str = "loadStoreFromID";

    fn from_node(node: sdk::Node) -> Self {
        Self(node)
    }

    fn node(&self) -> sdk::Node {
        self.0.clone()
    }
}

impl sdk::IntoId<StoreId> for Store {
    fn into_id(self) -> sdk::IdFuture<StoreId> {
        Box::pin(async move { self.0.call("id").value().await })
    }
}

impl sdk::IntoId<StoreId> for StoreId {
    fn into_id(self) -> sdk::IdFuture<StoreId> {
        Box::pin(std::future::ready(Ok(self)))
    }
}

impl Store {
    /// The ID of this object.
    pub async fn id(&self) -> Result<StoreId, sdk::Error> {
        self.0.call("id").value().await
    }
    /// Forget everything of a kind.
    pub async fn clear(&self, r#type: impl Into<String>) -> Result<(), sdk::Error> {
        self.0.call("clear").argument("type", Into::<String>::into(r#type)).nothing().await
    }
    /// Return a container that holds everything.
    pub fn container(&self) -> core::Container {
        self.0.call("container").object()
    }
    /// Return a container that holds everything.
    pub fn container_opts(&self, opts: StoreContainerOpts) -> core::Container {
        self.0.call("container").optional_object_argument("base", opts.base).object()
    }
    /// Return the files.
    pub async fn files(&self) -> Result<Vec<core::File>, sdk::Error> {
        self.0.call("files").objects().await
    }
    pub fn merged(&self, other: impl sdk::IntoId<<Store as sdk::Object>::Id>) -> Store {
        self.0.call("merged").object_argument("other", other).object()
    }
    pub async fn modes(&self) -> Result<Vec<core::CacheSharingMode>, sdk::Error> {
        self.0.call("modes").members().await
    }
    /// Return the note, if there is one.
    pub async fn note(&self) -> Result<Option<String>, sdk::Error> {
        self.0.call("note").value().await
    }
    pub async fn share(&self, platform: core::Platform) -> Result<f64, sdk::Error> {
        self.0.call("share").argument("platform", platform).value().await
    }
    pub async fn share_opts(&self, platform: core::Platform, opts: StoreShareOpts) -> Result<f64, sdk::Error> {
        self.0.call("share").argument("platform", platform).optional_argument("mode", opts.mode).value().await
    }
    #[deprecated(note = "sizes are guessed")]
    pub async fn sizes(&self) -> Result<Vec<i64>, sdk::Error> {
        self.0.call("sizes").value().await
    }
    /// Return what is kept.
    pub async fn things(&self, level: StoreLevel) -> Result<Vec<Thing>, sdk::Error> {
        self.0.call("things").argument("level", level).objects().await
    }
    /// Return the store with one thing more.
    pub fn with_thing(&self, thing: impl sdk::IntoId<<Thing as sdk::Object>::Id>) -> Store {
        self.0.call("withThing").object_argument("thing", thing).object()
    }
    /// Return the store with one thing more.
    pub fn with_thing_opts(&self, thing: impl sdk::IntoId<<Thing as sdk::Object>::Id>, opts: StoreWithThingOpts) -> Store {
        self.0.call("withThing").object_argument("thing", thing).optional_argument("levels", opts.levels).optional_argument("count", opts.count).object()
    }
}

/// The optional arguments of `container_opts`.
#[derive(Clone, Default)]
pub struct StoreContainerOpts {
    /// Where to begin.
    pub base: Option<core::Container>,
}

/// The optional arguments of `share_opts`.
#[derive(Clone, Default)]
pub struct StoreShareOpts {
    pub mode: Option<core::CacheSharingMode>,
}

/// The optional arguments of `with_thing_opts`.
#[derive(Clone, Default)]
pub struct StoreWithThingOpts {
    pub levels: Option<Vec<StoreLevel>>,
    /// How often.
    pub count: Option<i64>,
}

#[derive(Clone)]
pub struct Thing(sdk::Node);

/// The ID of a [`Thing`].
#[derive(Clone, Debug, PartialEq, Eq, sdk::serde::Serialize, sdk::serde::Deserialize)]
#[serde(crate = "dagger_module::dependency::serde")]
pub struct ThingId(pub String);

impl sdk::Object for Thing {
    type Id = ThingId;
    const LOADER: &'static str = "loadThingFromID";

    fn from_node(node: sdk::Node) -> Self {
        Self(node)
    }

    fn node(&self) -> sdk::Node {
        self.0.clone()
    }
}

impl sdk::IntoId<ThingId> for Thing {
    fn into_id(self) -> sdk::IdFuture<ThingId> {
        Box::pin(async move { self.0.call("id").value().await })
    }
}

impl sdk::IntoId<ThingId> for ThingId {
    fn into_id(self) -> sdk::IdFuture<ThingId> {
        Box::pin(std::future::ready(Ok(self)))
    }
}

impl Thing {
    /// The ID of this object.
    pub async fn id(&self) -> Result<ThingId, sdk::Error> {
        self.0.call("id").value().await
    }
    pub async fn level(&self) -> Result<StoreLevel, sdk::Error> {
        self.0.call("level").value().await
    }
    pub async fn name(&self) -> Result<String, sdk::Error> {
        self.0.call("name").value().await
    }
}

/// How well to keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sdk::serde::Serialize, sdk::serde::Deserialize)]
#[serde(crate = "dagger_module::dependency::serde")]
pub enum StoreLevel {
    /// Badly.
    #[serde(rename = "LOW")]
    Low,
    #[serde(rename = "VERY_HIGH")]
    VeryHigh,
}
