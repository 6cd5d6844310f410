//! The module as its users run it: real calls through `./dind`, with a real Docker daemon behind them.
//! `DIND_SESSION` decides which session answers; the local one unless it says otherwise.

mod call;
mod comparison;
mod daemon;
mod documents;
mod faults;
mod machine;
mod mistakes;
mod registries;
mod shared;
mod testcontainers;
mod unwell;
