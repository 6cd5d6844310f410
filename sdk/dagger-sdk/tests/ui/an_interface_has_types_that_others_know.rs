use dagger_sdk::prelude::*;

#[object]
pub struct Hall {}

#[interface]
pub trait Greeter {
    async fn take(&self, hall: Hall, map: std::collections::HashMap<String, String>) -> Result<()>;
    async fn hall(&self) -> Result<Hall>;
    async fn halls(&self) -> Result<Vec<Hall>>;
}

fn main() {}
