//! Dagger modules in Rust.
//!
//! Write an ordinary struct and `impl` block, mark them, and hand the struct to [`run`]: its marked
//! methods are functions that `dagger call` finds. Doc comments are their help.
//!
//! ```no_run
//! use dagger_module::prelude::*;
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
//!     pub fn container(&self, dag: &Query, src: Directory) -> Container {
//!         dag.container().from(&self.image).with_directory("/src", src)
//!     }
//! }
//!
//! fn main() -> std::process::ExitCode {
//!     dagger_module::run::<Build>()
//! }
//! ```
//!
//! One file holds one stage of a call's life: [`run()`] asks what is wanted, `registry` knows what there
//! is, `register` tells the engine, `inputs` and `convert` decode, `outcome` encodes, [`ModuleError`]
//! is what can go wrong.

#![warn(missing_docs)]

mod call;
mod codec;
mod contextual;
mod convert;
mod convert_plain;
mod core_types;
mod definition;
#[doc(hidden)]
pub mod dependency;
mod error;
mod inputs;
mod interface;
mod object;
mod outcome;
pub mod prelude;
mod query;
mod register;
mod registry;
mod run;
mod session;
mod spelling;
#[cfg(feature = "test-support")]
pub mod testing;
mod types_of;
mod watched;

use std::future::Future;
use std::pin::Pin;

pub use convert::{ConversionError, DefaultFor, Encoded, Input, Output};
pub use dagger_sdk;
pub use definition::TypeRef;
pub use dependency::Call;
pub use error::{ExecFailure, LoadError, ModuleError, RegisterError};
pub use interface::{Interface, Itself, Literal, Shared};
pub use object::{Enumeration, Object};
pub use outcome::Outcome;
pub use registry::Registry;
pub use run::run;
pub use serde_json;

/// A future that stays on the thread that made it: authors' futures need not be `Send`.
pub type LocalFuture<T> = Pin<Box<dyn Future<Output = T>>>;

/// What the attributes write. Not for use by hand; it changes without notice.
#[doc(hidden)]
pub mod __private {
    pub use crate::LocalFuture;
    pub use crate::codec::{
        Constructed, Reader, Returned, Writer, constructed, reader, returned, writer,
    };
    pub use crate::contextual::{default_address, default_path, generator, ignore};
    pub use crate::convert::{DefaultFor, Encoded, Input, Output, default_value};
    pub use crate::default_of;
    pub use crate::definition::*;
    pub use crate::dependency::{Call, Node};
    pub use crate::inputs::{Inputs, PerhapsDefault, PerhapsNone, Probe};
    pub use crate::interface::{
        Given, Linked, Literal, Promise, Sent, called, decode_interface, encode_interface,
        enumeration_literal, given, interface_literal, linked, promised,
    };
    pub use crate::object::{
        Answer, Construction, NewState, NoFunctions, State, decode_enumeration, decode_object,
        encode_enumeration, encode_object, has_field,
    };
    pub use crate::registry::Registry;
    pub use dagger_sdk::Query;
    pub use serde_json::Value;
}
