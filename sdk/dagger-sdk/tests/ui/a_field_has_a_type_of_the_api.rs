use dagger_sdk::prelude::*;

#[object]
pub struct Main {
    since: std::time::SystemTime,
}

fn main() -> std::process::ExitCode {
    dagger_sdk::run::<Main>()
}
