use dagger_sdk::prelude::*;

#[interface]
pub trait Greeter {
    fn name(&self) -> String;
    fn nothing(&self);
    fn maybe(&self) -> Result<Container>;
    async fn certain(&self) -> String;
}

fn main() {}
