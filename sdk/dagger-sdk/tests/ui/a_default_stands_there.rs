#![allow(unused)]

use dagger_sdk::prelude::*;

#[object]
pub struct Main {}

#[functions]
impl Main {
    #[function]
    fn one(
        &self,
        #[arg(default = alpine)] word: String,
        #[arg(default = None)] nothing: Option<String>,
        #[arg(default = Vec::new())] call: Vec<String>,
        #[arg(default = format!("{}", 1))] text: String,
        #[arg(default = [home()])] item: Vec<String>,
        #[arg(default = )] left_out: String,
    ) {
    }

    #[function]
    fn two(
        &self,
        #[arg(default)] file: File,
        #[arg(default = [])] plain: String,
    ) {
    }
}

dagger_sdk::main!(Main);
