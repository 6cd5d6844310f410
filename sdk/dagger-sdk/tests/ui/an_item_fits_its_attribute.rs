use dagger_sdk::prelude::*;

#[object]
pub enum Main {}

#[enumeration]
pub struct Level {}

#[functions]
pub struct Functions {}

dagger_sdk::main!(Main);
