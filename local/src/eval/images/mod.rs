//! Images: where they come from, and those that changes are built into.

mod built;
mod from;
pub mod logins;
pub mod store;
