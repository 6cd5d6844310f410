//! Runs a Dagger module through Podman, where there is no Dagger engine.

pub mod cli;
mod containerfile;
mod deep;
pub mod error;
mod eval;
mod http;
mod node;
mod podman;
pub mod progress;
pub mod schema;
pub mod session;
mod state;
mod sync;
pub mod tree;
pub mod typedefs;

pub use error::Error;
pub use http::Endpoint;
pub use progress::{Progress, Silent};
pub use session::{Invocation, Session, SessionOptions};

/// The version of Dagger's API that the session serves a part of.
const API_VERSION: &str = "v0.20.3";
