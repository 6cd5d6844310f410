use dagger_sdk::prelude::*;

#[object]
pub struct Main {}

#[functions]
impl Main {
    #[function]
    fn one(
        &self,
        #[arg(deprecated = "use two")] one: String,
        #[arg(deprecated = "use two")] _may_be_left_out: Option<String>,
        #[arg(deprecated = "use two", default = 1)] _has_a_default: i64,
    ) -> String {
        one
    }
}

dagger_sdk::main!(Main);
