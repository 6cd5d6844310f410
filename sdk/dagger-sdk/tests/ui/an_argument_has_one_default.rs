use dagger_sdk::prelude::*;

#[object]
pub struct Main {}

#[functions]
impl Main {
    #[function]
    fn one(&self, #[arg(default_path = ".", default_address = "alpine")] ctr: Container) {}
}

dagger_sdk::main!(Main);
