//! How a session tells what it is doing, while it does it.

/// Receives what a session does: steps, their output, and remarks.
///
/// Calls come from several threads; a step's calls come in order.
pub trait Progress: Send + Sync {
    /// A step begins. `id` is the step's own in this session.
    fn step_started(&self, id: u64, title: &str);
    /// A line that the step's command wrote.
    fn step_output(&self, id: u64, line: &str);
    /// The step has ended; `cached` where it was answered from a record.
    fn step_done(&self, id: u64, cached: bool, ok: bool);
    /// A line that the module's program printed; whether the user has seen it.
    fn module_line(&self, line: &str) -> bool;
    /// A line that the user must see, such as that a stand-in is used.
    fn note(&self, line: &str);
}

/// Says nothing.
#[derive(Debug, Default, Clone, Copy)]
pub struct Silent;

impl Progress for Silent {
    fn step_started(&self, _id: u64, _title: &str) {}
    fn step_output(&self, _id: u64, _line: &str) {}
    fn step_done(&self, _id: u64, _cached: bool, _ok: bool) {}
    fn module_line(&self, _line: &str) -> bool {
        false
    }
    fn note(&self, _line: &str) {}
}
