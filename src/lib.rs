//! Docker inside Dagger containers, and org documents in containers: the module
//! `dind`. This file is what its users see; each chapter is a file of its own.

mod cache;
mod client;
mod daemon;
mod daemon_json;
mod doctor;
mod errors;
mod image;
mod matrix;
mod org;
mod pins;
mod settings;
mod suite;
mod table;
mod tools;

use dagger_module::prelude::*;
use serde::Serialize;

pub use crate::daemon::{BRIDGE_ADDRESS, BRIDGE_PREFIX, with_bridge_address};
pub use crate::daemon_json::{Options, merged as daemon_json};
pub use crate::doctor::Report;
pub use crate::errors::Error;
pub use crate::image::check_tag;
pub use crate::pins::Pins;
use crate::settings::Settings;

/// Docker inside Dagger containers, and org documents in containers.
#[object]
#[derive(Serialize)]
pub struct Dind {
    /// Image of the Docker daemon and of the Docker CLI.
    #[arg(default = "docker:27-dind")]
    dind_image: String,

    /// Image of the containers that commands run in.
    #[arg(default = "ubuntu:24.04")]
    dind_ubuntu_image: String,

    /// Image that the Rust toolchain of dind-run-tests is copied from.
    #[arg(default = "rust:1.95.0-slim-bookworm")]
    dind_rust_image: String,

    /// Mirrors of Docker Hub, as URLs.
    #[arg(default = [] as [&str; 0])]
    registry_mirrors: Vec<String>,

    /// Registries without trusted TLS: host, host:port or a network such as 10.0.0.0/8.
    #[arg(default = [] as [&str; 0])]
    insecure_registries: Vec<String>,

    /// Storage driver of the daemon: overlay2, fuse-overlayfs, btrfs, zfs or vfs.
    ///
    /// If left out, the daemon chooses.
    storage_driver: Option<String>,

    /// A daemon.json of your own, which the module's keys go into.
    ///
    /// Keys that would break DNS or the bridge are refused.
    #[serde(skip)]
    daemon_json: Option<File>,

    /// Docker's config.json with logins to registries, as a secret.
    ///
    /// On the command line: file://$HOME/.docker/config.json.
    #[serde(skip)]
    registry_auth: Option<Secret>,

    /// What becomes of the daemon's images and containers: private, locked, shared or none.
    ///
    /// private: they are kept, and a daemon that runs at the same time has its own. locked: they
    /// are kept, and such a daemon waits. shared: they are kept, for daemons that never run at the
    /// same time. none: they end with the daemon.
    #[arg(default = "private")]
    cache: String,

    /// A name set before those of the cache volumes, so that projects do not share them.
    cache_namespace: Option<String>,
}

#[functions]
impl Dind {
    /// Return a Docker daemon running as a sidecar service.
    ///
    /// It listens on port 2375 without TLS, for the containers that it is bound to. Containers
    /// that it starts resolve names through the bridge's address, 172.17.0.1, so that a Dagger
    /// engine among them does not cut itself off from DNS.
    #[function]
    pub async fn dind_service(&self, dag: &Query) -> Result<Service> {
        daemon::service(&self.settings()?, dag).await
    }

    /// Return a container with the Docker CLI, compose and buildx.
    #[function]
    pub async fn dind_container(
        &self,
        dag: &Query,
        /// Container to add them to; the Ubuntu image if left out.
        base: Option<Container>,
    ) -> Result<Container> {
        client::container(&self.settings()?, dag, base).await
    }

    /// Bind a Docker daemon to a container.
    ///
    /// The daemon is the host "docker" in it, and DOCKER_HOST is set. The container itself gets
    /// no privileges.
    #[function]
    pub async fn dind_bind(
        &self,
        dag: &Query,
        /// Container that needs Docker; that of dind-container if left out.
        ctr: Option<Container>,
    ) -> Result<Container> {
        client::bind(&self.settings()?, dag, ctr).await
    }

    /// Run a shell command in a container with Docker available.
    #[function]
    pub async fn dind_with_docker(
        &self,
        dag: &Query,
        /// Command, for bash.
        cmd: String,
        /// Container to run it in; that of dind-container if left out.
        ctr: Option<Container>,
    ) -> Result<Container> {
        client::with_docker(&self.settings()?, dag, &cmd, ctr).await
    }

    /// Run a shell command where the Docker daemon has an image, without a registry.
    #[function]
    pub async fn dind_with_image(
        &self,
        dag: &Query,
        /// Container that becomes the image.
        image: Container,
        /// Name of the image in the daemon, such as app or team/app:1.0.
        tag: String,
        /// Command, for bash.
        cmd: String,
        /// Container to run it in; that of dind-container if left out.
        ctr: Option<Container>,
    ) -> Result<Container> {
        image::with_image(&self.settings()?, dag, image, &tag, &cmd, ctr).await
    }

    /// Return a container in which Testcontainers finds a Docker daemon.
    #[function]
    pub async fn dind_testcontainers(
        &self,
        dag: &Query,
        /// Container with the tests; that of dind-container if left out.
        ctr: Option<Container>,
    ) -> Result<Container> {
        client::testcontainers(&self.settings()?, dag, ctr).await
    }

    /// Run a shell command against several versions of the Docker daemon, and compare.
    ///
    /// Returns a table with a line for each version: its exit code and what the command printed.
    /// A version that fails does not keep the others from running.
    #[function]
    pub async fn dind_matrix(
        &self,
        dag: &Query,
        /// Versions of Docker, such as 27 or 28.1.0.
        versions: Vec<String>,
        /// Command, for bash.
        cmd: String,
    ) -> Result<String> {
        matrix::matrix(&self.settings()?, dag, &versions, &cmd).await
    }

    /// Examine the Docker daemon and report what is wrong, as JSON or as a table.
    ///
    /// Each line of the report is ok, a warning or a failure, with what to do about it. A failure
    /// makes the call fail.
    #[function(cache = "never")]
    pub async fn dind_doctor(
        &self,
        dag: &Query,
        /// Return a table for people instead of JSON.
        #[arg(default = false)]
        table: bool,
    ) -> Result<String> {
        let report = doctor::examine(&self.settings()?, dag).await?;
        Ok(if table {
            report.table()
        } else {
            report.json()?
        })
    }

    /// Check that the Docker daemon works: it answers, runs containers, and these resolve names.
    #[function(check, cache = "never")]
    pub async fn dind_check(&self, dag: &Query) -> Result<()> {
        doctor::examine(&self.settings()?, dag).await.map(drop)
    }

    /// Run the project's test suite in a container with Docker.
    ///
    /// The container has the Rust toolchain, Python, emacs and the Dagger CLI.
    #[function]
    pub async fn dind_run_tests(
        &self,
        dag: &Query,
        /// Project with a test-host.sh.
        #[arg(default_path = ".", ignore = [
            "**", "!src/", "!sdk/", "!local/", "!tests/", "!bench/", "!examples/", "!.ci/", "!.github/",
            "!*.org", "!*.sh", "!*.el", "!dind", "!LICENSE", "!dagger.json", "!Cargo.toml", "!Cargo.lock",
            "!image-pins.json", "**/target",
        ])]
        src: Directory,
    ) -> Result<Container> {
        suite::run_tests(&self.settings()?, dag, src).await
    }

    /// Return a container with emacs, git, Python and ruff, and a project at /work.
    #[function]
    pub async fn emacs_container(
        &self,
        dag: &Query,
        /// Project for /work.
        src: Directory,
    ) -> Result<Container> {
        org::emacs_container(&self.settings()?, dag, src).await
    }

    /// Return a container with emacs, git, Python, ruff, the Docker CLI and the Dagger CLI.
    ///
    /// It holds no project: added last, one leaves the installation cached.
    #[function]
    pub async fn dind_emacs_container(&self, dag: &Query) -> Result<Container> {
        org::dind_emacs_container(&self.settings()?, dag).await
    }

    /// Tangle org documents in a container and return only the files that changed.
    #[function]
    pub async fn dind_tangle(
        &self,
        dag: &Query,
        /// Project with a tangle-host.sh.
        #[arg(default_path = ".", ignore = [
            "**", "!src/", "!tests/", "!examples/", "!studies/", "!*.org", "!*.sh", "!*.el",
            "!dagger.json",
        ])]
        src: Directory,
    ) -> Result<Directory> {
        org::tangle(&self.settings()?, dag, src).await?.diff().await
    }

    /// Tangle org documents in a container and return the changes, deletions included.
    #[function(generator)]
    pub async fn dind_tangle_changes(
        &self,
        dag: &Query,
        /// Project with a tangle-host.sh.
        #[arg(default_path = ".", ignore = [
            "**", "!src/", "!tests/", "!examples/", "!studies/", "!*.org", "!*.sh", "!*.el",
            "!dagger.json",
        ])]
        src: Directory,
    ) -> Result<Changeset> {
        org::tangle(&self.settings()?, dag, src)
            .await?
            .changes()
            .await
    }

    /// Run the blocks of org documents with Docker available and return only the files that changed.
    #[function]
    pub async fn dind_run_org(
        &self,
        dag: &Query,
        /// Project with a run-host.sh.
        #[arg(default_path = ".", ignore = [
            "**", "!src/", "!sdk/", "!local/", "!examples/", "!studies/", "!tests/commands/",
            "!tests/expected/", "!*.org", "!*.sh", "!*.el", "!dagger.json", "!Cargo.toml", "!Cargo.lock",
            "!image-pins.json", "**/target",
        ])]
        src: Directory,
        /// Documents to run; all if left out.
        files: Option<Vec<String>>,
        /// Run blocks again that did not change.
        #[arg(default = false)]
        no_cache: bool,
    ) -> Result<Directory> {
        let files = files.unwrap_or_default();
        org::run(&self.settings()?, dag, src, &files, no_cache)
            .await?
            .diff()
            .await
    }

    /// Bring example modules up to date with Docker available and return only the files that changed.
    #[function]
    pub async fn dind_init_examples(
        &self,
        dag: &Query,
        /// Project with an init-examples-host.sh.
        #[arg(default_path = ".", ignore = [
            "**", "!src/", "!sdk/", "!local/", "!examples/", "!*.sh", "!*.el", "!dagger.json",
            "!Cargo.toml", "!Cargo.lock", "!image-pins.json", "**/target",
        ])]
        src: Directory,
        /// Make the modules anew. Includes no-cache.
        #[arg(default = false)]
        from_scratch: bool,
        /// Do again what was done already.
        #[arg(default = false)]
        no_cache: bool,
    ) -> Result<Directory> {
        org::init_examples(&self.settings()?, dag, src, from_scratch, no_cache)
            .await?
            .diff()
            .await
    }

    /// Export org documents to HTML and return the pages.
    #[function]
    pub async fn export_html(
        &self,
        dag: &Query,
        /// Project with an export-html-host.sh.
        #[arg(default_path = ".", ignore = [
            "**", "!src/*.org", "!examples/*/readme.org", "!*.org", "!*.sh", "!*.el", "!dagger.json",
        ])]
        src: Directory,
    ) -> Result<Directory> {
        org::export_html(&self.settings()?, dag, src).await
    }

    /// Return an image-pins.json with the digests that the registry gives now.
    #[function(cache = "never")]
    pub async fn upgrade_pins(&self, dag: &Query) -> Result<File> {
        pins::upgrade(self, dag).await
    }

    fn settings(&self) -> Result<Settings, Error> {
        Settings::of(self)
    }
}
