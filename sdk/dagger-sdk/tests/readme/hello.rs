//! The template with the functions and the test that the readme adds.

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

    /// Return what a linter says of the sources, whether it is content or not.
    #[function]
    pub async fn lint(&self, dag: &Dag, src: Directory) -> Result<String> {
        let any = ContainerWithExecOpts {
            expect: Some(ReturnType::Any),
            ..Default::default()
        };
        let linted = base(dag)
            .with_mounted_directory("/mnt", src)
            .with_exec_opts(["grep", "-rn", "TODO", "/mnt"], any);
        // Both are asked for side by side.
        let (found, code) = try_join!(linted.stdout(), linted.exit_code())?;
        Ok(format!("{code}: {found}"))
    }

    /// Return what a command wrote before it failed.
    #[function]
    pub async fn complaint(&self, dag: &Dag) -> Result<String> {
        let failing = base(dag).with_exec(["ls", "/nowhere"]);
        match failing.stdout().await {
            Ok(output) => Ok(output),
            Err(error) => match error.exec_failure() {
                Some(failure) => Ok(failure.stderr),
                None => Err(error),
            },
        }
    }

    /// Return the size of a secret, which no log shows.
    #[function]
    pub async fn size_of_secret(&self, dag: &Dag, token: Secret) -> Result<String> {
        let given = base(dag).with_secret_variable("TOKEN", token);
        given
            .with_exec(["sh", "-c", "echo ${#TOKEN}"])
            .stdout()
            .await
    }

    /// Return what a server answers to a client that is bound to it.
    #[function]
    pub async fn ask_server(&self, dag: &Dag, server: Service) -> Result<String> {
        let client = base(dag).with_service_binding("server", server);
        let asked =
            client.with_exec(["bash", "-c", "read -r line </dev/tcp/server/80; echo $line"]);
        asked.stdout().await
    }
}

/// Methods and functions without `#[function]` are private.
fn base(dag: &Dag) -> Container {
    dag.container().from("ubuntu:24.04")
}

fn main() -> std::process::ExitCode {
    dagger_sdk::run::<Hello>()
}

use dagger_sdk::testing::{self, Recorder, json};

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

mod direct {
    use super::*;
    use dagger_sdk::testing::{self, Recorder};

    #[test]
    fn a_linter_that_complains_is_no_error() {
        let recorder = Recorder::new();
        recorder.answer("stdout", "TODO").answer("exitCode", 1);
        let dag = recorder.dag();
        let found = testing::block_on(Hello {}.lint(&dag, dag.directory()));
        assert_eq!(found.unwrap(), "1: TODO");
    }
}
