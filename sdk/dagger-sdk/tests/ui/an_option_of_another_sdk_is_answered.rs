use dagger_sdk::prelude::*;

#[object]
pub struct Main {}

#[functions]
impl Main {
    #[function(generator)]
    fn one(&self, #[arg(optional)] name: String) {}

    #[function(description = "Does it.")]
    fn two(&self, #[arg(defaultPath = ".")] src: Directory) {}

    #[function]
    fn three(&self, #[arg(defaultAddress = "alpine")] ctr: Container) {}
}

dagger_sdk::main!(Main);
