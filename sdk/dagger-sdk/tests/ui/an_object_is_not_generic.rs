use dagger_sdk::prelude::*;

#[object]
pub struct Main<T> {
    field: T,
}

#[object]
pub struct Pair(String, String);

dagger_sdk::main!(Main);
