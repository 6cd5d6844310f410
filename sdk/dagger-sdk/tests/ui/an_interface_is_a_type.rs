use dagger_sdk::prelude::*;

#[interface]
pub trait Greeter {
    async fn greet(&self) -> Result<String>;
}

#[object]
pub struct Main {}

#[functions]
impl Main {
    #[function]
    fn one(&self, guest: impl Greeter) {}

    #[function]
    fn two(&self, guest: Box<dyn Greeter>) {}

    #[function]
    fn three(&self, guests: Vec<Box<dyn Greeter + Send>>) {}
}

#[functions]
impl Greeter for Main {
    #[function]
    async fn greet(&self) -> Result<String> {
        Ok("hi".into())
    }
}

dagger_sdk::main!(Main);
