use dagger_sdk::prelude::*;

/// Builds this project.
#[object]
pub struct Build {
    /// Image to build in.
    #[arg(default = "rust:1.95")]
    image: String,
}

#[functions]
impl Build {
    /// Return the binary.
    #[function]
    pub fn binary(
        &self,
        dag: &Dag,
        /// The sources.
        #[arg(default_path = "/", ignore = ["target"])]
        src: Directory,
    ) -> File {
        dag.container()
            .from(&self.image)
            .with_directory("/src", src)
            .with_workdir("/src")
            .with_exec(["cargo", "build", "--release"])
            .file("/src/target/release/app")
    }
}

fn main() -> std::process::ExitCode {
    dagger_sdk::run::<Build>()
}
