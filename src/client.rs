//! The side that talks to the daemon: a container with the Docker CLI, bound to
//! the sidecar. It has no privileges of its own.

use dagger_sdk::prelude::*;

use crate::errors::Error as Mistake;
use crate::project::{self, Project};
use crate::settings::Settings;
use crate::{certificates, daemon, logins, shared};

/// The name under which the daemon is bound.
pub(crate) const HOST: &str = "docker";

const CLI: &str = "/usr/local/bin/docker";
/// Where the CLI finds logins and writes new ones, whoever runs it.
const CONFIG: &str = "/var/lib/dind/docker";
const CONFIG_PARENT: &str = "/var/lib/dind";
/// What the CLI asks for the given logins.
const HELPER: &str = "/usr/local/bin/docker-credential-dind";
/// Where the helper finds them.
const LOGINS: &str = "/run/secrets/dind-logins";
/// For everybody: a command may run as any user.
const OPEN_FOLDER: i64 = 0o777;
const OPEN_FILE: i64 = 0o666;
const READABLE: i64 = 0o444;
const EXECUTABLE: i64 = 0o755;
/// Where programs look up for whom there is no proxy.
const NO_PROXY: [&str; 2] = ["NO_PROXY", "no_proxy"];
/// Compose and buildx.
const PLUGINS: &str = "usr/local/libexec/docker/cli-plugins";

/// `base`, or the Ubuntu image, with the Docker CLI. The binaries are statically
/// linked and work on any Linux.
pub(crate) async fn container(
    settings: &Settings,
    dag: &Dag,
    base: Option<Container>,
) -> Result<Container> {
    let base = match base {
        Some(base) => base,
        None => dag.container().from(&settings.base_image),
    };
    let engine = dag.container().from(&settings.engine_image);
    // Of a folder that an image lacks, nothing is copied.
    let plugins = ContainerWithDirectoryOpts {
        include: Some(vec![PLUGINS.to_owned()]),
        ..Default::default()
    };
    Ok(base
        .with_file(CLI, engine.file(CLI))
        .with_directory_opts("/", engine.rootfs(), plugins))
}

/// `ctr`, or a container with the Docker CLI, bound to a daemon. The project lies in both.
pub(crate) async fn bind(
    settings: &Settings,
    dag: &Dag,
    ctr: Option<Container>,
    project: Option<&Project>,
) -> Result<Container> {
    let is_callers = ctr.is_some() || settings.base_is_callers;
    let ctr = match ctr {
        Some(ctr) => ctr,
        None => container(settings, dag, None).await?,
    };
    let ctr = with_logins(settings, dag, ctr, is_callers).await?;
    let ctr = certificates::mount(settings, ctr);
    let folders = shared::folders(settings, dag, project)?;
    // One object, which has one ID: made twice, a service with a private volume
    // can become two daemons.
    let service = daemon::service(settings, dag, settings.access, &folders).await?;
    let bound = ctr
        .with_service_binding(HOST, service)
        .with_env_variable("DOCKER_HOST", settings.access.docker_host());
    let mut bound = beside_proxies(bound, is_callers);
    for folder in &folders {
        bound = folder.mount(bound);
    }
    Ok(match project {
        Some(project) => bound.with_workdir(&project.path),
        None => bound,
    })
}

/// The client's proxy, should it have one, is not for its daemon.
fn beside_proxies(ctr: Container, is_callers: bool) -> Container {
    if !is_callers {
        return NO_PROXY
            .iter()
            .fold(ctr, |ctr, name| ctr.with_env_variable(name, HOST));
    }
    // Some programs read one, some the other: both keep what either had.
    let [first, second] = NO_PROXY;
    let expanded = || ContainerWithEnvVariableOpts { expand: Some(true) };
    let both = format!("{HOST},${{{first}}},${{{second}}}");
    ctr.with_env_variable_opts(first, both, expanded())
        .with_env_variable_opts(second, format!("${{{first}}}"), expanded())
}

/// The container with the given logins, for the time of each command.
async fn with_logins(
    settings: &Settings,
    dag: &Dag,
    ctr: Container,
    is_callers: bool,
) -> Result<Container> {
    let Some(secret) = &settings.registry_auth else {
        return Ok(ctr);
    };
    let logins = logins::read(&secret.plaintext().await?)?;
    if logins.is_empty() {
        return Ok(ctr);
    }
    let callers = is_callers.then_some(&ctr);
    check_helpers(&logins.helpers, callers).await?;
    let folder = DirectoryWithNewDirectoryOpts {
        permissions: Some(OPEN_FOLDER),
    };
    let file = DirectoryWithNewFileOpts {
        permissions: Some(OPEN_FILE),
    };
    let files = dag
        .directory()
        .with_new_directory_opts("docker", folder)
        .with_new_file_opts("docker/config.json", &logins.config, file);
    let helper = ContainerWithNewFileOpts {
        permissions: Some(EXECUTABLE),
        ..Default::default()
    };
    let readable = ContainerWithMountedSecretOpts {
        mode: Some(READABLE),
        ..Default::default()
    };
    // A mounted secret is in no layer and no graph.
    let answers = dag.set_secret(&logins.name, &logins.answers);
    Ok(ctr
        .with_directory(CONFIG_PARENT, files)
        .with_env_variable("DOCKER_CONFIG", CONFIG)
        .with_new_file_opts(HELPER, include_str!("docker-credential-dind.sh"), helper)
        .with_mounted_secret_opts(LOGINS, answers, readable))
}

/// Refuse what is no file of logins.
pub(crate) async fn check_logins(settings: &Settings) -> Result<()> {
    if let Some(secret) = &settings.registry_auth {
        logins::read(&secret.plaintext().await?)?;
    }
    Ok(())
}

/// Refuse logins that are kept by a program which the container lacks. The module's own has none;
/// a caller's is asked.
async fn check_helpers(
    helpers: &[(&'static str, String)],
    callers: Option<&Container>,
) -> Result<()> {
    for (key, helper) in helpers {
        let is_there = match callers {
            Some(ctr) => {
                let any = ContainerWithExecOpts {
                    expect: Some(ReturnType::Any),
                    ..Default::default()
                };
                let look = "command -v \"docker-credential-$1\"";
                ctr.with_exec_opts(["sh", "-c", look, "sh", helper], any)
                    .exit_code()
                    .await?
                    == 0
            }
            None => false,
        };
        if !is_there {
            let helper = helper.clone();
            return Err(Mistake::Helper { key, helper }.into());
        }
    }
    Ok(())
}

/// The command of a user, which is a line of bash.
pub(crate) fn shell(cmd: &str) -> Vec<&str> {
    vec!["bash", "-c", cmd]
}

/// `cmd` in `ctr`, or in a container with the Docker CLI, with a daemon at hand.
pub(crate) async fn with_docker(
    settings: &Settings,
    dag: &Dag,
    cmd: &str,
    ctr: Option<Container>,
    project: Option<&Project>,
) -> Result<Container> {
    let bound = bind(settings, dag, ctr, project).await?;
    project::run(dag, bound, project, shell(cmd)).await
}

/// `ctr`, or a container with the Docker CLI, with what Testcontainers looks for.
pub(crate) async fn testcontainers(
    settings: &Settings,
    dag: &Dag,
    ctr: Option<Container>,
    project: Option<&Project>,
) -> Result<Container> {
    Ok(bind(settings, dag, ctr, project)
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
