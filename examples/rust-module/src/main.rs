//! A module in Rust that depends on `dind`: the tests of an application that need Docker.

use dagger_sdk::prelude::*;

/// Tests an application that runs in containers.
#[object]
pub struct App {
    /// Image of the Docker daemon.
    #[arg(default = "docker:27-dind")]
    daemon: String,
}

#[functions]
impl App {
    /// Build the application's image and return what its tests print.
    #[function(cache = "never")]
    pub async fn test(
        &self,
        dag: &Dag,
        /// Directory with the Dockerfile and the tests.
        src: Directory,
        /// Command that tests the image `app`, for a shell.
        #[arg(default = "docker run --rm app")]
        cmd: String,
    ) -> Result<String> {
        let docker = dag.dind_opts(DindOpts {
            dind_image: Some(self.daemon.clone()),
            ..DindOpts::default()
        });
        let tested = docker
            .dind_bind()
            .with_directory("/src", src)
            .with_workdir("/src")
            .with_exec(["docker", "build", "--tag", "app", "."])
            .with_exec(["sh", "-c", &cmd]);
        tested.stdout().await
    }
}

dagger_sdk::main!(App);
