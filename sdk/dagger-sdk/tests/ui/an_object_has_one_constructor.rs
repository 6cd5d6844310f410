use dagger_sdk::prelude::*;

#[object]
pub struct Main {}

#[functions]
impl Main {
    #[function(constructor)]
    fn new() -> Self {
        Main {}
    }

    #[function(constructor)]
    fn other() -> Self {
        Main {}
    }
}

dagger_sdk::main!(Main);
