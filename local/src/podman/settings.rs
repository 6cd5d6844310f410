//! What Podman reads: the session's own files, none of the machine's or the
//! user's but logins at registries.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::Error;
use crate::state::{State, make_folder, write_whole};

/// The names of Podman's settings and of what it has for a while, in the
/// session's own folder.
pub const ENGINE: &str = "containers.conf";
pub const STORAGE: &str = "storage.conf";
pub const HOME: &str = "home";
pub const SCRATCH: &str = "podman";

/// Where the user's logins at registries are: those alone are taken from the user's home, by pulls.
pub fn logins() -> Option<(&'static str, PathBuf)> {
    const DOCKER_CONFIG: &str = "DOCKER_CONFIG";
    let set = std::env::var_os(DOCKER_CONFIG).map(PathBuf::from);
    let folder = set.or_else(|| Some(Path::new(&std::env::var_os("HOME")?).join(".docker")))?;
    // Podman fails where it is told of a file that is not there.
    let exists = folder.join("config.json").is_file();
    exists.then_some((DOCKER_CONFIG, folder))
}

/// Writes Podman's files, so that it reads none of the machine's or the user's: which runtime, which storage and
/// whose signatures are asked for is the session's own choice.
///
/// # Errors
/// They cannot be written.
pub fn write(state: &State) -> Result<(), Error> {
    engine(state)?;
    let policy = state.own().join(HOME).join(".config/containers");
    make_folder(&policy)?;
    let anything = json!({"default": [{"type": "insecureAcceptAnything"}]});
    write_whole(&policy.join("policy.json"), anything.to_string().as_bytes())
}

/// Writes `storage.conf`. Podman wants all of it, although every command names it, too.
///
/// # Errors
/// It cannot be written.
pub fn write_storage(state: &State, driver: &str) -> Result<(), Error> {
    let text = format!(
        "[storage]\ndriver = {driver:?}\ngraphroot = {:?}\nrunroot = {:?}\n",
        state.path("storage"),
        state.boot().join("run")
    );
    write_whole(&state.own().join(STORAGE), text.as_bytes())
}

/// Writes `containers.conf`.
fn engine(state: &State) -> Result<(), Error> {
    let own = state.own();
    make_folder(&own.join(SCRATCH))?;
    let files = limit("Max open files");
    // Podman 4.3 under runc is refused more than this, whatever its own limit is.
    let processes = limit("Max processes").min(32_768);
    // crun refuses cgroup v1 in hybrid mode, runc does not.
    let runtime = match Path::new("/sys/fs/cgroup/cgroup.controllers").exists() {
        true if !is_installed("runc") => "crun",
        _ => "runc",
    };
    // On the same file system as the storage, and gone with the session.
    let copies = own.join(SCRATCH).display().to_string();
    let text = format!(
        r#"[containers]
base_hosts_file = "none"
default_capabilities = ["CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "NET_RAW", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT", "AUDIT_WRITE"]
default_ulimits = ["nofile={files}:{files}", "nproc={processes}:{processes}"]
env = ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]
http_proxy = false
log_driver = "k8s-file"
pids_limit = 0
[engine]
runtime = "{runtime}"
cgroup_manager = "cgroupfs"
events_logger = "none"
image_copy_tmp_dir = {copies:?}
lock_type = "file"
[network]
network_backend = "netavark"
"#
    );
    write_whole(&own.join(ENGINE), text.as_bytes())
}

/// A hard limit of this process; a container with more cannot be started
/// without the right to raise limits.
fn limit(name: &str) -> u64 {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    limits
        .lines()
        .find_map(|line| line.strip_prefix(name))
        .and_then(|line| line.split_whitespace().nth(1)?.parse().ok())
        .unwrap_or(1_048_576)
        .min(1_048_576)
}

fn is_installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain(["/usr/sbin", "/usr/local/sbin"].map(PathBuf::from))
        .any(|folder| folder.join(program).is_file())
}
