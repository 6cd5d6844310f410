//! Typed access to the modules that this one depends on.
//!
//! Written by `dagger develop` and the runtime, never by hand.

#![allow(clippy::all, deprecated, unused_imports)]

use dagger_module::dagger_sdk as core;
use dagger_module::dependency as sdk;

/// The dependencies of this module, as methods of the client.
pub trait Dependencies {
}

impl Dependencies for core::Query {
}
