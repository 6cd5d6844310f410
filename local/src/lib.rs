//! Runs a Dagger module through Podman, where there is no Dagger engine.

pub mod error;
pub mod node;
pub mod progress;
pub mod schema;
mod sync;
pub mod tree;
pub mod typedefs;

pub use error::Error;
pub use progress::{Progress, Silent};
