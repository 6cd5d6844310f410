//! Tests of modules without an engine: a client that records what it is asked.
//!
//! A function of a module builds a graph of calls and returns its ID. The [`Recorder`] answers IDs
//! that embed the calls they stand for, so that a test can print and compare the whole graph.
//!
//! ```
//! use dagger_sdk::prelude::*;
//! use dagger_sdk::testing::{self, Recorder};
//! use serde_json::json;
//!
//! #[object]
//! pub struct Greeter {
//!     #[arg(default = "debian:12")]
//!     image: String,
//! }
//!
//! #[functions]
//! impl Greeter {
//!     /// Return a container that greets.
//!     #[function]
//!     pub fn greet(&self, dag: &Dag, name: String) -> Container {
//!         let hello = vec!["echo".to_owned(), format!("Hello, {name}!")];
//!         dag.container().from(&self.image).with_exec(hello)
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! let recorder = Recorder::new();
//! let id = testing::call::<Greeter>(&recorder, "greet", json!({}), json!({"name": "you"}))
//!     .await
//!     .unwrap();
//! assert_eq!(
//!     recorder.graph(id.as_str().unwrap()),
//!     r#"container
//! from(address: "debian:12")
//! withExec(args: ["echo", "Hello, you!"])"#
//! );
//! # }
//! ```

mod call;
mod graph;
mod introspection;
mod recorder;
mod schema;

pub use call::{TestError, block_on, call, call_object, construct, register, serve};
pub use graph::GraphError;
pub use introspection::introspection;
pub use recorder::Recorder;
pub use schema::{Schema, SchemaError};
/// Arguments and answers: `json!({"name": "value"})` writes them.
pub use serde_json::{Value, json};
