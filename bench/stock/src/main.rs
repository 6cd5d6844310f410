//! The two functions of the SDK's template, called through the client of crates.io.

use dagger_sdk::{Container, Query};

fn container_echo(dag: &Query, string_arg: &str) -> Container {
    base(dag).with_exec(vec!["echo", string_arg])
}

async fn grep_dir(dag: &Query, pattern: &str) -> eyre::Result<String> {
    let found = base(dag)
        .with_mounted_directory("/mnt", dag.directory().id().await?)
        .with_workdir("/mnt")
        .with_exec(vec!["grep", "-R", pattern, "."])
        .stdout()
        .await?;
    Ok(found)
}

fn base(dag: &Query) -> Container {
    dag.container().from("ubuntu:24.04")
}

#[tokio::main]
async fn main() -> eyre::Result<()> {
    dagger_sdk::connect(|dag| async move {
        println!("{}", container_echo(&dag, "hello").stdout().await?);
        println!("{}", grep_dir(&dag, "hello").await?);
        Ok(())
    })
    .await?;
    Ok(())
}
