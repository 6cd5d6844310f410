//! The Docker daemon as a sidecar.
//!
//! Outer and nested Dagger engines both number their network 10.87.0.0/16 and
//! answer DNS at 10.87.0.1. The sidecar finds that address in its `resolv.conf`,
//! and Docker would hand it on; a nested engine then puts up a bridge of the same
//! range, and its containers reach the outer DNS no more. What they always reach
//! is the gateway of Docker's bridge. So `daemon.json` gives the bridge a fixed
//! address and hands it out as the nameserver, and a wrapper around the image's
//! entrypoint forwards what arrives there on port 53 to the sidecar's own server.

use std::net::Ipv4Addr;

use dagger_module::prelude::*;
use dagger_sdk::{
    ContainerAsServiceOptsBuilder, ContainerWithDockerHealthcheckOptsBuilder,
    ContainerWithNewFileOptsBuilder,
};

use crate::settings::Settings;
use crate::{cache, daemon_json};

/// The address of the sidecar's `docker0` bridge: Docker's own default, which
/// collides with no engine's network.
pub const BRIDGE_ADDRESS: Ipv4Addr = Ipv4Addr::new(172, 17, 0, 1);
/// The length of the prefix of the bridge's network.
pub const BRIDGE_PREFIX: u8 = 16;
/// Where dockerd listens without TLS.
pub(crate) const PORT: isize = 2375;
/// Where the daemon keeps images and containers.
const DATA: &str = "/var/lib/docker";

const ENTRYPOINT: &str = "/usr/local/bin/dockerd-entrypoint.sh";
/// The wrapper's last line starts it by this name.
const STOCK_ENTRYPOINT: &str = "/usr/local/bin/dockerd-entrypoint-orig.sh";
const EXECUTABLE: isize = 0o755;

/// The service. Its daemon runs with all root capabilities, which dockerd needs.
pub(crate) async fn service(settings: &Settings, dag: &Query) -> Result<Service> {
    let config = daemon_json::contents(settings).await?;
    let container = dag
        .container()
        .from(&*settings.engine_image)
        .with_env_variable("DOCKER_TLS_CERTDIR", "")
        .with_env_variable("TINI_SUBREAPER", "")
        .with_new_file(daemon_json::PATH, config)
        .with_exec(vec!["mv", ENTRYPOINT, STOCK_ENTRYPOINT])
        .with_new_file_opts(
            ENTRYPOINT,
            with_bridge_address(include_str!("dockerd-entrypoint.sh")),
            ContainerWithNewFileOptsBuilder::default()
                .permissions(EXECUTABLE)
                .build()?,
        );
    let container = cache::mount(settings, dag, container, DATA, &data_volume(settings))
        .await?
        .with_exposed_port(PORT)
        .with_docker_healthcheck_opts(
            vec!["docker", "info"],
            // The port is open before dockerd answers. A cold start takes two
            // seconds, on a busy machine ten times that.
            ContainerWithDockerHealthcheckOptsBuilder::default()
                .interval("1s")
                .timeout("10s")
                .start_period("60s")
                .start_interval("250ms")
                .retries(5_isize)
                .build()?,
        );
    // Unless told that TLS is off, dockerd delays its start to warn about it.
    Ok(container.as_service_opts(
        ContainerAsServiceOptsBuilder::default()
            .args(vec!["--tls=false"])
            .use_entrypoint(true)
            .insecure_root_capabilities(true)
            .build()?,
    ))
}

/// A script of this module, told the bridge's address.
pub fn with_bridge_address(script: &str) -> String {
    script.replace("@BRIDGE_ADDRESS@", &BRIDGE_ADDRESS.to_string())
}

/// The volume's name: dockerd refuses the data of two storage drivers, and a
/// daemon of another version may not understand it at all.
fn data_volume(settings: &Settings) -> String {
    let engine = &settings.engine_image;
    match &settings.daemon.storage_driver {
        Some(driver) => format!("dind-docker-{engine}-{driver}"),
        None => format!("dind-docker-{engine}"),
    }
}
