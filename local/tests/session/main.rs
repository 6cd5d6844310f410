//! Sessions with a real Podman: services and their faults, folders and
//! changes, records, and what is left at the end.

mod daemon;
mod faults;
mod files;
mod killed;
mod support;
