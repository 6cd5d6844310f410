//! Modules that are made, built and called in the local session, as their authors do it.

mod dependencies;
mod modules;
mod readme;
mod support;
