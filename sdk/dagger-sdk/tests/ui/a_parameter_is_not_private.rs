use dagger_sdk::prelude::*;

#[object]
pub struct Main {}

#[functions]
impl Main {
    #[function]
    fn one(&self, #[arg(private)] state: String) {}
}

fn main() -> std::process::ExitCode {
    dagger_sdk::run::<Main>()
}
