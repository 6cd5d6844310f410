//! Certificates of registries that have a CA of their own, where the daemon, the Docker
//! CLI and what is like it look for them.

use dagger_sdk::prelude::*;

use crate::settings::Settings;

/// A folder for each registry: `HOST:PORT/ca.crt`, and a client's own certificate and key.
const PATH: &str = "/etc/docker/certs.d";

/// The container, the daemon's or a client's, with the certificates that the caller gave.
pub(crate) fn mount(settings: &Settings, container: Container) -> Container {
    match &settings.registry_certs {
        Some(certificates) => container.with_mounted_directory(PATH, certificates),
        None => container,
    }
}
