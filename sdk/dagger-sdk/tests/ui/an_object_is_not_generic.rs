use dagger_sdk::prelude::*;

#[object]
pub struct Main<T> {
    field: T,
}

#[object]
pub struct Pair(String, String);

fn main() -> std::process::ExitCode {
    dagger_sdk::run::<Main>()
}
