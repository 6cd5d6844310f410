//! Directories and files, and small work on them on disk.

mod directory;
pub mod disk;
mod edits;
mod file;
pub mod owners;
pub mod store;
pub mod value;
