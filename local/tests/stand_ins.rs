//! The stand-ins of images that are made while the session is still being built.

use std::fs::{self, File};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::sys::signal::kill;
use nix::unistd::Pid;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("standins")
        .join(name)
}

/// A machine without a registry, of which mmdebstrap does what a test wants.
struct Machine(TempDir);

impl Machine {
    fn with(mmdebstrap: &str) -> Self {
        let machine = Machine(TempDir::new().expect("a folder"));
        for folder in ["bin", "tmp"] {
            fs::create_dir(machine.path(folder)).expect("a folder");
        }
        for (name, text) in [
            ("mmdebstrap", mmdebstrap),
            ("timeout", "exit 1"),
            ("apt-get", "echo 'http://debian.invalid|bookworm|main|'"),
            ("apt-config", "true"),
        ] {
            let program = machine.path("bin").join(name);
            fs::write(&program, format!("#!/usr/bin/env bash\n{text}\n")).expect("a script");
            fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("its mode");
        }
        machine
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        let path = std::env::var("PATH").expect("a PATH");
        let path = format!("{}:{path}", self.path("bin").display());
        command.env("PATH", path).env("TMPDIR", self.path("tmp"));
        for proxy in ["HTTPS_PROXY", "https_proxy"] {
            command.env_remove(proxy);
        }
        command
    }

    /// Whether nothing is left but stand-ins and their locks.
    fn is_tidy(&self) -> bool {
        let names = |folder: &str| {
            let entries = fs::read_dir(self.path(folder)).expect("a folder");
            entries.map(|entry| entry.expect("an entry").file_name())
        };
        let is_scratch = |name: std::ffi::OsString| name.to_string_lossy().starts_with("new.");
        names("tmp").count() == 0 && !names("made").any(is_scratch)
    }

    /// A process that starts `ahead` as `./dind` does, and then does nothing.
    fn starts_ahead(&self) -> Child {
        let mut parent = self.command("bash");
        let ahead = "setsid setpriv --pdeathsig TERM \"$0\" \"$1\" & exec sleep 300";
        parent
            .args(["-c", ahead])
            .arg(script("ahead"))
            .arg(self.path("made"));
        parent.spawn().expect("bash starts")
    }
}

fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(60);
    while !holds() {
        assert!(Instant::now() < end, "{what}");
        sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_stand_in_that_is_being_made_is_waited_for_and_taken() {
    let machine = Machine::with("exit 9");
    let made = machine.path("made");
    fs::create_dir(&made).expect("a folder");
    let lock = File::create(made.join("ubuntu-24.04.lock")).expect("a file");
    lock.lock().expect("a lock");
    let out = machine.path("out");
    let mut taking = machine.command(script("build"));
    taking
        .arg("docker.io/library/ubuntu:24.04@sha256:0")
        .arg(&out);
    taking.env("DAGGER_LOCAL_STAND_INS", &made);
    let mut taking = taking.spawn().expect("bash starts");
    sleep(Duration::from_millis(300));
    assert!(taking.try_wait().expect("it runs").is_none());
    let whole = made.join("ubuntu-24.04");
    fs::create_dir(&whole).expect("a folder");
    for (name, text) in [("rootfs.tar", "the root"), ("index.json", "{}")] {
        fs::write(whole.join(name), text).expect("a file");
    }
    drop(lock);
    assert!(taking.wait().expect("it ends").success());
    let root = fs::read_to_string(out.join("rootfs.tar"));
    assert_eq!(root.expect("the root is there"), "the root");
    assert!(out.join("index.json").exists() && !whole.exists());
}

#[test]
fn what_could_not_be_made_ahead_is_made_when_it_is_asked_for() {
    let machine = Machine::with("echo anew >\"${@: -2:1}\"");
    let made = machine.path("made");
    fs::create_dir(&made).expect("a folder");
    File::create(made.join("ubuntu-24.04.lock")).expect("a file");
    let mut build = machine.command(script("build"));
    build.arg("ubuntu:24.04").arg(machine.path("out"));
    build.env("DAGGER_LOCAL_STAND_INS", &made);
    assert!(build.status().expect("it starts").success());
    let root = fs::read_to_string(machine.path("out").join("rootfs.tar"));
    assert_eq!(root.expect("the root is there"), "anew\n");
}

#[test]
fn a_stand_in_is_an_image_layout_of_one_layer() {
    let machine = Machine::with("echo root >\"${@: -2:1}\"");
    let mut build = machine.command(script("build"));
    build.arg("docker:27-dind").arg(machine.path("out"));
    assert!(build.status().expect("it starts").success());
    let blob = |descriptor: &Value| {
        let digest = descriptor["digest"].as_str().expect("a digest");
        let hex = digest.strip_prefix("sha256:").expect("by SHA-256");
        let bytes = fs::read(machine.path("out/blobs/sha256").join(hex)).expect("a blob");
        assert_eq!(hex, hex::encode(Sha256::digest(&bytes)));
        assert_eq!(descriptor["size"], bytes.len());
        bytes
    };
    let json = |bytes: Vec<u8>| serde_json::from_slice::<Value>(&bytes).expect("JSON");
    let index = json(fs::read(machine.path("out/index.json")).expect("an index"));
    let manifest = json(blob(&index["manifests"][0]));
    assert_eq!(blob(&manifest["layers"][0]), b"root\n");
    let config = json(blob(&manifest["config"]));
    let diff_ids = &config["rootfs"]["diff_ids"];
    assert_eq!(*diff_ids, json!([manifest["layers"][0]["digest"]]));
    assert_eq!(config["history"].as_array().map(Vec::len), Some(1));
    let entrypoint = &config["config"]["Entrypoint"];
    assert_eq!(*entrypoint, json!(["dockerd-entrypoint.sh"]));
}

#[test]
fn the_second_stand_in_starts_from_the_first_and_nothing_else_is_left() {
    let machine = Machine::with("printf '%s\\n' \"$*\" >\"${@: -2:1}\"");
    let mut ahead = machine.starts_ahead();
    let second = machine.path("made/docker-27-dind");
    until("both are made", || second.exists());
    let arguments = |image: &str| {
        let root = machine.path("made").join(image).join("rootfs.tar");
        fs::read_to_string(root).expect("a root")
    };
    assert!(arguments("ubuntu-24.04").contains("--variant=apt"));
    let second = arguments("docker-27-dind");
    assert!(second.contains("--variant=custom") && second.contains("tar-in"));
    until("its scratch folder is gone", || machine.is_tidy());
    ahead.kill().expect("it runs");
    ahead.wait().expect("it ends");
}

#[test]
fn what_makes_stand_ins_ends_with_the_process_that_started_it() {
    let machine = Machine::with(
        "echo $$ >\"$TMPDIR/../pid.new\"; mv \"$TMPDIR/../pid.new\" \"$TMPDIR/../pid\"; exec sleep 300",
    );
    let mut parent = machine.starts_ahead();
    until("mmdebstrap starts", || machine.path("pid").exists());
    let pid = fs::read_to_string(machine.path("pid")).expect("its number");
    let pid = Pid::from_raw(pid.trim().parse().expect("a number"));
    assert_eq!(kill(pid, None), Ok(()));
    parent.kill().expect("it runs");
    parent.wait().expect("it ends");
    until("mmdebstrap ends", || kill(pid, None) == Err(Errno::ESRCH));
    until("scratch folders are gone", || machine.is_tidy());
    // Whoever waited for it can make it now.
    let lock = File::open(machine.path("made/ubuntu-24.04.lock")).expect("the lock");
    until("the lock is let go", || lock.try_lock().is_ok());
}

#[test]
fn nothing_is_made_ahead_where_a_registry_is_reached() {
    let machine = Machine::with("exit 9");
    let made = machine.path("made");
    let mut ahead = machine.command(script("ahead"));
    ahead.arg(&made).env("https_proxy", "http://127.0.0.1:1");
    assert!(ahead.status().expect("it starts").success());
    let mut names = fs::read_dir(&made).expect("the folder");
    let is_lock = |entry: std::io::Result<fs::DirEntry>| {
        entry.expect("an entry").path().extension() == Some("lock".as_ref())
    };
    assert!(names.all(is_lock));
}
