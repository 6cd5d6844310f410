use dagger_sdk::prelude::*;

#[interface]
pub trait Greeter: Clone {
    const LOUD: bool;
    type Name;

    async fn greet(&self) -> Result<String> {
        Ok("Hello".into())
    }
}

#[interface]
pub trait Keeper<T> {
    async fn keep(&self, what: T) -> Result<()>;
}

fn main() {}
