use dagger_sdk::prelude::*;

#[object]
pub struct Main {}

impl Main {
    #[function]
    fn one(&self) {}
}

#[arg(default = 1)]
const NUMBER: i64 = 1;

#[member]
pub struct Other;

#[functions]
impl Other {
    fn helper(&self, #[arg(default = 1)] number: i64) {}
}

dagger_sdk::main!(Main);
