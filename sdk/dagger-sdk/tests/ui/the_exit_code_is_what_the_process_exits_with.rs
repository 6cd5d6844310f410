#![deny(unused_must_use)]

use dagger_sdk::prelude::*;

#[object]
pub struct Main {}

fn main() {
    dagger_sdk::run::<Main>();
}
