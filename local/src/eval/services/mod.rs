//! Services: containers that run beside commands.

mod forward;
mod start;
pub mod store;
pub mod watch;
