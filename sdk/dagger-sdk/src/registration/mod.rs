//! Tells the engine what the module consists of.

mod batch;
mod module;
mod places;
mod register;
mod types_of;

pub use batch::{Chain, aliased, ids};
pub use module::Module;
pub use register::{ELEMENT, elements, register};
pub use types_of::Types;
