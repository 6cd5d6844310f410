//! Containers: what their fields make of them, and the commands that run in them.

mod build;
pub mod configure;
mod copies;
pub mod door;
mod exec;
mod mounts;
pub mod nested;
pub mod store;
mod stubs;
pub mod value;
pub mod written;
