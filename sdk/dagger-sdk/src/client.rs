//! The client of Dagger's API, and of the modules that this one depends on.
// API: v0.20.3
//
// Written by `dagger-sdk-codegen`, never by hand.

use crate::query::{
    Argument, Call, Given, Id, Node as Chain, Options, OwnObject, members, object, scalar,
};
use crate::result::Result;
use std::borrow::Borrow;

/// Whether this version of the API finds objects by `node`, not by a field for each type.
pub const LOADS_BY_NODE: bool = false;

/// Whether this version of the API lets `dagger up` run a function.
pub const HAS_UP: bool = false;

/// A standardized address to load containers, directories, secrets, and other object types. Address format depends on the type, and is validated at type selection.
#[derive(Clone, Debug)]
pub struct Address(Chain);

object!(Address, "Address", Field "loadAddressFromID");

impl Address {
    /// Load a container from the address.
    pub fn container(&self) -> Container {
        Container(self.0.call("container").node())
    }

    /// Load a directory from the address.
    ///
    /// There are optional arguments: [`Address::directory_opts`].
    pub fn directory(&self) -> Directory {
        Directory(self.0.call("directory").node())
    }

    /// Load a directory from the address.
    pub fn directory_opts(&self, opts: AddressDirectoryOpts) -> Directory {
        Directory(self.0.call("directory").options(opts).node())
    }

    /// Load a file from the address.
    ///
    /// There are optional arguments: [`Address::file_opts`].
    pub fn file(&self) -> File {
        File(self.0.call("file").node())
    }

    /// Load a file from the address.
    pub fn file_opts(&self, opts: AddressFileOpts) -> File {
        File(self.0.call("file").options(opts).node())
    }

    /// Load a git ref (branch, tag or commit) from the address.
    pub fn git_ref(&self) -> GitRef {
        GitRef(self.0.call("gitRef").node())
    }

    /// Load a git repository from the address.
    pub fn git_repository(&self) -> GitRepository {
        GitRepository(self.0.call("gitRepository").node())
    }

    /// A unique identifier for this Address.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// Load a secret from the address.
    pub fn secret(&self) -> Secret {
        Secret(self.0.call("secret").node())
    }

    /// Load a service from the address.
    pub fn service(&self) -> Service {
        Service(self.0.call("service").node())
    }

    /// Load a local socket from the address.
    pub fn socket(&self) -> Socket {
        Socket(self.0.call("socket").node())
    }

    /// The address value
    pub async fn value(&self) -> Result<String> {
        self.0.call("value").value().await
    }
}

/// The optional arguments of [`Address::directory_opts`].
#[derive(Clone, Debug, Default)]
pub struct AddressDirectoryOpts {
    /// `exclude`
    ///
    /// Default: `[]`
    pub exclude: Option<Vec<String>>,
    /// `include`
    ///
    /// Default: `[]`
    pub include: Option<Vec<String>>,
    /// `gitignore`
    ///
    /// Default: `false`
    pub gitignore: Option<bool>,
    /// `noCache`
    ///
    /// Default: `false`
    pub no_cache: Option<bool>,
}

impl Options for AddressDirectoryOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("exclude", self.exclude)
            .option("include", self.include)
            .option("gitignore", self.gitignore)
            .option("noCache", self.no_cache)
    }
}

/// The optional arguments of [`Address::file_opts`].
#[derive(Clone, Debug, Default)]
pub struct AddressFileOpts {
    /// `exclude`
    ///
    /// Default: `[]`
    pub exclude: Option<Vec<String>>,
    /// `include`
    ///
    /// Default: `[]`
    pub include: Option<Vec<String>>,
    /// `gitignore`
    ///
    /// Default: `false`
    pub gitignore: Option<bool>,
    /// `noCache`
    ///
    /// Default: `false`
    pub no_cache: Option<bool>,
}

impl Options for AddressFileOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("exclude", self.exclude)
            .option("include", self.include)
            .option("gitignore", self.gitignore)
            .option("noCache", self.no_cache)
    }
}

/// An object of the API: `Binding`.
#[derive(Clone, Debug)]
pub struct Binding(Chain);

object!(Binding, "Binding", Field "loadBindingFromID");

impl Binding {
    /// Retrieve the binding value, as type Address
    pub fn as_address(&self) -> Address {
        Address(self.0.call("asAddress").node())
    }

    /// Retrieve the binding value, as type CacheVolume
    pub fn as_cache_volume(&self) -> CacheVolume {
        CacheVolume(self.0.call("asCacheVolume").node())
    }

    /// Retrieve the binding value, as type Changeset
    pub fn as_changeset(&self) -> Changeset {
        Changeset(self.0.call("asChangeset").node())
    }

    /// Retrieve the binding value, as type Check
    pub fn as_check(&self) -> Check {
        Check(self.0.call("asCheck").node())
    }

    /// Retrieve the binding value, as type CheckGroup
    pub fn as_check_group(&self) -> CheckGroup {
        CheckGroup(self.0.call("asCheckGroup").node())
    }

    /// Retrieve the binding value, as type Cloud
    pub fn as_cloud(&self) -> Cloud {
        Cloud(self.0.call("asCloud").node())
    }

    /// Retrieve the binding value, as type Container
    pub fn as_container(&self) -> Container {
        Container(self.0.call("asContainer").node())
    }

    /// Retrieve the binding value, as type Directory
    pub fn as_directory(&self) -> Directory {
        Directory(self.0.call("asDirectory").node())
    }

    /// Retrieve the binding value, as type Env
    pub fn as_env(&self) -> Env {
        Env(self.0.call("asEnv").node())
    }

    /// Retrieve the binding value, as type EnvFile
    pub fn as_env_file(&self) -> EnvFile {
        EnvFile(self.0.call("asEnvFile").node())
    }

    /// Retrieve the binding value, as type File
    pub fn as_file(&self) -> File {
        File(self.0.call("asFile").node())
    }

    /// Retrieve the binding value, as type Generator
    pub fn as_generator(&self) -> Generator {
        Generator(self.0.call("asGenerator").node())
    }

    /// Retrieve the binding value, as type GeneratorGroup
    pub fn as_generator_group(&self) -> GeneratorGroup {
        GeneratorGroup(self.0.call("asGeneratorGroup").node())
    }

    /// Retrieve the binding value, as type GitRef
    pub fn as_git_ref(&self) -> GitRef {
        GitRef(self.0.call("asGitRef").node())
    }

    /// Retrieve the binding value, as type GitRepository
    pub fn as_git_repository(&self) -> GitRepository {
        GitRepository(self.0.call("asGitRepository").node())
    }

    /// Retrieve the binding value, as type JSONValue
    pub fn as_json_value(&self) -> JsonValue {
        JsonValue(self.0.call("asJSONValue").node())
    }

    /// Retrieve the binding value, as type Module
    pub fn as_module(&self) -> Module {
        Module(self.0.call("asModule").node())
    }

    /// Retrieve the binding value, as type ModuleConfigClient
    pub fn as_module_config_client(&self) -> ModuleConfigClient {
        ModuleConfigClient(self.0.call("asModuleConfigClient").node())
    }

    /// Retrieve the binding value, as type ModuleSource
    pub fn as_module_source(&self) -> ModuleSource {
        ModuleSource(self.0.call("asModuleSource").node())
    }

    /// Retrieve the binding value, as type SearchResult
    pub fn as_search_result(&self) -> SearchResult {
        SearchResult(self.0.call("asSearchResult").node())
    }

    /// Retrieve the binding value, as type SearchSubmatch
    pub fn as_search_submatch(&self) -> SearchSubmatch {
        SearchSubmatch(self.0.call("asSearchSubmatch").node())
    }

    /// Retrieve the binding value, as type Secret
    pub fn as_secret(&self) -> Secret {
        Secret(self.0.call("asSecret").node())
    }

    /// Retrieve the binding value, as type Service
    pub fn as_service(&self) -> Service {
        Service(self.0.call("asService").node())
    }

    /// Retrieve the binding value, as type Socket
    pub fn as_socket(&self) -> Socket {
        Socket(self.0.call("asSocket").node())
    }

    /// Retrieve the binding value, as type Stat
    pub async fn as_stat(&self) -> Result<Option<Stat>> {
        self.0.call("asStat").perhaps().await
    }

    /// Returns the binding's string value
    pub async fn as_string(&self) -> Result<Option<String>> {
        self.0.call("asString").value().await
    }

    /// Retrieve the binding value, as type Workspace
    pub fn as_workspace(&self) -> Workspace {
        Workspace(self.0.call("asWorkspace").node())
    }

    /// Returns the digest of the binding value
    pub async fn digest(&self) -> Result<String> {
        self.0.call("digest").value().await
    }

    /// A unique identifier for this Binding.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// Returns true if the binding is null
    pub async fn is_null(&self) -> Result<bool> {
        self.0.call("isNull").value().await
    }

    /// Returns the binding name
    pub async fn name(&self) -> Result<String> {
        self.0.call("name").value().await
    }

    /// Returns the binding type
    pub async fn type_name(&self) -> Result<String> {
        self.0.call("typeName").value().await
    }
}

/// Key value object that represents a build argument.
#[derive(Clone, Debug)]
pub struct BuildArg {
    /// The build argument name.
    pub name: String,
    /// The build argument value.
    pub value: String,
}

impl Given for BuildArg {
    fn given(&self) -> Argument {
        Argument::fields([
            ("name", Some(self.name.given())),
            ("value", Some(self.value.given())),
        ])
    }
}

/// Sharing mode of the cache volume.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CacheSharingMode {
    /// Shares the cache volume amongst many build pipelines, but will serialize the writes
    Locked,
    /// Keeps a cache volume for a single build pipeline
    Private,
    /// Shares the cache volume amongst many build pipelines
    Shared,
}

members!(
    CacheSharingMode,
    "CacheSharingMode",
    [
        "LOCKED" Locked,
        "PRIVATE" Private,
        "SHARED" Shared,
    ]
);

/// A directory whose contents persist across runs.
#[derive(Clone, Debug)]
pub struct CacheVolume(Chain);

object!(CacheVolume, "CacheVolume", Field "loadCacheVolumeFromID");

impl CacheVolume {
    /// A unique identifier for this CacheVolume.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }
}

/// A comparison between two directories representing changes that can be applied.
#[derive(Clone, Debug)]
pub struct Changeset(Chain);

object!(Changeset, "Changeset", Field "loadChangesetFromID");

impl Changeset {
    /// Files and directories that were added in the newer directory.
    pub async fn added_paths(&self) -> Result<Vec<String>> {
        self.0.call("addedPaths").value().await
    }

    /// The newer/upper snapshot.
    pub fn after(&self) -> Directory {
        Directory(self.0.call("after").node())
    }

    /// Return a Git-compatible patch of the changes
    pub fn as_patch(&self) -> File {
        File(self.0.call("asPatch").node())
    }

    /// The older/lower snapshot to compare against.
    pub fn before(&self) -> Directory {
        Directory(self.0.call("before").node())
    }

    /// Applies the diff represented by this changeset to a path on the host.
    ///
    /// - `path`: Location of the copied directory (e.g., "logs/").
    pub async fn export(&self, path: impl AsRef<str>) -> Result<String> {
        self.0.call("export").text("path", path).value().await
    }

    /// A unique identifier for this Changeset.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// Returns true if the changeset is empty (i.e. there are no changes).
    pub async fn is_empty(&self) -> Result<bool> {
        self.0.call("isEmpty").value().await
    }

    /// Return a snapshot containing only the created and modified files
    pub fn layer(&self) -> Directory {
        Directory(self.0.call("layer").node())
    }

    /// Files and directories that existed before and were updated in the newer directory.
    pub async fn modified_paths(&self) -> Result<Vec<String>> {
        self.0.call("modifiedPaths").value().await
    }

    /// Files and directories that were removed. Directories are indicated by a trailing slash, and their child paths are not included.
    pub async fn removed_paths(&self) -> Result<Vec<String>> {
        self.0.call("removedPaths").value().await
    }

    /// Force evaluation in the engine.
    pub async fn sync(&self) -> Result<Changeset> {
        self.0.call("sync").loaded().await
    }

    /// Add changes to an existing changeset
    ///
    /// By default the operation will fail in case of conflicts, for instance a file modified in both changesets. The behavior can be adjusted using onConflict argument
    ///
    /// - `changes`: Changes to merge into the actual changeset
    ///
    /// There are optional arguments: [`Changeset::with_changeset_opts`].
    pub fn with_changeset(&self, changes: impl Borrow<Changeset>) -> Changeset {
        Changeset(self.0.call("withChangeset").value_of::<Changeset>("changes", changes).node())
    }

    /// Add changes to an existing changeset
    ///
    /// By default the operation will fail in case of conflicts, for instance a file modified in both changesets. The behavior can be adjusted using onConflict argument
    ///
    /// - `changes`: Changes to merge into the actual changeset
    pub fn with_changeset_opts(
        &self,
        changes: impl Borrow<Changeset>,
        opts: ChangesetWithChangesetOpts,
    ) -> Changeset {
        Changeset(
            self
                .0
                .call("withChangeset")
                .value_of::<Changeset>("changes", changes)
                .options(opts)
                .node()
        )
    }

    /// Add changes from multiple changesets using git octopus merge strategy
    ///
    /// This is more efficient than chaining multiple withChangeset calls when merging many changesets.
    ///
    /// Only FAIL and FAIL_EARLY conflict strategies are supported (octopus merge cannot use -X ours/theirs).
    ///
    /// - `changes`: List of changesets to merge into the actual changeset
    ///
    /// There are optional arguments: [`Changeset::with_changesets_opts`].
    pub fn with_changesets(
        &self,
        changes: impl IntoIterator<Item = impl Borrow<Changeset>>,
    ) -> Changeset {
        Changeset(self.0.call("withChangesets").list::<Changeset>("changes", changes).node())
    }

    /// Add changes from multiple changesets using git octopus merge strategy
    ///
    /// This is more efficient than chaining multiple withChangeset calls when merging many changesets.
    ///
    /// Only FAIL and FAIL_EARLY conflict strategies are supported (octopus merge cannot use -X ours/theirs).
    ///
    /// - `changes`: List of changesets to merge into the actual changeset
    pub fn with_changesets_opts(
        &self,
        changes: impl IntoIterator<Item = impl Borrow<Changeset>>,
        opts: ChangesetWithChangesetsOpts,
    ) -> Changeset {
        Changeset(
            self
                .0
                .call("withChangesets")
                .list::<Changeset>("changes", changes)
                .options(opts)
                .node()
        )
    }

    /// Calls a function with this object, and returns what it returns: so that a chain of calls need
    /// not be broken for it.
    pub fn with<R>(&self, function: impl FnOnce(Self) -> R) -> R {
        function(Clone::clone(self))
    }
}

/// The optional arguments of [`Changeset::with_changeset_opts`].
#[derive(Clone, Debug, Default)]
pub struct ChangesetWithChangesetOpts {
    /// What to do on a merge conflict
    ///
    /// Default: `FAIL`
    pub on_conflict: Option<ChangesetMergeConflict>,
}

impl Options for ChangesetWithChangesetOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("onConflict", self.on_conflict)
    }
}

/// The optional arguments of [`Changeset::with_changesets_opts`].
#[derive(Clone, Debug, Default)]
pub struct ChangesetWithChangesetsOpts {
    /// What to do on a merge conflict
    ///
    /// Default: `FAIL`
    pub on_conflict: Option<ChangesetsMergeConflict>,
}

impl Options for ChangesetWithChangesetsOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("onConflict", self.on_conflict)
    }
}

/// Strategy to use when merging changesets with conflicting changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChangesetMergeConflict {
    /// Attempt the merge and fail if git merge fails due to conflicts
    Fail,
    /// Fail before attempting merge if file-level conflicts are detected
    FailEarly,
    /// Let git create conflict markers in files. For modify/delete conflicts, keeps the modified version. Fails on binary conflicts.
    LeaveConflictMarkers,
    /// The conflict is resolved by applying the version of the calling changeset
    PreferOurs,
    /// The conflict is resolved by applying the version of the other changeset
    PreferTheirs,
}

members!(
    ChangesetMergeConflict,
    "ChangesetMergeConflict",
    [
        "FAIL" Fail,
        "FAIL_EARLY" FailEarly,
        "LEAVE_CONFLICT_MARKERS" LeaveConflictMarkers,
        "PREFER_OURS" PreferOurs,
        "PREFER_THEIRS" PreferTheirs,
    ]
);

/// Strategy to use when merging multiple changesets with git octopus merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChangesetsMergeConflict {
    /// Attempt the octopus merge and fail if git merge fails due to conflicts
    Fail,
    /// Fail before attempting merge if file-level conflicts are detected between any changesets
    FailEarly,
}

members!(
    ChangesetsMergeConflict,
    "ChangesetsMergeConflict",
    [
        "FAIL" Fail,
        "FAIL_EARLY" FailEarly,
    ]
);

/// An object of the API: `Check`.
#[derive(Clone, Debug)]
pub struct Check(Chain);

object!(Check, "Check", Field "loadCheckFromID");

impl Check {
    /// Whether the check completed
    pub async fn completed(&self) -> Result<bool> {
        self.0.call("completed").value().await
    }

    /// The description of the check
    pub async fn description(&self) -> Result<String> {
        self.0.call("description").value().await
    }

    /// If the check failed, this is the error
    pub async fn error(&self) -> Result<Option<Error>> {
        self.0.call("error").perhaps().await
    }

    /// A unique identifier for this Check.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// Return the fully qualified name of the check
    pub async fn name(&self) -> Result<String> {
        self.0.call("name").value().await
    }

    /// The original module in which the check has been defined
    pub fn original_module(&self) -> Module {
        Module(self.0.call("originalModule").node())
    }

    /// Whether the check passed
    pub async fn passed(&self) -> Result<bool> {
        self.0.call("passed").value().await
    }

    /// The path of the check within its module
    pub async fn path(&self) -> Result<Vec<String>> {
        self.0.call("path").value().await
    }

    /// An emoji representing the result of the check
    pub async fn result_emoji(&self) -> Result<String> {
        self.0.call("resultEmoji").value().await
    }

    /// Execute the check
    pub fn run(&self) -> Check {
        Check(self.0.call("run").node())
    }

    /// Calls a function with this object, and returns what it returns: so that a chain of calls need
    /// not be broken for it.
    pub fn with<R>(&self, function: impl FnOnce(Self) -> R) -> R {
        function(Clone::clone(self))
    }
}

/// An object of the API: `CheckGroup`.
#[derive(Clone, Debug)]
pub struct CheckGroup(Chain);

object!(CheckGroup, "CheckGroup", Field "loadCheckGroupFromID");

impl CheckGroup {
    /// A unique identifier for this CheckGroup.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// Return a list of individual checks and their details
    pub async fn list(&self) -> Result<Vec<Check>> {
        self.0.call("list").objects().await
    }

    /// Generate a markdown report
    pub fn report(&self) -> File {
        File(self.0.call("report").node())
    }

    /// Execute all selected checks
    pub fn run(&self) -> CheckGroup {
        CheckGroup(self.0.call("run").node())
    }

    /// Calls a function with this object, and returns what it returns: so that a chain of calls need
    /// not be broken for it.
    pub fn with<R>(&self, function: impl FnOnce(Self) -> R) -> R {
        function(Clone::clone(self))
    }
}

/// Dagger Cloud configuration and state
#[derive(Clone, Debug)]
pub struct Cloud(Chain);

object!(Cloud, "Cloud", Field "loadCloudFromID");

impl Cloud {
    /// A unique identifier for this Cloud.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// The trace URL for the current session
    pub async fn trace_url(&self) -> Result<String> {
        self.0.call("traceURL").value().await
    }
}

/// An OCI-compatible container, also known as a Docker container.
#[derive(Clone, Debug)]
pub struct Container(Chain);

object!(Container, "Container", Field "loadContainerFromID");

impl Container {
    /// Turn the container into a Service.
    ///
    /// Be sure to set any exposed ports before this conversion.
    ///
    /// There are optional arguments: [`Container::as_service_opts`].
    pub fn as_service(&self) -> Service {
        Service(self.0.call("asService").node())
    }

    /// Turn the container into a Service.
    ///
    /// Be sure to set any exposed ports before this conversion.
    pub fn as_service_opts(&self, opts: ContainerAsServiceOpts) -> Service {
        Service(self.0.call("asService").options(opts).node())
    }

    /// Package the container state as an OCI image, and return it as a tar archive
    ///
    /// There are optional arguments: [`Container::as_tarball_opts`].
    pub fn as_tarball(&self) -> File {
        File(self.0.call("asTarball").node())
    }

    /// Package the container state as an OCI image, and return it as a tar archive
    pub fn as_tarball_opts(&self, opts: ContainerAsTarballOpts) -> File {
        File(self.0.call("asTarball").options(opts).node())
    }

    /// The combined buffered standard output and standard error stream of the last executed command
    ///
    /// Returns an error if no command was executed
    pub async fn combined_output(&self) -> Result<String> {
        self.0.call("combinedOutput").value().await
    }

    /// Return the container's default arguments.
    pub async fn default_args(&self) -> Result<Vec<String>> {
        self.0.call("defaultArgs").value().await
    }

    /// Retrieve a directory from the container's root filesystem
    ///
    /// Mounts are included.
    ///
    /// - `path`: The path of the directory to retrieve (e.g., "./src").
    ///
    /// There are optional arguments: [`Container::directory_opts`].
    pub fn directory(&self, path: impl AsRef<str>) -> Directory {
        Directory(self.0.call("directory").text("path", path).node())
    }

    /// Retrieve a directory from the container's root filesystem
    ///
    /// Mounts are included.
    ///
    /// - `path`: The path of the directory to retrieve (e.g., "./src").
    pub fn directory_opts(&self, path: impl AsRef<str>, opts: ContainerDirectoryOpts) -> Directory {
        Directory(self.0.call("directory").text("path", path).options(opts).node())
    }

    /// Retrieves this container's configured docker healthcheck.
    pub async fn docker_healthcheck(&self) -> Result<Option<HealthcheckConfig>> {
        self.0.call("dockerHealthcheck").perhaps().await
    }

    /// Return the container's OCI entrypoint.
    pub async fn entrypoint(&self) -> Result<Vec<String>> {
        self.0.call("entrypoint").value().await
    }

    /// Retrieves the value of the specified environment variable.
    ///
    /// - `name`: The name of the environment variable to retrieve (e.g., "PATH").
    pub async fn env_variable(&self, name: impl AsRef<str>) -> Result<Option<String>> {
        self.0.call("envVariable").text("name", name).value().await
    }

    /// Retrieves the list of environment variables passed to commands.
    pub async fn env_variables(&self) -> Result<Vec<EnvVariable>> {
        self.0.call("envVariables").objects().await
    }

    /// check if a file or directory exists
    ///
    /// - `path`: Path to check (e.g., "/file.txt").
    ///
    /// There are optional arguments: [`Container::exists_opts`].
    pub async fn exists(&self, path: impl AsRef<str>) -> Result<bool> {
        self.0.call("exists").text("path", path).value().await
    }

    /// check if a file or directory exists
    ///
    /// - `path`: Path to check (e.g., "/file.txt").
    pub async fn exists_opts(
        &self,
        path: impl AsRef<str>,
        opts: ContainerExistsOpts,
    ) -> Result<bool> {
        self.0.call("exists").text("path", path).options(opts).value().await
    }

    /// The exit code of the last executed command
    ///
    /// Returns an error if no command was executed
    pub async fn exit_code(&self) -> Result<i64> {
        self.0.call("exitCode").value().await
    }

    /// EXPERIMENTAL API! Subject to change/removal at any time.
    ///
    /// Configures all available GPUs on the host to be accessible to this container.
    ///
    /// This currently works for Nvidia devices only.
    pub fn experimental_with_all_gp_us(&self) -> Container {
        Container(self.0.call("experimentalWithAllGPUs").node())
    }

    /// EXPERIMENTAL API! Subject to change/removal at any time.
    ///
    /// Configures the provided list of devices to be accessible to this container.
    ///
    /// This currently works for Nvidia devices only.
    ///
    /// - `devices`: List of devices to be accessible to this container.
    pub fn experimental_with_gpu(
        &self,
        devices: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> Container {
        Container(self.0.call("experimentalWithGPU").texts("devices", devices).node())
    }

    /// Writes the container as an OCI tarball to the destination file path on the host.
    ///
    /// It can also export platform variants.
    ///
    /// - `path`: Host's destination path (e.g., "./tarball").  Path can be relative to the engine's workdir or absolute.
    ///
    /// There are optional arguments: [`Container::export_opts`].
    pub async fn export(&self, path: impl AsRef<str>) -> Result<String> {
        self.0.call("export").text("path", path).value().await
    }

    /// Writes the container as an OCI tarball to the destination file path on the host.
    ///
    /// It can also export platform variants.
    ///
    /// - `path`: Host's destination path (e.g., "./tarball").  Path can be relative to the engine's workdir or absolute.
    pub async fn export_opts(
        &self,
        path: impl AsRef<str>,
        opts: ContainerExportOpts,
    ) -> Result<String> {
        self.0.call("export").text("path", path).options(opts).value().await
    }

    /// Exports the container as an image to the host's container image store.
    ///
    /// - `name`: Name of image to export to in the host's store
    ///
    /// There are optional arguments: [`Container::export_image_opts`].
    pub async fn export_image(&self, name: impl AsRef<str>) -> Result<()> {
        self.0.call("exportImage").text("name", name).nothing().await
    }

    /// Exports the container as an image to the host's container image store.
    ///
    /// - `name`: Name of image to export to in the host's store
    pub async fn export_image_opts(
        &self,
        name: impl AsRef<str>,
        opts: ContainerExportImageOpts,
    ) -> Result<()> {
        self.0.call("exportImage").text("name", name).options(opts).nothing().await
    }

    /// Retrieves the list of exposed ports.
    ///
    /// This includes ports already exposed by the image, even if not explicitly added with dagger.
    pub async fn exposed_ports(&self) -> Result<Vec<Port>> {
        self.0.call("exposedPorts").objects().await
    }

    /// Retrieves a file at the given path.
    ///
    /// Mounts are included.
    ///
    /// - `path`: The path of the file to retrieve (e.g., "./README.md").
    ///
    /// There are optional arguments: [`Container::file_opts`].
    pub fn file(&self, path: impl AsRef<str>) -> File {
        File(self.0.call("file").text("path", path).node())
    }

    /// Retrieves a file at the given path.
    ///
    /// Mounts are included.
    ///
    /// - `path`: The path of the file to retrieve (e.g., "./README.md").
    pub fn file_opts(&self, path: impl AsRef<str>, opts: ContainerFileOpts) -> File {
        File(self.0.call("file").text("path", path).options(opts).node())
    }

    /// Download a container image, and apply it to the container state. All previous state will be lost.
    ///
    /// - `address`: Address of the container image to download, in standard OCI ref format. Example:"registry.dagger.io/engine:latest"
    pub fn from(&self, address: impl AsRef<str>) -> Container {
        Container(self.0.call("from").text("address", address).node())
    }

    /// A unique identifier for this Container.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// The unique image reference which can only be retrieved immediately after the 'Container.From' call.
    pub async fn image_ref(&self) -> Result<String> {
        self.0.call("imageRef").value().await
    }

    /// Reads the container from an OCI tarball.
    ///
    /// - `source`: File to read the container from.
    ///
    /// There are optional arguments: [`Container::import_opts`].
    pub fn import(&self, source: impl Borrow<File>) -> Container {
        Container(self.0.call("import").value_of::<File>("source", source).node())
    }

    /// Reads the container from an OCI tarball.
    ///
    /// - `source`: File to read the container from.
    pub fn import_opts(&self, source: impl Borrow<File>, opts: ContainerImportOpts) -> Container {
        Container(self.0.call("import").value_of::<File>("source", source).options(opts).node())
    }

    /// Retrieves the value of the specified label.
    ///
    /// - `name`: The name of the label (e.g., "org.opencontainers.artifact.created").
    pub async fn label(&self, name: impl AsRef<str>) -> Result<Option<String>> {
        self.0.call("label").text("name", name).value().await
    }

    /// Retrieves the list of labels passed to container.
    pub async fn labels(&self) -> Result<Vec<Label>> {
        self.0.call("labels").objects().await
    }

    /// Retrieves the list of paths where a directory is mounted.
    pub async fn mounts(&self) -> Result<Vec<String>> {
        self.0.call("mounts").value().await
    }

    /// The platform this container executes and publishes as.
    pub async fn platform(&self) -> Result<Platform> {
        self.0.call("platform").value().await
    }

    /// Package the container state as an OCI image, and publish it to a registry
    ///
    /// Returns the fully qualified address of the published image, with digest
    ///
    /// - `address`: The OCI address to publish to  Same format as "docker push". Example: "registry.example.com/user/repo:tag"
    ///
    /// There are optional arguments: [`Container::publish_opts`].
    pub async fn publish(&self, address: impl AsRef<str>) -> Result<String> {
        self.0.call("publish").text("address", address).value().await
    }

    /// Package the container state as an OCI image, and publish it to a registry
    ///
    /// Returns the fully qualified address of the published image, with digest
    ///
    /// - `address`: The OCI address to publish to  Same format as "docker push". Example: "registry.example.com/user/repo:tag"
    pub async fn publish_opts(
        &self,
        address: impl AsRef<str>,
        opts: ContainerPublishOpts,
    ) -> Result<String> {
        self.0.call("publish").text("address", address).options(opts).value().await
    }

    /// Return a snapshot of the container's root filesystem. The snapshot can be modified then written back using withRootfs. Use that method for filesystem modifications.
    pub fn rootfs(&self) -> Directory {
        Directory(self.0.call("rootfs").node())
    }

    /// Return file status
    ///
    /// - `path`: Path to check (e.g., "/file.txt").
    ///
    /// There are optional arguments: [`Container::stat_opts`].
    pub async fn stat(&self, path: impl AsRef<str>) -> Result<Option<Stat>> {
        self.0.call("stat").text("path", path).perhaps().await
    }

    /// Return file status
    ///
    /// - `path`: Path to check (e.g., "/file.txt").
    pub async fn stat_opts(
        &self,
        path: impl AsRef<str>,
        opts: ContainerStatOpts,
    ) -> Result<Option<Stat>> {
        self.0.call("stat").text("path", path).options(opts).perhaps().await
    }

    /// The buffered standard error stream of the last executed command
    ///
    /// Returns an error if no command was executed
    pub async fn stderr(&self) -> Result<String> {
        self.0.call("stderr").value().await
    }

    /// The buffered standard output stream of the last executed command
    ///
    /// Returns an error if no command was executed
    pub async fn stdout(&self) -> Result<String> {
        self.0.call("stdout").value().await
    }

    /// Forces evaluation of the pipeline in the engine.
    ///
    /// It doesn't run the default command if no exec has been set.
    pub async fn sync(&self) -> Result<Container> {
        self.0.call("sync").loaded().await
    }

    /// Opens an interactive terminal for this container using its configured default terminal command if not overridden by args (or sh as a fallback default).
    ///
    /// There are optional arguments: [`Container::terminal_opts`].
    pub fn terminal(&self) -> Container {
        Container(self.0.call("terminal").node())
    }

    /// Opens an interactive terminal for this container using its configured default terminal command if not overridden by args (or sh as a fallback default).
    pub fn terminal_opts(&self, opts: ContainerTerminalOpts) -> Container {
        Container(self.0.call("terminal").options(opts).node())
    }

    /// Starts a Service and creates a tunnel that forwards traffic from the caller's network to that service.
    ///
    /// Be sure to set any exposed ports before calling this api.
    ///
    /// There are optional arguments: [`Container::up_opts`].
    pub async fn up(&self) -> Result<()> {
        self.0.call("up").nothing().await
    }

    /// Starts a Service and creates a tunnel that forwards traffic from the caller's network to that service.
    ///
    /// Be sure to set any exposed ports before calling this api.
    pub async fn up_opts(&self, opts: ContainerUpOpts) -> Result<()> {
        self.0.call("up").options(opts).nothing().await
    }

    /// Retrieves the user to be set for all commands.
    pub async fn user(&self) -> Result<String> {
        self.0.call("user").value().await
    }

    /// Retrieves this container plus the given OCI annotation.
    ///
    /// - `name`: The name of the annotation.
    /// - `value`: The value of the annotation.
    pub fn with_annotation(&self, name: impl AsRef<str>, value: impl AsRef<str>) -> Container {
        Container(self.0.call("withAnnotation").text("name", name).text("value", value).node())
    }

    /// Configures default arguments for future commands. Like CMD in Dockerfile.
    ///
    /// - `args`: Arguments to prepend to future executions (e.g., ["-v", "--no-cache"]).
    pub fn with_default_args(&self, args: impl IntoIterator<Item = impl AsRef<str>>) -> Container {
        Container(self.0.call("withDefaultArgs").texts("args", args).node())
    }

    /// Set the default command to invoke for the container's terminal API.
    ///
    /// - `args`: The args of the command.
    ///
    /// There are optional arguments: [`Container::with_default_terminal_cmd_opts`].
    pub fn with_default_terminal_cmd(
        &self,
        args: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> Container {
        Container(self.0.call("withDefaultTerminalCmd").texts("args", args).node())
    }

    /// Set the default command to invoke for the container's terminal API.
    ///
    /// - `args`: The args of the command.
    pub fn with_default_terminal_cmd_opts(
        &self,
        args: impl IntoIterator<Item = impl AsRef<str>>,
        opts: ContainerWithDefaultTerminalCmdOpts,
    ) -> Container {
        Container(self.0.call("withDefaultTerminalCmd").texts("args", args).options(opts).node())
    }

    /// Return a new container snapshot, with a directory added to its filesystem
    ///
    /// - `path`: Location of the written directory (e.g., "/tmp/directory").
    /// - `source`: Identifier of the directory to write
    ///
    /// There are optional arguments: [`Container::with_directory_opts`].
    pub fn with_directory(
        &self,
        path: impl AsRef<str>,
        source: impl Borrow<Directory>,
    ) -> Container {
        Container(
            self
                .0
                .call("withDirectory")
                .text("path", path)
                .value_of::<Directory>("source", source)
                .node()
        )
    }

    /// Return a new container snapshot, with a directory added to its filesystem
    ///
    /// - `path`: Location of the written directory (e.g., "/tmp/directory").
    /// - `source`: Identifier of the directory to write
    pub fn with_directory_opts(
        &self,
        path: impl AsRef<str>,
        source: impl Borrow<Directory>,
        opts: ContainerWithDirectoryOpts,
    ) -> Container {
        Container(
            self
                .0
                .call("withDirectory")
                .text("path", path)
                .value_of::<Directory>("source", source)
                .options(opts)
                .node()
        )
    }

    /// Retrieves this container with the specificed docker healtcheck command set.
    ///
    /// - `args`: Healthcheck command to execute. Example: ["go", "run", "main.go"].
    ///
    /// There are optional arguments: [`Container::with_docker_healthcheck_opts`].
    pub fn with_docker_healthcheck(
        &self,
        args: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> Container {
        Container(self.0.call("withDockerHealthcheck").texts("args", args).node())
    }

    /// Retrieves this container with the specificed docker healtcheck command set.
    ///
    /// - `args`: Healthcheck command to execute. Example: ["go", "run", "main.go"].
    pub fn with_docker_healthcheck_opts(
        &self,
        args: impl IntoIterator<Item = impl AsRef<str>>,
        opts: ContainerWithDockerHealthcheckOpts,
    ) -> Container {
        Container(self.0.call("withDockerHealthcheck").texts("args", args).options(opts).node())
    }

    /// Set an OCI-style entrypoint. It will be included in the container's OCI configuration. Note, withExec ignores the entrypoint by default.
    ///
    /// - `args`: Arguments of the entrypoint. Example: ["go", "run"].
    ///
    /// There are optional arguments: [`Container::with_entrypoint_opts`].
    pub fn with_entrypoint(&self, args: impl IntoIterator<Item = impl AsRef<str>>) -> Container {
        Container(self.0.call("withEntrypoint").texts("args", args).node())
    }

    /// Set an OCI-style entrypoint. It will be included in the container's OCI configuration. Note, withExec ignores the entrypoint by default.
    ///
    /// - `args`: Arguments of the entrypoint. Example: ["go", "run"].
    pub fn with_entrypoint_opts(
        &self,
        args: impl IntoIterator<Item = impl AsRef<str>>,
        opts: ContainerWithEntrypointOpts,
    ) -> Container {
        Container(self.0.call("withEntrypoint").texts("args", args).options(opts).node())
    }

    /// Export environment variables from an env-file to the container.
    ///
    /// - `source`: Identifier of the envfile
    pub fn with_env_file_variables(&self, source: impl Borrow<EnvFile>) -> Container {
        Container(self.0.call("withEnvFileVariables").value_of::<EnvFile>("source", source).node())
    }

    /// Set a new environment variable in the container.
    ///
    /// - `name`: Name of the environment variable (e.g., "HOST").
    /// - `value`: Value of the environment variable. (e.g., "localhost").
    ///
    /// There are optional arguments: [`Container::with_env_variable_opts`].
    pub fn with_env_variable(&self, name: impl AsRef<str>, value: impl AsRef<str>) -> Container {
        Container(self.0.call("withEnvVariable").text("name", name).text("value", value).node())
    }

    /// Set a new environment variable in the container.
    ///
    /// - `name`: Name of the environment variable (e.g., "HOST").
    /// - `value`: Value of the environment variable. (e.g., "localhost").
    pub fn with_env_variable_opts(
        &self,
        name: impl AsRef<str>,
        value: impl AsRef<str>,
        opts: ContainerWithEnvVariableOpts,
    ) -> Container {
        Container(
            self
                .0
                .call("withEnvVariable")
                .text("name", name)
                .text("value", value)
                .options(opts)
                .node()
        )
    }

    /// Raise an error.
    ///
    /// - `err`: Message of the error to raise. If empty, the error will be ignored.
    pub fn with_error(&self, err: impl AsRef<str>) -> Container {
        Container(self.0.call("withError").text("err", err).node())
    }

    /// Execute a command in the container, and return a new snapshot of the container state after execution.
    ///
    /// - `args`: Command to execute. Must be valid exec() arguments, not a shell command. Example: ["go", "run", "main.go"].  To run a shell command, execute the shell and pass the shell command as argument. Example: ["sh", "-c", "ls -l | grep foo"]  Defaults to the container's default arguments (see "defaultArgs" and "withDefaultArgs").
    ///
    /// There are optional arguments: [`Container::with_exec_opts`].
    pub fn with_exec(&self, args: impl IntoIterator<Item = impl AsRef<str>>) -> Container {
        Container(self.0.call("withExec").texts("args", args).node())
    }

    /// Execute a command in the container, and return a new snapshot of the container state after execution.
    ///
    /// - `args`: Command to execute. Must be valid exec() arguments, not a shell command. Example: ["go", "run", "main.go"].  To run a shell command, execute the shell and pass the shell command as argument. Example: ["sh", "-c", "ls -l | grep foo"]  Defaults to the container's default arguments (see "defaultArgs" and "withDefaultArgs").
    pub fn with_exec_opts(
        &self,
        args: impl IntoIterator<Item = impl AsRef<str>>,
        opts: ContainerWithExecOpts,
    ) -> Container {
        Container(self.0.call("withExec").texts("args", args).options(opts).node())
    }

    /// Expose a network port. Like EXPOSE in Dockerfile (but with healthcheck support)
    ///
    /// Exposed ports serve two purposes:
    ///
    /// - For health checks and introspection, when running services
    ///
    /// - For setting the EXPOSE OCI field when publishing the container
    ///
    /// - `port`: Port number to expose. Example: 8080
    ///
    /// There are optional arguments: [`Container::with_exposed_port_opts`].
    pub fn with_exposed_port(&self, port: i64) -> Container {
        Container(self.0.call("withExposedPort").value_of::<i64>("port", port).node())
    }

    /// Expose a network port. Like EXPOSE in Dockerfile (but with healthcheck support)
    ///
    /// Exposed ports serve two purposes:
    ///
    /// - For health checks and introspection, when running services
    ///
    /// - For setting the EXPOSE OCI field when publishing the container
    ///
    /// - `port`: Port number to expose. Example: 8080
    pub fn with_exposed_port_opts(
        &self,
        port: i64,
        opts: ContainerWithExposedPortOpts,
    ) -> Container {
        Container(self.0.call("withExposedPort").value_of::<i64>("port", port).options(opts).node())
    }

    /// Return a container snapshot with a file added
    ///
    /// - `path`: Path of the new file. Example: "/path/to/new-file.txt"
    /// - `source`: File to add
    ///
    /// There are optional arguments: [`Container::with_file_opts`].
    pub fn with_file(&self, path: impl AsRef<str>, source: impl Borrow<File>) -> Container {
        Container(
            self
                .0
                .call("withFile")
                .text("path", path)
                .value_of::<File>("source", source)
                .node()
        )
    }

    /// Return a container snapshot with a file added
    ///
    /// - `path`: Path of the new file. Example: "/path/to/new-file.txt"
    /// - `source`: File to add
    pub fn with_file_opts(
        &self,
        path: impl AsRef<str>,
        source: impl Borrow<File>,
        opts: ContainerWithFileOpts,
    ) -> Container {
        Container(
            self
                .0
                .call("withFile")
                .text("path", path)
                .value_of::<File>("source", source)
                .options(opts)
                .node()
        )
    }

    /// Retrieves this container plus the contents of the given files copied to the given path.
    ///
    /// - `path`: Location where copied files should be placed (e.g., "/src").
    /// - `sources`: Identifiers of the files to copy.
    ///
    /// There are optional arguments: [`Container::with_files_opts`].
    pub fn with_files(
        &self,
        path: impl AsRef<str>,
        sources: impl IntoIterator<Item = impl Borrow<File>>,
    ) -> Container {
        Container(
            self
                .0
                .call("withFiles")
                .text("path", path)
                .list::<File>("sources", sources)
                .node()
        )
    }

    /// Retrieves this container plus the contents of the given files copied to the given path.
    ///
    /// - `path`: Location where copied files should be placed (e.g., "/src").
    /// - `sources`: Identifiers of the files to copy.
    pub fn with_files_opts(
        &self,
        path: impl AsRef<str>,
        sources: impl IntoIterator<Item = impl Borrow<File>>,
        opts: ContainerWithFilesOpts,
    ) -> Container {
        Container(
            self
                .0
                .call("withFiles")
                .text("path", path)
                .list::<File>("sources", sources)
                .options(opts)
                .node()
        )
    }

    /// Retrieves this container plus the given label.
    ///
    /// - `name`: The name of the label (e.g., "org.opencontainers.artifact.created").
    /// - `value`: The value of the label (e.g., "2023-01-01T00:00:00Z").
    pub fn with_label(&self, name: impl AsRef<str>, value: impl AsRef<str>) -> Container {
        Container(self.0.call("withLabel").text("name", name).text("value", value).node())
    }

    /// Retrieves this container plus a cache volume mounted at the given path.
    ///
    /// - `path`: Location of the cache directory (e.g., "/root/.npm").
    /// - `cache`: Identifier of the cache volume to mount.
    ///
    /// There are optional arguments: [`Container::with_mounted_cache_opts`].
    pub fn with_mounted_cache(
        &self,
        path: impl AsRef<str>,
        cache: impl Borrow<CacheVolume>,
    ) -> Container {
        Container(
            self
                .0
                .call("withMountedCache")
                .text("path", path)
                .value_of::<CacheVolume>("cache", cache)
                .node()
        )
    }

    /// Retrieves this container plus a cache volume mounted at the given path.
    ///
    /// - `path`: Location of the cache directory (e.g., "/root/.npm").
    /// - `cache`: Identifier of the cache volume to mount.
    pub fn with_mounted_cache_opts(
        &self,
        path: impl AsRef<str>,
        cache: impl Borrow<CacheVolume>,
        opts: ContainerWithMountedCacheOpts,
    ) -> Container {
        Container(
            self
                .0
                .call("withMountedCache")
                .text("path", path)
                .value_of::<CacheVolume>("cache", cache)
                .options(opts)
                .node()
        )
    }

    /// Retrieves this container plus a directory mounted at the given path.
    ///
    /// - `path`: Location of the mounted directory (e.g., "/mnt/directory").
    /// - `source`: Identifier of the mounted directory.
    ///
    /// There are optional arguments: [`Container::with_mounted_directory_opts`].
    pub fn with_mounted_directory(
        &self,
        path: impl AsRef<str>,
        source: impl Borrow<Directory>,
    ) -> Container {
        Container(
            self
                .0
                .call("withMountedDirectory")
                .text("path", path)
                .value_of::<Directory>("source", source)
                .node()
        )
    }

    /// Retrieves this container plus a directory mounted at the given path.
    ///
    /// - `path`: Location of the mounted directory (e.g., "/mnt/directory").
    /// - `source`: Identifier of the mounted directory.
    pub fn with_mounted_directory_opts(
        &self,
        path: impl AsRef<str>,
        source: impl Borrow<Directory>,
        opts: ContainerWithMountedDirectoryOpts,
    ) -> Container {
        Container(
            self
                .0
                .call("withMountedDirectory")
                .text("path", path)
                .value_of::<Directory>("source", source)
                .options(opts)
                .node()
        )
    }

    /// Retrieves this container plus a file mounted at the given path.
    ///
    /// - `path`: Location of the mounted file (e.g., "/tmp/file.txt").
    /// - `source`: Identifier of the mounted file.
    ///
    /// There are optional arguments: [`Container::with_mounted_file_opts`].
    pub fn with_mounted_file(&self, path: impl AsRef<str>, source: impl Borrow<File>) -> Container {
        Container(
            self
                .0
                .call("withMountedFile")
                .text("path", path)
                .value_of::<File>("source", source)
                .node()
        )
    }

    /// Retrieves this container plus a file mounted at the given path.
    ///
    /// - `path`: Location of the mounted file (e.g., "/tmp/file.txt").
    /// - `source`: Identifier of the mounted file.
    pub fn with_mounted_file_opts(
        &self,
        path: impl AsRef<str>,
        source: impl Borrow<File>,
        opts: ContainerWithMountedFileOpts,
    ) -> Container {
        Container(
            self
                .0
                .call("withMountedFile")
                .text("path", path)
                .value_of::<File>("source", source)
                .options(opts)
                .node()
        )
    }

    /// Retrieves this container plus a secret mounted into a file at the given path.
    ///
    /// - `path`: Location of the secret file (e.g., "/tmp/secret.txt").
    /// - `source`: Identifier of the secret to mount.
    ///
    /// There are optional arguments: [`Container::with_mounted_secret_opts`].
    pub fn with_mounted_secret(
        &self,
        path: impl AsRef<str>,
        source: impl Borrow<Secret>,
    ) -> Container {
        Container(
            self
                .0
                .call("withMountedSecret")
                .text("path", path)
                .value_of::<Secret>("source", source)
                .node()
        )
    }

    /// Retrieves this container plus a secret mounted into a file at the given path.
    ///
    /// - `path`: Location of the secret file (e.g., "/tmp/secret.txt").
    /// - `source`: Identifier of the secret to mount.
    pub fn with_mounted_secret_opts(
        &self,
        path: impl AsRef<str>,
        source: impl Borrow<Secret>,
        opts: ContainerWithMountedSecretOpts,
    ) -> Container {
        Container(
            self
                .0
                .call("withMountedSecret")
                .text("path", path)
                .value_of::<Secret>("source", source)
                .options(opts)
                .node()
        )
    }

    /// Retrieves this container plus a temporary directory mounted at the given path. Any writes will be ephemeral to a single withExec call; they will not be persisted to subsequent withExecs.
    ///
    /// - `path`: Location of the temporary directory (e.g., "/tmp/temp_dir").
    ///
    /// There are optional arguments: [`Container::with_mounted_temp_opts`].
    pub fn with_mounted_temp(&self, path: impl AsRef<str>) -> Container {
        Container(self.0.call("withMountedTemp").text("path", path).node())
    }

    /// Retrieves this container plus a temporary directory mounted at the given path. Any writes will be ephemeral to a single withExec call; they will not be persisted to subsequent withExecs.
    ///
    /// - `path`: Location of the temporary directory (e.g., "/tmp/temp_dir").
    pub fn with_mounted_temp_opts(
        &self,
        path: impl AsRef<str>,
        opts: ContainerWithMountedTempOpts,
    ) -> Container {
        Container(self.0.call("withMountedTemp").text("path", path).options(opts).node())
    }

    /// Return a new container snapshot, with a file added to its filesystem with text content
    ///
    /// - `path`: Path of the new file. May be relative or absolute. Example: "README.md" or "/etc/profile"
    /// - `contents`: Contents of the new file. Example: "Hello world!"
    ///
    /// There are optional arguments: [`Container::with_new_file_opts`].
    pub fn with_new_file(&self, path: impl AsRef<str>, contents: impl AsRef<str>) -> Container {
        Container(self.0.call("withNewFile").text("path", path).text("contents", contents).node())
    }

    /// Return a new container snapshot, with a file added to its filesystem with text content
    ///
    /// - `path`: Path of the new file. May be relative or absolute. Example: "README.md" or "/etc/profile"
    /// - `contents`: Contents of the new file. Example: "Hello world!"
    pub fn with_new_file_opts(
        &self,
        path: impl AsRef<str>,
        contents: impl AsRef<str>,
        opts: ContainerWithNewFileOpts,
    ) -> Container {
        Container(
            self
                .0
                .call("withNewFile")
                .text("path", path)
                .text("contents", contents)
                .options(opts)
                .node()
        )
    }

    /// Attach credentials for future publishing to a registry. Use in combination with publish
    ///
    /// - `address`: The image address that needs authentication. Same format as "docker push". Example: "registry.dagger.io/dagger:latest"
    /// - `username`: The username to authenticate with. Example: "alice"
    /// - `secret`: The API key, password or token to authenticate to this registry
    pub fn with_registry_auth(
        &self,
        address: impl AsRef<str>,
        username: impl AsRef<str>,
        secret: impl Borrow<Secret>,
    ) -> Container {
        Container(
            self
                .0
                .call("withRegistryAuth")
                .text("address", address)
                .text("username", username)
                .value_of::<Secret>("secret", secret)
                .node()
        )
    }

    /// Change the container's root filesystem. The previous root filesystem will be lost.
    ///
    /// - `directory`: The new root filesystem.
    pub fn with_rootfs(&self, directory: impl Borrow<Directory>) -> Container {
        Container(self.0.call("withRootfs").value_of::<Directory>("directory", directory).node())
    }

    /// Set a new environment variable, using a secret value
    ///
    /// - `name`: Name of the secret variable (e.g., "API_SECRET").
    /// - `secret`: Identifier of the secret value.
    pub fn with_secret_variable(
        &self,
        name: impl AsRef<str>,
        secret: impl Borrow<Secret>,
    ) -> Container {
        Container(
            self
                .0
                .call("withSecretVariable")
                .text("name", name)
                .value_of::<Secret>("secret", secret)
                .node()
        )
    }

    /// Establish a runtime dependency from a container to a network service.
    ///
    /// The service will be started automatically when needed and detached when it is no longer needed, executing the default command if none is set.
    ///
    /// The service will be reachable from the container via the provided hostname alias.
    ///
    /// The service dependency will also convey to any files or directories produced by the container.
    ///
    /// - `alias`: Hostname that will resolve to the target service (only accessible from within this container)
    /// - `service`: The target service
    pub fn with_service_binding(
        &self,
        alias: impl AsRef<str>,
        service: impl Borrow<Service>,
    ) -> Container {
        Container(
            self
                .0
                .call("withServiceBinding")
                .text("alias", alias)
                .value_of::<Service>("service", service)
                .node()
        )
    }

    /// Return a snapshot with a symlink
    ///
    /// - `target`: Location of the file or directory to link to (e.g., "/existing/file").
    /// - `link_name`: Location where the symbolic link will be created (e.g., "/new-file-link").
    ///
    /// There are optional arguments: [`Container::with_symlink_opts`].
    pub fn with_symlink(&self, target: impl AsRef<str>, link_name: impl AsRef<str>) -> Container {
        Container(
            self
                .0
                .call("withSymlink")
                .text("target", target)
                .text("linkName", link_name)
                .node()
        )
    }

    /// Return a snapshot with a symlink
    ///
    /// - `target`: Location of the file or directory to link to (e.g., "/existing/file").
    /// - `link_name`: Location where the symbolic link will be created (e.g., "/new-file-link").
    pub fn with_symlink_opts(
        &self,
        target: impl AsRef<str>,
        link_name: impl AsRef<str>,
        opts: ContainerWithSymlinkOpts,
    ) -> Container {
        Container(
            self
                .0
                .call("withSymlink")
                .text("target", target)
                .text("linkName", link_name)
                .options(opts)
                .node()
        )
    }

    /// Retrieves this container plus a socket forwarded to the given Unix socket path.
    ///
    /// - `path`: Location of the forwarded Unix socket (e.g., "/tmp/socket").
    /// - `source`: Identifier of the socket to forward.
    ///
    /// There are optional arguments: [`Container::with_unix_socket_opts`].
    pub fn with_unix_socket(
        &self,
        path: impl AsRef<str>,
        source: impl Borrow<Socket>,
    ) -> Container {
        Container(
            self
                .0
                .call("withUnixSocket")
                .text("path", path)
                .value_of::<Socket>("source", source)
                .node()
        )
    }

    /// Retrieves this container plus a socket forwarded to the given Unix socket path.
    ///
    /// - `path`: Location of the forwarded Unix socket (e.g., "/tmp/socket").
    /// - `source`: Identifier of the socket to forward.
    pub fn with_unix_socket_opts(
        &self,
        path: impl AsRef<str>,
        source: impl Borrow<Socket>,
        opts: ContainerWithUnixSocketOpts,
    ) -> Container {
        Container(
            self
                .0
                .call("withUnixSocket")
                .text("path", path)
                .value_of::<Socket>("source", source)
                .options(opts)
                .node()
        )
    }

    /// Retrieves this container with a different command user.
    ///
    /// - `name`: The user to set (e.g., "root").
    pub fn with_user(&self, name: impl AsRef<str>) -> Container {
        Container(self.0.call("withUser").text("name", name).node())
    }

    /// Change the container's working directory. Like WORKDIR in Dockerfile.
    ///
    /// - `path`: The path to set as the working directory (e.g., "/app").
    ///
    /// There are optional arguments: [`Container::with_workdir_opts`].
    pub fn with_workdir(&self, path: impl AsRef<str>) -> Container {
        Container(self.0.call("withWorkdir").text("path", path).node())
    }

    /// Change the container's working directory. Like WORKDIR in Dockerfile.
    ///
    /// - `path`: The path to set as the working directory (e.g., "/app").
    pub fn with_workdir_opts(
        &self,
        path: impl AsRef<str>,
        opts: ContainerWithWorkdirOpts,
    ) -> Container {
        Container(self.0.call("withWorkdir").text("path", path).options(opts).node())
    }

    /// Retrieves this container minus the given OCI annotation.
    ///
    /// - `name`: The name of the annotation.
    pub fn without_annotation(&self, name: impl AsRef<str>) -> Container {
        Container(self.0.call("withoutAnnotation").text("name", name).node())
    }

    /// Remove the container's default arguments.
    pub fn without_default_args(&self) -> Container {
        Container(self.0.call("withoutDefaultArgs").node())
    }

    /// Return a new container snapshot, with a directory removed from its filesystem
    ///
    /// - `path`: Location of the directory to remove (e.g., ".github/").
    ///
    /// There are optional arguments: [`Container::without_directory_opts`].
    pub fn without_directory(&self, path: impl AsRef<str>) -> Container {
        Container(self.0.call("withoutDirectory").text("path", path).node())
    }

    /// Return a new container snapshot, with a directory removed from its filesystem
    ///
    /// - `path`: Location of the directory to remove (e.g., ".github/").
    pub fn without_directory_opts(
        &self,
        path: impl AsRef<str>,
        opts: ContainerWithoutDirectoryOpts,
    ) -> Container {
        Container(self.0.call("withoutDirectory").text("path", path).options(opts).node())
    }

    /// Retrieves this container without a configured docker healtcheck command.
    pub fn without_docker_healthcheck(&self) -> Container {
        Container(self.0.call("withoutDockerHealthcheck").node())
    }

    /// Reset the container's OCI entrypoint.
    ///
    /// There are optional arguments: [`Container::without_entrypoint_opts`].
    pub fn without_entrypoint(&self) -> Container {
        Container(self.0.call("withoutEntrypoint").node())
    }

    /// Reset the container's OCI entrypoint.
    pub fn without_entrypoint_opts(&self, opts: ContainerWithoutEntrypointOpts) -> Container {
        Container(self.0.call("withoutEntrypoint").options(opts).node())
    }

    /// Retrieves this container minus the given environment variable.
    ///
    /// - `name`: The name of the environment variable (e.g., "HOST").
    pub fn without_env_variable(&self, name: impl AsRef<str>) -> Container {
        Container(self.0.call("withoutEnvVariable").text("name", name).node())
    }

    /// Unexpose a previously exposed port.
    ///
    /// - `port`: Port number to unexpose
    ///
    /// There are optional arguments: [`Container::without_exposed_port_opts`].
    pub fn without_exposed_port(&self, port: i64) -> Container {
        Container(self.0.call("withoutExposedPort").value_of::<i64>("port", port).node())
    }

    /// Unexpose a previously exposed port.
    ///
    /// - `port`: Port number to unexpose
    pub fn without_exposed_port_opts(
        &self,
        port: i64,
        opts: ContainerWithoutExposedPortOpts,
    ) -> Container {
        Container(
            self
                .0
                .call("withoutExposedPort")
                .value_of::<i64>("port", port)
                .options(opts)
                .node()
        )
    }

    /// Retrieves this container with the file at the given path removed.
    ///
    /// - `path`: Location of the file to remove (e.g., "/file.txt").
    ///
    /// There are optional arguments: [`Container::without_file_opts`].
    pub fn without_file(&self, path: impl AsRef<str>) -> Container {
        Container(self.0.call("withoutFile").text("path", path).node())
    }

    /// Retrieves this container with the file at the given path removed.
    ///
    /// - `path`: Location of the file to remove (e.g., "/file.txt").
    pub fn without_file_opts(
        &self,
        path: impl AsRef<str>,
        opts: ContainerWithoutFileOpts,
    ) -> Container {
        Container(self.0.call("withoutFile").text("path", path).options(opts).node())
    }

    /// Return a new container spanshot with specified files removed
    ///
    /// - `paths`: Paths of the files to remove. Example: ["foo.txt, "/root/.ssh/config"
    ///
    /// There are optional arguments: [`Container::without_files_opts`].
    pub fn without_files(&self, paths: impl IntoIterator<Item = impl AsRef<str>>) -> Container {
        Container(self.0.call("withoutFiles").texts("paths", paths).node())
    }

    /// Return a new container spanshot with specified files removed
    ///
    /// - `paths`: Paths of the files to remove. Example: ["foo.txt, "/root/.ssh/config"
    pub fn without_files_opts(
        &self,
        paths: impl IntoIterator<Item = impl AsRef<str>>,
        opts: ContainerWithoutFilesOpts,
    ) -> Container {
        Container(self.0.call("withoutFiles").texts("paths", paths).options(opts).node())
    }

    /// Retrieves this container minus the given environment label.
    ///
    /// - `name`: The name of the label to remove (e.g., "org.opencontainers.artifact.created").
    pub fn without_label(&self, name: impl AsRef<str>) -> Container {
        Container(self.0.call("withoutLabel").text("name", name).node())
    }

    /// Retrieves this container after unmounting everything at the given path.
    ///
    /// - `path`: Location of the cache directory (e.g., "/root/.npm").
    ///
    /// There are optional arguments: [`Container::without_mount_opts`].
    pub fn without_mount(&self, path: impl AsRef<str>) -> Container {
        Container(self.0.call("withoutMount").text("path", path).node())
    }

    /// Retrieves this container after unmounting everything at the given path.
    ///
    /// - `path`: Location of the cache directory (e.g., "/root/.npm").
    pub fn without_mount_opts(
        &self,
        path: impl AsRef<str>,
        opts: ContainerWithoutMountOpts,
    ) -> Container {
        Container(self.0.call("withoutMount").text("path", path).options(opts).node())
    }

    /// Retrieves this container without the registry authentication of a given address.
    ///
    /// - `address`: Registry's address to remove the authentication from.  Formatted as [host]/[user]/[repo]:[tag] (e.g. docker.io/dagger/dagger:main).
    pub fn without_registry_auth(&self, address: impl AsRef<str>) -> Container {
        Container(self.0.call("withoutRegistryAuth").text("address", address).node())
    }

    /// Retrieves this container minus the given environment variable containing the secret.
    ///
    /// - `name`: The name of the environment variable (e.g., "HOST").
    pub fn without_secret_variable(&self, name: impl AsRef<str>) -> Container {
        Container(self.0.call("withoutSecretVariable").text("name", name).node())
    }

    /// Retrieves this container with a previously added Unix socket removed.
    ///
    /// - `path`: Location of the socket to remove (e.g., "/tmp/socket").
    ///
    /// There are optional arguments: [`Container::without_unix_socket_opts`].
    pub fn without_unix_socket(&self, path: impl AsRef<str>) -> Container {
        Container(self.0.call("withoutUnixSocket").text("path", path).node())
    }

    /// Retrieves this container with a previously added Unix socket removed.
    ///
    /// - `path`: Location of the socket to remove (e.g., "/tmp/socket").
    pub fn without_unix_socket_opts(
        &self,
        path: impl AsRef<str>,
        opts: ContainerWithoutUnixSocketOpts,
    ) -> Container {
        Container(self.0.call("withoutUnixSocket").text("path", path).options(opts).node())
    }

    /// Retrieves this container with an unset command user.
    ///
    /// Should default to root.
    pub fn without_user(&self) -> Container {
        Container(self.0.call("withoutUser").node())
    }

    /// Unset the container's working directory.
    ///
    /// Should default to "/".
    pub fn without_workdir(&self) -> Container {
        Container(self.0.call("withoutWorkdir").node())
    }

    /// Retrieves the working directory for all commands.
    pub async fn workdir(&self) -> Result<String> {
        self.0.call("workdir").value().await
    }

    /// Calls a function with this object, and returns what it returns: so that a chain of calls need
    /// not be broken for it.
    pub fn with<R>(&self, function: impl FnOnce(Self) -> R) -> R {
        function(Clone::clone(self))
    }
}

/// The optional arguments of [`Container::as_service_opts`].
#[derive(Clone, Debug, Default)]
pub struct ContainerAsServiceOpts {
    /// Command to run instead of the container's default command (e.g., ["go", "run", "main.go"]).
    ///
    /// If empty, the container's default command is used.
    ///
    /// Default: `[]`
    pub args: Option<Vec<String>>,
    /// If the container has an entrypoint, prepend it to the args.
    ///
    /// Default: `false`
    pub use_entrypoint: Option<bool>,
    /// Provides Dagger access to the executed command.
    ///
    /// Default: `false`
    pub experimental_privileged_nesting: Option<bool>,
    /// Execute the command with all root capabilities. This is similar to running a command with "sudo" or executing "docker run" with the "--privileged" flag. Containerization does not provide any security guarantees when using this option. It should only be used when absolutely necessary and only with trusted commands.
    ///
    /// Default: `false`
    pub insecure_root_capabilities: Option<bool>,
    /// Replace "${VAR}" or "$VAR" in the args according to the current environment variables defined in the container (e.g. "/$VAR/foo").
    ///
    /// Default: `false`
    pub expand: Option<bool>,
    /// If set, skip the automatic init process injected into containers by default.
    ///
    /// This should only be used if the user requires that their exec process be the pid 1 process in the container. Otherwise it may result in unexpected behavior.
    ///
    /// Default: `false`
    pub no_init: Option<bool>,
}

impl Options for ContainerAsServiceOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("args", self.args)
            .option("useEntrypoint", self.use_entrypoint)
            .option("experimentalPrivilegedNesting", self.experimental_privileged_nesting)
            .option("insecureRootCapabilities", self.insecure_root_capabilities)
            .option("expand", self.expand)
            .option("noInit", self.no_init)
    }
}

/// The optional arguments of [`Container::as_tarball_opts`].
#[derive(Clone, Debug, Default)]
pub struct ContainerAsTarballOpts {
    /// Identifiers for other platform specific containers.
    ///
    /// Used for multi-platform images.
    ///
    /// Default: `[]`
    pub platform_variants: Option<Vec<Container>>,
    /// Force each layer of the image to use the specified compression algorithm.
    ///
    /// If this is unset, then if a layer already has a compressed blob in the engine's cache, that will be used (this can result in a mix of compression algorithms for different layers). If this is unset and a layer has no compressed blob in the engine's cache, then it will be compressed using Gzip.
    pub forced_compression: Option<ImageLayerCompression>,
    /// Use the specified media types for the image's layers.
    ///
    /// Defaults to OCI, which is largely compatible with most recent container runtimes, but Docker may be needed for older runtimes without OCI support.
    ///
    /// Default: `OCIMediaTypes`
    pub media_types: Option<ImageMediaTypes>,
}

impl Options for ContainerAsTarballOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("platformVariants", self.platform_variants)
            .option("forcedCompression", self.forced_compression)
            .option("mediaTypes", self.media_types)
    }
}

/// The optional arguments of [`Container::directory_opts`].
#[derive(Clone, Debug, Default)]
pub struct ContainerDirectoryOpts {
    /// Replace "${VAR}" or "$VAR" in the value of path according to the current environment variables defined in the container (e.g. "/$VAR/foo").
    ///
    /// Default: `false`
    pub expand: Option<bool>,
}

impl Options for ContainerDirectoryOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("expand", self.expand)
    }
}

/// The optional arguments of [`Container::exists_opts`].
#[derive(Clone, Debug, Default)]
pub struct ContainerExistsOpts {
    /// If specified, also validate the type of file (e.g. "REGULAR_TYPE", "DIRECTORY_TYPE", or "SYMLINK_TYPE").
    pub expected_type: Option<ExistsType>,
    /// If specified, do not follow symlinks.
    ///
    /// Default: `false`
    pub do_not_follow_symlinks: Option<bool>,
}

impl Options for ContainerExistsOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("expectedType", self.expected_type)
            .option("doNotFollowSymlinks", self.do_not_follow_symlinks)
    }
}

/// The optional arguments of [`Container::export_opts`].
#[derive(Clone, Debug, Default)]
pub struct ContainerExportOpts {
    /// Identifiers for other platform specific containers.
    ///
    /// Used for multi-platform image.
    ///
    /// Default: `[]`
    pub platform_variants: Option<Vec<Container>>,
    /// Force each layer of the exported image to use the specified compression algorithm.
    ///
    /// If this is unset, then if a layer already has a compressed blob in the engine's cache, that will be used (this can result in a mix of compression algorithms for different layers). If this is unset and a layer has no compressed blob in the engine's cache, then it will be compressed using Gzip.
    pub forced_compression: Option<ImageLayerCompression>,
    /// Use the specified media types for the exported image's layers.
    ///
    /// Defaults to OCI, which is largely compatible with most recent container runtimes, but Docker may be needed for older runtimes without OCI support.
    ///
    /// Default: `OCIMediaTypes`
    pub media_types: Option<ImageMediaTypes>,
    /// Replace "${VAR}" or "$VAR" in the value of path according to the current environment variables defined in the container (e.g. "/$VAR/foo").
    ///
    /// Default: `false`
    pub expand: Option<bool>,
}

impl Options for ContainerExportOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("platformVariants", self.platform_variants)
            .option("forcedCompression", self.forced_compression)
            .option("mediaTypes", self.media_types)
            .option("expand", self.expand)
    }
}

/// The optional arguments of [`Container::export_image_opts`].
#[derive(Clone, Debug, Default)]
pub struct ContainerExportImageOpts {
    /// Identifiers for other platform specific containers.
    ///
    /// Used for multi-platform image.
    ///
    /// Default: `[]`
    pub platform_variants: Option<Vec<Container>>,
    /// Force each layer of the exported image to use the specified compression algorithm.
    ///
    /// If this is unset, then if a layer already has a compressed blob in the engine's cache, that will be used (this can result in a mix of compression algorithms for different layers). If this is unset and a layer has no compressed blob in the engine's cache, then it will be compressed using Gzip.
    pub forced_compression: Option<ImageLayerCompression>,
    /// Use the specified media types for the exported image's layers.
    ///
    /// Defaults to OCI, which is largely compatible with most recent container runtimes, but Docker may be needed for older runtimes without OCI support.
    ///
    /// Default: `OCIMediaTypes`
    pub media_types: Option<ImageMediaTypes>,
}

impl Options for ContainerExportImageOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("platformVariants", self.platform_variants)
            .option("forcedCompression", self.forced_compression)
            .option("mediaTypes", self.media_types)
    }
}

/// The optional arguments of [`Container::file_opts`].
#[derive(Clone, Debug, Default)]
pub struct ContainerFileOpts {
    /// Replace "${VAR}" or "$VAR" in the value of path according to the current environment variables defined in the container (e.g. "/$VAR/foo.txt").
    ///
    /// Default: `false`
    pub expand: Option<bool>,
}

impl Options for ContainerFileOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("expand", self.expand)
    }
}

/// The optional arguments of [`Container::import_opts`].
#[derive(Clone, Debug, Default)]
pub struct ContainerImportOpts {
    /// Identifies the tag to import from the archive, if the archive bundles multiple tags.
    ///
    /// Default: `""`
    pub tag: Option<String>,
}

impl Options for ContainerImportOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("tag", self.tag)
    }
}

/// The optional arguments of [`Container::publish_opts`].
#[derive(Clone, Debug, Default)]
pub struct ContainerPublishOpts {
    /// Identifiers for other platform specific containers.
    ///
    /// Used for multi-platform image.
    ///
    /// Default: `[]`
    pub platform_variants: Option<Vec<Container>>,
    /// Force each layer of the published image to use the specified compression algorithm.
    ///
    /// If this is unset, then if a layer already has a compressed blob in the engine's cache, that will be used (this can result in a mix of compression algorithms for different layers). If this is unset and a layer has no compressed blob in the engine's cache, then it will be compressed using Gzip.
    pub forced_compression: Option<ImageLayerCompression>,
    /// Use the specified media types for the published image's layers.
    ///
    /// Defaults to "OCI", which is compatible with most recent registries, but "Docker" may be needed for older registries without OCI support.
    ///
    /// Default: `OCIMediaTypes`
    pub media_types: Option<ImageMediaTypes>,
}

impl Options for ContainerPublishOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("platformVariants", self.platform_variants)
            .option("forcedCompression", self.forced_compression)
            .option("mediaTypes", self.media_types)
    }
}

/// The optional arguments of [`Container::stat_opts`].
#[derive(Clone, Debug, Default)]
pub struct ContainerStatOpts {
    /// If specified, do not follow symlinks.
    ///
    /// Default: `false`
    pub do_not_follow_symlinks: Option<bool>,
}

impl Options for ContainerStatOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("doNotFollowSymlinks", self.do_not_follow_symlinks)
    }
}

/// The optional arguments of [`Container::terminal_opts`].
#[derive(Clone, Debug, Default)]
pub struct ContainerTerminalOpts {
    /// If set, override the container's default terminal command and invoke these command arguments instead.
    ///
    /// Default: `[]`
    pub cmd: Option<Vec<String>>,
    /// Provides Dagger access to the executed command.
    ///
    /// Default: `false`
    pub experimental_privileged_nesting: Option<bool>,
    /// Execute the command with all root capabilities. This is similar to running a command with "sudo" or executing "docker run" with the "--privileged" flag. Containerization does not provide any security guarantees when using this option. It should only be used when absolutely necessary and only with trusted commands.
    ///
    /// Default: `false`
    pub insecure_root_capabilities: Option<bool>,
}

impl Options for ContainerTerminalOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("cmd", self.cmd)
            .option("experimentalPrivilegedNesting", self.experimental_privileged_nesting)
            .option("insecureRootCapabilities", self.insecure_root_capabilities)
    }
}

/// The optional arguments of [`Container::up_opts`].
#[derive(Clone, Debug, Default)]
pub struct ContainerUpOpts {
    /// Bind each tunnel port to a random port on the host.
    ///
    /// Default: `false`
    pub random: Option<bool>,
    /// List of frontend/backend port mappings to forward.
    ///
    /// Frontend is the port accepting traffic on the host, backend is the service port.
    ///
    /// Default: `[]`
    pub ports: Option<Vec<PortForward>>,
    /// Command to run instead of the container's default command (e.g., ["go", "run", "main.go"]).
    ///
    /// If empty, the container's default command is used.
    ///
    /// Default: `[]`
    pub args: Option<Vec<String>>,
    /// If the container has an entrypoint, prepend it to the args.
    ///
    /// Default: `false`
    pub use_entrypoint: Option<bool>,
    /// Provides Dagger access to the executed command.
    ///
    /// Default: `false`
    pub experimental_privileged_nesting: Option<bool>,
    /// Execute the command with all root capabilities. This is similar to running a command with "sudo" or executing "docker run" with the "--privileged" flag. Containerization does not provide any security guarantees when using this option. It should only be used when absolutely necessary and only with trusted commands.
    ///
    /// Default: `false`
    pub insecure_root_capabilities: Option<bool>,
    /// Replace "${VAR}" or "$VAR" in the args according to the current environment variables defined in the container (e.g. "/$VAR/foo").
    ///
    /// Default: `false`
    pub expand: Option<bool>,
    /// If set, skip the automatic init process injected into containers by default.
    ///
    /// This should only be used if the user requires that their exec process be the pid 1 process in the container. Otherwise it may result in unexpected behavior.
    ///
    /// Default: `false`
    pub no_init: Option<bool>,
}

impl Options for ContainerUpOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("random", self.random)
            .option("ports", self.ports)
            .option("args", self.args)
            .option("useEntrypoint", self.use_entrypoint)
            .option("experimentalPrivilegedNesting", self.experimental_privileged_nesting)
            .option("insecureRootCapabilities", self.insecure_root_capabilities)
            .option("expand", self.expand)
            .option("noInit", self.no_init)
    }
}

/// The optional arguments of [`Container::with_default_terminal_cmd_opts`].
#[derive(Clone, Debug, Default)]
pub struct ContainerWithDefaultTerminalCmdOpts {
    /// Provides Dagger access to the executed command.
    ///
    /// Default: `false`
    pub experimental_privileged_nesting: Option<bool>,
    /// Execute the command with all root capabilities. This is similar to running a command with "sudo" or executing "docker run" with the "--privileged" flag. Containerization does not provide any security guarantees when using this option. It should only be used when absolutely necessary and only with trusted commands.
    ///
    /// Default: `false`
    pub insecure_root_capabilities: Option<bool>,
}

impl Options for ContainerWithDefaultTerminalCmdOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("experimentalPrivilegedNesting", self.experimental_privileged_nesting)
            .option("insecureRootCapabilities", self.insecure_root_capabilities)
    }
}

/// The optional arguments of [`Container::with_directory_opts`].
#[derive(Clone, Debug, Default)]
pub struct ContainerWithDirectoryOpts {
    /// Patterns to exclude in the written directory (e.g. ["node_modules/**", ".gitignore", ".git/"]).
    ///
    /// Default: `[]`
    pub exclude: Option<Vec<String>>,
    /// Patterns to include in the written directory (e.g. ["*.go", "go.mod", "go.sum"]).
    ///
    /// Default: `[]`
    pub include: Option<Vec<String>>,
    /// Apply .gitignore rules when writing the directory.
    ///
    /// Default: `false`
    pub gitignore: Option<bool>,
    /// A user:group to set for the directory and its contents.
    ///
    /// The user and group can either be an ID (1000:1000) or a name (foo:bar).
    ///
    /// If the group is omitted, it defaults to the same as the user.
    ///
    /// Default: `""`
    pub owner: Option<String>,
    /// Replace "${VAR}" or "$VAR" in the value of path according to the current environment variables defined in the container (e.g. "/$VAR/foo").
    ///
    /// Default: `false`
    pub expand: Option<bool>,
}

impl Options for ContainerWithDirectoryOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("exclude", self.exclude)
            .option("include", self.include)
            .option("gitignore", self.gitignore)
            .option("owner", self.owner)
            .option("expand", self.expand)
    }
}

/// The optional arguments of [`Container::with_docker_healthcheck_opts`].
#[derive(Clone, Debug, Default)]
pub struct ContainerWithDockerHealthcheckOpts {
    /// When true, command must be a single element, which is run using the container's shell
    pub shell: Option<bool>,
    /// Interval between running healthcheck. Example: "30s"
    pub interval: Option<String>,
    /// Healthcheck timeout. Example: "3s"
    pub timeout: Option<String>,
    /// StartPeriod allows for failures during this initial startup period which do not count towards maximum number of retries. Example: "0s"
    pub start_period: Option<String>,
    /// StartInterval configures the duration between checks during the startup phase. Example: "5s"
    pub start_interval: Option<String>,
    /// The maximum number of consecutive failures before the container is marked as unhealthy. Example: "3"
    pub retries: Option<i64>,
}

impl Options for ContainerWithDockerHealthcheckOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("shell", self.shell)
            .option("interval", self.interval)
            .option("timeout", self.timeout)
            .option("startPeriod", self.start_period)
            .option("startInterval", self.start_interval)
            .option("retries", self.retries)
    }
}

/// The optional arguments of [`Container::with_entrypoint_opts`].
#[derive(Clone, Debug, Default)]
pub struct ContainerWithEntrypointOpts {
    /// Don't reset the default arguments when setting the entrypoint. By default it is reset, since entrypoint and default args are often tightly coupled.
    ///
    /// Default: `false`
    pub keep_default_args: Option<bool>,
}

impl Options for ContainerWithEntrypointOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("keepDefaultArgs", self.keep_default_args)
    }
}

/// The optional arguments of [`Container::with_env_variable_opts`].
#[derive(Clone, Debug, Default)]
pub struct ContainerWithEnvVariableOpts {
    /// Replace "${VAR}" or "$VAR" in the value according to the current environment variables defined in the container (e.g. "/opt/bin:$PATH").
    ///
    /// Default: `false`
    pub expand: Option<bool>,
}

impl Options for ContainerWithEnvVariableOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("expand", self.expand)
    }
}

/// The optional arguments of [`Container::with_exec_opts`].
#[derive(Clone, Debug, Default)]
pub struct ContainerWithExecOpts {
    /// Apply the OCI entrypoint, if present, by prepending it to the args. Ignored by default.
    ///
    /// Default: `false`
    pub use_entrypoint: Option<bool>,
    /// Content to write to the command's standard input. Example: "Hello world")
    ///
    /// Default: `""`
    pub stdin: Option<String>,
    /// Redirect the command's standard input from a file in the container. Example: "./stdin.txt"
    ///
    /// Default: `""`
    pub redirect_stdin: Option<String>,
    /// Redirect the command's standard output to a file in the container. Example: "./stdout.txt"
    ///
    /// Default: `""`
    pub redirect_stdout: Option<String>,
    /// Redirect the command's standard error to a file in the container. Example: "./stderr.txt"
    ///
    /// Default: `""`
    pub redirect_stderr: Option<String>,
    /// Exit codes this command is allowed to exit with without error
    ///
    /// Default: `SUCCESS`
    pub expect: Option<ReturnType>,
    /// Provides Dagger access to the executed command.
    ///
    /// Default: `false`
    pub experimental_privileged_nesting: Option<bool>,
    /// Execute the command with all root capabilities. Like --privileged in Docker
    ///
    /// DANGER: this grants the command full access to the host system. Only use when 1) you trust the command being executed and 2) you specifically need this level of access.
    ///
    /// Default: `false`
    pub insecure_root_capabilities: Option<bool>,
    /// Replace "${VAR}" or "$VAR" in the args according to the current environment variables defined in the container (e.g. "/$VAR/foo").
    ///
    /// Default: `false`
    pub expand: Option<bool>,
    /// Skip the automatic init process injected into containers by default.
    ///
    /// Only use this if you specifically need the command to be pid 1 in the container. Otherwise it may result in unexpected behavior. If you're not sure, you don't need this.
    ///
    /// Default: `false`
    pub no_init: Option<bool>,
}

impl Options for ContainerWithExecOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("useEntrypoint", self.use_entrypoint)
            .option("stdin", self.stdin)
            .option("redirectStdin", self.redirect_stdin)
            .option("redirectStdout", self.redirect_stdout)
            .option("redirectStderr", self.redirect_stderr)
            .option("expect", self.expect)
            .option("experimentalPrivilegedNesting", self.experimental_privileged_nesting)
            .option("insecureRootCapabilities", self.insecure_root_capabilities)
            .option("expand", self.expand)
            .option("noInit", self.no_init)
    }
}

/// The optional arguments of [`Container::with_exposed_port_opts`].
#[derive(Clone, Debug, Default)]
pub struct ContainerWithExposedPortOpts {
    /// Network protocol. Example: "tcp"
    ///
    /// Default: `TCP`
    pub protocol: Option<NetworkProtocol>,
    /// Port description. Example: "payment API endpoint"
    pub description: Option<String>,
    /// Skip the health check when run as a service.
    ///
    /// Default: `false`
    pub experimental_skip_healthcheck: Option<bool>,
}

impl Options for ContainerWithExposedPortOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("protocol", self.protocol)
            .option("description", self.description)
            .option("experimentalSkipHealthcheck", self.experimental_skip_healthcheck)
    }
}

/// The optional arguments of [`Container::with_file_opts`].
#[derive(Clone, Debug, Default)]
pub struct ContainerWithFileOpts {
    /// Permissions of the new file. Example: 0600
    pub permissions: Option<i64>,
    /// A user:group to set for the file.
    ///
    /// The user and group can either be an ID (1000:1000) or a name (foo:bar).
    ///
    /// If the group is omitted, it defaults to the same as the user.
    ///
    /// Default: `""`
    pub owner: Option<String>,
    /// Replace "${VAR}" or "$VAR" in the value of path according to the current environment variables defined in the container (e.g. "/$VAR/foo.txt").
    ///
    /// Default: `false`
    pub expand: Option<bool>,
}

impl Options for ContainerWithFileOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("permissions", self.permissions)
            .option("owner", self.owner)
            .option("expand", self.expand)
    }
}

/// The optional arguments of [`Container::with_files_opts`].
#[derive(Clone, Debug, Default)]
pub struct ContainerWithFilesOpts {
    /// Permission given to the copied files (e.g., 0600).
    pub permissions: Option<i64>,
    /// A user:group to set for the files.
    ///
    /// The user and group can either be an ID (1000:1000) or a name (foo:bar).
    ///
    /// If the group is omitted, it defaults to the same as the user.
    ///
    /// Default: `""`
    pub owner: Option<String>,
    /// Replace "${VAR}" or "$VAR" in the value of path according to the current environment variables defined in the container (e.g. "/$VAR/foo.txt").
    ///
    /// Default: `false`
    pub expand: Option<bool>,
}

impl Options for ContainerWithFilesOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("permissions", self.permissions)
            .option("owner", self.owner)
            .option("expand", self.expand)
    }
}

/// The optional arguments of [`Container::with_mounted_cache_opts`].
#[derive(Clone, Debug, Default)]
pub struct ContainerWithMountedCacheOpts {
    /// Identifier of the directory to use as the cache volume's root.
    pub source: Option<Directory>,
    /// Sharing mode of the cache volume.
    ///
    /// Default: `SHARED`
    pub sharing: Option<CacheSharingMode>,
    /// A user:group to set for the mounted cache directory.
    ///
    /// Note that this changes the ownership of the specified mount along with the initial filesystem provided by source (if any). It does not have any effect if/when the cache has already been created.
    ///
    /// The user and group can either be an ID (1000:1000) or a name (foo:bar).
    ///
    /// If the group is omitted, it defaults to the same as the user.
    ///
    /// Default: `""`
    pub owner: Option<String>,
    /// Replace "${VAR}" or "$VAR" in the value of path according to the current environment variables defined in the container (e.g. "/$VAR/foo").
    ///
    /// Default: `false`
    pub expand: Option<bool>,
}

impl Options for ContainerWithMountedCacheOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("source", self.source)
            .option("sharing", self.sharing)
            .option("owner", self.owner)
            .option("expand", self.expand)
    }
}

/// The optional arguments of [`Container::with_mounted_directory_opts`].
#[derive(Clone, Debug, Default)]
pub struct ContainerWithMountedDirectoryOpts {
    /// A user:group to set for the mounted directory and its contents.
    ///
    /// The user and group can either be an ID (1000:1000) or a name (foo:bar).
    ///
    /// If the group is omitted, it defaults to the same as the user.
    ///
    /// Default: `""`
    pub owner: Option<String>,
    /// Replace "${VAR}" or "$VAR" in the value of path according to the current environment variables defined in the container (e.g. "/$VAR/foo").
    ///
    /// Default: `false`
    pub expand: Option<bool>,
}

impl Options for ContainerWithMountedDirectoryOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("owner", self.owner)
            .option("expand", self.expand)
    }
}

/// The optional arguments of [`Container::with_mounted_file_opts`].
#[derive(Clone, Debug, Default)]
pub struct ContainerWithMountedFileOpts {
    /// A user or user:group to set for the mounted file.
    ///
    /// The user and group can either be an ID (1000:1000) or a name (foo:bar).
    ///
    /// If the group is omitted, it defaults to the same as the user.
    ///
    /// Default: `""`
    pub owner: Option<String>,
    /// Replace "${VAR}" or "$VAR" in the value of path according to the current environment variables defined in the container (e.g. "/$VAR/foo.txt").
    ///
    /// Default: `false`
    pub expand: Option<bool>,
}

impl Options for ContainerWithMountedFileOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("owner", self.owner)
            .option("expand", self.expand)
    }
}

/// The optional arguments of [`Container::with_mounted_secret_opts`].
#[derive(Clone, Debug, Default)]
pub struct ContainerWithMountedSecretOpts {
    /// A user:group to set for the mounted secret.
    ///
    /// The user and group can either be an ID (1000:1000) or a name (foo:bar).
    ///
    /// If the group is omitted, it defaults to the same as the user.
    ///
    /// Default: `""`
    pub owner: Option<String>,
    /// Permission given to the mounted secret (e.g., 0600).
    ///
    /// This option requires an owner to be set to be active.
    ///
    /// Default: `256`
    pub mode: Option<i64>,
    /// Replace "${VAR}" or "$VAR" in the value of path according to the current environment variables defined in the container (e.g. "/$VAR/foo").
    ///
    /// Default: `false`
    pub expand: Option<bool>,
}

impl Options for ContainerWithMountedSecretOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("owner", self.owner)
            .option("mode", self.mode)
            .option("expand", self.expand)
    }
}

/// The optional arguments of [`Container::with_mounted_temp_opts`].
#[derive(Clone, Debug, Default)]
pub struct ContainerWithMountedTempOpts {
    /// Size of the temporary directory in bytes.
    pub size: Option<i64>,
    /// Replace "${VAR}" or "$VAR" in the value of path according to the current environment variables defined in the container (e.g. "/$VAR/foo").
    ///
    /// Default: `false`
    pub expand: Option<bool>,
}

impl Options for ContainerWithMountedTempOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("size", self.size)
            .option("expand", self.expand)
    }
}

/// The optional arguments of [`Container::with_new_file_opts`].
#[derive(Clone, Debug, Default)]
pub struct ContainerWithNewFileOpts {
    /// Permissions of the new file. Example: 0600
    ///
    /// Default: `420`
    pub permissions: Option<i64>,
    /// A user:group to set for the file.
    ///
    /// The user and group can either be an ID (1000:1000) or a name (foo:bar).
    ///
    /// If the group is omitted, it defaults to the same as the user.
    ///
    /// Default: `""`
    pub owner: Option<String>,
    /// Replace "${VAR}" or "$VAR" in the value of path according to the current environment variables defined in the container (e.g. "/$VAR/foo.txt").
    ///
    /// Default: `false`
    pub expand: Option<bool>,
}

impl Options for ContainerWithNewFileOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("permissions", self.permissions)
            .option("owner", self.owner)
            .option("expand", self.expand)
    }
}

/// The optional arguments of [`Container::with_symlink_opts`].
#[derive(Clone, Debug, Default)]
pub struct ContainerWithSymlinkOpts {
    /// Replace "${VAR}" or "$VAR" in the value of path according to the current environment variables defined in the container (e.g. "/$VAR/foo.txt").
    ///
    /// Default: `false`
    pub expand: Option<bool>,
}

impl Options for ContainerWithSymlinkOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("expand", self.expand)
    }
}

/// The optional arguments of [`Container::with_unix_socket_opts`].
#[derive(Clone, Debug, Default)]
pub struct ContainerWithUnixSocketOpts {
    /// A user:group to set for the mounted socket.
    ///
    /// The user and group can either be an ID (1000:1000) or a name (foo:bar).
    ///
    /// If the group is omitted, it defaults to the same as the user.
    ///
    /// Default: `""`
    pub owner: Option<String>,
    /// Replace "${VAR}" or "$VAR" in the value of path according to the current environment variables defined in the container (e.g. "/$VAR/foo").
    ///
    /// Default: `false`
    pub expand: Option<bool>,
}

impl Options for ContainerWithUnixSocketOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("owner", self.owner)
            .option("expand", self.expand)
    }
}

/// The optional arguments of [`Container::with_workdir_opts`].
#[derive(Clone, Debug, Default)]
pub struct ContainerWithWorkdirOpts {
    /// Replace "${VAR}" or "$VAR" in the value of path according to the current environment variables defined in the container (e.g. "/$VAR/foo").
    ///
    /// Default: `false`
    pub expand: Option<bool>,
}

impl Options for ContainerWithWorkdirOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("expand", self.expand)
    }
}

/// The optional arguments of [`Container::without_directory_opts`].
#[derive(Clone, Debug, Default)]
pub struct ContainerWithoutDirectoryOpts {
    /// Replace "${VAR}" or "$VAR" in the value of path according to the current environment variables defined in the container (e.g. "/$VAR/foo").
    ///
    /// Default: `false`
    pub expand: Option<bool>,
}

impl Options for ContainerWithoutDirectoryOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("expand", self.expand)
    }
}

/// The optional arguments of [`Container::without_entrypoint_opts`].
#[derive(Clone, Debug, Default)]
pub struct ContainerWithoutEntrypointOpts {
    /// Don't remove the default arguments when unsetting the entrypoint.
    ///
    /// Default: `false`
    pub keep_default_args: Option<bool>,
}

impl Options for ContainerWithoutEntrypointOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("keepDefaultArgs", self.keep_default_args)
    }
}

/// The optional arguments of [`Container::without_exposed_port_opts`].
#[derive(Clone, Debug, Default)]
pub struct ContainerWithoutExposedPortOpts {
    /// Port protocol to unexpose
    ///
    /// Default: `TCP`
    pub protocol: Option<NetworkProtocol>,
}

impl Options for ContainerWithoutExposedPortOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("protocol", self.protocol)
    }
}

/// The optional arguments of [`Container::without_file_opts`].
#[derive(Clone, Debug, Default)]
pub struct ContainerWithoutFileOpts {
    /// Replace "${VAR}" or "$VAR" in the value of path according to the current environment variables defined in the container (e.g. "/$VAR/foo.txt").
    ///
    /// Default: `false`
    pub expand: Option<bool>,
}

impl Options for ContainerWithoutFileOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("expand", self.expand)
    }
}

/// The optional arguments of [`Container::without_files_opts`].
#[derive(Clone, Debug, Default)]
pub struct ContainerWithoutFilesOpts {
    /// Replace "${VAR}" or "$VAR" in the value of paths according to the current environment variables defined in the container (e.g. "/$VAR/foo.txt").
    ///
    /// Default: `false`
    pub expand: Option<bool>,
}

impl Options for ContainerWithoutFilesOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("expand", self.expand)
    }
}

/// The optional arguments of [`Container::without_mount_opts`].
#[derive(Clone, Debug, Default)]
pub struct ContainerWithoutMountOpts {
    /// Replace "${VAR}" or "$VAR" in the value of path according to the current environment variables defined in the container (e.g. "/$VAR/foo").
    ///
    /// Default: `false`
    pub expand: Option<bool>,
}

impl Options for ContainerWithoutMountOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("expand", self.expand)
    }
}

/// The optional arguments of [`Container::without_unix_socket_opts`].
#[derive(Clone, Debug, Default)]
pub struct ContainerWithoutUnixSocketOpts {
    /// Replace "${VAR}" or "$VAR" in the value of path according to the current environment variables defined in the container (e.g. "/$VAR/foo").
    ///
    /// Default: `false`
    pub expand: Option<bool>,
}

impl Options for ContainerWithoutUnixSocketOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("expand", self.expand)
    }
}

/// Reflective module API provided to functions at runtime.
#[derive(Clone, Debug)]
pub struct CurrentModule(Chain);

object!(CurrentModule, "CurrentModule", Field "loadCurrentModuleFromID");

impl CurrentModule {
    /// The dependencies of the module.
    pub async fn dependencies(&self) -> Result<Vec<Module>> {
        self.0.call("dependencies").objects().await
    }

    /// The generated files and directories made on top of the module source's context directory.
    pub fn generated_context_directory(&self) -> Directory {
        Directory(self.0.call("generatedContextDirectory").node())
    }

    /// Return all generators defined by the module
    ///
    /// There are optional arguments: [`CurrentModule::generators_opts`].
    ///
    /// Experimental: This API is highly experimental and may be removed or replaced entirely.
    pub fn generators(&self) -> GeneratorGroup {
        GeneratorGroup(self.0.call("generators").node())
    }

    /// Return all generators defined by the module
    ///
    /// Experimental: This API is highly experimental and may be removed or replaced entirely.
    pub fn generators_opts(&self, opts: CurrentModuleGeneratorsOpts) -> GeneratorGroup {
        GeneratorGroup(self.0.call("generators").options(opts).node())
    }

    /// A unique identifier for this CurrentModule.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// The name of the module being executed in
    pub async fn name(&self) -> Result<String> {
        self.0.call("name").value().await
    }

    /// The directory containing the module's source code loaded into the engine (plus any generated code that may have been created).
    pub fn source(&self) -> Directory {
        Directory(self.0.call("source").node())
    }

    /// Load a directory from the module's scratch working directory, including any changes that may have been made to it during module function execution.
    ///
    /// - `path`: Location of the directory to access (e.g., ".").
    ///
    /// There are optional arguments: [`CurrentModule::workdir_opts`].
    pub fn workdir(&self, path: impl AsRef<str>) -> Directory {
        Directory(self.0.call("workdir").text("path", path).node())
    }

    /// Load a directory from the module's scratch working directory, including any changes that may have been made to it during module function execution.
    ///
    /// - `path`: Location of the directory to access (e.g., ".").
    pub fn workdir_opts(&self, path: impl AsRef<str>, opts: CurrentModuleWorkdirOpts) -> Directory {
        Directory(self.0.call("workdir").text("path", path).options(opts).node())
    }

    /// Load a file from the module's scratch working directory, including any changes that may have been made to it during module function execution.Load a file from the module's scratch working directory, including any changes that may have been made to it during module function execution.
    ///
    /// - `path`: Location of the file to retrieve (e.g., "README.md").
    pub fn workdir_file(&self, path: impl AsRef<str>) -> File {
        File(self.0.call("workdirFile").text("path", path).node())
    }
}

/// The optional arguments of [`CurrentModule::generators_opts`].
#[derive(Clone, Debug, Default)]
pub struct CurrentModuleGeneratorsOpts {
    /// Only include generators matching the specified patterns
    pub include: Option<Vec<String>>,
}

impl Options for CurrentModuleGeneratorsOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("include", self.include)
    }
}

/// The optional arguments of [`CurrentModule::workdir_opts`].
#[derive(Clone, Debug, Default)]
pub struct CurrentModuleWorkdirOpts {
    /// Exclude artifacts that match the given pattern (e.g., ["node_modules/", ".git*"]).
    ///
    /// Default: `[]`
    pub exclude: Option<Vec<String>>,
    /// Include only artifacts that match the given pattern (e.g., ["app/", "package.*"]).
    ///
    /// Default: `[]`
    pub include: Option<Vec<String>>,
    /// Apply .gitignore filter rules inside the directory
    ///
    /// Default: `false`
    pub gitignore: Option<bool>,
}

impl Options for CurrentModuleWorkdirOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("exclude", self.exclude)
            .option("include", self.include)
            .option("gitignore", self.gitignore)
    }
}

/// A directory.
#[derive(Clone, Debug)]
pub struct Directory(Chain);

object!(Directory, "Directory", Field "loadDirectoryFromID");

impl Directory {
    /// Converts this directory to a local git repository
    pub fn as_git(&self) -> GitRepository {
        GitRepository(self.0.call("asGit").node())
    }

    /// Load the directory as a Dagger module source
    ///
    /// There are optional arguments: [`Directory::as_module_opts`].
    pub fn as_module(&self) -> Module {
        Module(self.0.call("asModule").node())
    }

    /// Load the directory as a Dagger module source
    pub fn as_module_opts(&self, opts: DirectoryAsModuleOpts) -> Module {
        Module(self.0.call("asModule").options(opts).node())
    }

    /// Load the directory as a Dagger module source
    ///
    /// There are optional arguments: [`Directory::as_module_source_opts`].
    pub fn as_module_source(&self) -> ModuleSource {
        ModuleSource(self.0.call("asModuleSource").node())
    }

    /// Load the directory as a Dagger module source
    pub fn as_module_source_opts(&self, opts: DirectoryAsModuleSourceOpts) -> ModuleSource {
        ModuleSource(self.0.call("asModuleSource").options(opts).node())
    }

    /// Return the difference between this directory and another directory, typically an older snapshot.
    ///
    /// The difference is encoded as a changeset, which also tracks removed files, and can be applied to other directories.
    ///
    /// - `from`: The base directory snapshot to compare against
    pub fn changes(&self, from: impl Borrow<Directory>) -> Changeset {
        Changeset(self.0.call("changes").value_of::<Directory>("from", from).node())
    }

    /// Change the owner of the directory contents recursively.
    ///
    /// - `path`: Path of the directory to change ownership of (e.g., "/").
    /// - `owner`: A user:group to set for the mounted directory and its contents.  The user and group must be an ID (1000:1000), not a name (foo:bar).  If the group is omitted, it defaults to the same as the user.
    pub fn chown(&self, path: impl AsRef<str>, owner: impl AsRef<str>) -> Directory {
        Directory(self.0.call("chown").text("path", path).text("owner", owner).node())
    }

    /// Return the difference between this directory and an another directory. The difference is encoded as a directory.
    ///
    /// - `other`: The directory to compare against
    pub fn diff(&self, other: impl Borrow<Directory>) -> Directory {
        Directory(self.0.call("diff").value_of::<Directory>("other", other).node())
    }

    /// Return the directory's digest. The format of the digest is not guaranteed to be stable between releases of Dagger. It is guaranteed to be stable between invocations of the same Dagger engine.
    pub async fn digest(&self) -> Result<String> {
        self.0.call("digest").value().await
    }

    /// Retrieves a directory at the given path.
    ///
    /// - `path`: Location of the directory to retrieve. Example: "/src"
    pub fn directory(&self, path: impl AsRef<str>) -> Directory {
        Directory(self.0.call("directory").text("path", path).node())
    }

    /// Use Dockerfile compatibility to build a container from this directory. Only use this function for Dockerfile compatibility. Otherwise use the native Container type directly, it is feature-complete and supports all Dockerfile features.
    ///
    /// There are optional arguments: [`Directory::docker_build_opts`].
    pub fn docker_build(&self) -> Container {
        Container(self.0.call("dockerBuild").node())
    }

    /// Use Dockerfile compatibility to build a container from this directory. Only use this function for Dockerfile compatibility. Otherwise use the native Container type directly, it is feature-complete and supports all Dockerfile features.
    pub fn docker_build_opts(&self, opts: DirectoryDockerBuildOpts) -> Container {
        Container(self.0.call("dockerBuild").options(opts).node())
    }

    /// Returns a list of files and directories at the given path.
    ///
    /// There are optional arguments: [`Directory::entries_opts`].
    pub async fn entries(&self) -> Result<Vec<String>> {
        self.0.call("entries").value().await
    }

    /// Returns a list of files and directories at the given path.
    pub async fn entries_opts(&self, opts: DirectoryEntriesOpts) -> Result<Vec<String>> {
        self.0.call("entries").options(opts).value().await
    }

    /// check if a file or directory exists
    ///
    /// - `path`: Path to check (e.g., "/file.txt").
    ///
    /// There are optional arguments: [`Directory::exists_opts`].
    pub async fn exists(&self, path: impl AsRef<str>) -> Result<bool> {
        self.0.call("exists").text("path", path).value().await
    }

    /// check if a file or directory exists
    ///
    /// - `path`: Path to check (e.g., "/file.txt").
    pub async fn exists_opts(
        &self,
        path: impl AsRef<str>,
        opts: DirectoryExistsOpts,
    ) -> Result<bool> {
        self.0.call("exists").text("path", path).options(opts).value().await
    }

    /// Writes the contents of the directory to a path on the host.
    ///
    /// - `path`: Location of the copied directory (e.g., "logs/").
    ///
    /// There are optional arguments: [`Directory::export_opts`].
    pub async fn export(&self, path: impl AsRef<str>) -> Result<String> {
        self.0.call("export").text("path", path).value().await
    }

    /// Writes the contents of the directory to a path on the host.
    ///
    /// - `path`: Location of the copied directory (e.g., "logs/").
    pub async fn export_opts(
        &self,
        path: impl AsRef<str>,
        opts: DirectoryExportOpts,
    ) -> Result<String> {
        self.0.call("export").text("path", path).options(opts).value().await
    }

    /// Retrieve a file at the given path.
    ///
    /// - `path`: Location of the file to retrieve (e.g., "README.md").
    pub fn file(&self, path: impl AsRef<str>) -> File {
        File(self.0.call("file").text("path", path).node())
    }

    /// Return a snapshot with some paths included or excluded
    ///
    /// There are optional arguments: [`Directory::filter_opts`].
    pub fn filter(&self) -> Directory {
        Directory(self.0.call("filter").node())
    }

    /// Return a snapshot with some paths included or excluded
    pub fn filter_opts(&self, opts: DirectoryFilterOpts) -> Directory {
        Directory(self.0.call("filter").options(opts).node())
    }

    /// Search up the directory tree for a file or directory, and return its path. If no match, return null
    ///
    /// - `name`: The name of the file or directory to search for
    /// - `start`: The path to start the search from
    pub async fn find_up(
        &self,
        name: impl AsRef<str>,
        start: impl AsRef<str>,
    ) -> Result<Option<String>> {
        self.0.call("findUp").text("name", name).text("start", start).value().await
    }

    /// Returns a list of files and directories that matche the given pattern.
    ///
    /// - `pattern`: Pattern to match (e.g., "*.md").
    pub async fn glob(&self, pattern: impl AsRef<str>) -> Result<Vec<String>> {
        self.0.call("glob").text("pattern", pattern).value().await
    }

    /// A unique identifier for this Directory.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// Returns the name of the directory.
    pub async fn name(&self) -> Result<String> {
        self.0.call("name").value().await
    }

    /// Searches for content matching the given regular expression or literal string.
    ///
    /// Uses Rust regex syntax; escape literal ., [, ], {, }, | with backslashes.
    ///
    /// - `pattern`: The text to match.
    ///
    /// There are optional arguments: [`Directory::search_opts`].
    pub async fn search(&self, pattern: impl AsRef<str>) -> Result<Vec<SearchResult>> {
        self.0.call("search").text("pattern", pattern).objects().await
    }

    /// Searches for content matching the given regular expression or literal string.
    ///
    /// Uses Rust regex syntax; escape literal ., [, ], {, }, | with backslashes.
    ///
    /// - `pattern`: The text to match.
    pub async fn search_opts(
        &self,
        pattern: impl AsRef<str>,
        opts: DirectorySearchOpts,
    ) -> Result<Vec<SearchResult>> {
        self.0.call("search").text("pattern", pattern).options(opts).objects().await
    }

    /// Return file status
    ///
    /// - `path`: Path to stat (e.g., "/file.txt").
    ///
    /// There are optional arguments: [`Directory::stat_opts`].
    pub async fn stat(&self, path: impl AsRef<str>) -> Result<Option<Stat>> {
        self.0.call("stat").text("path", path).perhaps().await
    }

    /// Return file status
    ///
    /// - `path`: Path to stat (e.g., "/file.txt").
    pub async fn stat_opts(
        &self,
        path: impl AsRef<str>,
        opts: DirectoryStatOpts,
    ) -> Result<Option<Stat>> {
        self.0.call("stat").text("path", path).options(opts).perhaps().await
    }

    /// Force evaluation in the engine.
    pub async fn sync(&self) -> Result<Directory> {
        self.0.call("sync").loaded().await
    }

    /// Opens an interactive terminal in new container with this directory mounted inside.
    ///
    /// There are optional arguments: [`Directory::terminal_opts`].
    pub fn terminal(&self) -> Directory {
        Directory(self.0.call("terminal").node())
    }

    /// Opens an interactive terminal in new container with this directory mounted inside.
    pub fn terminal_opts(&self, opts: DirectoryTerminalOpts) -> Directory {
        Directory(self.0.call("terminal").options(opts).node())
    }

    /// Return a directory with changes from another directory applied to it.
    ///
    /// - `changes`: Changes to apply to the directory
    pub fn with_changes(&self, changes: impl Borrow<Changeset>) -> Directory {
        Directory(self.0.call("withChanges").value_of::<Changeset>("changes", changes).node())
    }

    /// Return a snapshot with a directory added
    ///
    /// - `path`: Location of the written directory (e.g., "/src/").
    /// - `source`: Identifier of the directory to copy.
    ///
    /// There are optional arguments: [`Directory::with_directory_opts`].
    pub fn with_directory(
        &self,
        path: impl AsRef<str>,
        source: impl Borrow<Directory>,
    ) -> Directory {
        Directory(
            self
                .0
                .call("withDirectory")
                .text("path", path)
                .value_of::<Directory>("source", source)
                .node()
        )
    }

    /// Return a snapshot with a directory added
    ///
    /// - `path`: Location of the written directory (e.g., "/src/").
    /// - `source`: Identifier of the directory to copy.
    pub fn with_directory_opts(
        &self,
        path: impl AsRef<str>,
        source: impl Borrow<Directory>,
        opts: DirectoryWithDirectoryOpts,
    ) -> Directory {
        Directory(
            self
                .0
                .call("withDirectory")
                .text("path", path)
                .value_of::<Directory>("source", source)
                .options(opts)
                .node()
        )
    }

    /// Raise an error.
    ///
    /// - `err`: Message of the error to raise. If empty, the error will be ignored.
    pub fn with_error(&self, err: impl AsRef<str>) -> Directory {
        Directory(self.0.call("withError").text("err", err).node())
    }

    /// Retrieves this directory plus the contents of the given file copied to the given path.
    ///
    /// - `path`: Location of the copied file (e.g., "/file.txt").
    /// - `source`: Identifier of the file to copy.
    ///
    /// There are optional arguments: [`Directory::with_file_opts`].
    pub fn with_file(&self, path: impl AsRef<str>, source: impl Borrow<File>) -> Directory {
        Directory(
            self
                .0
                .call("withFile")
                .text("path", path)
                .value_of::<File>("source", source)
                .node()
        )
    }

    /// Retrieves this directory plus the contents of the given file copied to the given path.
    ///
    /// - `path`: Location of the copied file (e.g., "/file.txt").
    /// - `source`: Identifier of the file to copy.
    pub fn with_file_opts(
        &self,
        path: impl AsRef<str>,
        source: impl Borrow<File>,
        opts: DirectoryWithFileOpts,
    ) -> Directory {
        Directory(
            self
                .0
                .call("withFile")
                .text("path", path)
                .value_of::<File>("source", source)
                .options(opts)
                .node()
        )
    }

    /// Retrieves this directory plus the contents of the given files copied to the given path.
    ///
    /// - `path`: Location where copied files should be placed (e.g., "/src").
    /// - `sources`: Identifiers of the files to copy.
    ///
    /// There are optional arguments: [`Directory::with_files_opts`].
    pub fn with_files(
        &self,
        path: impl AsRef<str>,
        sources: impl IntoIterator<Item = impl Borrow<File>>,
    ) -> Directory {
        Directory(
            self
                .0
                .call("withFiles")
                .text("path", path)
                .list::<File>("sources", sources)
                .node()
        )
    }

    /// Retrieves this directory plus the contents of the given files copied to the given path.
    ///
    /// - `path`: Location where copied files should be placed (e.g., "/src").
    /// - `sources`: Identifiers of the files to copy.
    pub fn with_files_opts(
        &self,
        path: impl AsRef<str>,
        sources: impl IntoIterator<Item = impl Borrow<File>>,
        opts: DirectoryWithFilesOpts,
    ) -> Directory {
        Directory(
            self
                .0
                .call("withFiles")
                .text("path", path)
                .list::<File>("sources", sources)
                .options(opts)
                .node()
        )
    }

    /// Retrieves this directory plus a new directory created at the given path.
    ///
    /// - `path`: Location of the directory created (e.g., "/logs").
    ///
    /// There are optional arguments: [`Directory::with_new_directory_opts`].
    pub fn with_new_directory(&self, path: impl AsRef<str>) -> Directory {
        Directory(self.0.call("withNewDirectory").text("path", path).node())
    }

    /// Retrieves this directory plus a new directory created at the given path.
    ///
    /// - `path`: Location of the directory created (e.g., "/logs").
    pub fn with_new_directory_opts(
        &self,
        path: impl AsRef<str>,
        opts: DirectoryWithNewDirectoryOpts,
    ) -> Directory {
        Directory(self.0.call("withNewDirectory").text("path", path).options(opts).node())
    }

    /// Return a snapshot with a new file added
    ///
    /// - `path`: Path of the new file. Example: "foo/bar.txt"
    /// - `contents`: Contents of the new file. Example: "Hello world!"
    ///
    /// There are optional arguments: [`Directory::with_new_file_opts`].
    pub fn with_new_file(&self, path: impl AsRef<str>, contents: impl AsRef<str>) -> Directory {
        Directory(self.0.call("withNewFile").text("path", path).text("contents", contents).node())
    }

    /// Return a snapshot with a new file added
    ///
    /// - `path`: Path of the new file. Example: "foo/bar.txt"
    /// - `contents`: Contents of the new file. Example: "Hello world!"
    pub fn with_new_file_opts(
        &self,
        path: impl AsRef<str>,
        contents: impl AsRef<str>,
        opts: DirectoryWithNewFileOpts,
    ) -> Directory {
        Directory(
            self
                .0
                .call("withNewFile")
                .text("path", path)
                .text("contents", contents)
                .options(opts)
                .node()
        )
    }

    /// Retrieves this directory with the given Git-compatible patch applied.
    ///
    /// - `patch`: Patch to apply (e.g., "diff --git a/file.txt b/file.txt\nindex 1234567..abcdef8 100644\n--- a/file.txt\n+++ b/file.txt\n@@ -1,1 +1,1 @@\n-Hello\n+World\n").
    ///
    /// Experimental: This API is highly experimental and may be removed or replaced entirely.
    pub fn with_patch(&self, patch: impl AsRef<str>) -> Directory {
        Directory(self.0.call("withPatch").text("patch", patch).node())
    }

    /// Retrieves this directory with the given Git-compatible patch file applied.
    ///
    /// - `patch`: File containing the patch to apply
    ///
    /// Experimental: This API is highly experimental and may be removed or replaced entirely.
    pub fn with_patch_file(&self, patch: impl Borrow<File>) -> Directory {
        Directory(self.0.call("withPatchFile").value_of::<File>("patch", patch).node())
    }

    /// Return a snapshot with a symlink
    ///
    /// - `target`: Location of the file or directory to link to (e.g., "/existing/file").
    /// - `link_name`: Location where the symbolic link will be created (e.g., "/new-file-link").
    pub fn with_symlink(&self, target: impl AsRef<str>, link_name: impl AsRef<str>) -> Directory {
        Directory(
            self
                .0
                .call("withSymlink")
                .text("target", target)
                .text("linkName", link_name)
                .node()
        )
    }

    /// Retrieves this directory with all file/dir timestamps set to the given time.
    ///
    /// - `timestamp`: Timestamp to set dir/files in.  Formatted in seconds following Unix epoch (e.g., 1672531199).
    pub fn with_timestamps(&self, timestamp: i64) -> Directory {
        Directory(self.0.call("withTimestamps").value_of::<i64>("timestamp", timestamp).node())
    }

    /// Return a snapshot with a subdirectory removed
    ///
    /// - `path`: Path of the subdirectory to remove. Example: ".github/workflows"
    pub fn without_directory(&self, path: impl AsRef<str>) -> Directory {
        Directory(self.0.call("withoutDirectory").text("path", path).node())
    }

    /// Return a snapshot with a file removed
    ///
    /// - `path`: Path of the file to remove (e.g., "/file.txt").
    pub fn without_file(&self, path: impl AsRef<str>) -> Directory {
        Directory(self.0.call("withoutFile").text("path", path).node())
    }

    /// Return a snapshot with files removed
    ///
    /// - `paths`: Paths of the files to remove (e.g., ["/file.txt"]).
    pub fn without_files(&self, paths: impl IntoIterator<Item = impl AsRef<str>>) -> Directory {
        Directory(self.0.call("withoutFiles").texts("paths", paths).node())
    }

    /// Calls a function with this object, and returns what it returns: so that a chain of calls need
    /// not be broken for it.
    pub fn with<R>(&self, function: impl FnOnce(Self) -> R) -> R {
        function(Clone::clone(self))
    }
}

/// The optional arguments of [`Directory::as_module_opts`].
#[derive(Clone, Debug, Default)]
pub struct DirectoryAsModuleOpts {
    /// An optional subpath of the directory which contains the module's configuration file.
    ///
    /// If not set, the module source code is loaded from the root of the directory.
    ///
    /// Default: `"."`
    pub source_root_path: Option<String>,
}

impl Options for DirectoryAsModuleOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("sourceRootPath", self.source_root_path)
    }
}

/// The optional arguments of [`Directory::as_module_source_opts`].
#[derive(Clone, Debug, Default)]
pub struct DirectoryAsModuleSourceOpts {
    /// An optional subpath of the directory which contains the module's configuration file.
    ///
    /// If not set, the module source code is loaded from the root of the directory.
    ///
    /// Default: `"."`
    pub source_root_path: Option<String>,
}

impl Options for DirectoryAsModuleSourceOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("sourceRootPath", self.source_root_path)
    }
}

/// The optional arguments of [`Directory::docker_build_opts`].
#[derive(Clone, Debug, Default)]
pub struct DirectoryDockerBuildOpts {
    /// Path to the Dockerfile to use (e.g., "frontend.Dockerfile").
    ///
    /// Default: `"Dockerfile"`
    pub dockerfile: Option<String>,
    /// The platform to build.
    pub platform: Option<Platform>,
    /// Build arguments to use in the build.
    ///
    /// Default: `[]`
    pub build_args: Option<Vec<BuildArg>>,
    /// Target build stage to build.
    ///
    /// Default: `""`
    pub target: Option<String>,
    /// Secrets to pass to the build.
    ///
    /// They will be mounted at /run/secrets/[secret-name].
    ///
    /// Default: `[]`
    pub secrets: Option<Vec<Secret>>,
    /// If set, skip the automatic init process injected into containers created by RUN statements.
    ///
    /// This should only be used if the user requires that their exec processes be the pid 1 process in the container. Otherwise it may result in unexpected behavior.
    ///
    /// Default: `false`
    pub no_init: Option<bool>,
    /// A socket to use for SSH authentication during the build
    ///
    /// (e.g., for Dockerfile RUN --mount=type=ssh instructions).
    ///
    /// Typically obtained via host.unixSocket() pointing to the SSH_AUTH_SOCK.
    pub ssh: Option<Socket>,
}

impl Options for DirectoryDockerBuildOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("dockerfile", self.dockerfile)
            .option("platform", self.platform)
            .option("buildArgs", self.build_args)
            .option("target", self.target)
            .option("secrets", self.secrets)
            .option("noInit", self.no_init)
            .option("ssh", self.ssh)
    }
}

/// The optional arguments of [`Directory::entries_opts`].
#[derive(Clone, Debug, Default)]
pub struct DirectoryEntriesOpts {
    /// Location of the directory to look at (e.g., "/src").
    pub path: Option<String>,
}

impl Options for DirectoryEntriesOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("path", self.path)
    }
}

/// The optional arguments of [`Directory::exists_opts`].
#[derive(Clone, Debug, Default)]
pub struct DirectoryExistsOpts {
    /// If specified, also validate the type of file (e.g. "REGULAR_TYPE", "DIRECTORY_TYPE", or "SYMLINK_TYPE").
    pub expected_type: Option<ExistsType>,
    /// If specified, do not follow symlinks.
    ///
    /// Default: `false`
    pub do_not_follow_symlinks: Option<bool>,
}

impl Options for DirectoryExistsOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("expectedType", self.expected_type)
            .option("doNotFollowSymlinks", self.do_not_follow_symlinks)
    }
}

/// The optional arguments of [`Directory::export_opts`].
#[derive(Clone, Debug, Default)]
pub struct DirectoryExportOpts {
    /// If true, then the host directory will be wiped clean before exporting so that it exactly matches the directory being exported; this means it will delete any files on the host that aren't in the exported dir. If false (the default), the contents of the directory will be merged with any existing contents of the host directory, leaving any existing files on the host that aren't in the exported directory alone.
    ///
    /// Default: `false`
    pub wipe: Option<bool>,
}

impl Options for DirectoryExportOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("wipe", self.wipe)
    }
}

/// The optional arguments of [`Directory::filter_opts`].
#[derive(Clone, Debug, Default)]
pub struct DirectoryFilterOpts {
    /// If set, paths matching one of these glob patterns is excluded from the new snapshot. Example: ["node_modules/", ".git*", ".env"]
    ///
    /// Default: `[]`
    pub exclude: Option<Vec<String>>,
    /// If set, only paths matching one of these glob patterns is included in the new snapshot. Example: (e.g., ["app/", "package.*"]).
    ///
    /// Default: `[]`
    pub include: Option<Vec<String>>,
    /// If set, apply .gitignore rules when filtering the directory.
    ///
    /// Default: `false`
    pub gitignore: Option<bool>,
}

impl Options for DirectoryFilterOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("exclude", self.exclude)
            .option("include", self.include)
            .option("gitignore", self.gitignore)
    }
}

/// The optional arguments of [`Directory::search_opts`].
#[derive(Clone, Debug, Default)]
pub struct DirectorySearchOpts {
    /// Directory or file paths to search
    ///
    /// Default: `[]`
    pub paths: Option<Vec<String>>,
    /// Glob patterns to match (e.g., "*.md")
    ///
    /// Default: `[]`
    pub globs: Option<Vec<String>>,
    /// Interpret the pattern as a literal string instead of a regular expression.
    ///
    /// Default: `false`
    pub literal: Option<bool>,
    /// Enable searching across multiple lines.
    ///
    /// Default: `false`
    pub multiline: Option<bool>,
    /// Allow the . pattern to match newlines in multiline mode.
    ///
    /// Default: `false`
    pub dotall: Option<bool>,
    /// Enable case-insensitive matching.
    ///
    /// Default: `false`
    pub insensitive: Option<bool>,
    /// Honor .gitignore, .ignore, and .rgignore files.
    ///
    /// Default: `false`
    pub skip_ignored: Option<bool>,
    /// Skip hidden files (files starting with .).
    ///
    /// Default: `false`
    pub skip_hidden: Option<bool>,
    /// Only return matching files, not lines and content
    ///
    /// Default: `false`
    pub files_only: Option<bool>,
    /// Limit the number of results to return
    pub limit: Option<i64>,
}

impl Options for DirectorySearchOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("paths", self.paths)
            .option("globs", self.globs)
            .option("literal", self.literal)
            .option("multiline", self.multiline)
            .option("dotall", self.dotall)
            .option("insensitive", self.insensitive)
            .option("skipIgnored", self.skip_ignored)
            .option("skipHidden", self.skip_hidden)
            .option("filesOnly", self.files_only)
            .option("limit", self.limit)
    }
}

/// The optional arguments of [`Directory::stat_opts`].
#[derive(Clone, Debug, Default)]
pub struct DirectoryStatOpts {
    /// If specified, do not follow symlinks.
    ///
    /// Default: `false`
    pub do_not_follow_symlinks: Option<bool>,
}

impl Options for DirectoryStatOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("doNotFollowSymlinks", self.do_not_follow_symlinks)
    }
}

/// The optional arguments of [`Directory::terminal_opts`].
#[derive(Clone, Debug, Default)]
pub struct DirectoryTerminalOpts {
    /// If set, override the default container used for the terminal.
    pub container: Option<Container>,
    /// If set, override the container's default terminal command and invoke these command arguments instead.
    ///
    /// Default: `[]`
    pub cmd: Option<Vec<String>>,
    /// Provides Dagger access to the executed command.
    ///
    /// Default: `false`
    pub experimental_privileged_nesting: Option<bool>,
    /// Execute the command with all root capabilities. This is similar to running a command with "sudo" or executing "docker run" with the "--privileged" flag. Containerization does not provide any security guarantees when using this option. It should only be used when absolutely necessary and only with trusted commands.
    ///
    /// Default: `false`
    pub insecure_root_capabilities: Option<bool>,
}

impl Options for DirectoryTerminalOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("container", self.container)
            .option("cmd", self.cmd)
            .option("experimentalPrivilegedNesting", self.experimental_privileged_nesting)
            .option("insecureRootCapabilities", self.insecure_root_capabilities)
    }
}

/// The optional arguments of [`Directory::with_directory_opts`].
#[derive(Clone, Debug, Default)]
pub struct DirectoryWithDirectoryOpts {
    /// Exclude artifacts that match the given pattern (e.g., ["node_modules/", ".git*"]).
    ///
    /// Default: `[]`
    pub exclude: Option<Vec<String>>,
    /// Include only artifacts that match the given pattern (e.g., ["app/", "package.*"]).
    ///
    /// Default: `[]`
    pub include: Option<Vec<String>>,
    /// Apply .gitignore filter rules inside the directory
    ///
    /// Default: `false`
    pub gitignore: Option<bool>,
    /// A user:group to set for the copied directory and its contents.
    ///
    /// The user and group must be an ID (1000:1000), not a name (foo:bar).
    ///
    /// If the group is omitted, it defaults to the same as the user.
    ///
    /// Default: `""`
    pub owner: Option<String>,
}

impl Options for DirectoryWithDirectoryOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("exclude", self.exclude)
            .option("include", self.include)
            .option("gitignore", self.gitignore)
            .option("owner", self.owner)
    }
}

/// The optional arguments of [`Directory::with_file_opts`].
#[derive(Clone, Debug, Default)]
pub struct DirectoryWithFileOpts {
    /// Permission given to the copied file (e.g., 0600).
    pub permissions: Option<i64>,
    /// A user:group to set for the copied directory and its contents.
    ///
    /// The user and group must be an ID (1000:1000), not a name (foo:bar).
    ///
    /// If the group is omitted, it defaults to the same as the user.
    ///
    /// Default: `""`
    pub owner: Option<String>,
}

impl Options for DirectoryWithFileOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("permissions", self.permissions)
            .option("owner", self.owner)
    }
}

/// The optional arguments of [`Directory::with_files_opts`].
#[derive(Clone, Debug, Default)]
pub struct DirectoryWithFilesOpts {
    /// Permission given to the copied files (e.g., 0600).
    pub permissions: Option<i64>,
}

impl Options for DirectoryWithFilesOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("permissions", self.permissions)
    }
}

/// The optional arguments of [`Directory::with_new_directory_opts`].
#[derive(Clone, Debug, Default)]
pub struct DirectoryWithNewDirectoryOpts {
    /// Permission granted to the created directory (e.g., 0777).
    ///
    /// Default: `420`
    pub permissions: Option<i64>,
}

impl Options for DirectoryWithNewDirectoryOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("permissions", self.permissions)
    }
}

/// The optional arguments of [`Directory::with_new_file_opts`].
#[derive(Clone, Debug, Default)]
pub struct DirectoryWithNewFileOpts {
    /// Permissions of the new file. Example: 0600
    ///
    /// Default: `420`
    pub permissions: Option<i64>,
}

impl Options for DirectoryWithNewFileOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("permissions", self.permissions)
    }
}

/// A definition of a custom enum defined in a Module.
#[derive(Clone, Debug)]
pub struct EnumTypeDef(Chain);

object!(EnumTypeDef, "EnumTypeDef", Field "loadEnumTypeDefFromID");

impl EnumTypeDef {
    /// A doc string for the enum, if any.
    pub async fn description(&self) -> Result<String> {
        self.0.call("description").value().await
    }

    /// A unique identifier for this EnumTypeDef.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// The members of the enum.
    pub async fn members(&self) -> Result<Vec<EnumValueTypeDef>> {
        self.0.call("members").objects().await
    }

    /// The name of the enum.
    pub async fn name(&self) -> Result<String> {
        self.0.call("name").value().await
    }

    /// The location of this enum declaration.
    pub async fn source_map(&self) -> Result<Option<SourceMap>> {
        self.0.call("sourceMap").perhaps().await
    }

    /// If this EnumTypeDef is associated with a Module, the name of the module. Unset otherwise.
    pub async fn source_module_name(&self) -> Result<String> {
        self.0.call("sourceModuleName").value().await
    }

    /// `EnumTypeDef.values`
    #[deprecated(note = "use members instead")]
    pub async fn values(&self) -> Result<Vec<EnumValueTypeDef>> {
        self.0.call("values").objects().await
    }
}

/// A definition of a value in a custom enum defined in a Module.
#[derive(Clone, Debug)]
pub struct EnumValueTypeDef(Chain);

object!(EnumValueTypeDef, "EnumValueTypeDef", Field "loadEnumValueTypeDefFromID");

impl EnumValueTypeDef {
    /// The reason this enum member is deprecated, if any.
    pub async fn deprecated(&self) -> Result<Option<String>> {
        self.0.call("deprecated").value().await
    }

    /// A doc string for the enum member, if any.
    pub async fn description(&self) -> Result<String> {
        self.0.call("description").value().await
    }

    /// A unique identifier for this EnumValueTypeDef.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// The name of the enum member.
    pub async fn name(&self) -> Result<String> {
        self.0.call("name").value().await
    }

    /// The location of this enum member declaration.
    pub async fn source_map(&self) -> Result<Option<SourceMap>> {
        self.0.call("sourceMap").perhaps().await
    }

    /// The value of the enum member
    pub async fn value(&self) -> Result<String> {
        self.0.call("value").value().await
    }
}

/// An object of the API: `Env`.
#[derive(Clone, Debug)]
pub struct Env(Chain);

object!(Env, "Env", Field "loadEnvFromID");

impl Env {
    /// Return the check with the given name from the installed modules. Must match exactly one check.
    ///
    /// - `name`: The name of the check to retrieve
    ///
    /// Experimental: Checks API is highly experimental and may be removed or replaced entirely.
    pub fn check(&self, name: impl AsRef<str>) -> Check {
        Check(self.0.call("check").text("name", name).node())
    }

    /// Return all checks defined by the installed modules
    ///
    /// There are optional arguments: [`Env::checks_opts`].
    ///
    /// Experimental: Checks API is highly experimental and may be removed or replaced entirely.
    pub fn checks(&self) -> CheckGroup {
        CheckGroup(self.0.call("checks").node())
    }

    /// Return all checks defined by the installed modules
    ///
    /// Experimental: Checks API is highly experimental and may be removed or replaced entirely.
    pub fn checks_opts(&self, opts: EnvChecksOpts) -> CheckGroup {
        CheckGroup(self.0.call("checks").options(opts).node())
    }

    /// A unique identifier for this Env.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// Retrieves an input binding by name
    pub fn input(&self, name: impl AsRef<str>) -> Binding {
        Binding(self.0.call("input").text("name", name).node())
    }

    /// Returns all input bindings provided to the environment
    pub async fn inputs(&self) -> Result<Vec<Binding>> {
        self.0.call("inputs").objects().await
    }

    /// Retrieves an output binding by name
    pub fn output(&self, name: impl AsRef<str>) -> Binding {
        Binding(self.0.call("output").text("name", name).node())
    }

    /// Returns all declared output bindings for the environment
    pub async fn outputs(&self) -> Result<Vec<Binding>> {
        self.0.call("outputs").objects().await
    }

    /// Create or update a binding of type Address in the environment
    ///
    /// - `name`: The name of the binding
    /// - `value`: The Address value to assign to the binding
    /// - `description`: The purpose of the input
    pub fn with_address_input(
        &self,
        name: impl AsRef<str>,
        value: impl Borrow<Address>,
        description: impl AsRef<str>,
    ) -> Env {
        Env(
            self
                .0
                .call("withAddressInput")
                .text("name", name)
                .value_of::<Address>("value", value)
                .text("description", description)
                .node()
        )
    }

    /// Declare a desired Address output to be assigned in the environment
    ///
    /// - `name`: The name of the binding
    /// - `description`: A description of the desired value of the binding
    pub fn with_address_output(&self, name: impl AsRef<str>, description: impl AsRef<str>) -> Env {
        Env(
            self
                .0
                .call("withAddressOutput")
                .text("name", name)
                .text("description", description)
                .node()
        )
    }

    /// Create or update a binding of type CacheVolume in the environment
    ///
    /// - `name`: The name of the binding
    /// - `value`: The CacheVolume value to assign to the binding
    /// - `description`: The purpose of the input
    pub fn with_cache_volume_input(
        &self,
        name: impl AsRef<str>,
        value: impl Borrow<CacheVolume>,
        description: impl AsRef<str>,
    ) -> Env {
        Env(
            self
                .0
                .call("withCacheVolumeInput")
                .text("name", name)
                .value_of::<CacheVolume>("value", value)
                .text("description", description)
                .node()
        )
    }

    /// Declare a desired CacheVolume output to be assigned in the environment
    ///
    /// - `name`: The name of the binding
    /// - `description`: A description of the desired value of the binding
    pub fn with_cache_volume_output(
        &self,
        name: impl AsRef<str>,
        description: impl AsRef<str>,
    ) -> Env {
        Env(
            self
                .0
                .call("withCacheVolumeOutput")
                .text("name", name)
                .text("description", description)
                .node()
        )
    }

    /// Create or update a binding of type Changeset in the environment
    ///
    /// - `name`: The name of the binding
    /// - `value`: The Changeset value to assign to the binding
    /// - `description`: The purpose of the input
    pub fn with_changeset_input(
        &self,
        name: impl AsRef<str>,
        value: impl Borrow<Changeset>,
        description: impl AsRef<str>,
    ) -> Env {
        Env(
            self
                .0
                .call("withChangesetInput")
                .text("name", name)
                .value_of::<Changeset>("value", value)
                .text("description", description)
                .node()
        )
    }

    /// Declare a desired Changeset output to be assigned in the environment
    ///
    /// - `name`: The name of the binding
    /// - `description`: A description of the desired value of the binding
    pub fn with_changeset_output(
        &self,
        name: impl AsRef<str>,
        description: impl AsRef<str>,
    ) -> Env {
        Env(
            self
                .0
                .call("withChangesetOutput")
                .text("name", name)
                .text("description", description)
                .node()
        )
    }

    /// Create or update a binding of type CheckGroup in the environment
    ///
    /// - `name`: The name of the binding
    /// - `value`: The CheckGroup value to assign to the binding
    /// - `description`: The purpose of the input
    pub fn with_check_group_input(
        &self,
        name: impl AsRef<str>,
        value: impl Borrow<CheckGroup>,
        description: impl AsRef<str>,
    ) -> Env {
        Env(
            self
                .0
                .call("withCheckGroupInput")
                .text("name", name)
                .value_of::<CheckGroup>("value", value)
                .text("description", description)
                .node()
        )
    }

    /// Declare a desired CheckGroup output to be assigned in the environment
    ///
    /// - `name`: The name of the binding
    /// - `description`: A description of the desired value of the binding
    pub fn with_check_group_output(
        &self,
        name: impl AsRef<str>,
        description: impl AsRef<str>,
    ) -> Env {
        Env(
            self
                .0
                .call("withCheckGroupOutput")
                .text("name", name)
                .text("description", description)
                .node()
        )
    }

    /// Create or update a binding of type Check in the environment
    ///
    /// - `name`: The name of the binding
    /// - `value`: The Check value to assign to the binding
    /// - `description`: The purpose of the input
    pub fn with_check_input(
        &self,
        name: impl AsRef<str>,
        value: impl Borrow<Check>,
        description: impl AsRef<str>,
    ) -> Env {
        Env(
            self
                .0
                .call("withCheckInput")
                .text("name", name)
                .value_of::<Check>("value", value)
                .text("description", description)
                .node()
        )
    }

    /// Declare a desired Check output to be assigned in the environment
    ///
    /// - `name`: The name of the binding
    /// - `description`: A description of the desired value of the binding
    pub fn with_check_output(&self, name: impl AsRef<str>, description: impl AsRef<str>) -> Env {
        Env(
            self
                .0
                .call("withCheckOutput")
                .text("name", name)
                .text("description", description)
                .node()
        )
    }

    /// Create or update a binding of type Cloud in the environment
    ///
    /// - `name`: The name of the binding
    /// - `value`: The Cloud value to assign to the binding
    /// - `description`: The purpose of the input
    pub fn with_cloud_input(
        &self,
        name: impl AsRef<str>,
        value: impl Borrow<Cloud>,
        description: impl AsRef<str>,
    ) -> Env {
        Env(
            self
                .0
                .call("withCloudInput")
                .text("name", name)
                .value_of::<Cloud>("value", value)
                .text("description", description)
                .node()
        )
    }

    /// Declare a desired Cloud output to be assigned in the environment
    ///
    /// - `name`: The name of the binding
    /// - `description`: A description of the desired value of the binding
    pub fn with_cloud_output(&self, name: impl AsRef<str>, description: impl AsRef<str>) -> Env {
        Env(
            self
                .0
                .call("withCloudOutput")
                .text("name", name)
                .text("description", description)
                .node()
        )
    }

    /// Create or update a binding of type Container in the environment
    ///
    /// - `name`: The name of the binding
    /// - `value`: The Container value to assign to the binding
    /// - `description`: The purpose of the input
    pub fn with_container_input(
        &self,
        name: impl AsRef<str>,
        value: impl Borrow<Container>,
        description: impl AsRef<str>,
    ) -> Env {
        Env(
            self
                .0
                .call("withContainerInput")
                .text("name", name)
                .value_of::<Container>("value", value)
                .text("description", description)
                .node()
        )
    }

    /// Declare a desired Container output to be assigned in the environment
    ///
    /// - `name`: The name of the binding
    /// - `description`: A description of the desired value of the binding
    pub fn with_container_output(
        &self,
        name: impl AsRef<str>,
        description: impl AsRef<str>,
    ) -> Env {
        Env(
            self
                .0
                .call("withContainerOutput")
                .text("name", name)
                .text("description", description)
                .node()
        )
    }

    /// Installs the current module into the environment, exposing its functions to the model
    ///
    /// Contextual path arguments will be populated using the environment's workspace.
    pub fn with_current_module(&self) -> Env {
        Env(self.0.call("withCurrentModule").node())
    }

    /// Create or update a binding of type Directory in the environment
    ///
    /// - `name`: The name of the binding
    /// - `value`: The Directory value to assign to the binding
    /// - `description`: The purpose of the input
    pub fn with_directory_input(
        &self,
        name: impl AsRef<str>,
        value: impl Borrow<Directory>,
        description: impl AsRef<str>,
    ) -> Env {
        Env(
            self
                .0
                .call("withDirectoryInput")
                .text("name", name)
                .value_of::<Directory>("value", value)
                .text("description", description)
                .node()
        )
    }

    /// Declare a desired Directory output to be assigned in the environment
    ///
    /// - `name`: The name of the binding
    /// - `description`: A description of the desired value of the binding
    pub fn with_directory_output(
        &self,
        name: impl AsRef<str>,
        description: impl AsRef<str>,
    ) -> Env {
        Env(
            self
                .0
                .call("withDirectoryOutput")
                .text("name", name)
                .text("description", description)
                .node()
        )
    }

    /// Create or update a binding of type EnvFile in the environment
    ///
    /// - `name`: The name of the binding
    /// - `value`: The EnvFile value to assign to the binding
    /// - `description`: The purpose of the input
    pub fn with_env_file_input(
        &self,
        name: impl AsRef<str>,
        value: impl Borrow<EnvFile>,
        description: impl AsRef<str>,
    ) -> Env {
        Env(
            self
                .0
                .call("withEnvFileInput")
                .text("name", name)
                .value_of::<EnvFile>("value", value)
                .text("description", description)
                .node()
        )
    }

    /// Declare a desired EnvFile output to be assigned in the environment
    ///
    /// - `name`: The name of the binding
    /// - `description`: A description of the desired value of the binding
    pub fn with_env_file_output(&self, name: impl AsRef<str>, description: impl AsRef<str>) -> Env {
        Env(
            self
                .0
                .call("withEnvFileOutput")
                .text("name", name)
                .text("description", description)
                .node()
        )
    }

    /// Create or update a binding of type Env in the environment
    ///
    /// - `name`: The name of the binding
    /// - `value`: The Env value to assign to the binding
    /// - `description`: The purpose of the input
    pub fn with_env_input(
        &self,
        name: impl AsRef<str>,
        value: impl Borrow<Env>,
        description: impl AsRef<str>,
    ) -> Env {
        Env(
            self
                .0
                .call("withEnvInput")
                .text("name", name)
                .value_of::<Env>("value", value)
                .text("description", description)
                .node()
        )
    }

    /// Declare a desired Env output to be assigned in the environment
    ///
    /// - `name`: The name of the binding
    /// - `description`: A description of the desired value of the binding
    pub fn with_env_output(&self, name: impl AsRef<str>, description: impl AsRef<str>) -> Env {
        Env(self.0.call("withEnvOutput").text("name", name).text("description", description).node())
    }

    /// Create or update a binding of type File in the environment
    ///
    /// - `name`: The name of the binding
    /// - `value`: The File value to assign to the binding
    /// - `description`: The purpose of the input
    pub fn with_file_input(
        &self,
        name: impl AsRef<str>,
        value: impl Borrow<File>,
        description: impl AsRef<str>,
    ) -> Env {
        Env(
            self
                .0
                .call("withFileInput")
                .text("name", name)
                .value_of::<File>("value", value)
                .text("description", description)
                .node()
        )
    }

    /// Declare a desired File output to be assigned in the environment
    ///
    /// - `name`: The name of the binding
    /// - `description`: A description of the desired value of the binding
    pub fn with_file_output(&self, name: impl AsRef<str>, description: impl AsRef<str>) -> Env {
        Env(
            self
                .0
                .call("withFileOutput")
                .text("name", name)
                .text("description", description)
                .node()
        )
    }

    /// Create or update a binding of type GeneratorGroup in the environment
    ///
    /// - `name`: The name of the binding
    /// - `value`: The GeneratorGroup value to assign to the binding
    /// - `description`: The purpose of the input
    pub fn with_generator_group_input(
        &self,
        name: impl AsRef<str>,
        value: impl Borrow<GeneratorGroup>,
        description: impl AsRef<str>,
    ) -> Env {
        Env(
            self
                .0
                .call("withGeneratorGroupInput")
                .text("name", name)
                .value_of::<GeneratorGroup>("value", value)
                .text("description", description)
                .node()
        )
    }

    /// Declare a desired GeneratorGroup output to be assigned in the environment
    ///
    /// - `name`: The name of the binding
    /// - `description`: A description of the desired value of the binding
    pub fn with_generator_group_output(
        &self,
        name: impl AsRef<str>,
        description: impl AsRef<str>,
    ) -> Env {
        Env(
            self
                .0
                .call("withGeneratorGroupOutput")
                .text("name", name)
                .text("description", description)
                .node()
        )
    }

    /// Create or update a binding of type Generator in the environment
    ///
    /// - `name`: The name of the binding
    /// - `value`: The Generator value to assign to the binding
    /// - `description`: The purpose of the input
    pub fn with_generator_input(
        &self,
        name: impl AsRef<str>,
        value: impl Borrow<Generator>,
        description: impl AsRef<str>,
    ) -> Env {
        Env(
            self
                .0
                .call("withGeneratorInput")
                .text("name", name)
                .value_of::<Generator>("value", value)
                .text("description", description)
                .node()
        )
    }

    /// Declare a desired Generator output to be assigned in the environment
    ///
    /// - `name`: The name of the binding
    /// - `description`: A description of the desired value of the binding
    pub fn with_generator_output(
        &self,
        name: impl AsRef<str>,
        description: impl AsRef<str>,
    ) -> Env {
        Env(
            self
                .0
                .call("withGeneratorOutput")
                .text("name", name)
                .text("description", description)
                .node()
        )
    }

    /// Create or update a binding of type GitRef in the environment
    ///
    /// - `name`: The name of the binding
    /// - `value`: The GitRef value to assign to the binding
    /// - `description`: The purpose of the input
    pub fn with_git_ref_input(
        &self,
        name: impl AsRef<str>,
        value: impl Borrow<GitRef>,
        description: impl AsRef<str>,
    ) -> Env {
        Env(
            self
                .0
                .call("withGitRefInput")
                .text("name", name)
                .value_of::<GitRef>("value", value)
                .text("description", description)
                .node()
        )
    }

    /// Declare a desired GitRef output to be assigned in the environment
    ///
    /// - `name`: The name of the binding
    /// - `description`: A description of the desired value of the binding
    pub fn with_git_ref_output(&self, name: impl AsRef<str>, description: impl AsRef<str>) -> Env {
        Env(
            self
                .0
                .call("withGitRefOutput")
                .text("name", name)
                .text("description", description)
                .node()
        )
    }

    /// Create or update a binding of type GitRepository in the environment
    ///
    /// - `name`: The name of the binding
    /// - `value`: The GitRepository value to assign to the binding
    /// - `description`: The purpose of the input
    pub fn with_git_repository_input(
        &self,
        name: impl AsRef<str>,
        value: impl Borrow<GitRepository>,
        description: impl AsRef<str>,
    ) -> Env {
        Env(
            self
                .0
                .call("withGitRepositoryInput")
                .text("name", name)
                .value_of::<GitRepository>("value", value)
                .text("description", description)
                .node()
        )
    }

    /// Declare a desired GitRepository output to be assigned in the environment
    ///
    /// - `name`: The name of the binding
    /// - `description`: A description of the desired value of the binding
    pub fn with_git_repository_output(
        &self,
        name: impl AsRef<str>,
        description: impl AsRef<str>,
    ) -> Env {
        Env(
            self
                .0
                .call("withGitRepositoryOutput")
                .text("name", name)
                .text("description", description)
                .node()
        )
    }

    /// Create or update a binding of type JSONValue in the environment
    ///
    /// - `name`: The name of the binding
    /// - `value`: The JSONValue value to assign to the binding
    /// - `description`: The purpose of the input
    pub fn with_json_value_input(
        &self,
        name: impl AsRef<str>,
        value: impl Borrow<JsonValue>,
        description: impl AsRef<str>,
    ) -> Env {
        Env(
            self
                .0
                .call("withJSONValueInput")
                .text("name", name)
                .value_of::<JsonValue>("value", value)
                .text("description", description)
                .node()
        )
    }

    /// Declare a desired JSONValue output to be assigned in the environment
    ///
    /// - `name`: The name of the binding
    /// - `description`: A description of the desired value of the binding
    pub fn with_json_value_output(
        &self,
        name: impl AsRef<str>,
        description: impl AsRef<str>,
    ) -> Env {
        Env(
            self
                .0
                .call("withJSONValueOutput")
                .text("name", name)
                .text("description", description)
                .node()
        )
    }

    /// Sets the main module for this environment (the project being worked on)
    ///
    /// Contextual path arguments will be populated using the environment's workspace.
    pub fn with_main_module(&self, module: impl Borrow<Module>) -> Env {
        Env(self.0.call("withMainModule").value_of::<Module>("module", module).node())
    }

    /// Installs a module into the environment, exposing its functions to the model
    ///
    /// Contextual path arguments will be populated using the environment's workspace.
    #[deprecated(note = "Use withMainModule instead")]
    pub fn with_module(&self, module: impl Borrow<Module>) -> Env {
        Env(self.0.call("withModule").value_of::<Module>("module", module).node())
    }

    /// Create or update a binding of type ModuleConfigClient in the environment
    ///
    /// - `name`: The name of the binding
    /// - `value`: The ModuleConfigClient value to assign to the binding
    /// - `description`: The purpose of the input
    pub fn with_module_config_client_input(
        &self,
        name: impl AsRef<str>,
        value: impl Borrow<ModuleConfigClient>,
        description: impl AsRef<str>,
    ) -> Env {
        Env(
            self
                .0
                .call("withModuleConfigClientInput")
                .text("name", name)
                .value_of::<ModuleConfigClient>("value", value)
                .text("description", description)
                .node()
        )
    }

    /// Declare a desired ModuleConfigClient output to be assigned in the environment
    ///
    /// - `name`: The name of the binding
    /// - `description`: A description of the desired value of the binding
    pub fn with_module_config_client_output(
        &self,
        name: impl AsRef<str>,
        description: impl AsRef<str>,
    ) -> Env {
        Env(
            self
                .0
                .call("withModuleConfigClientOutput")
                .text("name", name)
                .text("description", description)
                .node()
        )
    }

    /// Create or update a binding of type Module in the environment
    ///
    /// - `name`: The name of the binding
    /// - `value`: The Module value to assign to the binding
    /// - `description`: The purpose of the input
    pub fn with_module_input(
        &self,
        name: impl AsRef<str>,
        value: impl Borrow<Module>,
        description: impl AsRef<str>,
    ) -> Env {
        Env(
            self
                .0
                .call("withModuleInput")
                .text("name", name)
                .value_of::<Module>("value", value)
                .text("description", description)
                .node()
        )
    }

    /// Declare a desired Module output to be assigned in the environment
    ///
    /// - `name`: The name of the binding
    /// - `description`: A description of the desired value of the binding
    pub fn with_module_output(&self, name: impl AsRef<str>, description: impl AsRef<str>) -> Env {
        Env(
            self
                .0
                .call("withModuleOutput")
                .text("name", name)
                .text("description", description)
                .node()
        )
    }

    /// Create or update a binding of type ModuleSource in the environment
    ///
    /// - `name`: The name of the binding
    /// - `value`: The ModuleSource value to assign to the binding
    /// - `description`: The purpose of the input
    pub fn with_module_source_input(
        &self,
        name: impl AsRef<str>,
        value: impl Borrow<ModuleSource>,
        description: impl AsRef<str>,
    ) -> Env {
        Env(
            self
                .0
                .call("withModuleSourceInput")
                .text("name", name)
                .value_of::<ModuleSource>("value", value)
                .text("description", description)
                .node()
        )
    }

    /// Declare a desired ModuleSource output to be assigned in the environment
    ///
    /// - `name`: The name of the binding
    /// - `description`: A description of the desired value of the binding
    pub fn with_module_source_output(
        &self,
        name: impl AsRef<str>,
        description: impl AsRef<str>,
    ) -> Env {
        Env(
            self
                .0
                .call("withModuleSourceOutput")
                .text("name", name)
                .text("description", description)
                .node()
        )
    }

    /// Create or update a binding of type SearchResult in the environment
    ///
    /// - `name`: The name of the binding
    /// - `value`: The SearchResult value to assign to the binding
    /// - `description`: The purpose of the input
    pub fn with_search_result_input(
        &self,
        name: impl AsRef<str>,
        value: impl Borrow<SearchResult>,
        description: impl AsRef<str>,
    ) -> Env {
        Env(
            self
                .0
                .call("withSearchResultInput")
                .text("name", name)
                .value_of::<SearchResult>("value", value)
                .text("description", description)
                .node()
        )
    }

    /// Declare a desired SearchResult output to be assigned in the environment
    ///
    /// - `name`: The name of the binding
    /// - `description`: A description of the desired value of the binding
    pub fn with_search_result_output(
        &self,
        name: impl AsRef<str>,
        description: impl AsRef<str>,
    ) -> Env {
        Env(
            self
                .0
                .call("withSearchResultOutput")
                .text("name", name)
                .text("description", description)
                .node()
        )
    }

    /// Create or update a binding of type SearchSubmatch in the environment
    ///
    /// - `name`: The name of the binding
    /// - `value`: The SearchSubmatch value to assign to the binding
    /// - `description`: The purpose of the input
    pub fn with_search_submatch_input(
        &self,
        name: impl AsRef<str>,
        value: impl Borrow<SearchSubmatch>,
        description: impl AsRef<str>,
    ) -> Env {
        Env(
            self
                .0
                .call("withSearchSubmatchInput")
                .text("name", name)
                .value_of::<SearchSubmatch>("value", value)
                .text("description", description)
                .node()
        )
    }

    /// Declare a desired SearchSubmatch output to be assigned in the environment
    ///
    /// - `name`: The name of the binding
    /// - `description`: A description of the desired value of the binding
    pub fn with_search_submatch_output(
        &self,
        name: impl AsRef<str>,
        description: impl AsRef<str>,
    ) -> Env {
        Env(
            self
                .0
                .call("withSearchSubmatchOutput")
                .text("name", name)
                .text("description", description)
                .node()
        )
    }

    /// Create or update a binding of type Secret in the environment
    ///
    /// - `name`: The name of the binding
    /// - `value`: The Secret value to assign to the binding
    /// - `description`: The purpose of the input
    pub fn with_secret_input(
        &self,
        name: impl AsRef<str>,
        value: impl Borrow<Secret>,
        description: impl AsRef<str>,
    ) -> Env {
        Env(
            self
                .0
                .call("withSecretInput")
                .text("name", name)
                .value_of::<Secret>("value", value)
                .text("description", description)
                .node()
        )
    }

    /// Declare a desired Secret output to be assigned in the environment
    ///
    /// - `name`: The name of the binding
    /// - `description`: A description of the desired value of the binding
    pub fn with_secret_output(&self, name: impl AsRef<str>, description: impl AsRef<str>) -> Env {
        Env(
            self
                .0
                .call("withSecretOutput")
                .text("name", name)
                .text("description", description)
                .node()
        )
    }

    /// Create or update a binding of type Service in the environment
    ///
    /// - `name`: The name of the binding
    /// - `value`: The Service value to assign to the binding
    /// - `description`: The purpose of the input
    pub fn with_service_input(
        &self,
        name: impl AsRef<str>,
        value: impl Borrow<Service>,
        description: impl AsRef<str>,
    ) -> Env {
        Env(
            self
                .0
                .call("withServiceInput")
                .text("name", name)
                .value_of::<Service>("value", value)
                .text("description", description)
                .node()
        )
    }

    /// Declare a desired Service output to be assigned in the environment
    ///
    /// - `name`: The name of the binding
    /// - `description`: A description of the desired value of the binding
    pub fn with_service_output(&self, name: impl AsRef<str>, description: impl AsRef<str>) -> Env {
        Env(
            self
                .0
                .call("withServiceOutput")
                .text("name", name)
                .text("description", description)
                .node()
        )
    }

    /// Create or update a binding of type Socket in the environment
    ///
    /// - `name`: The name of the binding
    /// - `value`: The Socket value to assign to the binding
    /// - `description`: The purpose of the input
    pub fn with_socket_input(
        &self,
        name: impl AsRef<str>,
        value: impl Borrow<Socket>,
        description: impl AsRef<str>,
    ) -> Env {
        Env(
            self
                .0
                .call("withSocketInput")
                .text("name", name)
                .value_of::<Socket>("value", value)
                .text("description", description)
                .node()
        )
    }

    /// Declare a desired Socket output to be assigned in the environment
    ///
    /// - `name`: The name of the binding
    /// - `description`: A description of the desired value of the binding
    pub fn with_socket_output(&self, name: impl AsRef<str>, description: impl AsRef<str>) -> Env {
        Env(
            self
                .0
                .call("withSocketOutput")
                .text("name", name)
                .text("description", description)
                .node()
        )
    }

    /// Create or update a binding of type Stat in the environment
    ///
    /// - `name`: The name of the binding
    /// - `value`: The Stat value to assign to the binding
    /// - `description`: The purpose of the input
    pub fn with_stat_input(
        &self,
        name: impl AsRef<str>,
        value: impl Borrow<Stat>,
        description: impl AsRef<str>,
    ) -> Env {
        Env(
            self
                .0
                .call("withStatInput")
                .text("name", name)
                .value_of::<Stat>("value", value)
                .text("description", description)
                .node()
        )
    }

    /// Declare a desired Stat output to be assigned in the environment
    ///
    /// - `name`: The name of the binding
    /// - `description`: A description of the desired value of the binding
    pub fn with_stat_output(&self, name: impl AsRef<str>, description: impl AsRef<str>) -> Env {
        Env(
            self
                .0
                .call("withStatOutput")
                .text("name", name)
                .text("description", description)
                .node()
        )
    }

    /// Provides a string input binding to the environment
    ///
    /// - `name`: The name of the binding
    /// - `value`: The string value to assign to the binding
    /// - `description`: The description of the input
    pub fn with_string_input(
        &self,
        name: impl AsRef<str>,
        value: impl AsRef<str>,
        description: impl AsRef<str>,
    ) -> Env {
        Env(
            self
                .0
                .call("withStringInput")
                .text("name", name)
                .text("value", value)
                .text("description", description)
                .node()
        )
    }

    /// Declares a desired string output binding
    ///
    /// - `name`: The name of the binding
    /// - `description`: The description of the output
    pub fn with_string_output(&self, name: impl AsRef<str>, description: impl AsRef<str>) -> Env {
        Env(
            self
                .0
                .call("withStringOutput")
                .text("name", name)
                .text("description", description)
                .node()
        )
    }

    /// Returns a new environment with the provided workspace
    ///
    /// - `workspace`: The directory to set as the host filesystem
    pub fn with_workspace(&self, workspace: impl Borrow<Directory>) -> Env {
        Env(self.0.call("withWorkspace").value_of::<Directory>("workspace", workspace).node())
    }

    /// Create or update a binding of type Workspace in the environment
    ///
    /// - `name`: The name of the binding
    /// - `value`: The Workspace value to assign to the binding
    /// - `description`: The purpose of the input
    pub fn with_workspace_input(
        &self,
        name: impl AsRef<str>,
        value: impl Borrow<Workspace>,
        description: impl AsRef<str>,
    ) -> Env {
        Env(
            self
                .0
                .call("withWorkspaceInput")
                .text("name", name)
                .value_of::<Workspace>("value", value)
                .text("description", description)
                .node()
        )
    }

    /// Declare a desired Workspace output to be assigned in the environment
    ///
    /// - `name`: The name of the binding
    /// - `description`: A description of the desired value of the binding
    pub fn with_workspace_output(
        &self,
        name: impl AsRef<str>,
        description: impl AsRef<str>,
    ) -> Env {
        Env(
            self
                .0
                .call("withWorkspaceOutput")
                .text("name", name)
                .text("description", description)
                .node()
        )
    }

    /// Returns a new environment without any outputs
    pub fn without_outputs(&self) -> Env {
        Env(self.0.call("withoutOutputs").node())
    }

    /// `Env.workspace`
    pub fn workspace(&self) -> Directory {
        Directory(self.0.call("workspace").node())
    }

    /// Calls a function with this object, and returns what it returns: so that a chain of calls need
    /// not be broken for it.
    pub fn with<R>(&self, function: impl FnOnce(Self) -> R) -> R {
        function(Clone::clone(self))
    }
}

/// The optional arguments of [`Env::checks_opts`].
#[derive(Clone, Debug, Default)]
pub struct EnvChecksOpts {
    /// Only include checks matching the specified patterns
    pub include: Option<Vec<String>>,
}

impl Options for EnvChecksOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("include", self.include)
    }
}

/// A collection of environment variables.
#[derive(Clone, Debug)]
pub struct EnvFile(Chain);

object!(EnvFile, "EnvFile", Field "loadEnvFileFromID");

impl EnvFile {
    /// Return as a file
    pub fn as_file(&self) -> File {
        File(self.0.call("asFile").node())
    }

    /// Check if a variable exists
    ///
    /// - `name`: Variable name
    pub async fn exists(&self, name: impl AsRef<str>) -> Result<bool> {
        self.0.call("exists").text("name", name).value().await
    }

    /// Lookup a variable (last occurrence wins) and return its value, or an empty string
    ///
    /// - `name`: Variable name
    ///
    /// There are optional arguments: [`EnvFile::get_opts`].
    pub async fn get(&self, name: impl AsRef<str>) -> Result<String> {
        self.0.call("get").text("name", name).value().await
    }

    /// Lookup a variable (last occurrence wins) and return its value, or an empty string
    ///
    /// - `name`: Variable name
    pub async fn get_opts(&self, name: impl AsRef<str>, opts: EnvFileGetOpts) -> Result<String> {
        self.0.call("get").text("name", name).options(opts).value().await
    }

    /// A unique identifier for this EnvFile.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// Filters variables by prefix and removes the pref from keys. Variables without the prefix are excluded. For example, with the prefix "MY_APP_" and variables: MY_APP_TOKEN=topsecret MY_APP_NAME=hello FOO=bar the resulting environment will contain: TOKEN=topsecret NAME=hello
    ///
    /// - `prefix`: The prefix to filter by
    pub fn namespace(&self, prefix: impl AsRef<str>) -> EnvFile {
        EnvFile(self.0.call("namespace").text("prefix", prefix).node())
    }

    /// Return all variables
    ///
    /// There are optional arguments: [`EnvFile::variables_opts`].
    pub async fn variables(&self) -> Result<Vec<EnvVariable>> {
        self.0.call("variables").objects().await
    }

    /// Return all variables
    pub async fn variables_opts(&self, opts: EnvFileVariablesOpts) -> Result<Vec<EnvVariable>> {
        self.0.call("variables").options(opts).objects().await
    }

    /// Add a variable
    ///
    /// - `name`: Variable name
    /// - `value`: Variable value
    pub fn with_variable(&self, name: impl AsRef<str>, value: impl AsRef<str>) -> EnvFile {
        EnvFile(self.0.call("withVariable").text("name", name).text("value", value).node())
    }

    /// Remove all occurrences of the named variable
    ///
    /// - `name`: Variable name
    pub fn without_variable(&self, name: impl AsRef<str>) -> EnvFile {
        EnvFile(self.0.call("withoutVariable").text("name", name).node())
    }

    /// Calls a function with this object, and returns what it returns: so that a chain of calls need
    /// not be broken for it.
    pub fn with<R>(&self, function: impl FnOnce(Self) -> R) -> R {
        function(Clone::clone(self))
    }
}

/// The optional arguments of [`EnvFile::get_opts`].
#[derive(Clone, Debug, Default)]
pub struct EnvFileGetOpts {
    /// Return the value exactly as written to the file. No quote removal or variable expansion
    pub raw: Option<bool>,
}

impl Options for EnvFileGetOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("raw", self.raw)
    }
}

/// The optional arguments of [`EnvFile::variables_opts`].
#[derive(Clone, Debug, Default)]
pub struct EnvFileVariablesOpts {
    /// Return values exactly as written to the file. No quote removal or variable expansion
    pub raw: Option<bool>,
}

impl Options for EnvFileVariablesOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("raw", self.raw)
    }
}

/// An environment variable name and value.
#[derive(Clone, Debug)]
pub struct EnvVariable(Chain);

object!(EnvVariable, "EnvVariable", Field "loadEnvVariableFromID");

impl EnvVariable {
    /// A unique identifier for this EnvVariable.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// The environment variable name.
    pub async fn name(&self) -> Result<String> {
        self.0.call("name").value().await
    }

    /// The environment variable value.
    pub async fn value(&self) -> Result<String> {
        self.0.call("value").value().await
    }
}

/// An object of the API: `Error`.
#[derive(Clone, Debug)]
pub struct Error(Chain);

object!(Error, "Error", Field "loadErrorFromID");

impl Error {
    /// A unique identifier for this Error.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// A description of the error.
    pub async fn message(&self) -> Result<String> {
        self.0.call("message").value().await
    }

    /// The extensions of the error.
    pub async fn values(&self) -> Result<Vec<ErrorValue>> {
        self.0.call("values").objects().await
    }

    /// Add a value to the error.
    ///
    /// - `name`: The name of the value.
    /// - `value`: The value to store on the error.
    pub fn with_value(&self, name: impl AsRef<str>, value: impl AsRef<str>) -> Error {
        Error(self.0.call("withValue").text("name", name).text("value", value).node())
    }

    /// Calls a function with this object, and returns what it returns: so that a chain of calls need
    /// not be broken for it.
    pub fn with<R>(&self, function: impl FnOnce(Self) -> R) -> R {
        function(Clone::clone(self))
    }
}

/// An object of the API: `ErrorValue`.
#[derive(Clone, Debug)]
pub struct ErrorValue(Chain);

object!(ErrorValue, "ErrorValue", Field "loadErrorValueFromID");

impl ErrorValue {
    /// A unique identifier for this ErrorValue.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// The name of the value.
    pub async fn name(&self) -> Result<String> {
        self.0.call("name").value().await
    }

    /// The value.
    pub async fn value(&self) -> Result<Json> {
        self.0.call("value").value().await
    }
}

/// File type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExistsType {
    /// Tests path is a directory
    DirectoryType,
    /// Tests path is a regular file
    RegularType,
    /// Tests path is a symlink
    SymlinkType,
}

members!(
    ExistsType,
    "ExistsType",
    [
        "DIRECTORY_TYPE" DirectoryType,
        "REGULAR_TYPE" RegularType,
        "SYMLINK_TYPE" SymlinkType,
    ]
);

/// A definition of a field on a custom object defined in a Module.
///
/// A field on an object has a static value, as opposed to a function on an object whose value is computed by invoking code (and can accept arguments).
#[derive(Clone, Debug)]
pub struct FieldTypeDef(Chain);

object!(FieldTypeDef, "FieldTypeDef", Field "loadFieldTypeDefFromID");

impl FieldTypeDef {
    /// The reason this enum member is deprecated, if any.
    pub async fn deprecated(&self) -> Result<Option<String>> {
        self.0.call("deprecated").value().await
    }

    /// A doc string for the field, if any.
    pub async fn description(&self) -> Result<String> {
        self.0.call("description").value().await
    }

    /// A unique identifier for this FieldTypeDef.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// The name of the field in lowerCamelCase format.
    pub async fn name(&self) -> Result<String> {
        self.0.call("name").value().await
    }

    /// The location of this field declaration.
    pub async fn source_map(&self) -> Result<Option<SourceMap>> {
        self.0.call("sourceMap").perhaps().await
    }

    /// The type of the field.
    pub fn type_def(&self) -> TypeDef {
        TypeDef(self.0.call("typeDef").node())
    }
}

/// A file.
#[derive(Clone, Debug)]
pub struct File(Chain);

object!(File, "File", Field "loadFileFromID");

impl File {
    /// Parse as an env file
    ///
    /// There are optional arguments: [`File::as_env_file_opts`].
    pub fn as_env_file(&self) -> EnvFile {
        EnvFile(self.0.call("asEnvFile").node())
    }

    /// Parse as an env file
    pub fn as_env_file_opts(&self, opts: FileAsEnvFileOpts) -> EnvFile {
        EnvFile(self.0.call("asEnvFile").options(opts).node())
    }

    /// Parse the file contents as JSON.
    pub fn as_json(&self) -> JsonValue {
        JsonValue(self.0.call("asJSON").node())
    }

    /// Change the owner of the file recursively.
    ///
    /// - `owner`: A user:group to set for the file.  The user and group must be an ID (1000:1000), not a name (foo:bar).  If the group is omitted, it defaults to the same as the user.
    pub fn chown(&self, owner: impl AsRef<str>) -> File {
        File(self.0.call("chown").text("owner", owner).node())
    }

    /// Retrieves the contents of the file.
    ///
    /// There are optional arguments: [`File::contents_opts`].
    pub async fn contents(&self) -> Result<String> {
        self.0.call("contents").value().await
    }

    /// Retrieves the contents of the file.
    pub async fn contents_opts(&self, opts: FileContentsOpts) -> Result<String> {
        self.0.call("contents").options(opts).value().await
    }

    /// Return the file's digest. The format of the digest is not guaranteed to be stable between releases of Dagger. It is guaranteed to be stable between invocations of the same Dagger engine.
    ///
    /// There are optional arguments: [`File::digest_opts`].
    pub async fn digest(&self) -> Result<String> {
        self.0.call("digest").value().await
    }

    /// Return the file's digest. The format of the digest is not guaranteed to be stable between releases of Dagger. It is guaranteed to be stable between invocations of the same Dagger engine.
    pub async fn digest_opts(&self, opts: FileDigestOpts) -> Result<String> {
        self.0.call("digest").options(opts).value().await
    }

    /// Writes the file to a file path on the host.
    ///
    /// - `path`: Location of the written directory (e.g., "output.txt").
    ///
    /// There are optional arguments: [`File::export_opts`].
    pub async fn export(&self, path: impl AsRef<str>) -> Result<String> {
        self.0.call("export").text("path", path).value().await
    }

    /// Writes the file to a file path on the host.
    ///
    /// - `path`: Location of the written directory (e.g., "output.txt").
    pub async fn export_opts(&self, path: impl AsRef<str>, opts: FileExportOpts) -> Result<String> {
        self.0.call("export").text("path", path).options(opts).value().await
    }

    /// A unique identifier for this File.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// Retrieves the name of the file.
    pub async fn name(&self) -> Result<String> {
        self.0.call("name").value().await
    }

    /// Searches for content matching the given regular expression or literal string.
    ///
    /// Uses Rust regex syntax; escape literal ., [, ], {, }, | with backslashes.
    ///
    /// - `pattern`: The text to match.
    ///
    /// There are optional arguments: [`File::search_opts`].
    pub async fn search(&self, pattern: impl AsRef<str>) -> Result<Vec<SearchResult>> {
        self.0.call("search").text("pattern", pattern).objects().await
    }

    /// Searches for content matching the given regular expression or literal string.
    ///
    /// Uses Rust regex syntax; escape literal ., [, ], {, }, | with backslashes.
    ///
    /// - `pattern`: The text to match.
    pub async fn search_opts(
        &self,
        pattern: impl AsRef<str>,
        opts: FileSearchOpts,
    ) -> Result<Vec<SearchResult>> {
        self.0.call("search").text("pattern", pattern).options(opts).objects().await
    }

    /// Retrieves the size of the file, in bytes.
    pub async fn size(&self) -> Result<i64> {
        self.0.call("size").value().await
    }

    /// Return file status
    pub async fn stat(&self) -> Result<Option<Stat>> {
        self.0.call("stat").perhaps().await
    }

    /// Force evaluation in the engine.
    pub async fn sync(&self) -> Result<File> {
        self.0.call("sync").loaded().await
    }

    /// Retrieves this file with its name set to the given name.
    ///
    /// - `name`: Name to set file to.
    pub fn with_name(&self, name: impl AsRef<str>) -> File {
        File(self.0.call("withName").text("name", name).node())
    }

    /// Retrieves the file with content replaced with the given text.
    ///
    /// If 'all' is true, all occurrences of the pattern will be replaced.
    ///
    /// If 'firstAfter' is specified, only the first match starting at the specified line will be replaced.
    ///
    /// If neither are specified, and there are multiple matches for the pattern, this will error.
    ///
    /// If there are no matches for the pattern, this will error.
    ///
    /// - `search`: The text to match.
    /// - `replacement`: The text to match.
    ///
    /// There are optional arguments: [`File::with_replaced_opts`].
    pub fn with_replaced(&self, search: impl AsRef<str>, replacement: impl AsRef<str>) -> File {
        File(
            self
                .0
                .call("withReplaced")
                .text("search", search)
                .text("replacement", replacement)
                .node()
        )
    }

    /// Retrieves the file with content replaced with the given text.
    ///
    /// If 'all' is true, all occurrences of the pattern will be replaced.
    ///
    /// If 'firstAfter' is specified, only the first match starting at the specified line will be replaced.
    ///
    /// If neither are specified, and there are multiple matches for the pattern, this will error.
    ///
    /// If there are no matches for the pattern, this will error.
    ///
    /// - `search`: The text to match.
    /// - `replacement`: The text to match.
    pub fn with_replaced_opts(
        &self,
        search: impl AsRef<str>,
        replacement: impl AsRef<str>,
        opts: FileWithReplacedOpts,
    ) -> File {
        File(
            self
                .0
                .call("withReplaced")
                .text("search", search)
                .text("replacement", replacement)
                .options(opts)
                .node()
        )
    }

    /// Retrieves this file with its created/modified timestamps set to the given time.
    ///
    /// - `timestamp`: Timestamp to set dir/files in.  Formatted in seconds following Unix epoch (e.g., 1672531199).
    pub fn with_timestamps(&self, timestamp: i64) -> File {
        File(self.0.call("withTimestamps").value_of::<i64>("timestamp", timestamp).node())
    }

    /// Calls a function with this object, and returns what it returns: so that a chain of calls need
    /// not be broken for it.
    pub fn with<R>(&self, function: impl FnOnce(Self) -> R) -> R {
        function(Clone::clone(self))
    }
}

/// The optional arguments of [`File::as_env_file_opts`].
#[derive(Clone, Debug, Default)]
pub struct FileAsEnvFileOpts {
    /// Replace "${VAR}" or "$VAR" with the value of other vars
    #[deprecated(note = "Variable expansion is now enabled by default")]
    pub expand: Option<bool>,
}

impl Options for FileAsEnvFileOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("expand", self.expand)
    }
}

/// The optional arguments of [`File::contents_opts`].
#[derive(Clone, Debug, Default)]
pub struct FileContentsOpts {
    /// Start reading after this line
    pub offset_lines: Option<i64>,
    /// Maximum number of lines to read
    pub limit_lines: Option<i64>,
}

impl Options for FileContentsOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("offsetLines", self.offset_lines)
            .option("limitLines", self.limit_lines)
    }
}

/// The optional arguments of [`File::digest_opts`].
#[derive(Clone, Debug, Default)]
pub struct FileDigestOpts {
    /// If true, exclude metadata from the digest.
    ///
    /// Default: `false`
    pub exclude_metadata: Option<bool>,
}

impl Options for FileDigestOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("excludeMetadata", self.exclude_metadata)
    }
}

/// The optional arguments of [`File::export_opts`].
#[derive(Clone, Debug, Default)]
pub struct FileExportOpts {
    /// If allowParentDirPath is true, the path argument can be a directory path, in which case the file will be created in that directory.
    ///
    /// Default: `false`
    pub allow_parent_dir_path: Option<bool>,
}

impl Options for FileExportOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("allowParentDirPath", self.allow_parent_dir_path)
    }
}

/// The optional arguments of [`File::search_opts`].
#[derive(Clone, Debug, Default)]
pub struct FileSearchOpts {
    /// Interpret the pattern as a literal string instead of a regular expression.
    ///
    /// Default: `false`
    pub literal: Option<bool>,
    /// Enable searching across multiple lines.
    ///
    /// Default: `false`
    pub multiline: Option<bool>,
    /// Allow the . pattern to match newlines in multiline mode.
    ///
    /// Default: `false`
    pub dotall: Option<bool>,
    /// Enable case-insensitive matching.
    ///
    /// Default: `false`
    pub insensitive: Option<bool>,
    /// Honor .gitignore, .ignore, and .rgignore files.
    ///
    /// Default: `false`
    pub skip_ignored: Option<bool>,
    /// Skip hidden files (files starting with .).
    ///
    /// Default: `false`
    pub skip_hidden: Option<bool>,
    /// Only return matching files, not lines and content
    ///
    /// Default: `false`
    pub files_only: Option<bool>,
    /// Limit the number of results to return
    pub limit: Option<i64>,
    /// `paths`
    ///
    /// Default: `[]`
    pub paths: Option<Vec<String>>,
    /// `globs`
    ///
    /// Default: `[]`
    pub globs: Option<Vec<String>>,
}

impl Options for FileSearchOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("literal", self.literal)
            .option("multiline", self.multiline)
            .option("dotall", self.dotall)
            .option("insensitive", self.insensitive)
            .option("skipIgnored", self.skip_ignored)
            .option("skipHidden", self.skip_hidden)
            .option("filesOnly", self.files_only)
            .option("limit", self.limit)
            .option("paths", self.paths)
            .option("globs", self.globs)
    }
}

/// The optional arguments of [`File::with_replaced_opts`].
#[derive(Clone, Debug, Default)]
pub struct FileWithReplacedOpts {
    /// Replace all occurrences of the pattern.
    ///
    /// Default: `false`
    pub all: Option<bool>,
    /// Replace the first match starting from the specified line.
    pub first_from: Option<i64>,
}

impl Options for FileWithReplacedOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("all", self.all)
            .option("firstFrom", self.first_from)
    }
}

/// File type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileType {
    /// directory file type
    Directory,
    /// regular file type
    Regular,
    /// symlink file type
    Symlink,
    /// unknown file type
    Unknown,
}

#[allow(non_upper_case_globals)]
impl FileType {
    /// directory file type
    pub const DirectoryType: Self = Self::Directory;
    /// regular file type
    pub const RegularType: Self = Self::Regular;
    /// symlink file type
    pub const SymlinkType: Self = Self::Symlink;
}

members!(
    FileType,
    "FileType",
    [
        "DIRECTORY" Directory,
        "DIRECTORY_TYPE" Directory,
        "REGULAR" Regular,
        "REGULAR_TYPE" Regular,
        "SYMLINK" Symlink,
        "SYMLINK_TYPE" Symlink,
        "UNKNOWN" Unknown,
    ]
);

/// Function represents a resolver provided by a Module.
///
/// A function always evaluates against a parent object and is given a set of named arguments.
#[derive(Clone, Debug)]
pub struct Function(Chain);

object!(Function, "Function", Field "loadFunctionFromID");

impl Function {
    /// Arguments accepted by the function, if any.
    pub async fn args(&self) -> Result<Vec<FunctionArg>> {
        self.0.call("args").objects().await
    }

    /// The reason this function is deprecated, if any.
    pub async fn deprecated(&self) -> Result<Option<String>> {
        self.0.call("deprecated").value().await
    }

    /// A doc string for the function, if any.
    pub async fn description(&self) -> Result<String> {
        self.0.call("description").value().await
    }

    /// A unique identifier for this Function.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// The name of the function.
    pub async fn name(&self) -> Result<String> {
        self.0.call("name").value().await
    }

    /// The type returned by the function.
    pub fn return_type(&self) -> TypeDef {
        TypeDef(self.0.call("returnType").node())
    }

    /// The location of this function declaration.
    pub async fn source_map(&self) -> Result<Option<SourceMap>> {
        self.0.call("sourceMap").perhaps().await
    }

    /// Returns the function with the provided argument
    ///
    /// - `name`: The name of the argument
    /// - `type_def`: The type of the argument
    ///
    /// There are optional arguments: [`Function::with_arg_opts`].
    pub fn with_arg(&self, name: impl AsRef<str>, type_def: impl Borrow<TypeDef>) -> Function {
        Function(
            self
                .0
                .call("withArg")
                .text("name", name)
                .value_of::<TypeDef>("typeDef", type_def)
                .node()
        )
    }

    /// Returns the function with the provided argument
    ///
    /// - `name`: The name of the argument
    /// - `type_def`: The type of the argument
    pub fn with_arg_opts(
        &self,
        name: impl AsRef<str>,
        type_def: impl Borrow<TypeDef>,
        opts: FunctionWithArgOpts,
    ) -> Function {
        Function(
            self
                .0
                .call("withArg")
                .text("name", name)
                .value_of::<TypeDef>("typeDef", type_def)
                .options(opts)
                .node()
        )
    }

    /// Returns the function updated to use the provided cache policy.
    ///
    /// - `policy`: The cache policy to use.
    ///
    /// There are optional arguments: [`Function::with_cache_policy_opts`].
    pub fn with_cache_policy(&self, policy: FunctionCachePolicy) -> Function {
        Function(
            self
                .0
                .call("withCachePolicy")
                .value_of::<FunctionCachePolicy>("policy", policy)
                .node()
        )
    }

    /// Returns the function updated to use the provided cache policy.
    ///
    /// - `policy`: The cache policy to use.
    pub fn with_cache_policy_opts(
        &self,
        policy: FunctionCachePolicy,
        opts: FunctionWithCachePolicyOpts,
    ) -> Function {
        Function(
            self
                .0
                .call("withCachePolicy")
                .value_of::<FunctionCachePolicy>("policy", policy)
                .options(opts)
                .node()
        )
    }

    /// Returns the function with a flag indicating it's a check.
    pub fn with_check(&self) -> Function {
        Function(self.0.call("withCheck").node())
    }

    /// Returns the function with the provided deprecation reason.
    ///
    /// There are optional arguments: [`Function::with_deprecated_opts`].
    pub fn with_deprecated(&self) -> Function {
        Function(self.0.call("withDeprecated").node())
    }

    /// Returns the function with the provided deprecation reason.
    pub fn with_deprecated_opts(&self, opts: FunctionWithDeprecatedOpts) -> Function {
        Function(self.0.call("withDeprecated").options(opts).node())
    }

    /// Returns the function with the given doc string.
    ///
    /// - `description`: The doc string to set.
    pub fn with_description(&self, description: impl AsRef<str>) -> Function {
        Function(self.0.call("withDescription").text("description", description).node())
    }

    /// Returns the function with a flag indicating it's a generator.
    pub fn with_generator(&self) -> Function {
        Function(self.0.call("withGenerator").node())
    }

    /// Returns the function with the given source map.
    ///
    /// - `source_map`: The source map for the function definition.
    pub fn with_source_map(&self, source_map: impl Borrow<SourceMap>) -> Function {
        Function(self.0.call("withSourceMap").value_of::<SourceMap>("sourceMap", source_map).node())
    }

    /// Calls a function with this object, and returns what it returns: so that a chain of calls need
    /// not be broken for it.
    pub fn with<R>(&self, function: impl FnOnce(Self) -> R) -> R {
        function(Clone::clone(self))
    }
}

/// The optional arguments of [`Function::with_arg_opts`].
#[derive(Clone, Debug, Default)]
pub struct FunctionWithArgOpts {
    /// A doc string for the argument, if any
    ///
    /// Default: `""`
    pub description: Option<String>,
    /// A default value to use for this argument if not explicitly set by the caller, if any
    pub default_value: Option<Json>,
    /// If the argument is a Directory or File type, default to load path from context directory, relative to root directory.
    ///
    /// Default: `""`
    pub default_path: Option<String>,
    /// Patterns to ignore when loading the contextual argument value.
    ///
    /// Default: `[]`
    pub ignore: Option<Vec<String>>,
    /// The source map for the argument definition.
    pub source_map: Option<SourceMap>,
    /// If deprecated, the reason or migration path.
    pub deprecated: Option<String>,
    /// `defaultAddress`
    ///
    /// Default: `""`
    pub default_address: Option<String>,
}

impl Options for FunctionWithArgOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("description", self.description)
            .option("defaultValue", self.default_value)
            .option("defaultPath", self.default_path)
            .option("ignore", self.ignore)
            .option("sourceMap", self.source_map)
            .option("deprecated", self.deprecated)
            .option("defaultAddress", self.default_address)
    }
}

/// The optional arguments of [`Function::with_cache_policy_opts`].
#[derive(Clone, Debug, Default)]
pub struct FunctionWithCachePolicyOpts {
    /// The TTL for the cache policy, if applicable. Provided as a duration string, e.g. "5m", "1h30s".
    pub time_to_live: Option<String>,
}

impl Options for FunctionWithCachePolicyOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("timeToLive", self.time_to_live)
    }
}

/// The optional arguments of [`Function::with_deprecated_opts`].
#[derive(Clone, Debug, Default)]
pub struct FunctionWithDeprecatedOpts {
    /// Reason or migration path describing the deprecation.
    pub reason: Option<String>,
}

impl Options for FunctionWithDeprecatedOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("reason", self.reason)
    }
}

/// An argument accepted by a function.
///
/// This is a specification for an argument at function definition time, not an argument passed at function call time.
#[derive(Clone, Debug)]
pub struct FunctionArg(Chain);

object!(FunctionArg, "FunctionArg", Field "loadFunctionArgFromID");

impl FunctionArg {
    /// Only applies to arguments of type Container. If the argument is not set, load it from the given address (e.g. alpine:latest)
    pub async fn default_address(&self) -> Result<String> {
        self.0.call("defaultAddress").value().await
    }

    /// Only applies to arguments of type File or Directory. If the argument is not set, load it from the given path in the context directory
    pub async fn default_path(&self) -> Result<String> {
        self.0.call("defaultPath").value().await
    }

    /// A default value to use for this argument when not explicitly set by the caller, if any.
    pub async fn default_value(&self) -> Result<Json> {
        self.0.call("defaultValue").value().await
    }

    /// The reason this function is deprecated, if any.
    pub async fn deprecated(&self) -> Result<Option<String>> {
        self.0.call("deprecated").value().await
    }

    /// A doc string for the argument, if any.
    pub async fn description(&self) -> Result<String> {
        self.0.call("description").value().await
    }

    /// A unique identifier for this FunctionArg.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// Only applies to arguments of type Directory. The ignore patterns are applied to the input directory, and matching entries are filtered out, in a cache-efficient manner.
    pub async fn ignore(&self) -> Result<Vec<String>> {
        self.0.call("ignore").value().await
    }

    /// The name of the argument in lowerCamelCase format.
    pub async fn name(&self) -> Result<String> {
        self.0.call("name").value().await
    }

    /// The location of this arg declaration.
    pub async fn source_map(&self) -> Result<Option<SourceMap>> {
        self.0.call("sourceMap").perhaps().await
    }

    /// The type of the argument.
    pub fn type_def(&self) -> TypeDef {
        TypeDef(self.0.call("typeDef").node())
    }
}

/// The behavior configured for function result caching.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FunctionCachePolicy {
    /// `Default`.
    Default,
    /// `Never`.
    Never,
    /// `PerSession`.
    PerSession,
}

members!(
    FunctionCachePolicy,
    "FunctionCachePolicy",
    [
        "Default" Default,
        "Never" Never,
        "PerSession" PerSession,
    ]
);

/// An active function call.
#[derive(Clone, Debug)]
pub struct FunctionCall(Chain);

object!(FunctionCall, "FunctionCall", Field "loadFunctionCallFromID");

impl FunctionCall {
    /// A unique identifier for this FunctionCall.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// The argument values the function is being invoked with.
    pub async fn input_args(&self) -> Result<Vec<FunctionCallArgValue>> {
        self.0.call("inputArgs").objects().await
    }

    /// The name of the function being called.
    pub async fn name(&self) -> Result<String> {
        self.0.call("name").value().await
    }

    /// The value of the parent object of the function being called. If the function is top-level to the module, this is always an empty object.
    pub async fn parent(&self) -> Result<Json> {
        self.0.call("parent").value().await
    }

    /// The name of the parent object of the function being called. If the function is top-level to the module, this is the name of the module.
    pub async fn parent_name(&self) -> Result<String> {
        self.0.call("parentName").value().await
    }

    /// Return an error from the function.
    ///
    /// - `error`: The error to return.
    pub async fn return_error(&self, error: impl Borrow<Error>) -> Result<()> {
        self.0.call("returnError").value_of::<Error>("error", error).nothing().await
    }

    /// Set the return value of the function call to the provided value.
    ///
    /// - `value`: JSON serialization of the return value.
    pub async fn return_value(&self, value: impl AsRef<str>) -> Result<()> {
        self.0.call("returnValue").text("value", value).nothing().await
    }
}

/// A value passed as a named argument to a function call.
#[derive(Clone, Debug)]
pub struct FunctionCallArgValue(Chain);

object!(FunctionCallArgValue, "FunctionCallArgValue", Field "loadFunctionCallArgValueFromID");

impl FunctionCallArgValue {
    /// A unique identifier for this FunctionCallArgValue.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// The name of the argument.
    pub async fn name(&self) -> Result<String> {
        self.0.call("name").value().await
    }

    /// The value of the argument represented as a JSON serialized string.
    pub async fn value(&self) -> Result<Json> {
        self.0.call("value").value().await
    }
}

/// The result of running an SDK's codegen.
#[derive(Clone, Debug)]
pub struct GeneratedCode(Chain);

object!(GeneratedCode, "GeneratedCode", Field "loadGeneratedCodeFromID");

impl GeneratedCode {
    /// The directory containing the generated code.
    pub fn code(&self) -> Directory {
        Directory(self.0.call("code").node())
    }

    /// A unique identifier for this GeneratedCode.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// List of paths to mark generated in version control (i.e. .gitattributes).
    pub async fn vcs_generated_paths(&self) -> Result<Vec<String>> {
        self.0.call("vcsGeneratedPaths").value().await
    }

    /// List of paths to ignore in version control (i.e. .gitignore).
    pub async fn vcs_ignored_paths(&self) -> Result<Vec<String>> {
        self.0.call("vcsIgnoredPaths").value().await
    }

    /// Set the list of paths to mark generated in version control.
    pub fn with_vcs_generated_paths(
        &self,
        paths: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> GeneratedCode {
        GeneratedCode(self.0.call("withVCSGeneratedPaths").texts("paths", paths).node())
    }

    /// Set the list of paths to ignore in version control.
    pub fn with_vcs_ignored_paths(
        &self,
        paths: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> GeneratedCode {
        GeneratedCode(self.0.call("withVCSIgnoredPaths").texts("paths", paths).node())
    }

    /// Calls a function with this object, and returns what it returns: so that a chain of calls need
    /// not be broken for it.
    pub fn with<R>(&self, function: impl FnOnce(Self) -> R) -> R {
        function(Clone::clone(self))
    }
}

/// An object of the API: `Generator`.
#[derive(Clone, Debug)]
pub struct Generator(Chain);

object!(Generator, "Generator", Field "loadGeneratorFromID");

impl Generator {
    /// The generated changeset
    pub fn changes(&self) -> Changeset {
        Changeset(self.0.call("changes").node())
    }

    /// Whether the generator complete
    pub async fn completed(&self) -> Result<bool> {
        self.0.call("completed").value().await
    }

    /// Return the description of the generator
    pub async fn description(&self) -> Result<String> {
        self.0.call("description").value().await
    }

    /// A unique identifier for this Generator.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// Wether changeset from the generator execution is empty or not
    pub async fn is_empty(&self) -> Result<bool> {
        self.0.call("isEmpty").value().await
    }

    /// Return the fully qualified name of the generator
    pub async fn name(&self) -> Result<String> {
        self.0.call("name").value().await
    }

    /// The original module in which the generator has been defined
    pub fn original_module(&self) -> Module {
        Module(self.0.call("originalModule").node())
    }

    /// The path of the generator within its module
    pub async fn path(&self) -> Result<Vec<String>> {
        self.0.call("path").value().await
    }

    /// Execute the generator
    pub fn run(&self) -> Generator {
        Generator(self.0.call("run").node())
    }

    /// Calls a function with this object, and returns what it returns: so that a chain of calls need
    /// not be broken for it.
    pub fn with<R>(&self, function: impl FnOnce(Self) -> R) -> R {
        function(Clone::clone(self))
    }
}

/// An object of the API: `GeneratorGroup`.
#[derive(Clone, Debug)]
pub struct GeneratorGroup(Chain);

object!(GeneratorGroup, "GeneratorGroup", Field "loadGeneratorGroupFromID");

impl GeneratorGroup {
    /// The combined changes from the generators execution
    ///
    /// If any conflict occurs, for instance if the same file is modified by multiple generators, or if a file is both modified and deleted, an error is raised and the merge of the changesets will failed.
    ///
    /// Set 'continueOnConflicts' flag to force to merge the changes in a 'last write wins' strategy.
    ///
    /// There are optional arguments: [`GeneratorGroup::changes_opts`].
    pub fn changes(&self) -> Changeset {
        Changeset(self.0.call("changes").node())
    }

    /// The combined changes from the generators execution
    ///
    /// If any conflict occurs, for instance if the same file is modified by multiple generators, or if a file is both modified and deleted, an error is raised and the merge of the changesets will failed.
    ///
    /// Set 'continueOnConflicts' flag to force to merge the changes in a 'last write wins' strategy.
    pub fn changes_opts(&self, opts: GeneratorGroupChangesOpts) -> Changeset {
        Changeset(self.0.call("changes").options(opts).node())
    }

    /// A unique identifier for this GeneratorGroup.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// Whether the generated changeset is empty or not
    pub async fn is_empty(&self) -> Result<bool> {
        self.0.call("isEmpty").value().await
    }

    /// Return a list of individual generators and their details
    pub async fn list(&self) -> Result<Vec<Generator>> {
        self.0.call("list").objects().await
    }

    /// Execute all selected generators
    pub fn run(&self) -> GeneratorGroup {
        GeneratorGroup(self.0.call("run").node())
    }

    /// Calls a function with this object, and returns what it returns: so that a chain of calls need
    /// not be broken for it.
    pub fn with<R>(&self, function: impl FnOnce(Self) -> R) -> R {
        function(Clone::clone(self))
    }
}

/// The optional arguments of [`GeneratorGroup::changes_opts`].
#[derive(Clone, Debug, Default)]
pub struct GeneratorGroupChangesOpts {
    /// Strategy to apply on conflicts between generators
    ///
    /// Default: `FAIL_EARLY`
    pub on_conflict: Option<ChangesetsMergeConflict>,
}

impl Options for GeneratorGroupChangesOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("onConflict", self.on_conflict)
    }
}

/// A git ref (tag, branch, or commit).
#[derive(Clone, Debug)]
pub struct GitRef(Chain);

object!(GitRef, "GitRef", Field "loadGitRefFromID");

impl GitRef {
    /// The resolved commit id at this ref.
    pub async fn commit(&self) -> Result<String> {
        self.0.call("commit").value().await
    }

    /// Find the best common ancestor between this ref and another ref.
    ///
    /// - `other`: The other ref to compare against.
    pub fn common_ancestor(&self, other: impl Borrow<GitRef>) -> GitRef {
        GitRef(self.0.call("commonAncestor").value_of::<GitRef>("other", other).node())
    }

    /// A unique identifier for this GitRef.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// The resolved ref name at this ref.
    pub async fn r#ref(&self) -> Result<String> {
        self.0.call("ref").value().await
    }

    /// The filesystem tree at this ref.
    ///
    /// There are optional arguments: [`GitRef::tree_opts`].
    pub fn tree(&self) -> Directory {
        Directory(self.0.call("tree").node())
    }

    /// The filesystem tree at this ref.
    pub fn tree_opts(&self, opts: GitRefTreeOpts) -> Directory {
        Directory(self.0.call("tree").options(opts).node())
    }

    /// Calls a function with this object, and returns what it returns: so that a chain of calls need
    /// not be broken for it.
    pub fn with<R>(&self, function: impl FnOnce(Self) -> R) -> R {
        function(Clone::clone(self))
    }
}

/// The optional arguments of [`GitRef::tree_opts`].
#[derive(Clone, Debug, Default)]
pub struct GitRefTreeOpts {
    /// Set to true to discard .git directory.
    ///
    /// Default: `false`
    pub discard_git_dir: Option<bool>,
    /// The depth of the tree to fetch.
    ///
    /// Default: `1`
    pub depth: Option<i64>,
    /// Set to true to populate tag refs in the local checkout .git.
    ///
    /// Default: `false`
    pub include_tags: Option<bool>,
}

impl Options for GitRefTreeOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("discardGitDir", self.discard_git_dir)
            .option("depth", self.depth)
            .option("includeTags", self.include_tags)
    }
}

/// A git repository.
#[derive(Clone, Debug)]
pub struct GitRepository(Chain);

object!(GitRepository, "GitRepository", Field "loadGitRepositoryFromID");

impl GitRepository {
    /// Returns details of a branch.
    ///
    /// - `name`: Branch's name (e.g., "main").
    pub fn branch(&self, name: impl AsRef<str>) -> GitRef {
        GitRef(self.0.call("branch").text("name", name).node())
    }

    /// branches that match any of the given glob patterns.
    ///
    /// There are optional arguments: [`GitRepository::branches_opts`].
    pub async fn branches(&self) -> Result<Vec<String>> {
        self.0.call("branches").value().await
    }

    /// branches that match any of the given glob patterns.
    pub async fn branches_opts(&self, opts: GitRepositoryBranchesOpts) -> Result<Vec<String>> {
        self.0.call("branches").options(opts).value().await
    }

    /// Returns details of a commit.
    ///
    /// - `id`: Identifier of the commit (e.g., "b6315d8f2810962c601af73f86831f6866ea798b").
    pub fn commit(&self, id: impl AsRef<str>) -> GitRef {
        GitRef(self.0.call("commit").text("id", id).node())
    }

    /// Returns details for HEAD.
    pub fn head(&self) -> GitRef {
        GitRef(self.0.call("head").node())
    }

    /// A unique identifier for this GitRepository.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// Returns details for the latest semver tag.
    pub fn latest_version(&self) -> GitRef {
        GitRef(self.0.call("latestVersion").node())
    }

    /// Returns details of a ref.
    ///
    /// - `name`: Ref's name (can be a commit identifier, a tag name, a branch name, or a fully-qualified ref).
    pub fn r#ref(&self, name: impl AsRef<str>) -> GitRef {
        GitRef(self.0.call("ref").text("name", name).node())
    }

    /// Returns details of a tag.
    ///
    /// - `name`: Tag's name (e.g., "v0.3.9").
    pub fn tag(&self, name: impl AsRef<str>) -> GitRef {
        GitRef(self.0.call("tag").text("name", name).node())
    }

    /// tags that match any of the given glob patterns.
    ///
    /// There are optional arguments: [`GitRepository::tags_opts`].
    pub async fn tags(&self) -> Result<Vec<String>> {
        self.0.call("tags").value().await
    }

    /// tags that match any of the given glob patterns.
    pub async fn tags_opts(&self, opts: GitRepositoryTagsOpts) -> Result<Vec<String>> {
        self.0.call("tags").options(opts).value().await
    }

    /// Returns the changeset of uncommitted changes in the git repository.
    pub fn uncommitted(&self) -> Changeset {
        Changeset(self.0.call("uncommitted").node())
    }

    /// The URL of the git repository.
    pub async fn url(&self) -> Result<Option<String>> {
        self.0.call("url").value().await
    }
}

/// The optional arguments of [`GitRepository::branches_opts`].
#[derive(Clone, Debug, Default)]
pub struct GitRepositoryBranchesOpts {
    /// Glob patterns (e.g., "refs/tags/v*").
    pub patterns: Option<Vec<String>>,
}

impl Options for GitRepositoryBranchesOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("patterns", self.patterns)
    }
}

/// The optional arguments of [`GitRepository::tags_opts`].
#[derive(Clone, Debug, Default)]
pub struct GitRepositoryTagsOpts {
    /// Glob patterns (e.g., "refs/tags/v*").
    pub patterns: Option<Vec<String>>,
}

impl Options for GitRepositoryTagsOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("patterns", self.patterns)
    }
}

/// Image healthcheck configuration.
#[derive(Clone, Debug)]
pub struct HealthcheckConfig(Chain);

object!(HealthcheckConfig, "HealthcheckConfig", Field "loadHealthcheckConfigFromID");

impl HealthcheckConfig {
    /// Healthcheck command arguments.
    pub async fn args(&self) -> Result<Vec<String>> {
        self.0.call("args").value().await
    }

    /// A unique identifier for this HealthcheckConfig.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// Interval between running healthcheck. Example:30s
    pub async fn interval(&self) -> Result<String> {
        self.0.call("interval").value().await
    }

    /// The maximum number of consecutive failures before the container is marked as unhealthy. Example:3
    pub async fn retries(&self) -> Result<i64> {
        self.0.call("retries").value().await
    }

    /// Healthcheck command is a shell command.
    pub async fn shell(&self) -> Result<bool> {
        self.0.call("shell").value().await
    }

    /// StartInterval configures the duration between checks during the startup phase. Example:5s
    pub async fn start_interval(&self) -> Result<String> {
        self.0.call("startInterval").value().await
    }

    /// StartPeriod allows for failures during this initial startup period which do not count towards maximum number of retries. Example:0s
    pub async fn start_period(&self) -> Result<String> {
        self.0.call("startPeriod").value().await
    }

    /// Healthcheck timeout. Example:3s
    pub async fn timeout(&self) -> Result<String> {
        self.0.call("timeout").value().await
    }
}

/// Compression algorithm to use for image layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ImageLayerCompression {
    /// `EStarGZ`.
    EStarGz,
    /// `Gzip`.
    Gzip,
    /// `Uncompressed`.
    Uncompressed,
    /// `Zstd`.
    Zstd,
}

#[allow(non_upper_case_globals)]
impl ImageLayerCompression {
    /// `ESTARGZ`.
    pub const Estargz: Self = Self::EStarGz;
}

members!(
    ImageLayerCompression,
    "ImageLayerCompression",
    [
        "EStarGZ" EStarGz,
        "ESTARGZ" EStarGz,
        "Gzip" Gzip,
        "GZIP" Gzip,
        "Uncompressed" Uncompressed,
        "UNCOMPRESSED" Uncompressed,
        "Zstd" Zstd,
        "ZSTD" Zstd,
    ]
);

/// Mediatypes to use in published or exported image metadata.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ImageMediaTypes {
    /// `DockerMediaTypes`.
    DockerMediaTypes,
    /// `OCIMediaTypes`.
    OciMediaTypes,
}

#[allow(non_upper_case_globals)]
impl ImageMediaTypes {
    /// `DOCKER`.
    pub const Docker: Self = Self::DockerMediaTypes;
    /// `OCI`.
    pub const Oci: Self = Self::OciMediaTypes;
}

members!(
    ImageMediaTypes,
    "ImageMediaTypes",
    [
        "DockerMediaTypes" DockerMediaTypes,
        "DOCKER" DockerMediaTypes,
        "OCIMediaTypes" OciMediaTypes,
        "OCI" OciMediaTypes,
    ]
);

/// A graphql input type, which is essentially just a group of named args.
/// This is currently only used to represent pre-existing usage of graphql input types
/// in the core API. It is not used by user modules and shouldn't ever be as user
/// module accept input objects via their id rather than graphql input types.
#[derive(Clone, Debug)]
pub struct InputTypeDef(Chain);

object!(InputTypeDef, "InputTypeDef", Field "loadInputTypeDefFromID");

impl InputTypeDef {
    /// Static fields defined on this input object, if any.
    pub async fn fields(&self) -> Result<Vec<FieldTypeDef>> {
        self.0.call("fields").objects().await
    }

    /// A unique identifier for this InputTypeDef.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// The name of the input object.
    pub async fn name(&self) -> Result<String> {
        self.0.call("name").value().await
    }
}

/// A definition of a custom interface defined in a Module.
#[derive(Clone, Debug)]
pub struct InterfaceTypeDef(Chain);

object!(InterfaceTypeDef, "InterfaceTypeDef", Field "loadInterfaceTypeDefFromID");

impl InterfaceTypeDef {
    /// The doc string for the interface, if any.
    pub async fn description(&self) -> Result<String> {
        self.0.call("description").value().await
    }

    /// Functions defined on this interface, if any.
    pub async fn functions(&self) -> Result<Vec<Function>> {
        self.0.call("functions").objects().await
    }

    /// A unique identifier for this InterfaceTypeDef.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// The name of the interface.
    pub async fn name(&self) -> Result<String> {
        self.0.call("name").value().await
    }

    /// The location of this interface declaration.
    pub async fn source_map(&self) -> Result<Option<SourceMap>> {
        self.0.call("sourceMap").perhaps().await
    }

    /// If this InterfaceTypeDef is associated with a Module, the name of the module. Unset otherwise.
    pub async fn source_module_name(&self) -> Result<String> {
        self.0.call("sourceModuleName").value().await
    }
}

/// An arbitrary JSON-encoded value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Json(pub String);

scalar!(Json, "JSON");

/// An object of the API: `JSONValue`.
#[derive(Clone, Debug)]
pub struct JsonValue(Chain);

object!(JsonValue, "JSONValue", Field "loadJSONValueFromID");

impl JsonValue {
    /// Decode an array from json
    pub async fn as_array(&self) -> Result<Vec<JsonValue>> {
        self.0.call("asArray").objects().await
    }

    /// Decode a boolean from json
    pub async fn as_boolean(&self) -> Result<bool> {
        self.0.call("asBoolean").value().await
    }

    /// Decode an integer from json
    pub async fn as_integer(&self) -> Result<i64> {
        self.0.call("asInteger").value().await
    }

    /// Decode a string from json
    pub async fn as_string(&self) -> Result<String> {
        self.0.call("asString").value().await
    }

    /// Return the value encoded as json
    ///
    /// There are optional arguments: [`JsonValue::contents_opts`].
    pub async fn contents(&self) -> Result<Json> {
        self.0.call("contents").value().await
    }

    /// Return the value encoded as json
    pub async fn contents_opts(&self, opts: JsonValueContentsOpts) -> Result<Json> {
        self.0.call("contents").options(opts).value().await
    }

    /// Lookup the field at the given path, and return its value.
    ///
    /// - `path`: Path of the field to lookup, encoded as an array of field names
    pub fn field(&self, path: impl IntoIterator<Item = impl AsRef<str>>) -> JsonValue {
        JsonValue(self.0.call("field").texts("path", path).node())
    }

    /// List fields of the encoded object
    pub async fn fields(&self) -> Result<Vec<String>> {
        self.0.call("fields").value().await
    }

    /// A unique identifier for this JSONValue.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// Encode a boolean to json
    ///
    /// - `value`: New boolean value
    pub fn new_boolean(&self, value: bool) -> JsonValue {
        JsonValue(self.0.call("newBoolean").value_of::<bool>("value", value).node())
    }

    /// Encode an integer to json
    ///
    /// - `value`: New integer value
    pub fn new_integer(&self, value: i64) -> JsonValue {
        JsonValue(self.0.call("newInteger").value_of::<i64>("value", value).node())
    }

    /// Encode a string to json
    ///
    /// - `value`: New string value
    pub fn new_string(&self, value: impl AsRef<str>) -> JsonValue {
        JsonValue(self.0.call("newString").text("value", value).node())
    }

    /// Return a new json value, decoded from the given content
    ///
    /// - `contents`: New JSON-encoded contents
    pub fn with_contents(&self, contents: impl AsRef<str>) -> JsonValue {
        JsonValue(self.0.call("withContents").text("contents", contents).node())
    }

    /// Set a new field at the given path
    ///
    /// - `path`: Path of the field to set, encoded as an array of field names
    /// - `value`: The new value of the field
    pub fn with_field(
        &self,
        path: impl IntoIterator<Item = impl AsRef<str>>,
        value: impl Borrow<JsonValue>,
    ) -> JsonValue {
        JsonValue(
            self
                .0
                .call("withField")
                .texts("path", path)
                .value_of::<JsonValue>("value", value)
                .node()
        )
    }

    /// Calls a function with this object, and returns what it returns: so that a chain of calls need
    /// not be broken for it.
    pub fn with<R>(&self, function: impl FnOnce(Self) -> R) -> R {
        function(Clone::clone(self))
    }
}

/// The optional arguments of [`JsonValue::contents_opts`].
#[derive(Clone, Debug, Default)]
pub struct JsonValueContentsOpts {
    /// Pretty-print
    ///
    /// Default: `false`
    pub pretty: Option<bool>,
    /// Optional line prefix
    ///
    /// Default: `"  "`
    pub indent: Option<String>,
}

impl Options for JsonValueContentsOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("pretty", self.pretty)
            .option("indent", self.indent)
    }
}

/// An object of the API: `LLM`.
#[derive(Clone, Debug)]
pub struct Llm(Chain);

object!(Llm, "LLM", Field "loadLLMFromID");

impl Llm {
    /// create a branch in the LLM's history
    pub fn attempt(&self, number: i64) -> Llm {
        Llm(self.0.call("attempt").value_of::<i64>("number", number).node())
    }

    /// returns the type of the current state
    pub async fn bind_result(&self, name: impl AsRef<str>) -> Result<Option<Binding>> {
        self.0.call("bindResult").text("name", name).perhaps().await
    }

    /// return the LLM's current environment
    pub fn env(&self) -> Env {
        Env(self.0.call("env").node())
    }

    /// Indicates whether there are any queued prompts or tool results to send to the model
    pub async fn has_prompt(&self) -> Result<bool> {
        self.0.call("hasPrompt").value().await
    }

    /// return the llm message history
    pub async fn history(&self) -> Result<Vec<String>> {
        self.0.call("history").value().await
    }

    /// return the raw llm message history as json
    pub async fn history_json(&self) -> Result<Json> {
        self.0.call("historyJSON").value().await
    }

    /// A unique identifier for this LLM.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// return the last llm reply from the history
    pub async fn last_reply(&self) -> Result<String> {
        self.0.call("lastReply").value().await
    }

    /// Submit the queued prompt, evaluate any tool calls, queue their results, and keep going until the model ends its turn
    pub fn r#loop(&self) -> Llm {
        Llm(self.0.call("loop").node())
    }

    /// return the model used by the llm
    pub async fn model(&self) -> Result<String> {
        self.0.call("model").value().await
    }

    /// return the provider used by the llm
    pub async fn provider(&self) -> Result<String> {
        self.0.call("provider").value().await
    }

    /// Submit the queued prompt or tool call results, evaluate any tool calls, and queue their results
    pub async fn step(&self) -> Result<Llm> {
        self.0.call("step").loaded().await
    }

    /// synchronize LLM state
    pub async fn sync(&self) -> Result<Llm> {
        self.0.call("sync").loaded().await
    }

    /// returns the token usage of the current state
    pub fn token_usage(&self) -> LlmTokenUsage {
        LlmTokenUsage(self.0.call("tokenUsage").node())
    }

    /// print documentation for available tools
    pub async fn tools(&self) -> Result<String> {
        self.0.call("tools").value().await
    }

    /// Return a new LLM with the specified function no longer exposed as a tool
    ///
    /// - `type_name`: The type name whose function will be blocked
    /// - `function`: The function to block  Will be converted to lowerCamelCase if necessary.
    pub fn with_blocked_function(
        &self,
        type_name: impl AsRef<str>,
        function: impl AsRef<str>,
    ) -> Llm {
        Llm(
            self
                .0
                .call("withBlockedFunction")
                .text("typeName", type_name)
                .text("function", function)
                .node()
        )
    }

    /// allow the LLM to interact with an environment via MCP
    pub fn with_env(&self, env: impl Borrow<Env>) -> Llm {
        Llm(self.0.call("withEnv").value_of::<Env>("env", env).node())
    }

    /// Add an external MCP server to the LLM
    ///
    /// - `name`: The name of the MCP server
    /// - `service`: The MCP service to run and communicate with over stdio
    pub fn with_mcp_server(&self, name: impl AsRef<str>, service: impl Borrow<Service>) -> Llm {
        Llm(
            self
                .0
                .call("withMCPServer")
                .text("name", name)
                .value_of::<Service>("service", service)
                .node()
        )
    }

    /// swap out the llm model
    ///
    /// - `model`: The model to use
    pub fn with_model(&self, model: impl AsRef<str>) -> Llm {
        Llm(self.0.call("withModel").text("model", model).node())
    }

    /// append a prompt to the llm context
    ///
    /// - `prompt`: The prompt to send
    pub fn with_prompt(&self, prompt: impl AsRef<str>) -> Llm {
        Llm(self.0.call("withPrompt").text("prompt", prompt).node())
    }

    /// append the contents of a file to the llm context
    ///
    /// - `file`: The file to read the prompt from
    pub fn with_prompt_file(&self, file: impl Borrow<File>) -> Llm {
        Llm(self.0.call("withPromptFile").value_of::<File>("file", file).node())
    }

    /// Use a static set of tools for method calls, e.g. for MCP clients that do not support dynamic tool registration
    pub fn with_static_tools(&self) -> Llm {
        Llm(self.0.call("withStaticTools").node())
    }

    /// Add a system prompt to the LLM's environment
    ///
    /// - `prompt`: The system prompt to send
    pub fn with_system_prompt(&self, prompt: impl AsRef<str>) -> Llm {
        Llm(self.0.call("withSystemPrompt").text("prompt", prompt).node())
    }

    /// Disable the default system prompt
    pub fn without_default_system_prompt(&self) -> Llm {
        Llm(self.0.call("withoutDefaultSystemPrompt").node())
    }

    /// Clear the message history, leaving only the system prompts
    pub fn without_message_history(&self) -> Llm {
        Llm(self.0.call("withoutMessageHistory").node())
    }

    /// Clear the system prompts, leaving only the default system prompt
    pub fn without_system_prompts(&self) -> Llm {
        Llm(self.0.call("withoutSystemPrompts").node())
    }

    /// Calls a function with this object, and returns what it returns: so that a chain of calls need
    /// not be broken for it.
    pub fn with<R>(&self, function: impl FnOnce(Self) -> R) -> R {
        function(Clone::clone(self))
    }
}

/// An object of the API: `LLMTokenUsage`.
#[derive(Clone, Debug)]
pub struct LlmTokenUsage(Chain);

object!(LlmTokenUsage, "LLMTokenUsage", Field "loadLLMTokenUsageFromID");

impl LlmTokenUsage {
    /// `LLMTokenUsage.cachedTokenReads`
    pub async fn cached_token_reads(&self) -> Result<i64> {
        self.0.call("cachedTokenReads").value().await
    }

    /// `LLMTokenUsage.cachedTokenWrites`
    pub async fn cached_token_writes(&self) -> Result<i64> {
        self.0.call("cachedTokenWrites").value().await
    }

    /// A unique identifier for this LLMTokenUsage.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// `LLMTokenUsage.inputTokens`
    pub async fn input_tokens(&self) -> Result<i64> {
        self.0.call("inputTokens").value().await
    }

    /// `LLMTokenUsage.outputTokens`
    pub async fn output_tokens(&self) -> Result<i64> {
        self.0.call("outputTokens").value().await
    }

    /// `LLMTokenUsage.totalTokens`
    pub async fn total_tokens(&self) -> Result<i64> {
        self.0.call("totalTokens").value().await
    }
}

/// A simple key value object that represents a label.
#[derive(Clone, Debug)]
pub struct Label(Chain);

object!(Label, "Label", Field "loadLabelFromID");

impl Label {
    /// A unique identifier for this Label.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// The label name.
    pub async fn name(&self) -> Result<String> {
        self.0.call("name").value().await
    }

    /// The label value.
    pub async fn value(&self) -> Result<String> {
        self.0.call("value").value().await
    }
}

/// A definition of a list type in a Module.
#[derive(Clone, Debug)]
pub struct ListTypeDef(Chain);

object!(ListTypeDef, "ListTypeDef", Field "loadListTypeDefFromID");

impl ListTypeDef {
    /// The type of the elements in the list.
    pub fn element_type_def(&self) -> TypeDef {
        TypeDef(self.0.call("elementTypeDef").node())
    }

    /// A unique identifier for this ListTypeDef.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }
}

/// A Dagger module.
#[derive(Clone, Debug)]
pub struct Module(Chain);

object!(Module, "Module", Field "loadModuleFromID");

impl Module {
    /// Return the check defined by the module with the given name. Must match to exactly one check.
    ///
    /// - `name`: The name of the check to retrieve
    ///
    /// Experimental: This API is highly experimental and may be removed or replaced entirely.
    pub fn check(&self, name: impl AsRef<str>) -> Check {
        Check(self.0.call("check").text("name", name).node())
    }

    /// Return all checks defined by the module
    ///
    /// There are optional arguments: [`Module::checks_opts`].
    ///
    /// Experimental: This API is highly experimental and may be removed or replaced entirely.
    pub fn checks(&self) -> CheckGroup {
        CheckGroup(self.0.call("checks").node())
    }

    /// Return all checks defined by the module
    ///
    /// Experimental: This API is highly experimental and may be removed or replaced entirely.
    pub fn checks_opts(&self, opts: ModuleChecksOpts) -> CheckGroup {
        CheckGroup(self.0.call("checks").options(opts).node())
    }

    /// The dependencies of the module.
    pub async fn dependencies(&self) -> Result<Vec<Module>> {
        self.0.call("dependencies").objects().await
    }

    /// The doc string of the module, if any
    pub async fn description(&self) -> Result<String> {
        self.0.call("description").value().await
    }

    /// Enumerations served by this module.
    pub async fn enums(&self) -> Result<Vec<TypeDef>> {
        self.0.call("enums").objects().await
    }

    /// The generated files and directories made on top of the module source's context directory.
    pub fn generated_context_directory(&self) -> Directory {
        Directory(self.0.call("generatedContextDirectory").node())
    }

    /// Return the generator defined by the module with the given name. Must match to exactly one generator.
    ///
    /// - `name`: The name of the generator to retrieve
    ///
    /// Experimental: This API is highly experimental and may be removed or replaced entirely.
    pub fn generator(&self, name: impl AsRef<str>) -> Generator {
        Generator(self.0.call("generator").text("name", name).node())
    }

    /// Return all generators defined by the module
    ///
    /// There are optional arguments: [`Module::generators_opts`].
    ///
    /// Experimental: This API is highly experimental and may be removed or replaced entirely.
    pub fn generators(&self) -> GeneratorGroup {
        GeneratorGroup(self.0.call("generators").node())
    }

    /// Return all generators defined by the module
    ///
    /// Experimental: This API is highly experimental and may be removed or replaced entirely.
    pub fn generators_opts(&self, opts: ModuleGeneratorsOpts) -> GeneratorGroup {
        GeneratorGroup(self.0.call("generators").options(opts).node())
    }

    /// A unique identifier for this Module.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// Interfaces served by this module.
    pub async fn interfaces(&self) -> Result<Vec<TypeDef>> {
        self.0.call("interfaces").objects().await
    }

    /// The introspection schema JSON file for this module.
    ///
    /// This file represents the schema visible to the module's source code, including all core types and those from the dependencies.
    ///
    /// Note: this is in the context of a module, so some core types may be hidden.
    pub fn introspection_schema_json(&self) -> File {
        File(self.0.call("introspectionSchemaJSON").node())
    }

    /// The name of the module
    pub async fn name(&self) -> Result<String> {
        self.0.call("name").value().await
    }

    /// Objects served by this module.
    pub async fn objects(&self) -> Result<Vec<TypeDef>> {
        self.0.call("objects").objects().await
    }

    /// The container that runs the module's entrypoint. It will fail to execute if the module doesn't compile.
    pub async fn runtime(&self) -> Result<Option<Container>> {
        self.0.call("runtime").perhaps().await
    }

    /// The SDK config used by this module.
    pub async fn sdk(&self) -> Result<Option<SdkConfig>> {
        self.0.call("sdk").perhaps().await
    }

    /// Serve a module's API in the current session.
    ///
    /// Note: this can only be called once per session. In the future, it could return a stream or service to remove the side effect.
    ///
    /// There are optional arguments: [`Module::serve_opts`].
    pub async fn serve(&self) -> Result<()> {
        self.0.call("serve").nothing().await
    }

    /// Serve a module's API in the current session.
    ///
    /// Note: this can only be called once per session. In the future, it could return a stream or service to remove the side effect.
    pub async fn serve_opts(&self, opts: ModuleServeOpts) -> Result<()> {
        self.0.call("serve").options(opts).nothing().await
    }

    /// The source for the module.
    pub async fn source(&self) -> Result<Option<ModuleSource>> {
        self.0.call("source").perhaps().await
    }

    /// Forces evaluation of the module, including any loading into the engine and associated validation.
    pub async fn sync(&self) -> Result<Module> {
        self.0.call("sync").loaded().await
    }

    /// User-defined default values, loaded from local .env files.
    pub fn user_defaults(&self) -> EnvFile {
        EnvFile(self.0.call("userDefaults").node())
    }

    /// Retrieves the module with the given description
    ///
    /// - `description`: The description to set
    pub fn with_description(&self, description: impl AsRef<str>) -> Module {
        Module(self.0.call("withDescription").text("description", description).node())
    }

    /// This module plus the given Enum type and associated values
    pub fn with_enum(&self, r#enum: impl Borrow<TypeDef>) -> Module {
        Module(self.0.call("withEnum").value_of::<TypeDef>("enum", r#enum).node())
    }

    /// This module plus the given Interface type and associated functions
    pub fn with_interface(&self, iface: impl Borrow<TypeDef>) -> Module {
        Module(self.0.call("withInterface").value_of::<TypeDef>("iface", iface).node())
    }

    /// This module plus the given Object type and associated functions.
    pub fn with_object(&self, object: impl Borrow<TypeDef>) -> Module {
        Module(self.0.call("withObject").value_of::<TypeDef>("object", object).node())
    }

    /// Calls a function with this object, and returns what it returns: so that a chain of calls need
    /// not be broken for it.
    pub fn with<R>(&self, function: impl FnOnce(Self) -> R) -> R {
        function(Clone::clone(self))
    }
}

/// The optional arguments of [`Module::checks_opts`].
#[derive(Clone, Debug, Default)]
pub struct ModuleChecksOpts {
    /// Only include checks matching the specified patterns
    pub include: Option<Vec<String>>,
}

impl Options for ModuleChecksOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("include", self.include)
    }
}

/// The optional arguments of [`Module::generators_opts`].
#[derive(Clone, Debug, Default)]
pub struct ModuleGeneratorsOpts {
    /// Only include generators matching the specified patterns
    pub include: Option<Vec<String>>,
}

impl Options for ModuleGeneratorsOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("include", self.include)
    }
}

/// The optional arguments of [`Module::serve_opts`].
#[derive(Clone, Debug, Default)]
pub struct ModuleServeOpts {
    /// Expose the dependencies of this module to the client
    pub include_dependencies: Option<bool>,
}

impl Options for ModuleServeOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("includeDependencies", self.include_dependencies)
    }
}

/// The client generated for the module.
#[derive(Clone, Debug)]
pub struct ModuleConfigClient(Chain);

object!(ModuleConfigClient, "ModuleConfigClient", Field "loadModuleConfigClientFromID");

impl ModuleConfigClient {
    /// The directory the client is generated in.
    pub async fn directory(&self) -> Result<String> {
        self.0.call("directory").value().await
    }

    /// The generator to use
    pub async fn generator(&self) -> Result<String> {
        self.0.call("generator").value().await
    }

    /// A unique identifier for this ModuleConfigClient.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }
}

/// The source needed to load and run a module, along with any metadata about the source such as versions/urls/etc.
#[derive(Clone, Debug)]
pub struct ModuleSource(Chain);

object!(ModuleSource, "ModuleSource", Field "loadModuleSourceFromID");

impl ModuleSource {
    /// Load the source as a module. If this is a local source, the parent directory must have been provided during module source creation
    pub fn as_module(&self) -> Module {
        Module(self.0.call("asModule").node())
    }

    /// A human readable ref string representation of this module source.
    pub async fn as_string(&self) -> Result<String> {
        self.0.call("asString").value().await
    }

    /// The blueprint referenced by the module source.
    pub fn blueprint(&self) -> ModuleSource {
        ModuleSource(self.0.call("blueprint").node())
    }

    /// The ref to clone the root of the git repo from. Only valid for git sources.
    pub async fn clone_ref(&self) -> Result<String> {
        self.0.call("cloneRef").value().await
    }

    /// The resolved commit of the git repo this source points to.
    pub async fn commit(&self) -> Result<String> {
        self.0.call("commit").value().await
    }

    /// The clients generated for the module.
    pub async fn config_clients(&self) -> Result<Vec<ModuleConfigClient>> {
        self.0.call("configClients").objects().await
    }

    /// Whether an existing dagger.json for the module was found.
    pub async fn config_exists(&self) -> Result<bool> {
        self.0.call("configExists").value().await
    }

    /// The full directory loaded for the module source, including the source code as a subdirectory.
    pub fn context_directory(&self) -> Directory {
        Directory(self.0.call("contextDirectory").node())
    }

    /// The dependencies of the module source.
    pub async fn dependencies(&self) -> Result<Vec<ModuleSource>> {
        self.0.call("dependencies").objects().await
    }

    /// A content-hash of the module source. Module sources with the same digest will output the same generated context and convert into the same module instance.
    pub async fn digest(&self) -> Result<String> {
        self.0.call("digest").value().await
    }

    /// The directory containing the module configuration and source code (source code may be in a subdir).
    ///
    /// - `path`: A subpath from the source directory to select.
    pub fn directory(&self, path: impl AsRef<str>) -> Directory {
        Directory(self.0.call("directory").text("path", path).node())
    }

    /// The engine version of the module.
    pub async fn engine_version(&self) -> Result<String> {
        self.0.call("engineVersion").value().await
    }

    /// The generated files and directories made on top of the module source's context directory, returned as a Changeset.
    pub fn generated_context_changeset(&self) -> Changeset {
        Changeset(self.0.call("generatedContextChangeset").node())
    }

    /// The generated files and directories made on top of the module source's context directory.
    pub fn generated_context_directory(&self) -> Directory {
        Directory(self.0.call("generatedContextDirectory").node())
    }

    /// The URL to access the web view of the repository (e.g., GitHub, GitLab, Bitbucket).
    pub async fn html_repo_url(&self) -> Result<String> {
        self.0.call("htmlRepoURL").value().await
    }

    /// The URL to the source's git repo in a web browser. Only valid for git sources.
    pub async fn html_url(&self) -> Result<String> {
        self.0.call("htmlURL").value().await
    }

    /// A unique identifier for this ModuleSource.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// The introspection schema JSON file for this module source.
    ///
    /// This file represents the schema visible to the module's source code, including all core types and those from the dependencies.
    ///
    /// Note: this is in the context of a module, so some core types may be hidden.
    pub fn introspection_schema_json(&self) -> File {
        File(self.0.call("introspectionSchemaJSON").node())
    }

    /// The kind of module source (currently local, git or dir).
    pub async fn kind(&self) -> Result<ModuleSourceKind> {
        self.0.call("kind").value().await
    }

    /// The full absolute path to the context directory on the caller's host filesystem that this module source is loaded from. Only valid for local module sources.
    pub async fn local_context_directory_path(&self) -> Result<String> {
        self.0.call("localContextDirectoryPath").value().await
    }

    /// The name of the module, including any setting via the withName API.
    pub async fn module_name(&self) -> Result<String> {
        self.0.call("moduleName").value().await
    }

    /// The original name of the module as read from the module's dagger.json (or set for the first time with the withName API).
    pub async fn module_original_name(&self) -> Result<String> {
        self.0.call("moduleOriginalName").value().await
    }

    /// The original subpath used when instantiating this module source, relative to the context directory.
    pub async fn original_subpath(&self) -> Result<String> {
        self.0.call("originalSubpath").value().await
    }

    /// The pinned version of this module source.
    pub async fn pin(&self) -> Result<String> {
        self.0.call("pin").value().await
    }

    /// The import path corresponding to the root of the git repo this source points to. Only valid for git sources.
    pub async fn repo_root_path(&self) -> Result<String> {
        self.0.call("repoRootPath").value().await
    }

    /// The SDK configuration of the module.
    pub async fn sdk(&self) -> Result<Option<SdkConfig>> {
        self.0.call("sdk").perhaps().await
    }

    /// The path, relative to the context directory, that contains the module's dagger.json.
    pub async fn source_root_subpath(&self) -> Result<String> {
        self.0.call("sourceRootSubpath").value().await
    }

    /// The path to the directory containing the module's source code, relative to the context directory.
    pub async fn source_subpath(&self) -> Result<String> {
        self.0.call("sourceSubpath").value().await
    }

    /// Forces evaluation of the module source, including any loading into the engine and associated validation.
    pub async fn sync(&self) -> Result<ModuleSource> {
        self.0.call("sync").loaded().await
    }

    /// The toolchains referenced by the module source.
    pub async fn toolchains(&self) -> Result<Vec<ModuleSource>> {
        self.0.call("toolchains").objects().await
    }

    /// User-defined defaults read from local .env files
    pub fn user_defaults(&self) -> EnvFile {
        EnvFile(self.0.call("userDefaults").node())
    }

    /// The specified version of the git repo this source points to.
    pub async fn version(&self) -> Result<String> {
        self.0.call("version").value().await
    }

    /// Set a blueprint for the module source.
    ///
    /// - `blueprint`: The blueprint module to set.
    pub fn with_blueprint(&self, blueprint: impl Borrow<ModuleSource>) -> ModuleSource {
        ModuleSource(
            self
                .0
                .call("withBlueprint")
                .value_of::<ModuleSource>("blueprint", blueprint)
                .node()
        )
    }

    /// Update the module source with a new client to generate.
    ///
    /// - `generator`: The generator to use
    /// - `output_dir`: The output directory for the generated client.
    pub fn with_client(
        &self,
        generator: impl AsRef<str>,
        output_dir: impl AsRef<str>,
    ) -> ModuleSource {
        ModuleSource(
            self
                .0
                .call("withClient")
                .text("generator", generator)
                .text("outputDir", output_dir)
                .node()
        )
    }

    /// Append the provided dependencies to the module source's dependency list.
    ///
    /// - `dependencies`: The dependencies to append.
    pub fn with_dependencies(
        &self,
        dependencies: impl IntoIterator<Item = impl Borrow<ModuleSource>>,
    ) -> ModuleSource {
        ModuleSource(
            self
                .0
                .call("withDependencies")
                .list::<ModuleSource>("dependencies", dependencies)
                .node()
        )
    }

    /// Upgrade the engine version of the module to the given value.
    ///
    /// - `version`: The engine version to upgrade to.
    pub fn with_engine_version(&self, version: impl AsRef<str>) -> ModuleSource {
        ModuleSource(self.0.call("withEngineVersion").text("version", version).node())
    }

    /// Enable the experimental features for the module source.
    ///
    /// - `features`: The experimental features to enable.
    pub fn with_experimental_features(
        &self,
        features: impl IntoIterator<Item = impl Borrow<ModuleSourceExperimentalFeature>>,
    ) -> ModuleSource {
        ModuleSource(
            self
                .0
                .call("withExperimentalFeatures")
                .list::<ModuleSourceExperimentalFeature>("features", features)
                .node()
        )
    }

    /// Update the module source with additional include patterns for files+directories from its context that are required for building it
    ///
    /// - `patterns`: The new additional include patterns.
    pub fn with_includes(
        &self,
        patterns: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> ModuleSource {
        ModuleSource(self.0.call("withIncludes").texts("patterns", patterns).node())
    }

    /// Update the module source with a new name.
    ///
    /// - `name`: The name to set.
    pub fn with_name(&self, name: impl AsRef<str>) -> ModuleSource {
        ModuleSource(self.0.call("withName").text("name", name).node())
    }

    /// Update the module source with a new SDK.
    ///
    /// - `source`: The SDK source to set.
    pub fn with_sdk(&self, source: impl AsRef<str>) -> ModuleSource {
        ModuleSource(self.0.call("withSDK").text("source", source).node())
    }

    /// Update the module source with a new source subpath.
    ///
    /// - `path`: The path to set as the source subpath. Must be relative to the module source's source root directory.
    pub fn with_source_subpath(&self, path: impl AsRef<str>) -> ModuleSource {
        ModuleSource(self.0.call("withSourceSubpath").text("path", path).node())
    }

    /// Add toolchains to the module source.
    ///
    /// - `toolchains`: The toolchain modules to add.
    pub fn with_toolchains(
        &self,
        toolchains: impl IntoIterator<Item = impl Borrow<ModuleSource>>,
    ) -> ModuleSource {
        ModuleSource(
            self
                .0
                .call("withToolchains")
                .list::<ModuleSource>("toolchains", toolchains)
                .node()
        )
    }

    /// Update the blueprint module to the latest version.
    pub fn with_update_blueprint(&self) -> ModuleSource {
        ModuleSource(self.0.call("withUpdateBlueprint").node())
    }

    /// Update one or more module dependencies.
    ///
    /// - `dependencies`: The dependencies to update.
    pub fn with_update_dependencies(
        &self,
        dependencies: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> ModuleSource {
        ModuleSource(
            self
                .0
                .call("withUpdateDependencies")
                .texts("dependencies", dependencies)
                .node()
        )
    }

    /// Update one or more toolchains.
    ///
    /// - `toolchains`: The toolchains to update.
    pub fn with_update_toolchains(
        &self,
        toolchains: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> ModuleSource {
        ModuleSource(self.0.call("withUpdateToolchains").texts("toolchains", toolchains).node())
    }

    /// Update one or more clients.
    ///
    /// - `clients`: The clients to update
    pub fn with_updated_clients(
        &self,
        clients: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> ModuleSource {
        ModuleSource(self.0.call("withUpdatedClients").texts("clients", clients).node())
    }

    /// Remove the current blueprint from the module source.
    pub fn without_blueprint(&self) -> ModuleSource {
        ModuleSource(self.0.call("withoutBlueprint").node())
    }

    /// Remove a client from the module source.
    ///
    /// - `path`: The path of the client to remove.
    pub fn without_client(&self, path: impl AsRef<str>) -> ModuleSource {
        ModuleSource(self.0.call("withoutClient").text("path", path).node())
    }

    /// Remove the provided dependencies from the module source's dependency list.
    ///
    /// - `dependencies`: The dependencies to remove.
    pub fn without_dependencies(
        &self,
        dependencies: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> ModuleSource {
        ModuleSource(self.0.call("withoutDependencies").texts("dependencies", dependencies).node())
    }

    /// Disable experimental features for the module source.
    ///
    /// - `features`: The experimental features to disable.
    pub fn without_experimental_features(
        &self,
        features: impl IntoIterator<Item = impl Borrow<ModuleSourceExperimentalFeature>>,
    ) -> ModuleSource {
        ModuleSource(
            self
                .0
                .call("withoutExperimentalFeatures")
                .list::<ModuleSourceExperimentalFeature>("features", features)
                .node()
        )
    }

    /// Remove the provided toolchains from the module source.
    ///
    /// - `toolchains`: The toolchains to remove.
    pub fn without_toolchains(
        &self,
        toolchains: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> ModuleSource {
        ModuleSource(self.0.call("withoutToolchains").texts("toolchains", toolchains).node())
    }

    /// Calls a function with this object, and returns what it returns: so that a chain of calls need
    /// not be broken for it.
    pub fn with<R>(&self, function: impl FnOnce(Self) -> R) -> R {
        function(Clone::clone(self))
    }
}

/// Experimental features of a module
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ModuleSourceExperimentalFeature {
    /// Self calls
    SelfCalls,
}

members!(
    ModuleSourceExperimentalFeature,
    "ModuleSourceExperimentalFeature",
    [
        "SELF_CALLS" SelfCalls,
    ]
);

/// The kind of module source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ModuleSourceKind {
    /// `DIR_SOURCE`.
    DirSource,
    /// `GIT_SOURCE`.
    GitSource,
    /// `LOCAL_SOURCE`.
    LocalSource,
}

#[allow(non_upper_case_globals)]
impl ModuleSourceKind {
    /// `DIR`.
    pub const Dir: Self = Self::DirSource;
    /// `GIT`.
    pub const Git: Self = Self::GitSource;
    /// `LOCAL`.
    pub const Local: Self = Self::LocalSource;
}

members!(
    ModuleSourceKind,
    "ModuleSourceKind",
    [
        "DIR_SOURCE" DirSource,
        "DIR" DirSource,
        "GIT_SOURCE" GitSource,
        "GIT" GitSource,
        "LOCAL_SOURCE" LocalSource,
        "LOCAL" LocalSource,
    ]
);

/// Transport layer network protocol associated to a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NetworkProtocol {
    /// `TCP`.
    Tcp,
    /// `UDP`.
    Udp,
}

members!(
    NetworkProtocol,
    "NetworkProtocol",
    [
        "TCP" Tcp,
        "UDP" Udp,
    ]
);

/// A definition of a custom object defined in a Module.
#[derive(Clone, Debug)]
pub struct ObjectTypeDef(Chain);

object!(ObjectTypeDef, "ObjectTypeDef", Field "loadObjectTypeDefFromID");

impl ObjectTypeDef {
    /// The function used to construct new instances of this object, if any
    pub async fn constructor(&self) -> Result<Option<Function>> {
        self.0.call("constructor").perhaps().await
    }

    /// The reason this enum member is deprecated, if any.
    pub async fn deprecated(&self) -> Result<Option<String>> {
        self.0.call("deprecated").value().await
    }

    /// The doc string for the object, if any.
    pub async fn description(&self) -> Result<String> {
        self.0.call("description").value().await
    }

    /// Static fields defined on this object, if any.
    pub async fn fields(&self) -> Result<Vec<FieldTypeDef>> {
        self.0.call("fields").objects().await
    }

    /// Functions defined on this object, if any.
    pub async fn functions(&self) -> Result<Vec<Function>> {
        self.0.call("functions").objects().await
    }

    /// A unique identifier for this ObjectTypeDef.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// The name of the object.
    pub async fn name(&self) -> Result<String> {
        self.0.call("name").value().await
    }

    /// The location of this object declaration.
    pub async fn source_map(&self) -> Result<Option<SourceMap>> {
        self.0.call("sourceMap").perhaps().await
    }

    /// If this ObjectTypeDef is associated with a Module, the name of the module. Unset otherwise.
    pub async fn source_module_name(&self) -> Result<String> {
        self.0.call("sourceModuleName").value().await
    }
}

/// Key value object that represents a pipeline label.
#[derive(Clone, Debug)]
pub struct PipelineLabel {
    /// Label name.
    pub name: String,
    /// Label value.
    pub value: String,
}

impl Given for PipelineLabel {
    fn given(&self) -> Argument {
        Argument::fields([
            ("name", Some(self.name.given())),
            ("value", Some(self.value.given())),
        ])
    }
}

/// The platform config OS and architecture in a Container.
///
/// The format is [os]/[platform]/[version] (e.g., "darwin/arm64/v7", "windows/amd64", "linux/arm64").
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Platform(pub String);

scalar!(Platform, "Platform");

/// A port exposed by a container.
#[derive(Clone, Debug)]
pub struct Port(Chain);

object!(Port, "Port", Field "loadPortFromID");

impl Port {
    /// The port description.
    pub async fn description(&self) -> Result<Option<String>> {
        self.0.call("description").value().await
    }

    /// Skip the health check when run as a service.
    pub async fn experimental_skip_healthcheck(&self) -> Result<bool> {
        self.0.call("experimentalSkipHealthcheck").value().await
    }

    /// A unique identifier for this Port.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// The port number.
    pub async fn port(&self) -> Result<i64> {
        self.0.call("port").value().await
    }

    /// The transport layer protocol.
    pub async fn protocol(&self) -> Result<NetworkProtocol> {
        self.0.call("protocol").value().await
    }
}

/// Port forwarding rules for tunneling network traffic.
#[derive(Clone, Debug)]
pub struct PortForward {
    /// Port to expose to clients. If unspecified, a default will be chosen.
    pub frontend: Option<i64>,
    /// Destination port for traffic.
    pub backend: i64,
    /// Transport layer protocol to use for traffic.
    pub protocol: Option<NetworkProtocol>,
}

impl Given for PortForward {
    fn given(&self) -> Argument {
        Argument::fields([
            ("frontend", self.frontend.as_ref().map(Given::given)),
            ("backend", Some(self.backend.given())),
            ("protocol", self.protocol.as_ref().map(Given::given)),
        ])
    }
}

/// The root of Dagger's API.
#[derive(Clone, Debug)]
pub struct Dag(Chain);

object!(Dag, "Query", Node "Query");

impl Dag {
    /// initialize an address to load directories, containers, secrets or other object types.
    pub fn address(&self, value: impl AsRef<str>) -> Address {
        Address(self.0.call("address").text("value", value).node())
    }

    /// Constructs a cache volume for a given cache key.
    ///
    /// - `key`: A string identifier to target this cache volume (e.g., "modules-cache").
    pub fn cache_volume(&self, key: impl AsRef<str>) -> CacheVolume {
        CacheVolume(self.0.call("cacheVolume").text("key", key).node())
    }

    /// Creates an empty changeset
    pub fn changeset(&self) -> Changeset {
        Changeset(self.0.call("changeset").node())
    }

    /// Dagger Cloud configuration and state
    pub fn cloud(&self) -> Cloud {
        Cloud(self.0.call("cloud").node())
    }

    /// Creates a scratch container, with no image or metadata.
    ///
    /// To pull an image, follow up with the "from" function.
    ///
    /// There are optional arguments: [`Dag::container_opts`].
    pub fn container(&self) -> Container {
        Container(self.0.call("container").node())
    }

    /// Creates a scratch container, with no image or metadata.
    ///
    /// To pull an image, follow up with the "from" function.
    pub fn container_opts(&self, opts: ContainerOpts) -> Container {
        Container(self.0.call("container").options(opts).node())
    }

    /// Returns the current environment
    ///
    /// When called from a function invoked via an LLM tool call, this will be the LLM's current environment, including any modifications made through calling tools. Env values returned by functions become the new environment for subsequent calls, and Changeset values returned by functions are applied to the environment's workspace.
    ///
    /// When called from a module function outside of an LLM, this returns an Env with the current module installed, and with the current module's source directory as its workspace.
    ///
    /// Experimental: Programmatic env access is speculative and might be replaced.
    pub fn current_env(&self) -> Env {
        Env(self.0.call("currentEnv").node())
    }

    /// The FunctionCall context that the SDK caller is currently executing in.
    ///
    /// If the caller is not currently executing in a function, this will return an error.
    pub fn current_function_call(&self) -> FunctionCall {
        FunctionCall(self.0.call("currentFunctionCall").node())
    }

    /// The module currently being served in the session, if any.
    pub fn current_module(&self) -> CurrentModule {
        CurrentModule(self.0.call("currentModule").node())
    }

    /// The TypeDef representations of the objects currently being served in the session.
    pub async fn current_type_defs(&self) -> Result<Vec<TypeDef>> {
        self.0.call("currentTypeDefs").objects().await
    }

    /// Detect and return the current workspace.
    ///
    /// There are optional arguments: [`Dag::current_workspace_opts`].
    ///
    /// Experimental: Highly experimental API extracted from a more ambitious workspace implementation.
    pub fn current_workspace(&self) -> Workspace {
        Workspace(self.0.call("currentWorkspace").node())
    }

    /// Detect and return the current workspace.
    ///
    /// Experimental: Highly experimental API extracted from a more ambitious workspace implementation.
    pub fn current_workspace_opts(&self, opts: CurrentWorkspaceOpts) -> Workspace {
        Workspace(self.0.call("currentWorkspace").options(opts).node())
    }

    /// The default platform of the engine.
    pub async fn default_platform(&self) -> Result<Platform> {
        self.0.call("defaultPlatform").value().await
    }

    /// Creates an empty directory.
    pub fn directory(&self) -> Directory {
        Directory(self.0.call("directory").node())
    }

    /// Initializes a new environment
    ///
    /// There are optional arguments: [`Dag::env_opts`].
    ///
    /// Experimental: Environments are not yet stabilized
    pub fn env(&self) -> Env {
        Env(self.0.call("env").node())
    }

    /// Initializes a new environment
    ///
    /// Experimental: Environments are not yet stabilized
    pub fn env_opts(&self, opts: EnvOpts) -> Env {
        Env(self.0.call("env").options(opts).node())
    }

    /// Initialize an environment file
    ///
    /// There are optional arguments: [`Dag::env_file_opts`].
    pub fn env_file(&self) -> EnvFile {
        EnvFile(self.0.call("envFile").node())
    }

    /// Initialize an environment file
    pub fn env_file_opts(&self, opts: EnvFileOpts) -> EnvFile {
        EnvFile(self.0.call("envFile").options(opts).node())
    }

    /// Create a new error.
    ///
    /// - `message`: A brief description of the error.
    pub fn error(&self, message: impl AsRef<str>) -> Error {
        Error(self.0.call("error").text("message", message).node())
    }

    /// Creates a file with the specified contents.
    ///
    /// - `name`: Name of the new file. Example: "foo.txt"
    /// - `contents`: Contents of the new file. Example: "Hello world!"
    ///
    /// There are optional arguments: [`Dag::file_opts`].
    pub fn file(&self, name: impl AsRef<str>, contents: impl AsRef<str>) -> File {
        File(self.0.call("file").text("name", name).text("contents", contents).node())
    }

    /// Creates a file with the specified contents.
    ///
    /// - `name`: Name of the new file. Example: "foo.txt"
    /// - `contents`: Contents of the new file. Example: "Hello world!"
    pub fn file_opts(
        &self,
        name: impl AsRef<str>,
        contents: impl AsRef<str>,
        opts: FileOpts,
    ) -> File {
        File(self.0.call("file").text("name", name).text("contents", contents).options(opts).node())
    }

    /// Creates a function.
    ///
    /// - `name`: Name of the function, in its original format from the implementation language.
    /// - `return_type`: Return type of the function.
    pub fn function(&self, name: impl AsRef<str>, return_type: impl Borrow<TypeDef>) -> Function {
        Function(
            self
                .0
                .call("function")
                .text("name", name)
                .value_of::<TypeDef>("returnType", return_type)
                .node()
        )
    }

    /// Create a code generation result, given a directory containing the generated code.
    pub fn generated_code(&self, code: impl Borrow<Directory>) -> GeneratedCode {
        GeneratedCode(self.0.call("generatedCode").value_of::<Directory>("code", code).node())
    }

    /// Queries a Git repository.
    ///
    /// - `url`: URL of the git repository.  Can be formatted as `https://{host}/{owner}/{repo}`, `git@{host}:{owner}/{repo}`.  Suffix ".git" is optional.
    ///
    /// There are optional arguments: [`Dag::git_opts`].
    pub fn git(&self, url: impl AsRef<str>) -> GitRepository {
        GitRepository(self.0.call("git").text("url", url).node())
    }

    /// Queries a Git repository.
    ///
    /// - `url`: URL of the git repository.  Can be formatted as `https://{host}/{owner}/{repo}`, `git@{host}:{owner}/{repo}`.  Suffix ".git" is optional.
    pub fn git_opts(&self, url: impl AsRef<str>, opts: GitOpts) -> GitRepository {
        GitRepository(self.0.call("git").text("url", url).options(opts).node())
    }

    /// Returns a file containing an http remote url content.
    ///
    /// - `url`: HTTP url to get the content from (e.g., "https://docs.dagger.io").
    ///
    /// There are optional arguments: [`Dag::http_opts`].
    pub fn http(&self, url: impl AsRef<str>) -> File {
        File(self.0.call("http").text("url", url).node())
    }

    /// Returns a file containing an http remote url content.
    ///
    /// - `url`: HTTP url to get the content from (e.g., "https://docs.dagger.io").
    pub fn http_opts(&self, url: impl AsRef<str>, opts: HttpOpts) -> File {
        File(self.0.call("http").text("url", url).options(opts).node())
    }

    /// Initialize a JSON value
    pub fn json(&self) -> JsonValue {
        JsonValue(self.0.call("json").node())
    }

    /// Initialize a Large Language Model (LLM)
    ///
    /// There are optional arguments: [`Dag::llm_opts`].
    ///
    /// Experimental: LLM support is not yet stabilized
    pub fn llm(&self) -> Llm {
        Llm(self.0.call("llm").node())
    }

    /// Initialize a Large Language Model (LLM)
    ///
    /// Experimental: LLM support is not yet stabilized
    pub fn llm_opts(&self, opts: LlmOpts) -> Llm {
        Llm(self.0.call("llm").options(opts).node())
    }

    /// Load a Address from its ID.
    pub fn load_address_from_id(&self, id: impl AsRef<str>) -> Address {
        Address(self.0.call("loadAddressFromID").text("id", id).node())
    }

    /// Load a Binding from its ID.
    pub fn load_binding_from_id(&self, id: impl AsRef<str>) -> Binding {
        Binding(self.0.call("loadBindingFromID").text("id", id).node())
    }

    /// Load a CacheVolume from its ID.
    pub fn load_cache_volume_from_id(&self, id: impl AsRef<str>) -> CacheVolume {
        CacheVolume(self.0.call("loadCacheVolumeFromID").text("id", id).node())
    }

    /// Load a Changeset from its ID.
    pub fn load_changeset_from_id(&self, id: impl AsRef<str>) -> Changeset {
        Changeset(self.0.call("loadChangesetFromID").text("id", id).node())
    }

    /// Load a Check from its ID.
    pub fn load_check_from_id(&self, id: impl AsRef<str>) -> Check {
        Check(self.0.call("loadCheckFromID").text("id", id).node())
    }

    /// Load a CheckGroup from its ID.
    pub fn load_check_group_from_id(&self, id: impl AsRef<str>) -> CheckGroup {
        CheckGroup(self.0.call("loadCheckGroupFromID").text("id", id).node())
    }

    /// Load a Cloud from its ID.
    pub fn load_cloud_from_id(&self, id: impl AsRef<str>) -> Cloud {
        Cloud(self.0.call("loadCloudFromID").text("id", id).node())
    }

    /// Load a Container from its ID.
    pub fn load_container_from_id(&self, id: impl AsRef<str>) -> Container {
        Container(self.0.call("loadContainerFromID").text("id", id).node())
    }

    /// Load a CurrentModule from its ID.
    pub fn load_current_module_from_id(&self, id: impl AsRef<str>) -> CurrentModule {
        CurrentModule(self.0.call("loadCurrentModuleFromID").text("id", id).node())
    }

    /// Load a Directory from its ID.
    pub fn load_directory_from_id(&self, id: impl AsRef<str>) -> Directory {
        Directory(self.0.call("loadDirectoryFromID").text("id", id).node())
    }

    /// Load a EnumTypeDef from its ID.
    pub fn load_enum_type_def_from_id(&self, id: impl AsRef<str>) -> EnumTypeDef {
        EnumTypeDef(self.0.call("loadEnumTypeDefFromID").text("id", id).node())
    }

    /// Load a EnumValueTypeDef from its ID.
    pub fn load_enum_value_type_def_from_id(&self, id: impl AsRef<str>) -> EnumValueTypeDef {
        EnumValueTypeDef(self.0.call("loadEnumValueTypeDefFromID").text("id", id).node())
    }

    /// Load a EnvFile from its ID.
    pub fn load_env_file_from_id(&self, id: impl AsRef<str>) -> EnvFile {
        EnvFile(self.0.call("loadEnvFileFromID").text("id", id).node())
    }

    /// Load a Env from its ID.
    pub fn load_env_from_id(&self, id: impl AsRef<str>) -> Env {
        Env(self.0.call("loadEnvFromID").text("id", id).node())
    }

    /// Load a EnvVariable from its ID.
    pub fn load_env_variable_from_id(&self, id: impl AsRef<str>) -> EnvVariable {
        EnvVariable(self.0.call("loadEnvVariableFromID").text("id", id).node())
    }

    /// Load a Error from its ID.
    pub fn load_error_from_id(&self, id: impl AsRef<str>) -> Error {
        Error(self.0.call("loadErrorFromID").text("id", id).node())
    }

    /// Load a ErrorValue from its ID.
    pub fn load_error_value_from_id(&self, id: impl AsRef<str>) -> ErrorValue {
        ErrorValue(self.0.call("loadErrorValueFromID").text("id", id).node())
    }

    /// Load a FieldTypeDef from its ID.
    pub fn load_field_type_def_from_id(&self, id: impl AsRef<str>) -> FieldTypeDef {
        FieldTypeDef(self.0.call("loadFieldTypeDefFromID").text("id", id).node())
    }

    /// Load a File from its ID.
    pub fn load_file_from_id(&self, id: impl AsRef<str>) -> File {
        File(self.0.call("loadFileFromID").text("id", id).node())
    }

    /// Load a FunctionArg from its ID.
    pub fn load_function_arg_from_id(&self, id: impl AsRef<str>) -> FunctionArg {
        FunctionArg(self.0.call("loadFunctionArgFromID").text("id", id).node())
    }

    /// Load a FunctionCallArgValue from its ID.
    pub fn load_function_call_arg_value_from_id(
        &self,
        id: impl AsRef<str>,
    ) -> FunctionCallArgValue {
        FunctionCallArgValue(self.0.call("loadFunctionCallArgValueFromID").text("id", id).node())
    }

    /// Load a FunctionCall from its ID.
    pub fn load_function_call_from_id(&self, id: impl AsRef<str>) -> FunctionCall {
        FunctionCall(self.0.call("loadFunctionCallFromID").text("id", id).node())
    }

    /// Load a Function from its ID.
    pub fn load_function_from_id(&self, id: impl AsRef<str>) -> Function {
        Function(self.0.call("loadFunctionFromID").text("id", id).node())
    }

    /// Load a GeneratedCode from its ID.
    pub fn load_generated_code_from_id(&self, id: impl AsRef<str>) -> GeneratedCode {
        GeneratedCode(self.0.call("loadGeneratedCodeFromID").text("id", id).node())
    }

    /// Load a Generator from its ID.
    pub fn load_generator_from_id(&self, id: impl AsRef<str>) -> Generator {
        Generator(self.0.call("loadGeneratorFromID").text("id", id).node())
    }

    /// Load a GeneratorGroup from its ID.
    pub fn load_generator_group_from_id(&self, id: impl AsRef<str>) -> GeneratorGroup {
        GeneratorGroup(self.0.call("loadGeneratorGroupFromID").text("id", id).node())
    }

    /// Load a GitRef from its ID.
    pub fn load_git_ref_from_id(&self, id: impl AsRef<str>) -> GitRef {
        GitRef(self.0.call("loadGitRefFromID").text("id", id).node())
    }

    /// Load a GitRepository from its ID.
    pub fn load_git_repository_from_id(&self, id: impl AsRef<str>) -> GitRepository {
        GitRepository(self.0.call("loadGitRepositoryFromID").text("id", id).node())
    }

    /// Load a HealthcheckConfig from its ID.
    pub fn load_healthcheck_config_from_id(&self, id: impl AsRef<str>) -> HealthcheckConfig {
        HealthcheckConfig(self.0.call("loadHealthcheckConfigFromID").text("id", id).node())
    }

    /// Load a InputTypeDef from its ID.
    pub fn load_input_type_def_from_id(&self, id: impl AsRef<str>) -> InputTypeDef {
        InputTypeDef(self.0.call("loadInputTypeDefFromID").text("id", id).node())
    }

    /// Load a InterfaceTypeDef from its ID.
    pub fn load_interface_type_def_from_id(&self, id: impl AsRef<str>) -> InterfaceTypeDef {
        InterfaceTypeDef(self.0.call("loadInterfaceTypeDefFromID").text("id", id).node())
    }

    /// Load a JSONValue from its ID.
    pub fn load_json_value_from_id(&self, id: impl AsRef<str>) -> JsonValue {
        JsonValue(self.0.call("loadJSONValueFromID").text("id", id).node())
    }

    /// Load a LLM from its ID.
    pub fn load_llm_from_id(&self, id: impl AsRef<str>) -> Llm {
        Llm(self.0.call("loadLLMFromID").text("id", id).node())
    }

    /// Load a LLMTokenUsage from its ID.
    pub fn load_llm_token_usage_from_id(&self, id: impl AsRef<str>) -> LlmTokenUsage {
        LlmTokenUsage(self.0.call("loadLLMTokenUsageFromID").text("id", id).node())
    }

    /// Load a Label from its ID.
    pub fn load_label_from_id(&self, id: impl AsRef<str>) -> Label {
        Label(self.0.call("loadLabelFromID").text("id", id).node())
    }

    /// Load a ListTypeDef from its ID.
    pub fn load_list_type_def_from_id(&self, id: impl AsRef<str>) -> ListTypeDef {
        ListTypeDef(self.0.call("loadListTypeDefFromID").text("id", id).node())
    }

    /// Load a ModuleConfigClient from its ID.
    pub fn load_module_config_client_from_id(&self, id: impl AsRef<str>) -> ModuleConfigClient {
        ModuleConfigClient(self.0.call("loadModuleConfigClientFromID").text("id", id).node())
    }

    /// Load a Module from its ID.
    pub fn load_module_from_id(&self, id: impl AsRef<str>) -> Module {
        Module(self.0.call("loadModuleFromID").text("id", id).node())
    }

    /// Load a ModuleSource from its ID.
    pub fn load_module_source_from_id(&self, id: impl AsRef<str>) -> ModuleSource {
        ModuleSource(self.0.call("loadModuleSourceFromID").text("id", id).node())
    }

    /// Load a ObjectTypeDef from its ID.
    pub fn load_object_type_def_from_id(&self, id: impl AsRef<str>) -> ObjectTypeDef {
        ObjectTypeDef(self.0.call("loadObjectTypeDefFromID").text("id", id).node())
    }

    /// Load a Port from its ID.
    pub fn load_port_from_id(&self, id: impl AsRef<str>) -> Port {
        Port(self.0.call("loadPortFromID").text("id", id).node())
    }

    /// Load a SDKConfig from its ID.
    pub async fn load_sdk_config_from_id(&self, id: impl AsRef<str>) -> Result<Option<SdkConfig>> {
        self.0.call("loadSDKConfigFromID").text("id", id).perhaps().await
    }

    /// Load a ScalarTypeDef from its ID.
    pub fn load_scalar_type_def_from_id(&self, id: impl AsRef<str>) -> ScalarTypeDef {
        ScalarTypeDef(self.0.call("loadScalarTypeDefFromID").text("id", id).node())
    }

    /// Load a SearchResult from its ID.
    pub fn load_search_result_from_id(&self, id: impl AsRef<str>) -> SearchResult {
        SearchResult(self.0.call("loadSearchResultFromID").text("id", id).node())
    }

    /// Load a SearchSubmatch from its ID.
    pub fn load_search_submatch_from_id(&self, id: impl AsRef<str>) -> SearchSubmatch {
        SearchSubmatch(self.0.call("loadSearchSubmatchFromID").text("id", id).node())
    }

    /// Load a Secret from its ID.
    pub fn load_secret_from_id(&self, id: impl AsRef<str>) -> Secret {
        Secret(self.0.call("loadSecretFromID").text("id", id).node())
    }

    /// Load a Service from its ID.
    pub fn load_service_from_id(&self, id: impl AsRef<str>) -> Service {
        Service(self.0.call("loadServiceFromID").text("id", id).node())
    }

    /// Load a Socket from its ID.
    pub fn load_socket_from_id(&self, id: impl AsRef<str>) -> Socket {
        Socket(self.0.call("loadSocketFromID").text("id", id).node())
    }

    /// Load a SourceMap from its ID.
    pub fn load_source_map_from_id(&self, id: impl AsRef<str>) -> SourceMap {
        SourceMap(self.0.call("loadSourceMapFromID").text("id", id).node())
    }

    /// Load a Stat from its ID.
    pub async fn load_stat_from_id(&self, id: impl AsRef<str>) -> Result<Option<Stat>> {
        self.0.call("loadStatFromID").text("id", id).perhaps().await
    }

    /// Load a Terminal from its ID.
    pub fn load_terminal_from_id(&self, id: impl AsRef<str>) -> Terminal {
        Terminal(self.0.call("loadTerminalFromID").text("id", id).node())
    }

    /// Load a TypeDef from its ID.
    pub fn load_type_def_from_id(&self, id: impl AsRef<str>) -> TypeDef {
        TypeDef(self.0.call("loadTypeDefFromID").text("id", id).node())
    }

    /// Load a Workspace from its ID.
    pub fn load_workspace_from_id(&self, id: impl AsRef<str>) -> Workspace {
        Workspace(self.0.call("loadWorkspaceFromID").text("id", id).node())
    }

    /// Create a new module.
    pub fn module(&self) -> Module {
        Module(self.0.call("module").node())
    }

    /// Create a new module source instance from a source ref string
    ///
    /// - `ref_string`: The string ref representation of the module source
    ///
    /// There are optional arguments: [`Dag::module_source_opts`].
    pub fn module_source(&self, ref_string: impl AsRef<str>) -> ModuleSource {
        ModuleSource(self.0.call("moduleSource").text("refString", ref_string).node())
    }

    /// Create a new module source instance from a source ref string
    ///
    /// - `ref_string`: The string ref representation of the module source
    pub fn module_source_opts(
        &self,
        ref_string: impl AsRef<str>,
        opts: ModuleSourceOpts,
    ) -> ModuleSource {
        ModuleSource(self.0.call("moduleSource").text("refString", ref_string).options(opts).node())
    }

    /// Creates a new secret.
    ///
    /// - `uri`: The URI of the secret store
    ///
    /// There are optional arguments: [`Dag::secret_opts`].
    pub fn secret(&self, uri: impl AsRef<str>) -> Secret {
        Secret(self.0.call("secret").text("uri", uri).node())
    }

    /// Creates a new secret.
    ///
    /// - `uri`: The URI of the secret store
    pub fn secret_opts(&self, uri: impl AsRef<str>, opts: SecretOpts) -> Secret {
        Secret(self.0.call("secret").text("uri", uri).options(opts).node())
    }

    /// Sets a secret given a user defined name to its plaintext and returns the secret.
    ///
    /// The plaintext value is limited to a size of 128000 bytes.
    ///
    /// - `name`: The user defined name for this secret
    /// - `plaintext`: The plaintext of the secret
    pub fn set_secret(&self, name: impl AsRef<str>, plaintext: impl AsRef<str>) -> Secret {
        Secret(self.0.call("setSecret").text("name", name).text("plaintext", plaintext).node())
    }

    /// Creates source map metadata.
    ///
    /// - `filename`: The filename from the module source.
    /// - `line`: The line number within the filename.
    /// - `column`: The column number within the line.
    pub fn source_map(&self, filename: impl AsRef<str>, line: i64, column: i64) -> SourceMap {
        SourceMap(
            self
                .0
                .call("sourceMap")
                .text("filename", filename)
                .value_of::<i64>("line", line)
                .value_of::<i64>("column", column)
                .node()
        )
    }

    /// Create a new TypeDef.
    pub fn type_def(&self) -> TypeDef {
        TypeDef(self.0.call("typeDef").node())
    }

    /// Get the current Dagger Engine version.
    pub async fn version(&self) -> Result<String> {
        self.0.call("version").value().await
    }
}

/// The optional arguments of [`Dag::container_opts`].
#[derive(Clone, Debug, Default)]
pub struct ContainerOpts {
    /// Platform to initialize the container with. Defaults to the native platform of the current engine
    pub platform: Option<Platform>,
}

impl Options for ContainerOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("platform", self.platform)
    }
}

/// The optional arguments of [`Dag::current_workspace_opts`].
#[derive(Clone, Debug, Default)]
pub struct CurrentWorkspaceOpts {
    /// If true, skip legacy dagger.json migration checks.
    ///
    /// Default: `false`
    pub skip_migration_check: Option<bool>,
}

impl Options for CurrentWorkspaceOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("skipMigrationCheck", self.skip_migration_check)
    }
}

/// The optional arguments of [`Dag::env_opts`].
#[derive(Clone, Debug, Default)]
pub struct EnvOpts {
    /// Give the environment the same privileges as the caller: core API including host access, current module, and dependencies
    ///
    /// Default: `false`
    pub privileged: Option<bool>,
    /// Allow new outputs to be declared and saved in the environment
    ///
    /// Default: `false`
    pub writable: Option<bool>,
}

impl Options for EnvOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("privileged", self.privileged)
            .option("writable", self.writable)
    }
}

/// The optional arguments of [`Dag::env_file_opts`].
#[derive(Clone, Debug, Default)]
pub struct EnvFileOpts {
    /// Replace "${VAR}" or "$VAR" with the value of other vars
    #[deprecated(note = "Variable expansion is now enabled by default")]
    pub expand: Option<bool>,
}

impl Options for EnvFileOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("expand", self.expand)
    }
}

/// The optional arguments of [`Dag::file_opts`].
#[derive(Clone, Debug, Default)]
pub struct FileOpts {
    /// Permissions of the new file. Example: 0600
    ///
    /// Default: `420`
    pub permissions: Option<i64>,
}

impl Options for FileOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("permissions", self.permissions)
    }
}

/// The optional arguments of [`Dag::git_opts`].
#[derive(Clone, Debug, Default)]
pub struct GitOpts {
    /// DEPRECATED: Set to true to keep .git directory.
    ///
    /// Default: `true`
    #[deprecated(note = "Set to true to keep .git directory.")]
    pub keep_git_dir: Option<bool>,
    /// Set SSH known hosts
    ///
    /// Default: `""`
    pub ssh_known_hosts: Option<String>,
    /// Set SSH auth socket
    pub ssh_auth_socket: Option<Socket>,
    /// Username used to populate the password during basic HTTP Authorization
    ///
    /// Default: `""`
    pub http_auth_username: Option<String>,
    /// Secret used to populate the password during basic HTTP Authorization
    pub http_auth_token: Option<Secret>,
    /// Secret used to populate the Authorization HTTP header
    pub http_auth_header: Option<Secret>,
    /// A service which must be started before the repo is fetched.
    pub experimental_service_host: Option<Service>,
}

impl Options for GitOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("keepGitDir", self.keep_git_dir)
            .option("sshKnownHosts", self.ssh_known_hosts)
            .option("sshAuthSocket", self.ssh_auth_socket)
            .option("httpAuthUsername", self.http_auth_username)
            .option("httpAuthToken", self.http_auth_token)
            .option("httpAuthHeader", self.http_auth_header)
            .option("experimentalServiceHost", self.experimental_service_host)
    }
}

/// The optional arguments of [`Dag::http_opts`].
#[derive(Clone, Debug, Default)]
pub struct HttpOpts {
    /// File name to use for the file. Defaults to the last part of the URL.
    pub name: Option<String>,
    /// Permissions to set on the file.
    pub permissions: Option<i64>,
    /// Secret used to populate the Authorization HTTP header
    pub auth_header: Option<Secret>,
    /// A service which must be started before the URL is fetched.
    pub experimental_service_host: Option<Service>,
}

impl Options for HttpOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("name", self.name)
            .option("permissions", self.permissions)
            .option("authHeader", self.auth_header)
            .option("experimentalServiceHost", self.experimental_service_host)
    }
}

/// The optional arguments of [`Dag::llm_opts`].
#[derive(Clone, Debug, Default)]
pub struct LlmOpts {
    /// Model to use
    pub model: Option<String>,
    /// Cap the number of API calls for this LLM
    pub max_api_calls: Option<i64>,
}

impl Options for LlmOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("model", self.model)
            .option("maxAPICalls", self.max_api_calls)
    }
}

/// The optional arguments of [`Dag::module_source_opts`].
#[derive(Clone, Debug, Default)]
pub struct ModuleSourceOpts {
    /// The pinned version of the module source
    ///
    /// Default: `""`
    pub ref_pin: Option<String>,
    /// If true, do not attempt to find dagger.json in a parent directory of the provided path. Only relevant for local module sources.
    ///
    /// Default: `false`
    pub disable_find_up: Option<bool>,
    /// If true, do not error out if the provided ref string is a local path and does not exist yet. Useful when initializing new modules in directories that don't exist yet.
    ///
    /// Default: `false`
    pub allow_not_exists: Option<bool>,
    /// If set, error out if the ref string is not of the provided requireKind.
    pub require_kind: Option<ModuleSourceKind>,
}

impl Options for ModuleSourceOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("refPin", self.ref_pin)
            .option("disableFindUp", self.disable_find_up)
            .option("allowNotExists", self.allow_not_exists)
            .option("requireKind", self.require_kind)
    }
}

/// The optional arguments of [`Dag::secret_opts`].
#[derive(Clone, Debug, Default)]
pub struct SecretOpts {
    /// If set, the given string will be used as the cache key for this secret. This means that any secrets with the same cache key will be considered equivalent in terms of cache lookups, even if they have different URIs or plaintext values.
    ///
    /// For example, two secrets with the same cache key provided as secret env vars to other wise equivalent containers will result in the container withExecs hitting the cache for each other.
    ///
    /// If not set, the cache key for the secret will be derived from its plaintext value as looked up when the secret is constructed.
    pub cache_key: Option<String>,
}

impl Options for SecretOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("cacheKey", self.cache_key)
    }
}

/// Expected return type of an execution
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReturnType {
    /// Any execution (exit codes 0-127 and 192-255)
    Any,
    /// A failed execution (exit codes 1-127 and 192-255)
    Failure,
    /// A successful execution (exit code 0)
    Success,
}

members!(
    ReturnType,
    "ReturnType",
    [
        "ANY" Any,
        "FAILURE" Failure,
        "SUCCESS" Success,
    ]
);

/// The SDK config of the module.
#[derive(Clone, Debug)]
pub struct SdkConfig(Chain);

object!(SdkConfig, "SDKConfig", Field "loadSDKConfigFromID");

impl SdkConfig {
    /// Whether to start the SDK runtime in debug mode with an interactive terminal.
    pub async fn debug(&self) -> Result<bool> {
        self.0.call("debug").value().await
    }

    /// A unique identifier for this SDKConfig.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// Source of the SDK. Either a name of a builtin SDK or a module source ref string pointing to the SDK's implementation.
    pub async fn source(&self) -> Result<String> {
        self.0.call("source").value().await
    }
}

/// A definition of a custom scalar defined in a Module.
#[derive(Clone, Debug)]
pub struct ScalarTypeDef(Chain);

object!(ScalarTypeDef, "ScalarTypeDef", Field "loadScalarTypeDefFromID");

impl ScalarTypeDef {
    /// A doc string for the scalar, if any.
    pub async fn description(&self) -> Result<String> {
        self.0.call("description").value().await
    }

    /// A unique identifier for this ScalarTypeDef.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// The name of the scalar.
    pub async fn name(&self) -> Result<String> {
        self.0.call("name").value().await
    }

    /// If this ScalarTypeDef is associated with a Module, the name of the module. Unset otherwise.
    pub async fn source_module_name(&self) -> Result<String> {
        self.0.call("sourceModuleName").value().await
    }
}

/// An object of the API: `SearchResult`.
#[derive(Clone, Debug)]
pub struct SearchResult(Chain);

object!(SearchResult, "SearchResult", Field "loadSearchResultFromID");

impl SearchResult {
    /// The byte offset of this line within the file.
    pub async fn absolute_offset(&self) -> Result<i64> {
        self.0.call("absoluteOffset").value().await
    }

    /// The path to the file that matched.
    pub async fn file_path(&self) -> Result<String> {
        self.0.call("filePath").value().await
    }

    /// A unique identifier for this SearchResult.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// The first line that matched.
    pub async fn line_number(&self) -> Result<i64> {
        self.0.call("lineNumber").value().await
    }

    /// The line content that matched.
    pub async fn matched_lines(&self) -> Result<String> {
        self.0.call("matchedLines").value().await
    }

    /// Sub-match positions and content within the matched lines.
    pub async fn submatches(&self) -> Result<Vec<SearchSubmatch>> {
        self.0.call("submatches").objects().await
    }
}

/// An object of the API: `SearchSubmatch`.
#[derive(Clone, Debug)]
pub struct SearchSubmatch(Chain);

object!(SearchSubmatch, "SearchSubmatch", Field "loadSearchSubmatchFromID");

impl SearchSubmatch {
    /// The match's end offset within the matched lines.
    pub async fn end(&self) -> Result<i64> {
        self.0.call("end").value().await
    }

    /// A unique identifier for this SearchSubmatch.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// The match's start offset within the matched lines.
    pub async fn start(&self) -> Result<i64> {
        self.0.call("start").value().await
    }

    /// The matched text.
    pub async fn text(&self) -> Result<String> {
        self.0.call("text").value().await
    }
}

/// A reference to a secret value, which can be handled more safely than the value itself.
#[derive(Clone, Debug)]
pub struct Secret(Chain);

object!(Secret, "Secret", Field "loadSecretFromID");

impl Secret {
    /// A unique identifier for this Secret.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// The name of this secret.
    pub async fn name(&self) -> Result<String> {
        self.0.call("name").value().await
    }

    /// The value of this secret.
    pub async fn plaintext(&self) -> Result<String> {
        self.0.call("plaintext").value().await
    }

    /// The URI of this secret.
    pub async fn uri(&self) -> Result<String> {
        self.0.call("uri").value().await
    }
}

/// A content-addressed service providing TCP connectivity.
#[derive(Clone, Debug)]
pub struct Service(Chain);

object!(Service, "Service", Field "loadServiceFromID");

impl Service {
    /// Retrieves an endpoint that clients can use to reach this container.
    ///
    /// If no port is specified, the first exposed port is used. If none exist an error is returned.
    ///
    /// If a scheme is specified, a URL is returned. Otherwise, a host:port pair is returned.
    ///
    /// There are optional arguments: [`Service::endpoint_opts`].
    pub async fn endpoint(&self) -> Result<String> {
        self.0.call("endpoint").value().await
    }

    /// Retrieves an endpoint that clients can use to reach this container.
    ///
    /// If no port is specified, the first exposed port is used. If none exist an error is returned.
    ///
    /// If a scheme is specified, a URL is returned. Otherwise, a host:port pair is returned.
    pub async fn endpoint_opts(&self, opts: ServiceEndpointOpts) -> Result<String> {
        self.0.call("endpoint").options(opts).value().await
    }

    /// Retrieves a hostname which can be used by clients to reach this container.
    pub async fn hostname(&self) -> Result<String> {
        self.0.call("hostname").value().await
    }

    /// A unique identifier for this Service.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// Retrieves the list of ports provided by the service.
    pub async fn ports(&self) -> Result<Vec<Port>> {
        self.0.call("ports").objects().await
    }

    /// Start the service and wait for its health checks to succeed.
    ///
    /// Services bound to a Container do not need to be manually started.
    pub async fn start(&self) -> Result<Service> {
        self.0.call("start").loaded().await
    }

    /// Stop the service.
    ///
    /// There are optional arguments: [`Service::stop_opts`].
    pub async fn stop(&self) -> Result<Service> {
        self.0.call("stop").loaded().await
    }

    /// Stop the service.
    pub async fn stop_opts(&self, opts: ServiceStopOpts) -> Result<Service> {
        self.0.call("stop").options(opts).loaded().await
    }

    /// Forces evaluation of the pipeline in the engine.
    pub async fn sync(&self) -> Result<Service> {
        self.0.call("sync").loaded().await
    }

    /// `Service.terminal`
    ///
    /// There are optional arguments: [`Service::terminal_opts`].
    pub fn terminal(&self) -> Service {
        Service(self.0.call("terminal").node())
    }

    /// `Service.terminal`
    pub fn terminal_opts(&self, opts: ServiceTerminalOpts) -> Service {
        Service(self.0.call("terminal").options(opts).node())
    }

    /// Creates a tunnel that forwards traffic from the caller's network to this service.
    ///
    /// There are optional arguments: [`Service::up_opts`].
    pub async fn up(&self) -> Result<()> {
        self.0.call("up").nothing().await
    }

    /// Creates a tunnel that forwards traffic from the caller's network to this service.
    pub async fn up_opts(&self, opts: ServiceUpOpts) -> Result<()> {
        self.0.call("up").options(opts).nothing().await
    }

    /// Configures a hostname which can be used by clients within the session to reach this container.
    ///
    /// - `hostname`: The hostname to use.
    pub fn with_hostname(&self, hostname: impl AsRef<str>) -> Service {
        Service(self.0.call("withHostname").text("hostname", hostname).node())
    }

    /// Calls a function with this object, and returns what it returns: so that a chain of calls need
    /// not be broken for it.
    pub fn with<R>(&self, function: impl FnOnce(Self) -> R) -> R {
        function(Clone::clone(self))
    }
}

/// The optional arguments of [`Service::endpoint_opts`].
#[derive(Clone, Debug, Default)]
pub struct ServiceEndpointOpts {
    /// The exposed port number for the endpoint
    pub port: Option<i64>,
    /// Return a URL with the given scheme, eg. http for http://
    ///
    /// Default: `""`
    pub scheme: Option<String>,
}

impl Options for ServiceEndpointOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("port", self.port)
            .option("scheme", self.scheme)
    }
}

/// The optional arguments of [`Service::stop_opts`].
#[derive(Clone, Debug, Default)]
pub struct ServiceStopOpts {
    /// Immediately kill the service without waiting for a graceful exit
    ///
    /// Default: `false`
    pub kill: Option<bool>,
}

impl Options for ServiceStopOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("kill", self.kill)
    }
}

/// The optional arguments of [`Service::terminal_opts`].
#[derive(Clone, Debug, Default)]
pub struct ServiceTerminalOpts {
    /// `cmd`
    ///
    /// Default: `[]`
    pub cmd: Option<Vec<String>>,
}

impl Options for ServiceTerminalOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("cmd", self.cmd)
    }
}

/// The optional arguments of [`Service::up_opts`].
#[derive(Clone, Debug, Default)]
pub struct ServiceUpOpts {
    /// List of frontend/backend port mappings to forward.
    ///
    /// Frontend is the port accepting traffic on the host, backend is the service port.
    ///
    /// Default: `[]`
    pub ports: Option<Vec<PortForward>>,
    /// Bind each tunnel port to a random port on the host.
    ///
    /// Default: `false`
    pub random: Option<bool>,
}

impl Options for ServiceUpOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("ports", self.ports)
            .option("random", self.random)
    }
}

/// A Unix or TCP/IP socket that can be mounted into a container.
#[derive(Clone, Debug)]
pub struct Socket(Chain);

object!(Socket, "Socket", Field "loadSocketFromID");

impl Socket {
    /// A unique identifier for this Socket.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }
}

/// Source location information.
#[derive(Clone, Debug)]
pub struct SourceMap(Chain);

object!(SourceMap, "SourceMap", Field "loadSourceMapFromID");

impl SourceMap {
    /// The column number within the line.
    pub async fn column(&self) -> Result<i64> {
        self.0.call("column").value().await
    }

    /// The filename from the module source.
    pub async fn filename(&self) -> Result<String> {
        self.0.call("filename").value().await
    }

    /// A unique identifier for this SourceMap.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// The line number within the filename.
    pub async fn line(&self) -> Result<i64> {
        self.0.call("line").value().await
    }

    /// The module dependency this was declared in.
    pub async fn module(&self) -> Result<String> {
        self.0.call("module").value().await
    }

    /// The URL to the file, if any. This can be used to link to the source map in the browser.
    pub async fn url(&self) -> Result<String> {
        self.0.call("url").value().await
    }
}

/// A file or directory status object.
#[derive(Clone, Debug)]
pub struct Stat(Chain);

object!(Stat, "Stat", Field "loadStatFromID");

impl Stat {
    /// file type
    pub async fn file_type(&self) -> Result<Option<FileType>> {
        self.0.call("fileType").value().await
    }

    /// A unique identifier for this Stat.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// file name
    pub async fn name(&self) -> Result<String> {
        self.0.call("name").value().await
    }

    /// permission bits
    pub async fn permissions(&self) -> Result<i64> {
        self.0.call("permissions").value().await
    }

    /// file size
    pub async fn size(&self) -> Result<i64> {
        self.0.call("size").value().await
    }
}

/// An interactive terminal that clients can connect to.
#[derive(Clone, Debug)]
pub struct Terminal(Chain);

object!(Terminal, "Terminal", Field "loadTerminalFromID");

impl Terminal {
    /// A unique identifier for this Terminal.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// Forces evaluation of the pipeline in the engine.
    ///
    /// It doesn't run the default command if no exec has been set.
    pub async fn sync(&self) -> Result<Terminal> {
        self.0.call("sync").loaded().await
    }
}

/// A definition of a parameter or return type in a Module.
#[derive(Clone, Debug)]
pub struct TypeDef(Chain);

object!(TypeDef, "TypeDef", Field "loadTypeDefFromID");

impl TypeDef {
    /// If kind is ENUM, the enum-specific type definition. If kind is not ENUM, this will be null.
    pub async fn as_enum(&self) -> Result<Option<EnumTypeDef>> {
        self.0.call("asEnum").perhaps().await
    }

    /// If kind is INPUT, the input-specific type definition. If kind is not INPUT, this will be null.
    pub async fn as_input(&self) -> Result<Option<InputTypeDef>> {
        self.0.call("asInput").perhaps().await
    }

    /// If kind is INTERFACE, the interface-specific type definition. If kind is not INTERFACE, this will be null.
    pub async fn as_interface(&self) -> Result<Option<InterfaceTypeDef>> {
        self.0.call("asInterface").perhaps().await
    }

    /// If kind is LIST, the list-specific type definition. If kind is not LIST, this will be null.
    pub async fn as_list(&self) -> Result<Option<ListTypeDef>> {
        self.0.call("asList").perhaps().await
    }

    /// If kind is OBJECT, the object-specific type definition. If kind is not OBJECT, this will be null.
    pub async fn as_object(&self) -> Result<Option<ObjectTypeDef>> {
        self.0.call("asObject").perhaps().await
    }

    /// If kind is SCALAR, the scalar-specific type definition. If kind is not SCALAR, this will be null.
    pub async fn as_scalar(&self) -> Result<Option<ScalarTypeDef>> {
        self.0.call("asScalar").perhaps().await
    }

    /// A unique identifier for this TypeDef.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// The kind of type this is (e.g. primitive, list, object).
    pub async fn kind(&self) -> Result<TypeDefKind> {
        self.0.call("kind").value().await
    }

    /// Whether this type can be set to null. Defaults to false.
    pub async fn optional(&self) -> Result<bool> {
        self.0.call("optional").value().await
    }

    /// Adds a function for constructing a new instance of an Object TypeDef, failing if the type is not an object.
    pub fn with_constructor(&self, function: impl Borrow<Function>) -> TypeDef {
        TypeDef(self.0.call("withConstructor").value_of::<Function>("function", function).node())
    }

    /// Returns a TypeDef of kind Enum with the provided name.
    ///
    /// Note that an enum's values may be omitted if the intent is only to refer to an enum. This is how functions are able to return their own, or any other circular reference.
    ///
    /// - `name`: The name of the enum
    ///
    /// There are optional arguments: [`TypeDef::with_enum_opts`].
    pub fn with_enum(&self, name: impl AsRef<str>) -> TypeDef {
        TypeDef(self.0.call("withEnum").text("name", name).node())
    }

    /// Returns a TypeDef of kind Enum with the provided name.
    ///
    /// Note that an enum's values may be omitted if the intent is only to refer to an enum. This is how functions are able to return their own, or any other circular reference.
    ///
    /// - `name`: The name of the enum
    pub fn with_enum_opts(&self, name: impl AsRef<str>, opts: TypeDefWithEnumOpts) -> TypeDef {
        TypeDef(self.0.call("withEnum").text("name", name).options(opts).node())
    }

    /// Adds a static value for an Enum TypeDef, failing if the type is not an enum.
    ///
    /// - `name`: The name of the member in the enum
    ///
    /// There are optional arguments: [`TypeDef::with_enum_member_opts`].
    pub fn with_enum_member(&self, name: impl AsRef<str>) -> TypeDef {
        TypeDef(self.0.call("withEnumMember").text("name", name).node())
    }

    /// Adds a static value for an Enum TypeDef, failing if the type is not an enum.
    ///
    /// - `name`: The name of the member in the enum
    pub fn with_enum_member_opts(
        &self,
        name: impl AsRef<str>,
        opts: TypeDefWithEnumMemberOpts,
    ) -> TypeDef {
        TypeDef(self.0.call("withEnumMember").text("name", name).options(opts).node())
    }

    /// Adds a static value for an Enum TypeDef, failing if the type is not an enum.
    ///
    /// - `value`: The name of the value in the enum
    ///
    /// There are optional arguments: [`TypeDef::with_enum_value_opts`].
    #[deprecated(note = "Use `withEnumMember` instead")]
    pub fn with_enum_value(&self, value: impl AsRef<str>) -> TypeDef {
        TypeDef(self.0.call("withEnumValue").text("value", value).node())
    }

    /// Adds a static value for an Enum TypeDef, failing if the type is not an enum.
    ///
    /// - `value`: The name of the value in the enum
    #[deprecated(note = "Use `withEnumMember` instead")]
    pub fn with_enum_value_opts(
        &self,
        value: impl AsRef<str>,
        opts: TypeDefWithEnumValueOpts,
    ) -> TypeDef {
        TypeDef(self.0.call("withEnumValue").text("value", value).options(opts).node())
    }

    /// Adds a static field for an Object TypeDef, failing if the type is not an object.
    ///
    /// - `name`: The name of the field in the object
    /// - `type_def`: The type of the field
    ///
    /// There are optional arguments: [`TypeDef::with_field_opts`].
    pub fn with_field(&self, name: impl AsRef<str>, type_def: impl Borrow<TypeDef>) -> TypeDef {
        TypeDef(
            self
                .0
                .call("withField")
                .text("name", name)
                .value_of::<TypeDef>("typeDef", type_def)
                .node()
        )
    }

    /// Adds a static field for an Object TypeDef, failing if the type is not an object.
    ///
    /// - `name`: The name of the field in the object
    /// - `type_def`: The type of the field
    pub fn with_field_opts(
        &self,
        name: impl AsRef<str>,
        type_def: impl Borrow<TypeDef>,
        opts: TypeDefWithFieldOpts,
    ) -> TypeDef {
        TypeDef(
            self
                .0
                .call("withField")
                .text("name", name)
                .value_of::<TypeDef>("typeDef", type_def)
                .options(opts)
                .node()
        )
    }

    /// Adds a function for an Object or Interface TypeDef, failing if the type is not one of those kinds.
    pub fn with_function(&self, function: impl Borrow<Function>) -> TypeDef {
        TypeDef(self.0.call("withFunction").value_of::<Function>("function", function).node())
    }

    /// Returns a TypeDef of kind Interface with the provided name.
    ///
    /// There are optional arguments: [`TypeDef::with_interface_opts`].
    pub fn with_interface(&self, name: impl AsRef<str>) -> TypeDef {
        TypeDef(self.0.call("withInterface").text("name", name).node())
    }

    /// Returns a TypeDef of kind Interface with the provided name.
    pub fn with_interface_opts(
        &self,
        name: impl AsRef<str>,
        opts: TypeDefWithInterfaceOpts,
    ) -> TypeDef {
        TypeDef(self.0.call("withInterface").text("name", name).options(opts).node())
    }

    /// Sets the kind of the type.
    pub fn with_kind(&self, kind: TypeDefKind) -> TypeDef {
        TypeDef(self.0.call("withKind").value_of::<TypeDefKind>("kind", kind).node())
    }

    /// Returns a TypeDef of kind List with the provided type for its elements.
    pub fn with_list_of(&self, element_type: impl Borrow<TypeDef>) -> TypeDef {
        TypeDef(self.0.call("withListOf").value_of::<TypeDef>("elementType", element_type).node())
    }

    /// Returns a TypeDef of kind Object with the provided name.
    ///
    /// Note that an object's fields and functions may be omitted if the intent is only to refer to an object. This is how functions are able to return their own object, or any other circular reference.
    ///
    /// There are optional arguments: [`TypeDef::with_object_opts`].
    pub fn with_object(&self, name: impl AsRef<str>) -> TypeDef {
        TypeDef(self.0.call("withObject").text("name", name).node())
    }

    /// Returns a TypeDef of kind Object with the provided name.
    ///
    /// Note that an object's fields and functions may be omitted if the intent is only to refer to an object. This is how functions are able to return their own object, or any other circular reference.
    pub fn with_object_opts(&self, name: impl AsRef<str>, opts: TypeDefWithObjectOpts) -> TypeDef {
        TypeDef(self.0.call("withObject").text("name", name).options(opts).node())
    }

    /// Sets whether this type can be set to null.
    pub fn with_optional(&self, optional: bool) -> TypeDef {
        TypeDef(self.0.call("withOptional").value_of::<bool>("optional", optional).node())
    }

    /// Returns a TypeDef of kind Scalar with the provided name.
    ///
    /// There are optional arguments: [`TypeDef::with_scalar_opts`].
    pub fn with_scalar(&self, name: impl AsRef<str>) -> TypeDef {
        TypeDef(self.0.call("withScalar").text("name", name).node())
    }

    /// Returns a TypeDef of kind Scalar with the provided name.
    pub fn with_scalar_opts(&self, name: impl AsRef<str>, opts: TypeDefWithScalarOpts) -> TypeDef {
        TypeDef(self.0.call("withScalar").text("name", name).options(opts).node())
    }

    /// Calls a function with this object, and returns what it returns: so that a chain of calls need
    /// not be broken for it.
    pub fn with<R>(&self, function: impl FnOnce(Self) -> R) -> R {
        function(Clone::clone(self))
    }
}

/// The optional arguments of [`TypeDef::with_enum_opts`].
#[derive(Clone, Debug, Default)]
pub struct TypeDefWithEnumOpts {
    /// A doc string for the enum, if any
    ///
    /// Default: `""`
    pub description: Option<String>,
    /// The source map for the enum definition.
    pub source_map: Option<SourceMap>,
}

impl Options for TypeDefWithEnumOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("description", self.description)
            .option("sourceMap", self.source_map)
    }
}

/// The optional arguments of [`TypeDef::with_enum_member_opts`].
#[derive(Clone, Debug, Default)]
pub struct TypeDefWithEnumMemberOpts {
    /// The value of the member in the enum
    ///
    /// Default: `""`
    pub value: Option<String>,
    /// A doc string for the member, if any
    ///
    /// Default: `""`
    pub description: Option<String>,
    /// The source map for the enum member definition.
    pub source_map: Option<SourceMap>,
    /// If deprecated, the reason or migration path.
    pub deprecated: Option<String>,
}

impl Options for TypeDefWithEnumMemberOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("value", self.value)
            .option("description", self.description)
            .option("sourceMap", self.source_map)
            .option("deprecated", self.deprecated)
    }
}

/// The optional arguments of [`TypeDef::with_enum_value_opts`].
#[derive(Clone, Debug, Default)]
pub struct TypeDefWithEnumValueOpts {
    /// A doc string for the value, if any
    ///
    /// Default: `""`
    pub description: Option<String>,
    /// The source map for the enum value definition.
    pub source_map: Option<SourceMap>,
    /// If deprecated, the reason or migration path.
    pub deprecated: Option<String>,
}

impl Options for TypeDefWithEnumValueOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("description", self.description)
            .option("sourceMap", self.source_map)
            .option("deprecated", self.deprecated)
    }
}

/// The optional arguments of [`TypeDef::with_field_opts`].
#[derive(Clone, Debug, Default)]
pub struct TypeDefWithFieldOpts {
    /// A doc string for the field, if any
    ///
    /// Default: `""`
    pub description: Option<String>,
    /// The source map for the field definition.
    pub source_map: Option<SourceMap>,
    /// If deprecated, the reason or migration path.
    pub deprecated: Option<String>,
}

impl Options for TypeDefWithFieldOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("description", self.description)
            .option("sourceMap", self.source_map)
            .option("deprecated", self.deprecated)
    }
}

/// The optional arguments of [`TypeDef::with_interface_opts`].
#[derive(Clone, Debug, Default)]
pub struct TypeDefWithInterfaceOpts {
    /// `description`
    ///
    /// Default: `""`
    pub description: Option<String>,
    /// `sourceMap`
    pub source_map: Option<SourceMap>,
}

impl Options for TypeDefWithInterfaceOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("description", self.description)
            .option("sourceMap", self.source_map)
    }
}

/// The optional arguments of [`TypeDef::with_object_opts`].
#[derive(Clone, Debug, Default)]
pub struct TypeDefWithObjectOpts {
    /// `description`
    ///
    /// Default: `""`
    pub description: Option<String>,
    /// `sourceMap`
    pub source_map: Option<SourceMap>,
    /// `deprecated`
    pub deprecated: Option<String>,
}

impl Options for TypeDefWithObjectOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("description", self.description)
            .option("sourceMap", self.source_map)
            .option("deprecated", self.deprecated)
    }
}

/// The optional arguments of [`TypeDef::with_scalar_opts`].
#[derive(Clone, Debug, Default)]
pub struct TypeDefWithScalarOpts {
    /// `description`
    ///
    /// Default: `""`
    pub description: Option<String>,
}

impl Options for TypeDefWithScalarOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("description", self.description)
    }
}

/// Distinguishes the different kinds of TypeDefs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TypeDefKind {
    /// A boolean value.
    BooleanKind,
    /// A GraphQL enum type and its values
    ///
    /// Always paired with an EnumTypeDef.
    EnumKind,
    /// A float value.
    FloatKind,
    /// A graphql input type, used only when representing the core API via TypeDefs.
    InputKind,
    /// An integer value.
    IntegerKind,
    /// Always paired with an InterfaceTypeDef.
    ///
    /// A named type of functions that can be matched+implemented by other objects+interfaces.
    InterfaceKind,
    /// Always paired with a ListTypeDef.
    ///
    /// A list of values all having the same type.
    ListKind,
    /// Always paired with an ObjectTypeDef.
    ///
    /// A named type defined in the GraphQL schema, with fields and functions.
    ObjectKind,
    /// A scalar value of any basic kind.
    ScalarKind,
    /// A string value.
    StringKind,
    /// A special kind used to signify that no value is returned.
    ///
    /// This is used for functions that have no return value. The outer TypeDef specifying this Kind is always Optional, as the Void is never actually represented.
    VoidKind,
}

#[allow(non_upper_case_globals)]
impl TypeDefKind {
    /// A boolean value.
    pub const Boolean: Self = Self::BooleanKind;
    /// A GraphQL enum type and its values
    ///
    /// Always paired with an EnumTypeDef.
    pub const Enum: Self = Self::EnumKind;
    /// A float value.
    pub const Float: Self = Self::FloatKind;
    /// A graphql input type, used only when representing the core API via TypeDefs.
    pub const Input: Self = Self::InputKind;
    /// An integer value.
    pub const Integer: Self = Self::IntegerKind;
    /// Always paired with an InterfaceTypeDef.
    ///
    /// A named type of functions that can be matched+implemented by other objects+interfaces.
    pub const Interface: Self = Self::InterfaceKind;
    /// Always paired with a ListTypeDef.
    ///
    /// A list of values all having the same type.
    pub const List: Self = Self::ListKind;
    /// Always paired with an ObjectTypeDef.
    ///
    /// A named type defined in the GraphQL schema, with fields and functions.
    pub const Object: Self = Self::ObjectKind;
    /// A scalar value of any basic kind.
    pub const Scalar: Self = Self::ScalarKind;
    /// A string value.
    pub const String: Self = Self::StringKind;
    /// A special kind used to signify that no value is returned.
    ///
    /// This is used for functions that have no return value. The outer TypeDef specifying this Kind is always Optional, as the Void is never actually represented.
    pub const Void: Self = Self::VoidKind;
}

members!(
    TypeDefKind,
    "TypeDefKind",
    [
        "BOOLEAN_KIND" BooleanKind,
        "BOOLEAN" BooleanKind,
        "ENUM_KIND" EnumKind,
        "ENUM" EnumKind,
        "FLOAT_KIND" FloatKind,
        "FLOAT" FloatKind,
        "INPUT_KIND" InputKind,
        "INPUT" InputKind,
        "INTEGER_KIND" IntegerKind,
        "INTEGER" IntegerKind,
        "INTERFACE_KIND" InterfaceKind,
        "INTERFACE" InterfaceKind,
        "LIST_KIND" ListKind,
        "LIST" ListKind,
        "OBJECT_KIND" ObjectKind,
        "OBJECT" ObjectKind,
        "SCALAR_KIND" ScalarKind,
        "SCALAR" ScalarKind,
        "STRING_KIND" StringKind,
        "STRING" StringKind,
        "VOID_KIND" VoidKind,
        "VOID" VoidKind,
    ]
);

/// A Dagger workspace detected from the current working directory.
#[derive(Clone, Debug)]
pub struct Workspace(Chain);

object!(Workspace, "Workspace", Field "loadWorkspaceFromID");

impl Workspace {
    /// The client ID that owns this workspace's host filesystem.
    pub async fn client_id(&self) -> Result<String> {
        self.0.call("clientId").value().await
    }

    /// Returns a Directory from the workspace.
    ///
    /// Path is relative to workspace root. Use "." for the root directory.
    ///
    /// - `path`: Location of the directory to retrieve, relative to the workspace root (e.g., "src", ".").
    ///
    /// There are optional arguments: [`Workspace::directory_opts`].
    pub fn directory(&self, path: impl AsRef<str>) -> Directory {
        Directory(self.0.call("directory").text("path", path).node())
    }

    /// Returns a Directory from the workspace.
    ///
    /// Path is relative to workspace root. Use "." for the root directory.
    ///
    /// - `path`: Location of the directory to retrieve, relative to the workspace root (e.g., "src", ".").
    pub fn directory_opts(&self, path: impl AsRef<str>, opts: WorkspaceDirectoryOpts) -> Directory {
        Directory(self.0.call("directory").text("path", path).options(opts).node())
    }

    /// Returns a File from the workspace.
    ///
    /// Path is relative to workspace root.
    ///
    /// - `path`: Location of the file to retrieve, relative to the workspace root (e.g., "go.mod").
    pub fn file(&self, path: impl AsRef<str>) -> File {
        File(self.0.call("file").text("path", path).node())
    }

    /// Search for a file or directory by walking up from the start path within the workspace.
    ///
    /// Returns the path relative to the workspace root if found, or null if not found.
    ///
    /// The search stops at the workspace root and will not traverse above it.
    ///
    /// - `name`: The name of the file or directory to search for.
    ///
    /// There are optional arguments: [`Workspace::find_up_opts`].
    pub async fn find_up(&self, name: impl AsRef<str>) -> Result<Option<String>> {
        self.0.call("findUp").text("name", name).value().await
    }

    /// Search for a file or directory by walking up from the start path within the workspace.
    ///
    /// Returns the path relative to the workspace root if found, or null if not found.
    ///
    /// The search stops at the workspace root and will not traverse above it.
    ///
    /// - `name`: The name of the file or directory to search for.
    pub async fn find_up_opts(
        &self,
        name: impl AsRef<str>,
        opts: WorkspaceFindUpOpts,
    ) -> Result<Option<String>> {
        self.0.call("findUp").text("name", name).options(opts).value().await
    }

    /// A unique identifier for this Workspace.
    pub async fn id(&self) -> Result<Id> {
        self.0.call("id").value().await
    }

    /// Absolute path to the workspace root directory.
    pub async fn root(&self) -> Result<String> {
        self.0.call("root").value().await
    }
}

/// The optional arguments of [`Workspace::directory_opts`].
#[derive(Clone, Debug, Default)]
pub struct WorkspaceDirectoryOpts {
    /// Exclude artifacts that match the given pattern (e.g., ["node_modules/", ".git*"]).
    ///
    /// Default: `[]`
    pub exclude: Option<Vec<String>>,
    /// Include only artifacts that match the given pattern (e.g., ["app/", "package.*"]).
    ///
    /// Default: `[]`
    pub include: Option<Vec<String>>,
    /// Apply .gitignore filter rules inside the directory.
    ///
    /// Default: `false`
    pub gitignore: Option<bool>,
}

impl Options for WorkspaceDirectoryOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("exclude", self.exclude)
            .option("include", self.include)
            .option("gitignore", self.gitignore)
    }
}

/// The optional arguments of [`Workspace::find_up_opts`].
#[derive(Clone, Debug, Default)]
pub struct WorkspaceFindUpOpts {
    /// Path to start the search from, relative to the workspace root.
    ///
    /// Default: `"."`
    pub from: Option<String>,
}

impl Options for WorkspaceFindUpOpts {
    fn give(self, call: Call) -> Call {
        call
            .option("from", self.from)
    }
}

/// A GraphQL schema directive application.
#[derive(Clone, Debug)]
pub struct DirectiveApplication(Chain);

object!(DirectiveApplication, "_DirectiveApplication", Node "_DirectiveApplication");

impl DirectiveApplication {
    /// `_DirectiveApplication.args`
    pub async fn args(&self) -> Result<Vec<DirectiveApplicationArg>> {
        self.0.call("args").objects().await
    }

    /// `_DirectiveApplication.name`
    pub async fn name(&self) -> Result<String> {
        self.0.call("name").value().await
    }
}

/// A GraphQL schema directive application arg.
#[derive(Clone, Debug)]
pub struct DirectiveApplicationArg(Chain);

object!(DirectiveApplicationArg, "_DirectiveApplicationArg", Node "_DirectiveApplicationArg");

impl DirectiveApplicationArg {
    /// `_DirectiveApplicationArg.name`
    pub async fn name(&self) -> Result<String> {
        self.0.call("name").value().await
    }

    /// `_DirectiveApplicationArg.value`
    pub async fn value(&self) -> Result<Option<String>> {
        self.0.call("value").value().await
    }
}

/// Interfaces of dependencies that an object of this module can be given for.
impl OwnObject {}
