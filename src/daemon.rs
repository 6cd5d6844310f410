//! The Docker daemon as a sidecar.
//!
//! Outer and nested Dagger engines both number their network 10.87.0.0/16 and
//! answer DNS at 10.87.0.1. The sidecar finds that address in its `resolv.conf`,
//! and Docker would hand it on; a nested engine then puts up a bridge of the same
//! range, and its containers reach the outer DNS no more. What they reach is the
//! gateway of Docker's bridge. So `daemon.json` gives the bridge a fixed address and
//! hands it out as the nameserver, and a wrapper around the image's entrypoint
//! forwards what arrives there on port 53 to the sidecar's own server.
//!
//! That address has owners, too: a Docker daemon in a container takes it where it is
//! free, and refuses what is asked there. A second address stands behind it that
//! nobody takes; questions to it go out by the default route, and so pass the sidecar.

use std::net::Ipv4Addr;

use dagger_sdk::prelude::*;

use crate::access::{Access, PORT};
use crate::daemon_json::{self, Config};
use crate::settings::Settings;
use crate::shared::{self, Folder};
use crate::{cache, certificates, text_file};

/// The address of the sidecar's `docker0` bridge: Docker's own default, which
/// collides with no engine's network.
pub const BRIDGE_ADDRESS: Ipv4Addr = Ipv4Addr::new(172, 17, 0, 1);
/// The nameserver of containers that have the bridge's address themselves. Of the block
/// that is kept for documentation (TEST-NET-1, RFC 5737): no network numbers itself so,
/// and unlike loopback and link-local addresses it is sent to the gateway.
pub const SECOND_ADDRESS: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 53);
/// The length of the prefix of the bridge's network.
pub const BRIDGE_PREFIX: u8 = 16;
/// Where the daemon keeps images and containers.
const DATA: &str = "/var/lib/docker";

const ENTRYPOINT: &str = "/usr/local/bin/dockerd-entrypoint.sh";
/// The wrapper's last line starts it by this name.
const STOCK_ENTRYPOINT: &str = "/usr/local/bin/dockerd-entrypoint-orig.sh";
const EXECUTABLE: i64 = 0o755;

/// The service for clients that have these folders, too. Its daemon runs with all root
/// capabilities, which dockerd needs.
pub(crate) async fn service(
    settings: &Settings,
    dag: &Dag,
    access: Access,
    folders: &[Folder],
) -> Result<Service> {
    let config = config(settings, dag).await?;
    let container = dag
        .container()
        .from(&settings.engine_image)
        .with_env_variable("DOCKER_TLS_CERTDIR", "")
        .with_env_variable("TINI_SUBREAPER", "");
    let container = settings.daemon.proxies.apply(container);
    let container = with_config(dag, container, &config)?
        .with_exec(["mv", ENTRYPOINT, STOCK_ENTRYPOINT])
        .with_new_file_opts(
            ENTRYPOINT,
            with_addresses(include_str!("dockerd-entrypoint.sh")),
            ContainerWithNewFileOpts {
                permissions: Some(EXECUTABLE),
                ..Default::default()
            },
        );
    let container = certificates::mount(settings, container);
    let data = data_volume(settings, config.storage_driver.as_deref());
    let mut container = cache::mount(settings, dag, container, DATA, &data);
    for folder in folders {
        container = folder.mount(container);
    }
    if access == Access::Network {
        container = container.with_exposed_port(PORT);
    }
    let container = container.with_docker_healthcheck_opts(
        access.health_check(),
        // A port is open before dockerd answers. A cold start takes two
        // seconds, on a busy machine ten times that.
        ContainerWithDockerHealthcheckOpts {
            interval: Some("1s".into()),
            timeout: Some("10s".into()),
            start_period: Some("60s".into()),
            start_interval: Some("250ms".into()),
            retries: Some(5),
            ..Default::default()
        },
    );
    Ok(container.as_service_opts(ContainerAsServiceOpts {
        args: Some(access.arguments()),
        use_entrypoint: Some(true),
        insecure_root_capabilities: Some(true),
        ..Default::default()
    }))
}

/// The `daemon.json` for these settings.
pub(crate) async fn config(settings: &Settings, dag: &Dag) -> Result<Config> {
    let users = match &settings.daemon_json {
        Some(file) => Some(text_file::contents(settings, dag, file).await?),
        None => None,
    };
    Ok(daemon_json::merged(&settings.daemon, users.as_deref())?)
}

fn with_config(dag: &Dag, container: Container, config: &Config) -> Result<Container> {
    if !config.is_secret {
        return Ok(container.with_new_file(daemon_json::PATH, &config.text));
    }
    let name = format!("dind-daemon-json-{}", shared::random()?);
    let secret = dag.set_secret(name, &config.text);
    Ok(container.with_mounted_secret(daemon_json::PATH, secret))
}

/// A script of this module, told the addresses of the nameserver.
pub fn with_addresses(script: &str) -> String {
    script
        .replace("@BRIDGE_ADDRESS@", &BRIDGE_ADDRESS.to_string())
        .replace("@SECOND_ADDRESS@", &SECOND_ADDRESS.to_string())
}

/// The volume's name: dockerd refuses the data of two storage drivers, and a
/// daemon of another version may not understand it at all.
fn data_volume(settings: &Settings, storage_driver: Option<&str>) -> String {
    let engine = &settings.engine_image;
    match storage_driver {
        Some(driver) => format!("dind-docker-{engine}-{driver}"),
        None => format!("dind-docker-{engine}"),
    }
}
