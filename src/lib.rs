//! Docker inside Dagger containers, and org documents in containers: the module
//! `dind`. This file is what its users see; each chapter is a file of its own.

mod access;
mod cache;
mod certificates;
mod client;
mod daemon;
mod daemon_json;
mod doctor;
mod errors;
mod image;
mod logins;
mod matrix;
mod options;
mod org;
mod pins;
mod project;
mod proxies;
mod registries;
mod settings;
mod shared;
mod suite;
mod table;
mod text_file;
mod tools;

use dagger_sdk::prelude::*;

use crate::access::Access;
pub use crate::daemon::{BRIDGE_ADDRESS, BRIDGE_PREFIX, SECOND_ADDRESS, with_addresses};
pub use crate::daemon_json::{Config, Options, merged as daemon_json};
pub use crate::doctor::Report;
pub use crate::errors::Error;
pub use crate::image::check_tag;
pub use crate::options::Dind;
pub use crate::pins::Pins;
use crate::project::Project;
pub use crate::proxies::Proxies;
use crate::settings::Settings;

#[functions]
impl Dind {
    /// Refuse a wrong option before anything is done with it.
    #[function(constructor)]
    #[expect(
        clippy::too_many_arguments,
        reason = "each is an option of the command line"
    )]
    pub async fn new(
        dag: &Dag,
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
        #[arg(default = [])]
        registry_mirrors: Vec<String>,
        /// Registries without trusted TLS: host, host:port or a network such as 10.0.0.0/8.
        #[arg(default = [])]
        insecure_registries: Vec<String>,
        /// Certificates of registries with a CA of their own: a folder HOST:PORT for each.
        ///
        /// As in /etc/docker/certs.d: ca.crt, and client.cert and client.key if the registry asks.
        registry_certs: Option<Directory>,
        /// Docker's config.json with logins to registries, as a secret.
        ///
        /// On the command line: file://$HOME/.docker/config.json. The logins are taken out of it, and
        /// nothing else; a docker login in the container adds to them.
        registry_auth: Option<Secret>,
        /// Proxy that the daemon's pulls over http:// go through.
        ///
        /// A URL without a password: that would show in graphs and logs. Write one with a password into
        /// "proxies" of the file of daemon-json.
        http_proxy: Option<String>,
        /// Proxy that the daemon's pulls over https:// go through.
        https_proxy: Option<String>,
        /// Hosts, domains and networks that the daemon reaches without a proxy, with commas between.
        no_proxy: Option<String>,
        /// Storage driver of the daemon: overlay2, fuse-overlayfs, btrfs, zfs or vfs.
        ///
        /// If left out, the daemon chooses. Names that only some versions of Docker know are taken,
        /// too, such as overlayfs.
        storage_driver: Option<String>,
        /// A daemon.json of your own, which the module's keys go into.
        ///
        /// Lists in it and in the options are joined. Keys that would break DNS or the bridge are
        /// refused.
        daemon_json: Option<File>,
        /// Who reaches the daemon: network (everybody on the engine) or socket (the client alone).
        ///
        /// network: port 2375, open to every container on the engine's network, of other sessions too.
        /// Who reaches it has the root capabilities of the daemon. socket: no port; the client finds the
        /// daemon at /run/dind/docker.sock, in a folder that only the two have. Use it where an engine
        /// is shared. dind-service is always on the network.
        #[arg(default = "network")]
        access: String,
        /// What becomes of the daemon's images and containers: private, locked, shared or none.
        ///
        /// private: they are kept, and a daemon that runs at the same time has its own. locked: they
        /// are kept, and such a daemon waits. shared: they are kept, for daemons that never run at the
        /// same time. none: they end with the daemon.
        #[arg(default = "private")]
        cache: String,
        /// A name set before those of the cache volumes, so that projects do not share them.
        cache_namespace: Option<String>,
    ) -> Result<Self> {
        let dind = Self {
            dind_image,
            dind_ubuntu_image,
            dind_rust_image,
            registry_mirrors,
            insecure_registries,
            registry_certs,
            registry_auth,
            http_proxy,
            https_proxy,
            no_proxy,
            storage_driver,
            daemon_json,
            access,
            cache,
            cache_namespace,
        };
        let settings = dind.settings()?;
        if settings.daemon_json.is_some() {
            daemon::config(&settings, dag).await?;
        }
        client::check_logins(&settings).await?;
        Ok(dind)
    }

    /// Return a Docker daemon running as a sidecar service.
    ///
    /// It listens on port 2375 without TLS, whatever access says: every container on the engine's
    /// network reaches it, of other sessions too, and with it the root capabilities that it runs with.
    /// On a shared engine use dind-bind with access socket. Containers that it starts resolve names
    /// through the bridge's address, 172.17.0.1, and one that no bridge takes, so that a Dagger engine
    /// or a Docker daemon among them does not cut itself off from DNS.
    #[function]
    pub async fn dind_service(&self, dag: &Dag) -> Result<Service> {
        daemon::service(&self.settings()?, dag, Access::Network, &[]).await
    }

    /// Return a container with the Docker CLI, compose and buildx.
    #[function]
    pub async fn dind_container(
        &self,
        dag: &Dag,
        /// Container to add them to; the Ubuntu image if left out.
        base: Option<Container>,
    ) -> Result<Container> {
        client::container(&self.settings()?, dag, base).await
    }

    /// Bind a Docker daemon to a container.
    ///
    /// The daemon is the host "docker" in it, and DOCKER_HOST is set. The container itself gets
    /// no privileges. A project lies in a folder that the container shares with the daemon: steps see
    /// each other's changes, but none is in the container; copy what you want to keep to another place.
    #[function]
    pub async fn dind_bind(
        &self,
        dag: &Dag,
        /// Container that needs Docker; that of dind-container if left out.
        ctr: Option<Container>,
        /// Project that lies at src-path, in the container and beside the daemon.
        src: Option<Directory>,
        /// Where the project lies, and the work directory then.
        #[arg(default = "/src")]
        src_path: String,
    ) -> Result<Container> {
        let project = Project::of(src, &src_path)?;
        client::bind(&self.settings()?, dag, ctr, project.as_ref()).await
    }

    /// Run a shell command in a container with Docker available.
    ///
    /// Of a project, what the command left is at src-path in the container that is returned.
    #[function]
    pub async fn dind_with_docker(
        &self,
        dag: &Dag,
        /// Command, for bash.
        cmd: String,
        /// Container to run it in; that of dind-container if left out.
        ctr: Option<Container>,
        /// Project that lies at src-path, in the container and beside the daemon.
        src: Option<Directory>,
        /// Where the project lies, and the work directory then.
        #[arg(default = "/src")]
        src_path: String,
    ) -> Result<Container> {
        let project = Project::of(src, &src_path)?;
        client::with_docker(&self.settings()?, dag, &cmd, ctr, project.as_ref()).await
    }

    /// Run a shell command where the Docker daemon has an image, without a registry.
    ///
    /// Of a project, what the command left is at src-path in the container that is returned.
    #[function]
    #[expect(
        clippy::too_many_arguments,
        reason = "each is an argument of the command line"
    )]
    pub async fn dind_with_image(
        &self,
        dag: &Dag,
        /// Container that becomes the image.
        image: Container,
        /// Name of the image in the daemon, such as app or team/app:1.0.
        tag: String,
        /// Command, for bash.
        cmd: String,
        /// Container to run it in; that of dind-container if left out.
        ctr: Option<Container>,
        /// Project that lies at src-path, in the container and beside the daemon.
        src: Option<Directory>,
        /// Where the project lies, and the work directory then.
        #[arg(default = "/src")]
        src_path: String,
    ) -> Result<Container> {
        let project = Project::of(src, &src_path)?;
        let settings = self.settings()?;
        image::with_image(&settings, dag, image, &tag, &cmd, ctr, project.as_ref()).await
    }

    /// Return a container in which Testcontainers finds a Docker daemon.
    #[function]
    pub async fn dind_testcontainers(
        &self,
        dag: &Dag,
        /// Container with the tests; that of dind-container if left out.
        ctr: Option<Container>,
        /// Project that lies at src-path, in the container and beside the daemon.
        src: Option<Directory>,
        /// Where the project lies, and the work directory then.
        #[arg(default = "/src")]
        src_path: String,
    ) -> Result<Container> {
        let project = Project::of(src, &src_path)?;
        client::testcontainers(&self.settings()?, dag, ctr, project.as_ref()).await
    }

    /// Run a shell command against several versions of the Docker daemon, and compare.
    ///
    /// Returns a table with a line for each version: its exit code and what the command printed.
    /// A version that fails does not keep the others from running.
    #[function]
    pub async fn dind_matrix(
        &self,
        dag: &Dag,
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
        dag: &Dag,
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
    pub async fn dind_check(&self, dag: &Dag) -> Result<()> {
        doctor::examine(&self.settings()?, dag).await.map(drop)
    }

    /// Run the project's test suite in a container with Docker.
    ///
    /// The container has the Rust toolchain, Python, emacs and the Dagger CLI.
    #[function]
    pub async fn dind_run_tests(
        &self,
        dag: &Dag,
        /// Project with a test-host.sh.
        #[arg(default_path = ".", ignore = [
            "**", "!src/", "!sdk/", "!local/", "!tests/", "!bench/", "!examples/", "!.ci/", "!.github/",
            "!*.org", "!*.sh", "!org/", "!*.el", "!dind", "!LICENSE", "!dagger.json", "!Cargo.toml", "!Cargo.lock",
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
        dag: &Dag,
        /// Project for /work.
        src: Directory,
        /// Packages to install besides, for blocks in other languages.
        packages: Option<Vec<String>>,
    ) -> Result<Container> {
        let packages = packages.unwrap_or_default();
        org::emacs_container(&self.settings()?, dag, src, &packages).await
    }

    /// Return a container with emacs, git, Python, ruff, the Docker CLI and the Dagger CLI.
    ///
    /// It holds no project: added last, one leaves the installation cached.
    #[function]
    pub async fn dind_emacs_container(
        &self,
        dag: &Dag,
        /// Packages to install besides, for blocks in other languages.
        packages: Option<Vec<String>>,
    ) -> Result<Container> {
        let packages = packages.unwrap_or_default();
        org::dind_emacs_container(&self.settings()?, dag, &packages).await
    }

    /// Tangle org documents in a container and return only the files that changed.
    ///
    /// The project's own tangle-host.sh runs; where it has none, the module's own scripts run on every *.org.
    #[function]
    pub async fn dind_tangle(
        &self,
        dag: &Dag,
        /// Project whose documents these are; this module's repository if left out.
        src: Option<Directory>,
        /// Documents of the project; all if left out.
        documents: Option<Vec<String>>,
        /// Packages to install, for blocks in other languages.
        packages: Option<Vec<String>>,
        /// What is seen of this module's repository where src is left out.
        #[arg(default_path = ".", ignore = [
            "**", "!src/", "!tests/", "!examples/", "!studies/", "!*.org", "!*.sh", "!org/", "!*.el",
            "!dagger.json",
        ])]
        repository: Directory,
    ) -> Result<Directory> {
        let documents = org::Documents::of(src.unwrap_or(repository), documents, packages);
        let run = org::tangle(&self.settings()?, dag, documents).await?;
        run.diff().await
    }

    /// Tangle org documents in a container and return the changes, deletions included.
    ///
    /// The project's own tangle-host.sh runs; where it has none, the module's own scripts run on every *.org.
    #[function(generate)]
    pub async fn dind_tangle_changes(
        &self,
        dag: &Dag,
        /// Project whose documents these are; this module's repository if left out.
        src: Option<Directory>,
        /// Documents of the project; all if left out.
        documents: Option<Vec<String>>,
        /// Packages to install, for blocks in other languages.
        packages: Option<Vec<String>>,
        /// What is seen of this module's repository where src is left out.
        #[arg(default_path = ".", ignore = [
            "**", "!src/", "!tests/", "!examples/", "!studies/", "!*.org", "!*.sh", "!org/", "!*.el",
            "!dagger.json",
        ])]
        repository: Directory,
    ) -> Result<Changeset> {
        let documents = org::Documents::of(src.unwrap_or(repository), documents, packages);
        let run = org::tangle(&self.settings()?, dag, documents).await?;
        run.changes().await
    }

    /// Run the blocks of org documents with Docker available and return only the files that changed.
    ///
    /// The project's own run-host.sh runs; where it has none, the module's own scripts run on every *.org.
    #[function]
    #[expect(
        clippy::too_many_arguments,
        reason = "each is an argument of the command line"
    )]
    pub async fn dind_run_org(
        &self,
        dag: &Dag,
        /// Project whose documents these are; this module's repository if left out.
        src: Option<Directory>,
        /// Documents of the project; all if left out.
        documents: Option<Vec<String>>,
        /// Packages to install, for blocks in other languages.
        packages: Option<Vec<String>>,
        /// What is seen of this module's repository where src is left out.
        #[arg(default_path = ".", ignore = [
            "**", "!src/", "!sdk/", "!local/", "!examples/", "!studies/", "!tests/commands/",
            "!tests/expected/", "!*.org", "!*.sh", "!org/", "!*.el", "!dagger.json", "!Cargo.toml", "!Cargo.lock",
            "!image-pins.json", "**/target",
        ])]
        repository: Directory,
        /// Documents to run, under the older name of that argument.
        files: Option<Vec<String>>,
        /// Run blocks again that did not change.
        #[arg(default = false)]
        no_cache: bool,
    ) -> Result<Directory> {
        let documents = documents.into_iter().chain(files).flatten().collect();
        let documents = org::Documents::of(src.unwrap_or(repository), Some(documents), packages);
        let run = org::run(&self.settings()?, dag, documents, no_cache).await?;
        run.diff().await
    }

    /// Bring example modules up to date with Docker available and return only the files that changed.
    #[function]
    pub async fn dind_init_examples(
        &self,
        dag: &Dag,
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
    ///
    /// The project's own export-html-host.sh runs; where it has none, the module's own scripts run on every *.org.
    #[function]
    pub async fn export_html(
        &self,
        dag: &Dag,
        /// Project whose documents these are; this module's repository if left out.
        src: Option<Directory>,
        /// Documents of the project; all if left out.
        documents: Option<Vec<String>>,
        /// Packages to install, for blocks in other languages.
        packages: Option<Vec<String>>,
        /// What is seen of this module's repository where src is left out.
        #[arg(default_path = ".", ignore = [
            "**", "!src/*.org", "!examples/*/readme.org", "!*.org", "!*.sh", "!org/", "!*.el", "!dagger.json",
        ])]
        repository: Directory,
    ) -> Result<Directory> {
        let documents = org::Documents::of(src.unwrap_or(repository), documents, packages);
        org::export_html(&self.settings()?, dag, documents).await
    }

    /// Return an image-pins.json with the digests that the registry gives now.
    #[function(cache = "never")]
    pub async fn upgrade_pins(&self, dag: &Dag) -> Result<File> {
        pins::upgrade(self, dag).await
    }

    fn settings(&self) -> Result<Settings, Error> {
        Settings::of(self)
    }
}
