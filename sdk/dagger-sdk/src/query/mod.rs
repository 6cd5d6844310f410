//! Chains of selections: what the generated client is made of.
//!
//! Nothing is sent while a chain grows. A leaf at its end makes one query of the whole chain; the
//! objects among its arguments are asked for their IDs first.

mod answer;
mod api;
mod call;
mod given;
mod id;
mod kinds;
mod literal;
mod node;
mod objects;

pub use answer::{Answer, Unreadable};
pub use api::{ApiEnum, ApiObject, ApiType, Kind, OwnObject};
pub use call::{Awaited, Call, Options, awaited};
pub use given::Given;
pub use id::{Id, Loader};
pub use kinds::{member, name_of, of_id};
pub(crate) use kinds::{members, object, scalar};
pub use literal::{literal, literals};
pub use node::{Argument, Node};
