//! Images: where they come from, and those that changes are built into.

mod built;
mod docker_build;
mod dockerfile;
mod from;
pub mod logins;
pub mod store;
