#![allow(unused)]

use dagger_sdk::prelude::*;

#[object]
pub struct Main {
    #[arg(default = 8080)]
    image: String,
}

#[functions]
impl Main {
    #[function]
    fn one(
        &self,
        #[arg(default = "yes")] flag: bool,
        #[arg(default = "many")] number: Option<i64>,
        #[arg(default = ["a", "b"])] numbers: Vec<i64>,
        #[arg(default = "alpine")] ctr: Container,
    ) {
    }
}

dagger_sdk::main!(Main);
