use dagger_sdk::prelude::*;

#[object]
pub struct Main {}

#[functions]
impl Main {
    #[function]
    fn any<T: Into<String>>(&self, text: T) -> String {
        text.into()
    }
}

dagger_sdk::main!(Main);
