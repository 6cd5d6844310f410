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

    #[function]
    async fn several(&self) -> Result<Vec<Plain>, Box<dyn std::error::Error + Send + Sync>> {
        Ok(vec![])
    }

    #[function]
    async fn failing(&self) -> Result<String, Plain> {
        Err(Plain)
    }
}

dagger_sdk::main!(Main);
