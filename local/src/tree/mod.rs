//! All work on folders: copying, comparing, naming and exporting them.
//!
//! A `Directory` of the session evaluates to a plain folder, and everything that is done to
//! such a folder is done here, so that one set of rules holds for all of it: symbolic links
//! are entries and are never followed (except the root that the caller names), special files
//! are left out, and nothing is ever written through a link that lies inside a target.

mod changes;
mod contents;
mod copy;
mod difference;
mod digest;
mod error;
mod export;
mod filter;
mod many;
mod pattern;
mod place;
mod resolve;
mod walk;

pub use changes::{Changes, apply, changes};
pub use copy::copy;
pub use difference::difference;
pub use digest::digest;
pub use error::TreeError;
pub use export::{export, export_file};
pub use filter::Filter;
pub use resolve::{entries, glob, resolve};
