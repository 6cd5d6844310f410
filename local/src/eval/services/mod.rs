//! Services: containers that run beside commands.

mod forward;
mod host;
mod leaf;
mod listening;
mod start;
pub mod store;
pub mod watch;
