#![allow(unused)]

use dagger_sdk::prelude::*;

#[object]
pub struct Main {}

#[functions]
impl Main {
    #[function]
    fn one(
        &self,
        #[arg(default_path = ".")] path: String,
        #[arg(default_address = "alpine")] dir: Directory,
        #[arg(ignore = ["*"])] file: File,
    ) {
    }

    #[function(generate)]
    fn two(&self) -> Result<Directory> {
        todo!()
    }
}

dagger_sdk::main!(Main);
