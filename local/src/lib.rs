//! Runs a Dagger module through Podman, where there is no Dagger engine.

pub mod error;
pub mod progress;
pub mod tree;
pub mod typedefs;

pub use error::Error;
pub use progress::{Progress, Silent};
