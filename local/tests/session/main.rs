//! Sessions with a real Podman: services and their faults, folders and
//! changes, records, and what is left at the end.

mod commands;
mod daemon;
mod faults;
mod files;
mod folders;
mod images;
mod killed;
mod secrets;
mod services;
mod support;
