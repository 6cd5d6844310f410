use dagger_sdk::prelude::*;

#[object]
pub struct Main {
    since: std::time::SystemTime,
}

dagger_sdk::main!(Main);
