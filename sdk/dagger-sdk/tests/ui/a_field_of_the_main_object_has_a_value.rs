use dagger_sdk::prelude::*;

#[object]
pub struct Main {
    #[field(private)]
    seen: Vec<String>,
    #[field(private)]
    src: Directory,
    #[field(internal)]
    part: Part,
}

/// Another object than the main one is made by functions.
#[object]
pub struct Part {
    #[field(private)]
    src: Directory,
}

dagger_sdk::main!(Main);
