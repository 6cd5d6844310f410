use dagger_sdk::prelude::*;

#[interface]
pub trait Greeter {
    async fn by_value(self) -> Result<String>;
    async fn changing(&mut self) -> Result<String>;
    async fn without() -> Result<String>;
    async fn generic<T>(&self, what: T) -> Result<String>;
    async fn borrowed(&self, name: &str) -> Result<String>;
    async fn with_client(&self, dag: &Dag) -> Result<String>;
    async fn id(&self) -> Result<String>;
    async fn twice(&self) -> Result<String>;
    #[function(name = "twice")]
    async fn again(&self) -> Result<String>;
}

fn main() {}
