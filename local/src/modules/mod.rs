//! The modules of a session: each runs as a process of its own, which sees the
//! core, the modules that it depends on, and itself.

mod asker;
mod calls;
mod checks;
mod defaults;
mod definition;
mod introspection;
mod module;
pub mod names;
mod subtypes;
mod surface;
#[cfg(test)]
mod tests;
mod values;

pub use asker::Ancestors;
pub use calls::{Invocation, Modules};
pub use checks::Taken;
pub use introspection::Core;
pub use module::Module;
