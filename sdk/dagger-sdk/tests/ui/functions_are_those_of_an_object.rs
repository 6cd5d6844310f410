use dagger_sdk::prelude::*;

pub struct Other {}

#[functions]
impl Other {
    #[function]
    fn name(&self) -> String {
        String::new()
    }
}

fn main() {}
