use dagger_sdk::prelude::*;

#[object]
pub struct Main {}

#[functions]
impl Main {
    #[function(check, check)]
    fn one(&self) {}

    #[function]
    fn two(&self, #[arg(default = 1, default = 2)] number: i64) {}
}

dagger_sdk::main!(Main);
