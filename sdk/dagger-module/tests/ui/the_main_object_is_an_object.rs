#![allow(unused)]

use dagger_module::prelude::*;

pub struct Main {}

fn main() -> std::process::ExitCode {
    dagger_module::run::<Main>()
}
