use dagger_sdk::prelude::*;

#[object(documented)]
pub struct Main {
    image: String,
    /// Kept.
    #[arg(default)]
    count: i64,
    #[field(private)]
    seen: Vec<String>,
}

#[functions(documented)]
impl Main {
    #[function]
    fn one(
        &self,
        dag: &Dag,
        /// What.
        said: String,
        unsaid: String,
    ) {
    }

    fn private(&self) {}
}

#[enumeration(documented)]
pub enum Colour {
    /// Like blood.
    Red,
    Blue,
}

#[interface(documented)]
pub trait Greeter {
    async fn greet(&self, name: String) -> Result<String>;
}

dagger_sdk::main!(Main);
