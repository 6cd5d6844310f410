//! From the session's question to the author's function, and back with the answer.

mod call;
mod panic;
mod serve;

pub use panic::keep_places;
pub use serve::serve;
#[cfg(feature = "test-support")]
pub use serve::{answer, construct, invoke};
