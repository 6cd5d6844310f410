use dagger_sdk::prelude::*;

#[object]
pub struct Main {
    base_image: String,
}

#[functions]
impl Main {
    #[function]
    fn base_image(&self) -> String {
        String::new()
    }
}

dagger_sdk::main!(Main);
