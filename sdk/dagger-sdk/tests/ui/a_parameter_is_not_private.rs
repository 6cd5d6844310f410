use dagger_sdk::prelude::*;

#[object]
pub struct Main {}

#[functions]
impl Main {
    #[function]
    fn one(&self, #[arg(private)] state: String) {}
}

dagger_sdk::main!(Main);
