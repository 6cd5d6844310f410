#![allow(unused)]

use dagger_sdk::prelude::*;

pub struct Main {}

dagger_sdk::main!(Main);
