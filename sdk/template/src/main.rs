//! A Dagger module in Rust: `dagger functions` lists what it can do, `dagger call` does it.

use dagger_sdk::prelude::*;

/// Two functions to begin with.
#[object]
pub struct Hello {}

#[functions]
impl Hello {
    /// Return a container that echoes the text it is given.
    #[function]
    pub fn container_echo(
        &self,
        dag: &Dag,
        /// What to echo.
        string_arg: String,
    ) -> Container {
        base(dag).with_exec(["echo", &string_arg])
    }

    /// Return the lines that match a pattern in the files of a directory.
    #[function]
    pub async fn grep_dir(
        &self,
        dag: &Dag,
        /// Where to look.
        directory_arg: Directory,
        /// What to look for.
        pattern: String,
    ) -> Result<String> {
        let found = base(dag)
            .with_mounted_directory("/mnt", directory_arg)
            .with_workdir("/mnt")
            .with_exec(["grep", "-R", &pattern, "."])
            .stdout()
            .await?;
        Ok(found)
    }
}

/// Methods and functions without `#[function]` are private.
fn base(dag: &Dag) -> Container {
    dag.container().from("ubuntu:24.04")
}

dagger_sdk::main!(Hello);
