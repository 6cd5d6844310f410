use dagger_sdk::prelude::*;

#[object]
pub enum Main {}

#[enumeration]
pub struct Level {}

#[functions]
pub struct Functions {}

fn main() -> std::process::ExitCode {
    dagger_sdk::run::<Main>()
}
