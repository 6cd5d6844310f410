use dagger_sdk::prelude::*;

#[object]
pub struct Main {}

#[functions]
impl Default for Main {
    fn default() -> Self {
        Main {}
    }
}

#[functions]
impl<T> Wrapper<T> {
    #[function]
    fn one(&self) {}
}

dagger_sdk::main!(Main);
