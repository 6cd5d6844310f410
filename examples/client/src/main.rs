//! A program that is no module and calls `dind`: `dagger develop`, then `dagger run cargo run`.

use dagger_sdk::prelude::*;

fn main() -> Result<()> {
    dagger_sdk::connect(async |dag| {
        let info = dag.dind().dind_with_docker("docker info");
        println!("{}", info.stdout().await?);
        Ok(())
    })
}
