use dagger_sdk::prelude::*;

/// Tests this project.
#[object]
pub struct Tests {
    /// Image to test in.
    #[arg(default = "rust:1.95")]
    image: String,
}

#[functions]
impl Tests {
    /// Run the tests and return what they print.
    #[function(cache = "never")]
    pub async fn run(
        &self,
        dag: &Dag,
        /// The sources.
        #[arg(default_path = "/", ignore = ["target"])]
        src: Directory,
    ) -> Result<String> {
        let tested = dag
            .container()
            .from(&self.image)
            .with_mounted_directory("/src", src)
            .with_workdir("/src")
            .with_exec(["cargo", "test"]);
        tested.stdout().await
    }
}

fn main() -> std::process::ExitCode {
    dagger_sdk::run::<Tests>()
}
