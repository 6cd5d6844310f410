//! The session that started this process: where it listens, and how it is asked.

mod answer;
mod ask;
mod http;
mod variables;

pub use answer::{EXEC_ERROR, EngineError, ExecFailure};
pub use ask::{Sent, Session, SharedSession};
pub use variables::{Variables, VariablesError};
