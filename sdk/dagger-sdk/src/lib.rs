//! Dagger modules in Rust.
//!
//! Write an ordinary struct and `impl` block, mark them, and hand the struct to [`main!`]: its marked
//! methods are functions that `dagger call` finds. Doc comments are their help.
//!
//! ```no_run
//! use dagger_sdk::prelude::*;
//!
//! /// Builds the project.
//! #[object]
//! pub struct Build {
//!     /// Image to build in.
//!     #[arg(default = "rust:1.95")]
//!     image: String,
//! }
//!
//! #[functions]
//! impl Build {
//!     /// Return a container with the sources.
//!     #[function]
//!     pub fn container(&self, dag: &Dag, src: Directory) -> Container {
//!         dag.container().from(&self.image).with_directory("/src", src)
//!     }
//! }
//!
//! dagger_sdk::main!(Build);
//! ```
//!
//! Called, it is a pipeline:
//!
//! ```text
//! dagger call --image=rust:1.95-slim container --src=. with-exec --args=ls,/src stdout
//! ```
//!
//! Its test needs no engine: with the feature `test-support` a [recorder](testing::Recorder) stands in for one, and
//! shows the graph that a function builds.
//!
//! ```
//! # use dagger_sdk::prelude::*;
//! # #[object]
//! # pub struct Build {
//! #     #[arg(default = "rust:1.95")]
//! #     image: String,
//! # }
//! # #[functions]
//! # impl Build {
//! #     #[function]
//! #     pub fn container(&self, dag: &Dag, src: Directory) -> Container {
//! #         dag.container().from(&self.image).with_directory("/src", src)
//! #     }
//! # }
//! use dagger_sdk::testing::{Recorder, block_on};
//!
//! let recorder = Recorder::new();
//! let dag = recorder.dag();
//! let build = Build { image: "rust:1.95".into() };
//! let built = build.container(&dag, dag.directory());
//! let id = block_on(built.id()).unwrap();
//! assert_eq!(
//!     recorder.graph(id.as_str()),
//!     r#"container
//! from(address: "rust:1.95")
//! withDirectory(path: "/src", source:
//!   directory
//! )"#
//! );
//! ```
//!
//! With the feature `tracing` the spans and events of the crate of that name, which the module depends on
//! as well, go into Dagger's trace. Each function is a span already; what it asks the engine for lies in
//! the span that is open then. `RUST_LOG`, such as `debug`, says what is sent: without it, `info` and above.
//!
//! ```
//! use dagger_sdk::prelude::*;
//!
//! #[object]
//! pub struct Build {}
//!
//! #[functions]
//! impl Build {
//!     /// Return what was tested.
//!     #[function]
//!     #[tracing::instrument(skip_all, err)]
//!     async fn test(&self, src: Directory) -> Result<String> {
//!         tracing::info!("so it begins");
//!         let tests = src.file("tests").contents().await?;
//!         ensure!(!tests.is_empty(), "no tests");
//!         Ok(tests)
//!     }
//! }
//! ```
//!
//! [`prelude`] has what a module needs, [`client`] Dagger's API, [`testing`] what tests need.

// The layers, each knowing only those before it: session, query, client, types, registration, dispatch, run.

#![warn(missing_docs)]

mod query;
mod result;
mod session;
mod sources;
mod traces;
// Its texts are those of the API.
#[rustfmt::skip]
#[allow(deprecated, missing_docs, rustdoc::all, clippy::all)]
pub mod client;
mod connect;
mod dispatch;
pub mod prelude;
mod registration;
mod run;
#[cfg(feature = "test-support")]
pub mod testing;
mod types;

pub use client::Dag;
pub use connect::connect;

/// ```
/// use dagger_sdk::prelude::*;
///
/// /// A point that is made by a constructor of its own.
/// #[object]
/// pub struct Point {
///     x: i64,
///     y: i64,
///     /// Kept between calls, and shown to nobody.
///     #[field(private)]
///     seen: Vec<String>,
/// }
///
/// #[functions]
/// impl Point {
///     #[function(constructor)]
///     fn new(text: String) -> Result<Self> {
///         let (x, y) = text.split_once(',').ok_or_else(|| Error::msg("write x,y"))?;
///         Ok(Self { x: x.parse()?, y: y.parse()?, seen: vec![text] })
///     }
/// }
/// ```
pub use dagger_sdk_macros::object;

/// ```
/// use dagger_sdk::prelude::*;
///
/// #[object]
/// pub struct Checks {}
///
/// #[functions]
/// impl Checks {
///     /// Fail where the sources are not formatted.
///     #[function(check, cache = "never")]
///     async fn format(&self, dag: &Dag, src: Directory) -> Result<()> {
///         let checked = dag.container().from("rust:1.95").with_directory("/src", src);
///         checked.with_exec(["cargo", "fmt", "--check"]).sync().await?;
///         Ok(())
///     }
///
///     /// Return what changes.
///     #[function(generate, deprecated = "write it by hand")]
///     fn generate(&self, src: Directory) -> Changeset {
///         src.with_new_file("generated", "text").changes(&src)
///     }
/// }
/// ```
///
/// Several blocks, in as many files as there are chapters:
///
/// ```
/// use dagger_sdk::prelude::*;
///
/// #[object]
/// pub struct Shop {}
///
/// #[functions]
/// impl Shop {
///     #[function]
///     fn open(&self) -> bool {
///         true
///     }
/// }
///
/// mod goods {
///     use dagger_sdk::prelude::*;
///
///     /// With `documented` each function and each argument has a doc comment.
///     #[functions(documented)]
///     impl super::Shop {
///         /// Return what is sold.
///         #[function]
///         fn goods(&self) -> Vec<String> {
///             vec!["tea".into()]
///         }
///     }
/// }
/// # fn main() {}
/// ```
pub use dagger_sdk_macros::{function, functions};

/// ```
/// use dagger_sdk::prelude::*;
///
/// #[object]
/// pub struct Shop {
///     /// Image of the shop.
///     #[arg(default = "debian:12")]
///     image: String,
/// }
///
/// #[functions]
/// impl Shop {
///     #[function]
///     fn shelf(
///         &self,
///         /// What lies on it.
///         #[arg(default_path = "/goods", ignore = ["*.tmp"])] goods: Directory,
///         #[arg(default = ["front"], name = "places")] places_of_shelf: Vec<String>,
///         /// How many more there are; nothing but the default of the type.
///         #[arg(default)] more: i64,
///     ) -> Directory {
///         places_of_shelf.iter().fold(goods, |goods, place| goods.with_new_directory(place))
///     }
/// }
/// ```
///
/// A field of the main object is an argument of its constructor, and can be called. Not so each of these:
///
/// ```
/// use dagger_sdk::prelude::*;
///
/// #[object]
/// pub struct Shop {
///     /// Kept between calls: neither an argument nor shown.
///     #[field(private)]
///     seen: Vec<String>,
///     /// An argument that is not shown.
///     #[field(hidden)]
///     password: Option<Secret>,
///     /// Shown, and no argument: without `default` it begins with that of its type.
///     #[field(internal, default = 8080)]
///     port: i64,
/// }
/// ```
pub use dagger_sdk_macros::{arg, field};

/// ```no_run
/// //! Says hello.
/// use dagger_sdk::prelude::*;
///
/// #[object]
/// pub struct Hello {}
///
/// dagger_sdk::main!(Hello);
/// ```
pub use dagger_sdk_macros::main;

/// ```
/// use dagger_sdk::prelude::*;
///
/// /// How loud to be.
/// #[enumeration]
/// #[derive(Debug, PartialEq)]
/// pub enum Volume {
///     /// Not to be heard.
///     Low,
///     #[member(name = "LOUD", deprecated = "the neighbours complain")]
///     High,
/// }
///
/// assert_eq!(Volume::from_member("LOUD"), Some(Volume::High));
/// assert_eq!(Volume::Low.member(), "LOW");
/// ```
pub use dagger_sdk_macros::{enumeration, member};

/// ```
/// use dagger_sdk::prelude::*;
///
/// /// Something that can greet.
/// #[interface]
/// pub trait Greeter {
///     /// Return a greeting.
///     async fn greet(&self, name: String) -> Result<String>;
///     /// Return a container in which to greet.
///     fn container(&self) -> Container;
/// }
///
/// #[object]
/// pub struct Party {}
///
/// #[functions]
/// impl Party {
///     /// Return what everybody says.
///     #[function]
///     async fn welcome(&self, hosts: Vec<Greeter>, name: String) -> Result<Vec<String>> {
///         let mut said = Vec::new();
///         for host in hosts {
///             said.push(host.greet(name.clone()).await?);
///         }
///         Ok(said)
///     }
/// }
/// ```
pub use dagger_sdk_macros::interface;

pub use query::Id;
#[doc(hidden)]
pub use query::{ApiEnum, ApiObject, ApiType};
pub use result::{Error, Result};
pub use run::run;
pub use serde_json;
pub use session::{EngineError, ExecFailure, Session, SharedSession};
pub use types::{
    ConversionError, Enumeration, ErrorExt, Itself, LoadError, ModuleError, Object, Panic,
    RegisterError,
};
#[doc(hidden)]
pub use types::{
    DefaultFor, Encoded, Input, Interface, Outcome, Output, Registry, Shared, TypeRef,
};

/// What the attributes write. Not for use by hand; it changes without notice.
#[doc(hidden)]
pub mod __private {
    pub use crate::client::{Dag, HAS_UP};
    pub use crate::given_of;
    pub use crate::query::{Argument, Awaited, Call, Node, OwnObject};
    pub use crate::run::run_described;
    pub use crate::session::Sent;
    pub use crate::types::*;
    pub use inventory;
    pub use serde_json::Value;
}
