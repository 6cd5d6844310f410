//! The module without an engine: the graphs that its functions build, recorded, and the rules that
//! hold for all of them.

mod allowlists;
mod calls;
mod configuration;
mod credential_helper;
mod help;
mod load_and_run;
mod pins;
mod quoting;
mod recorded;
mod reports;
mod rules;
mod schema;
mod shared;
mod support;
mod with_project;
