use dagger_sdk::prelude::*;

#[object]
pub struct Main {}

#[functions]
impl Main {
    #[function]
    fn odd(&self, pair: (String, i64), three: [String; 3], any: impl Into<String>, (a, b): Pair) -> (i64, i64) {
        (1, 2)
    }
}

dagger_sdk::main!(Main);
