//! Runs a Dagger module through Podman, where there is no Dagger engine.

// A stream that takes no text must not end the process: see `cli::terminal`.
#![deny(clippy::print_stdout, clippy::print_stderr)]

pub mod cli;
mod connections;
mod containerfile;
pub mod error;
mod eval;
mod fetch;
mod http;
mod init;
mod lines;
pub mod modules;
mod nested;
mod node;
mod podman;
mod program;
pub mod progress;
mod query;
pub mod schema;
mod scrub;
pub mod session;
mod state;
mod sync;
pub mod tree;
pub mod typedefs;

pub use error::Error;
pub use http::Endpoint;
pub use modules::Invocation;
pub use progress::{Progress, Silent};
pub use session::{Session, SessionOptions};

/// The version of Dagger's API that the session serves a part of.
const API_VERSION: &str = "v0.20.3";
