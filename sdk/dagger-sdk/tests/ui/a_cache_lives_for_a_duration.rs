use dagger_sdk::prelude::*;

#[object]
pub struct Main {}

#[functions]
impl Main {
    #[function(cache = "always")]
    fn one(&self) {}

    #[function(cache = "200h")]
    fn two(&self) {}

    #[function(cache = "10")]
    fn three(&self) {}

    #[function(cache = true)]
    fn four(&self) {}
}

dagger_sdk::main!(Main);
