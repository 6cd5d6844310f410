//! Typed access to the modules that this one depends on.
//!
//! Written by `dagger develop` and the runtime, never by hand.

#![allow(clippy::all, deprecated, unused_imports)]

use dagger_module::dagger_sdk as core;
use dagger_module::dependency as sdk;

/// The dependencies of this module, as methods of the client.
pub trait Dependencies {
    /// Docker inside Dagger containers, and org documents in containers.
    fn dind(&self) -> Dind;
    /// Docker inside Dagger containers, and org documents in containers.
    fn dind_opts(&self, opts: DindOpts) -> Dind;
}

impl Dependencies for core::Query {
    fn dind(&self) -> Dind {
        sdk::Node::root(self).call("dind").object()
    }
    fn dind_opts(&self, opts: DindOpts) -> Dind {
        sdk::Node::root(self).call("dind").optional_argument("dindImage", opts.dind_image).optional_argument("dindUbuntuImage", opts.dind_ubuntu_image).optional_argument("dindRustImage", opts.dind_rust_image).optional_argument("registryMirrors", opts.registry_mirrors).optional_argument("insecureRegistries", opts.insecure_registries).optional_argument("storageDriver", opts.storage_driver).optional_object_argument("daemonJson", opts.daemon_json).optional_object_argument("registryAuth", opts.registry_auth).optional_argument("cache", opts.cache).optional_argument("cacheNamespace", opts.cache_namespace).object()
    }
}

/// The optional arguments of `dind_opts`.
#[derive(Clone, Default)]
pub struct DindOpts {
    /// Image of the Docker daemon and of the Docker CLI.
    pub dind_image: Option<String>,
    /// Image of the containers that commands run in.
    pub dind_ubuntu_image: Option<String>,
    /// Image that the Rust toolchain of dind-run-tests is copied from.
    pub dind_rust_image: Option<String>,
    /// Mirrors of Docker Hub, as URLs.
    pub registry_mirrors: Option<Vec<String>>,
    /// Registries without trusted TLS: host, host:port or a network such as 10.0.0.0/8.
    pub insecure_registries: Option<Vec<String>>,
    /// Storage driver of the daemon: overlay2, fuse-overlayfs, btrfs, zfs or vfs.
    ///
    /// If left out, the daemon chooses.
    pub storage_driver: Option<String>,
    /// A daemon.json of your own, which the module's keys go into.
    ///
    /// Keys that would break DNS or the bridge are refused.
    pub daemon_json: Option<core::File>,
    /// Docker's config.json with logins to registries, as a secret.
    ///
    /// On the command line: file://$HOME/.docker/config.json.
    pub registry_auth: Option<core::Secret>,
    /// What becomes of the daemon's images and containers: private, locked, shared or none.
    ///
    /// private: they are kept, and a daemon that runs at the same time has its own. locked: they
    /// are kept, and such a daemon waits. shared: they are kept, for daemons that never run at the
    /// same time. none: they end with the daemon.
    pub cache: Option<String>,
    /// A name set before those of the cache volumes, so that projects do not share them.
    pub cache_namespace: Option<String>,
}

/// Docker inside Dagger containers, and org documents in containers.
#[derive(Clone)]
pub struct Dind(sdk::Node);

/// The ID of a [`Dind`].
#[derive(Clone, Debug, PartialEq, Eq, sdk::serde::Serialize, sdk::serde::Deserialize)]
#[serde(crate = "dagger_module::dependency::serde")]
pub struct DindId(pub String);

impl sdk::Object for Dind {
    type Id = DindId;
    const LOADER: &'static str = "loadDindFromID";

    fn from_node(node: sdk::Node) -> Self {
        Self(node)
    }

    fn node(&self) -> sdk::Node {
        self.0.clone()
    }
}

impl sdk::IntoId<DindId> for Dind {
    fn into_id(self) -> sdk::IdFuture<DindId> {
        Box::pin(async move { self.0.call("id").value().await })
    }
}

impl sdk::IntoId<DindId> for DindId {
    fn into_id(self) -> sdk::IdFuture<DindId> {
        Box::pin(std::future::ready(Ok(self)))
    }
}

impl Dind {
    /// The ID of this object.
    pub async fn id(&self) -> Result<DindId, sdk::Error> {
        self.0.call("id").value().await
    }
    /// What becomes of the daemon's images and containers: private, locked, shared or none.
    ///
    /// private: they are kept, and a daemon that runs at the same time has its own. locked: they
    /// are kept, and such a daemon waits. shared: they are kept, for daemons that never run at the
    /// same time. none: they end with the daemon.
    pub async fn cache(&self) -> Result<String, sdk::Error> {
        self.0.call("cache").value().await
    }
    /// A name set before those of the cache volumes, so that projects do not share them.
    pub async fn cache_namespace(&self) -> Result<Option<String>, sdk::Error> {
        self.0.call("cacheNamespace").value().await
    }
    /// A daemon.json of your own, which the module's keys go into.
    ///
    /// Keys that would break DNS or the bridge are refused.
    pub fn daemon_json(&self) -> core::File {
        self.0.call("daemonJson").object()
    }
    /// Bind a Docker daemon to a container.
    ///
    /// The daemon is the host "docker" in it, and DOCKER_HOST is set. The container itself gets
    /// no privileges.
    pub fn dind_bind(&self) -> core::Container {
        self.0.call("dindBind").object()
    }
    /// Bind a Docker daemon to a container.
    ///
    /// The daemon is the host "docker" in it, and DOCKER_HOST is set. The container itself gets
    /// no privileges.
    pub fn dind_bind_opts(&self, opts: DindDindBindOpts) -> core::Container {
        self.0.call("dindBind").optional_object_argument("ctr", opts.ctr).object()
    }
    /// Check that the Docker daemon works: it answers, runs containers, and these resolve names.
    pub async fn dind_check(&self) -> Result<(), sdk::Error> {
        self.0.call("dindCheck").nothing().await
    }
    /// Return a container with the Docker CLI, compose and buildx.
    pub fn dind_container(&self) -> core::Container {
        self.0.call("dindContainer").object()
    }
    /// Return a container with the Docker CLI, compose and buildx.
    pub fn dind_container_opts(&self, opts: DindDindContainerOpts) -> core::Container {
        self.0.call("dindContainer").optional_object_argument("base", opts.base).object()
    }
    /// Examine the Docker daemon and report what is wrong, as JSON or as a table.
    ///
    /// Each line of the report is ok, a warning or a failure, with what to do about it. A failure
    /// makes the call fail.
    pub async fn dind_doctor(&self) -> Result<String, sdk::Error> {
        self.0.call("dindDoctor").value().await
    }
    /// Examine the Docker daemon and report what is wrong, as JSON or as a table.
    ///
    /// Each line of the report is ok, a warning or a failure, with what to do about it. A failure
    /// makes the call fail.
    pub async fn dind_doctor_opts(&self, opts: DindDindDoctorOpts) -> Result<String, sdk::Error> {
        self.0.call("dindDoctor").optional_argument("table", opts.table).value().await
    }
    /// Return a container with emacs, git, Python, ruff, the Docker CLI and the Dagger CLI.
    ///
    /// It holds no project: added last, one leaves the installation cached.
    pub fn dind_emacs_container(&self) -> core::Container {
        self.0.call("dindEmacsContainer").object()
    }
    /// Image of the Docker daemon and of the Docker CLI.
    pub async fn dind_image(&self) -> Result<String, sdk::Error> {
        self.0.call("dindImage").value().await
    }
    /// Bring example modules up to date with Docker available and return only the files that changed.
    pub fn dind_init_examples(&self) -> core::Directory {
        self.0.call("dindInitExamples").object()
    }
    /// Bring example modules up to date with Docker available and return only the files that changed.
    pub fn dind_init_examples_opts(&self, opts: DindDindInitExamplesOpts) -> core::Directory {
        self.0.call("dindInitExamples").optional_object_argument("src", opts.src).optional_argument("fromScratch", opts.from_scratch).optional_argument("noCache", opts.no_cache).object()
    }
    /// Run a shell command against several versions of the Docker daemon, and compare.
    ///
    /// Returns a table with a line for each version: its exit code and what the command printed.
    /// A version that fails does not keep the others from running.
    pub async fn dind_matrix(&self, versions: Vec<String>, cmd: impl Into<String>) -> Result<String, sdk::Error> {
        self.0.call("dindMatrix").argument("versions", versions).argument("cmd", Into::<String>::into(cmd)).value().await
    }
    /// Run the blocks of org documents with Docker available and return only the files that changed.
    pub fn dind_run_org(&self) -> core::Directory {
        self.0.call("dindRunOrg").object()
    }
    /// Run the blocks of org documents with Docker available and return only the files that changed.
    pub fn dind_run_org_opts(&self, opts: DindDindRunOrgOpts) -> core::Directory {
        self.0.call("dindRunOrg").optional_object_argument("src", opts.src).optional_argument("files", opts.files).optional_argument("noCache", opts.no_cache).object()
    }
    /// Run the project's test suite in a container with Docker.
    ///
    /// The container has the Rust toolchain, Python, emacs and the Dagger CLI.
    pub fn dind_run_tests(&self) -> core::Container {
        self.0.call("dindRunTests").object()
    }
    /// Run the project's test suite in a container with Docker.
    ///
    /// The container has the Rust toolchain, Python, emacs and the Dagger CLI.
    pub fn dind_run_tests_opts(&self, opts: DindDindRunTestsOpts) -> core::Container {
        self.0.call("dindRunTests").optional_object_argument("src", opts.src).object()
    }
    /// Image that the Rust toolchain of dind-run-tests is copied from.
    pub async fn dind_rust_image(&self) -> Result<String, sdk::Error> {
        self.0.call("dindRustImage").value().await
    }
    /// Return a Docker daemon running as a sidecar service.
    ///
    /// It listens on port 2375 without TLS, for the containers that it is bound to. Containers
    /// that it starts resolve names through the bridge's address, 172.17.0.1, so that a Dagger
    /// engine among them does not cut itself off from DNS.
    pub fn dind_service(&self) -> core::Service {
        self.0.call("dindService").object()
    }
    /// Tangle org documents in a container and return only the files that changed.
    pub fn dind_tangle(&self) -> core::Directory {
        self.0.call("dindTangle").object()
    }
    /// Tangle org documents in a container and return only the files that changed.
    pub fn dind_tangle_opts(&self, opts: DindDindTangleOpts) -> core::Directory {
        self.0.call("dindTangle").optional_object_argument("src", opts.src).object()
    }
    /// Tangle org documents in a container and return the changes, deletions included.
    pub fn dind_tangle_changes(&self) -> core::Changeset {
        self.0.call("dindTangleChanges").object()
    }
    /// Tangle org documents in a container and return the changes, deletions included.
    pub fn dind_tangle_changes_opts(&self, opts: DindDindTangleChangesOpts) -> core::Changeset {
        self.0.call("dindTangleChanges").optional_object_argument("src", opts.src).object()
    }
    /// Return a container in which Testcontainers finds a Docker daemon.
    pub fn dind_testcontainers(&self) -> core::Container {
        self.0.call("dindTestcontainers").object()
    }
    /// Return a container in which Testcontainers finds a Docker daemon.
    pub fn dind_testcontainers_opts(&self, opts: DindDindTestcontainersOpts) -> core::Container {
        self.0.call("dindTestcontainers").optional_object_argument("ctr", opts.ctr).object()
    }
    /// Image of the containers that commands run in.
    pub async fn dind_ubuntu_image(&self) -> Result<String, sdk::Error> {
        self.0.call("dindUbuntuImage").value().await
    }
    /// Run a shell command in a container with Docker available.
    pub fn dind_with_docker(&self, cmd: impl Into<String>) -> core::Container {
        self.0.call("dindWithDocker").argument("cmd", Into::<String>::into(cmd)).object()
    }
    /// Run a shell command in a container with Docker available.
    pub fn dind_with_docker_opts(&self, cmd: impl Into<String>, opts: DindDindWithDockerOpts) -> core::Container {
        self.0.call("dindWithDocker").argument("cmd", Into::<String>::into(cmd)).optional_object_argument("ctr", opts.ctr).object()
    }
    /// Run a shell command where the Docker daemon has an image, without a registry.
    pub fn dind_with_image(&self, image: impl sdk::IntoId<<core::Container as sdk::Object>::Id>, tag: impl Into<String>, cmd: impl Into<String>) -> core::Container {
        self.0.call("dindWithImage").object_argument("image", image).argument("tag", Into::<String>::into(tag)).argument("cmd", Into::<String>::into(cmd)).object()
    }
    /// Run a shell command where the Docker daemon has an image, without a registry.
    pub fn dind_with_image_opts(&self, image: impl sdk::IntoId<<core::Container as sdk::Object>::Id>, tag: impl Into<String>, cmd: impl Into<String>, opts: DindDindWithImageOpts) -> core::Container {
        self.0.call("dindWithImage").object_argument("image", image).argument("tag", Into::<String>::into(tag)).argument("cmd", Into::<String>::into(cmd)).optional_object_argument("ctr", opts.ctr).object()
    }
    /// Return a container with emacs, git, Python and ruff, and a project at /work.
    pub fn emacs_container(&self, src: impl sdk::IntoId<<core::Directory as sdk::Object>::Id>) -> core::Container {
        self.0.call("emacsContainer").object_argument("src", src).object()
    }
    /// Export org documents to HTML and return the pages.
    pub fn export_html(&self) -> core::Directory {
        self.0.call("exportHtml").object()
    }
    /// Export org documents to HTML and return the pages.
    pub fn export_html_opts(&self, opts: DindExportHtmlOpts) -> core::Directory {
        self.0.call("exportHtml").optional_object_argument("src", opts.src).object()
    }
    /// Registries without trusted TLS: host, host:port or a network such as 10.0.0.0/8.
    pub async fn insecure_registries(&self) -> Result<Vec<String>, sdk::Error> {
        self.0.call("insecureRegistries").value().await
    }
    /// Docker's config.json with logins to registries, as a secret.
    ///
    /// On the command line: file://$HOME/.docker/config.json.
    pub fn registry_auth(&self) -> core::Secret {
        self.0.call("registryAuth").object()
    }
    /// Mirrors of Docker Hub, as URLs.
    pub async fn registry_mirrors(&self) -> Result<Vec<String>, sdk::Error> {
        self.0.call("registryMirrors").value().await
    }
    /// Storage driver of the daemon: overlay2, fuse-overlayfs, btrfs, zfs or vfs.
    ///
    /// If left out, the daemon chooses.
    pub async fn storage_driver(&self) -> Result<Option<String>, sdk::Error> {
        self.0.call("storageDriver").value().await
    }
    /// Return an image-pins.json with the digests that the registry gives now.
    pub fn upgrade_pins(&self) -> core::File {
        self.0.call("upgradePins").object()
    }
}

/// The optional arguments of `dind_bind_opts`.
#[derive(Clone, Default)]
pub struct DindDindBindOpts {
    /// Container that needs Docker; that of dind-container if left out.
    pub ctr: Option<core::Container>,
}

/// The optional arguments of `dind_container_opts`.
#[derive(Clone, Default)]
pub struct DindDindContainerOpts {
    /// Container to add them to; the Ubuntu image if left out.
    pub base: Option<core::Container>,
}

/// The optional arguments of `dind_doctor_opts`.
#[derive(Clone, Default)]
pub struct DindDindDoctorOpts {
    /// Return a table for people instead of JSON.
    pub table: Option<bool>,
}

/// The optional arguments of `dind_init_examples_opts`.
#[derive(Clone, Default)]
pub struct DindDindInitExamplesOpts {
    /// Project with an init-examples-host.sh.
    pub src: Option<core::Directory>,
    /// Make the modules anew. Includes no-cache.
    pub from_scratch: Option<bool>,
    /// Do again what was done already.
    pub no_cache: Option<bool>,
}

/// The optional arguments of `dind_run_org_opts`.
#[derive(Clone, Default)]
pub struct DindDindRunOrgOpts {
    /// Project with a run-host.sh.
    pub src: Option<core::Directory>,
    /// Documents to run; all if left out.
    pub files: Option<Vec<String>>,
    /// Run blocks again that did not change.
    pub no_cache: Option<bool>,
}

/// The optional arguments of `dind_run_tests_opts`.
#[derive(Clone, Default)]
pub struct DindDindRunTestsOpts {
    /// Project with a test-host.sh.
    pub src: Option<core::Directory>,
}

/// The optional arguments of `dind_tangle_opts`.
#[derive(Clone, Default)]
pub struct DindDindTangleOpts {
    /// Project with a tangle-host.sh.
    pub src: Option<core::Directory>,
}

/// The optional arguments of `dind_tangle_changes_opts`.
#[derive(Clone, Default)]
pub struct DindDindTangleChangesOpts {
    /// Project with a tangle-host.sh.
    pub src: Option<core::Directory>,
}

/// The optional arguments of `dind_testcontainers_opts`.
#[derive(Clone, Default)]
pub struct DindDindTestcontainersOpts {
    /// Container with the tests; that of dind-container if left out.
    pub ctr: Option<core::Container>,
}

/// The optional arguments of `dind_with_docker_opts`.
#[derive(Clone, Default)]
pub struct DindDindWithDockerOpts {
    /// Container to run it in; that of dind-container if left out.
    pub ctr: Option<core::Container>,
}

/// The optional arguments of `dind_with_image_opts`.
#[derive(Clone, Default)]
pub struct DindDindWithImageOpts {
    /// Container to run it in; that of dind-container if left out.
    pub ctr: Option<core::Container>,
}

/// The optional arguments of `export_html_opts`.
#[derive(Clone, Default)]
pub struct DindExportHtmlOpts {
    /// Project with an export-html-host.sh.
    pub src: Option<core::Directory>,
}
