//! Sessions with a real Podman: services and their faults, folders and
//! changes, records, and what is left at the end.

mod commands;
mod daemon;
mod damage;
mod dockerfiles;
mod faults;
mod files;
mod folders;
mod functions;
mod git;
mod hosts;
mod http;
mod images;
mod isolation;
mod killed;
mod leftovers;
mod nested;
mod players;
mod processes;
mod secrets;
mod services;
mod signalled;
mod support;
mod web;
