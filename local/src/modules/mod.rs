//! The modules of a session: each runs as a process of its own, which sees the
//! core, the modules that it depends on, and itself.

mod asker;
mod calls;
mod checks;
mod defaults;
mod definition;
mod introspection;
mod invocation;
mod module;
pub mod names;
mod store;
mod subtypes;
mod surface;
#[cfg(test)]
mod tests;
mod values;

pub use calls::Modules;
pub use checks::Taken;
pub use introspection::Core;
pub use invocation::{Ancestors, Invocation};
pub use module::Module;
