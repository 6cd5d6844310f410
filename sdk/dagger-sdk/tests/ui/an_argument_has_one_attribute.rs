use dagger_sdk::prelude::*;

#[object]
pub struct Main {}

#[functions]
impl Main {
    #[function]
    fn twice(
        &self,
        #[arg(default = 1)]
        #[arg(name = "n")]
        number: i64,
    ) -> i64 {
        number
    }
}

dagger_sdk::main!(Main);
