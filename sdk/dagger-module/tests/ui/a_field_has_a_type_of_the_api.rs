use dagger_module::prelude::*;

#[object]
pub struct Main {
    since: std::time::SystemTime,
}

fn main() -> std::process::ExitCode {
    dagger_module::run::<Main>()
}
