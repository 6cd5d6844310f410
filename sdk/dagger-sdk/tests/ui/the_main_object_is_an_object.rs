#![allow(unused)]

use dagger_sdk::prelude::*;

pub struct Main {}

fn main() -> std::process::ExitCode {
    dagger_sdk::run::<Main>()
}
