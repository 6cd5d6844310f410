//! What comes from elsewhere: repositories, and files of the web.

mod git;
mod http;
pub mod store;
