use dagger_sdk::prelude::*;

#[object]
pub struct Main {}

#[functions]
impl Main {
    #[function]
    fn sum(&self, numbers: std::collections::HashMap<String, i64>) -> i64 {
        numbers.values().sum()
    }
}

dagger_sdk::main!(Main);
