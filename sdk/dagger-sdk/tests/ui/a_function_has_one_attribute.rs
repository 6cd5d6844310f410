use dagger_sdk::prelude::*;

#[object]
pub struct Main {}

#[functions]
impl Main {
    #[function(check)]
    #[function(cache = "never")]
    fn twice(
        &self,
        number: i64,
    ) -> i64 {
        number
    }
}

dagger_sdk::main!(Main);
