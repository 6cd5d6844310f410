//! Where the spans and events of an author's functions go: with the feature `tracing` into Dagger's
//! trace, without it nowhere.

#[cfg(feature = "tracing")]
mod collector;
#[cfg(feature = "tracing")]
mod exported;
#[cfg(not(feature = "tracing"))]
mod none;

#[cfg(feature = "tracing")]
pub use exported::{Traces, in_span, traceparent};
#[cfg(not(feature = "tracing"))]
pub use none::{Traces, in_span, traceparent};
