use dagger_sdk::prelude::*;

#[object]
pub struct Main {
    base_image: String,
    #[arg(name = "baseImage")]
    image: String,
}

#[functions]
impl Main {
    #[function]
    fn do_it(&self) {}

    #[function(name = "doIt")]
    fn other(&self) {}
}

pub struct Other {}

#[functions]
impl Other {
    #[function]
    fn do_it(&self, dry_run: bool, dryRun: bool) {}
}

#[enumeration]
pub enum Level {
    VeryLow,
    #[member(name = "VERY_LOW")]
    Low,
}

dagger_sdk::main!(Main);
