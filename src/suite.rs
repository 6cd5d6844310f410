//! The project's own test suite inside a container with Docker.

use dagger_sdk::prelude::*;

use crate::settings::Settings;
use crate::{cache, client, org, tools};

/// For `curl … | sh`, the linker, the scripts of the suite and the documents.
const PACKAGES: [&str; 12] = [
    "curl",
    "gcc",
    "libc6-dev",
    "python3",
    "python3-pip",
    "python3-venv",
    "emacs-nox",
    "elpa-htmlize",
    "git",
    "iproute2",
    "procps",
    "shellcheck",
];

const CARGO_HOME: &str = "/usr/local/cargo";
const RUSTUP_HOME: &str = "/usr/local/rustup";
/// Of the Ubuntu image, with cargo in front.
const PATH: &str =
    "/usr/local/cargo/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// Each step only if the one before succeeded.
const COMMAND: &str = "echo '=== dockerd ready ===' && \
                       docker info --format 'Docker: {{.ServerVersion}}' && \
                       echo '=== running test suite ===' && \
                       ./test-host.sh";

/// The container in which the suite ran.
pub(crate) async fn run_tests(settings: &Settings, dag: &Dag, src: Directory) -> Result<Container> {
    let base = client::container(settings, dag, None).await?;
    let tools = with_rust(settings, dag, tools::with_packages(base, &PACKAGES)).await?;
    let ready = org::with_repository(dag, tools::with_dagger_cli(tools)?, &src).await?;
    client::with_docker(settings, dag, COMMAND, Some(ready), None).await
}

/// The toolchain of the Rust image, and what cargo downloads kept between calls.
async fn with_rust(settings: &Settings, dag: &Dag, container: Container) -> Result<Container> {
    let toolchain = dag.container().from(&settings.rust_image);
    let cargo = toolchain.directory(CARGO_HOME);
    let rustup = toolchain.directory(RUSTUP_HOME);
    let registry = cache::volume(settings, dag, "dind-cargo-registry");
    Ok(container
        .with_directory(CARGO_HOME, cargo)
        .with_directory(RUSTUP_HOME, rustup)
        .with_env_variable("CARGO_HOME", CARGO_HOME)
        .with_env_variable("RUSTUP_HOME", RUSTUP_HOME)
        .with_env_variable("PATH", PATH)
        .with_mounted_cache(format!("{CARGO_HOME}/registry"), registry))
}
