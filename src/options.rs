//! The module's options: arguments of its constructor, and what they are by default.

use dagger_sdk::prelude::*;
use serde::Serialize;

/// Docker inside Dagger containers, and org documents in containers.
#[object]
#[derive(Serialize)]
pub struct Dind {
    /// Image of the Docker daemon and of the Docker CLI.
    pub(crate) dind_image: String,

    /// Image of the containers that commands run in.
    pub(crate) dind_ubuntu_image: String,

    /// Image that the Rust toolchain of dind-run-tests is copied from.
    pub(crate) dind_rust_image: String,

    /// Mirrors of Docker Hub, as URLs.
    pub(crate) registry_mirrors: Vec<String>,

    /// Registries without trusted TLS: host, host:port or a network such as 10.0.0.0/8.
    pub(crate) insecure_registries: Vec<String>,

    /// Certificates of registries with a CA of their own: a folder HOST:PORT for each.
    #[serde(skip)]
    pub(crate) registry_certs: Option<Directory>,

    /// Docker's config.json with logins to registries, as a secret.
    #[serde(skip)]
    pub(crate) registry_auth: Option<Secret>,

    /// Proxy that the daemon's pulls over http:// go through.
    pub(crate) http_proxy: Option<String>,

    /// Proxy that the daemon's pulls over https:// go through.
    pub(crate) https_proxy: Option<String>,

    /// Hosts, domains and networks that the daemon reaches without a proxy.
    pub(crate) no_proxy: Option<String>,

    /// Storage driver of the daemon: overlay2, fuse-overlayfs, btrfs, zfs or vfs.
    pub(crate) storage_driver: Option<String>,

    /// A daemon.json of your own, which the module's keys go into.
    #[serde(skip)]
    pub(crate) daemon_json: Option<File>,

    /// Who reaches the daemon: network (everybody on the engine) or socket (the client alone).
    pub(crate) access: String,

    /// What becomes of the daemon's images and containers: private, locked, shared or none.
    pub(crate) cache: String,

    /// A name set before those of the cache volumes, so that projects do not share them.
    pub(crate) cache_namespace: Option<String>,
}
