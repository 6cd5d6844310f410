//! Runs the module: one process for every call.

use std::process::ExitCode;

fn main() -> ExitCode {
    dagger_sdk::run::<dind::Dind>()
}
