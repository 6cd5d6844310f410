use dagger_sdk::prelude::*;

#[interface]
pub trait Greeter {
    #[function(cache = "never", check)]
    async fn greet(&self, #[arg(default = "you")] name: String) -> Result<String>;
    async fn look(&self, #[arg(default_path = ".", ignore = ["*"])] src: Directory) -> Result<()>;
}

#[interface(volume = 3)]
pub trait Loud {}

#[interface]
pub struct Quiet {}

fn main() {}
