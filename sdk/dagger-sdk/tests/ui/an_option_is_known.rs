use dagger_sdk::prelude::*;

#[object(main)]
pub struct Other {}

#[object]
pub struct Main {
    #[arg(defualt = "alpine")]
    image: String,
}

#[functions]
impl Main {
    #[function(cached = "never")]
    fn one(&self, #[arg(optional)] text: String) -> String {
        text
    }
}

#[enumeration]
pub enum Level {
    #[member(value = "L")]
    Low,
}

#[functions(all)]
impl Other {}

dagger_sdk::main!(Main);
