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

fn main() -> std::process::ExitCode {
    dagger_sdk::run::<Main>()
}
