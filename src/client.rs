//! The side that talks to the daemon: a container with the Docker CLI, bound to
//! the sidecar. It has no privileges of its own.

use dagger_module::prelude::*;
use dagger_sdk::ContainerWithDirectoryOptsBuilder;

use crate::daemon;
use crate::settings::Settings;

/// The name under which the daemon is bound.
pub(crate) const HOST: &str = "docker";

const CLI: &str = "/usr/local/bin/docker";
/// Where the CLI finds logins, whoever runs it.
const CONFIG: &str = "/run/dind/docker";
/// Compose and buildx.
const PLUGINS: &str = "usr/local/libexec/docker/cli-plugins";

/// `base`, or the Ubuntu image, with the Docker CLI. The binaries are statically
/// linked and work on any Linux.
pub(crate) async fn container(
    settings: &Settings,
    dag: &Query,
    base: Option<Container>,
) -> Result<Container> {
    let base = match base {
        Some(base) => base,
        None => dag.container().from(&*settings.base_image),
    };
    let engine = dag.container().from(&*settings.engine_image);
    let cli = engine.file(CLI).id().await?;
    // Of a folder that an image lacks, nothing is copied.
    let plugins = ContainerWithDirectoryOptsBuilder::default()
        .include(vec![PLUGINS])
        .build()?;
    let root = engine.rootfs().id().await?;
    Ok(base
        .with_file(CLI, cli)
        .with_directory_opts("/", root, plugins))
}

/// `ctr`, or a container with the Docker CLI, bound to a daemon.
pub(crate) async fn bind(
    settings: &Settings,
    dag: &Query,
    ctr: Option<Container>,
) -> Result<Container> {
    let ctr = match ctr {
        Some(ctr) => ctr,
        None => container(settings, dag, None).await?,
    };
    // One ID: bound twice from the lazy chain, a service with a private volume
    // can become two daemons.
    let service = daemon::service(settings, dag).await?.id().await?;
    let bound = ctr
        .with_service_binding(HOST, service)
        .with_env_variable("DOCKER_HOST", format!("tcp://{HOST}:{}", daemon::PORT));
    let Some(logins) = &settings.registry_auth else {
        return Ok(bound);
    };
    // A mounted secret is in no layer and no graph.
    Ok(bound
        .with_env_variable("DOCKER_CONFIG", CONFIG)
        .with_mounted_secret(format!("{CONFIG}/config.json"), logins.id().await?))
}

/// The command of a user, which is a line of bash.
pub(crate) fn shell(cmd: &str) -> Vec<&str> {
    vec!["bash", "-c", cmd]
}

/// `cmd` in `ctr`, or in a container with the Docker CLI, with a daemon at hand.
pub(crate) async fn with_docker(
    settings: &Settings,
    dag: &Query,
    cmd: &str,
    ctr: Option<Container>,
) -> Result<Container> {
    Ok(bind(settings, dag, ctr).await?.with_exec(shell(cmd)))
}

/// `ctr`, or a container with the Docker CLI, with what Testcontainers looks for.
pub(crate) async fn testcontainers(
    settings: &Settings,
    dag: &Query,
    ctr: Option<Container>,
) -> Result<Container> {
    Ok(bind(settings, dag, ctr)
        .await?
        // Published ports are open where the daemon is, not where the tests are.
        .with_env_variable("TESTCONTAINERS_HOST_OVERRIDE", HOST)
        // For containers that are given the daemon's socket: it lies beside the daemon.
        .with_env_variable(
            "TESTCONTAINERS_DOCKER_SOCKET_OVERRIDE",
            "/var/run/docker.sock",
        )
        // The reaper clears away what tests leave in a daemon that goes on. This one
        // ends with them, and the reaper is one more image to pull.
        .with_env_variable("TESTCONTAINERS_RYUK_DISABLED", "true"))
}
