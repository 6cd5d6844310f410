//! The template with the functions and the test that the readme adds.

use dagger_module::prelude::*;

/// Two functions to begin with.
#[object]
pub struct Hello {}

#[functions]
impl Hello {
    /// Return a container that echoes the text it is given.
    #[function]
    pub fn container_echo(
        &self,
        dag: &Query,
        /// What to echo.
        string_arg: String,
    ) -> Container {
        base(dag).with_exec(vec!["echo", &string_arg])
    }

    /// Return the lines that match a pattern in the files of a directory.
    #[function]
    pub async fn grep_dir(
        &self,
        dag: &Query,
        /// Where to look.
        directory_arg: Directory,
        /// What to look for.
        pattern: String,
    ) -> Result<String> {
        let found = base(dag)
            .with_mounted_directory("/mnt", directory_arg)
            .with_workdir("/mnt")
            .with_exec(vec!["grep", "-R", &pattern, "."])
            .stdout()
            .await?;
        Ok(found)
    }

    /// Return the number of files in a directory, at any depth.
    #[function]
    pub async fn count_files(&self, dir: Directory) -> Result<i64> {
        let files = dir.glob("**/*").await?;
        Ok(i64::try_from(files.len())?)
    }

    /// Return the version that the project names.
    #[function]
    pub async fn version(&self, src: Directory) -> Result<String> {
        let text = src.file("VERSION").contents().await?;
        match text.trim() {
            "" => Err(Error::msg("VERSION is empty: write a version into it")),
            version => Ok(version.to_owned()),
        }
    }
}

/// Methods and functions without `#[function]` are private.
fn base(dag: &Query) -> Container {
    dag.container().from("ubuntu:24.04")
}

fn main() -> std::process::ExitCode {
    dagger_module::run::<Hello>()
}

use dagger_module::testing::{self, Recorder, json};

#[test]
fn what_is_echoed_is_the_text() {
    let recorder = Recorder::new();
    let call = testing::call::<Hello>(
        &recorder,
        "containerEcho",
        json!({}),
        json!({"stringArg": "hi"}),
    );
    let id = testing::block_on(call).unwrap();
    assert_eq!(
        recorder.graph(id.as_str().unwrap()),
        "container\nfrom(address: \"ubuntu:24.04\")\nwithExec(args: [\"echo\", \"hi\"])"
    );
}
