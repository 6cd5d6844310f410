//! Evaluates the graph: what a node stands for is worked out when a field
//! without an object behind it is asked for, and not before. A room for each
//! kind of object; `evaluator` holds what they share, and knows only their stores.

mod answers;
mod containers;
mod evaluator;
mod fetched;
mod files;
mod images;
mod secrets;
mod services;
pub mod sweep;

pub use answers::call::{Call, Origin, Reply};
pub use answers::definitions;
pub use answers::home::Home;
pub use answers::resolver::Caller;
pub use containers::door::{Door, Doors};
pub use containers::written;
pub use evaluator::{Evaluator, fields};
