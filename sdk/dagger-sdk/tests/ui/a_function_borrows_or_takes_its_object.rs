use dagger_sdk::prelude::*;

#[object]
pub struct Main {}

#[functions]
impl Main {
    #[function]
    fn mutable(&mut self) {}

    #[function]
    fn boxed(self: Box<Self>) {}

    #[function]
    fn none() {}

    #[function(constructor)]
    fn new(&self) -> Self {
        Main {}
    }
}

dagger_sdk::main!(Main);
