//! Fetches from elsewhere: repositories by `git`, files by `curl`. Programs of
//! the machine rather than libraries: they bring TLS, proxies and certificates
//! as the machine has them. They read none of the user's settings, ask nobody
//! anything, and end when their time or the session does.

pub mod address;
pub mod git;
pub mod http;
mod program;
pub mod remote;
