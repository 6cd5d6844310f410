use dagger_module::prelude::*;

#[object]
pub struct Main {}

#[functions]
impl Main {
    #[function]
    fn by_value(self) {}

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

fn main() -> std::process::ExitCode {
    dagger_module::run::<Main>()
}
