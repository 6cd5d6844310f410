use dagger_sdk::prelude::*;

#[object]
pub struct Main {
    id: String,
}

#[functions]
impl Main {
    #[function]
    fn id(&self) {}

    #[function(name = "do-it")]
    fn other(&self) {}

    #[function(name = "")]
    fn third(&self) {}
}

dagger_sdk::main!(Main);
