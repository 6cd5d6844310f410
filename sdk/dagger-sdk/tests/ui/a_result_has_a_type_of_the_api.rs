use dagger_sdk::prelude::*;

pub struct Plain;

#[object]
pub struct Main {}

#[functions]
impl Main {
    #[function]
    fn plain(&self) -> Plain {
        Plain
    }

    #[function]
    fn path(&self) -> Result<std::path::PathBuf> {
        Ok("/".into())
    }
}

fn main() -> std::process::ExitCode {
    dagger_sdk::run::<Main>()
}
