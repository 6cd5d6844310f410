//! What goes wrong around a daemon ends in a reason, never in a hang, and the next call works.

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;
use tempfile::NamedTempFile;

use crate::call::{call, daemon_json, runs_locally, state};
use crate::daemon::IMPORT;

/// How long a container may take to start here, images that are built for the first time included.
const STARTS_WITHIN: Duration = Duration::from_secs(240);
/// How long the end of a call, or of what it left, may take.
const ENDS_WITHIN: Duration = Duration::from_secs(60);

/// A Dagger engine's containers are not this machine's processes.
const WATCHES: &str = "it watches the local session's processes";

#[test]
fn a_daemon_killed_under_a_command_fails_it_with_a_reason() {
    let kill = "for process in /proc/[0-9]*; do \
        if [ \"$(cat $process/comm)\" = dockerd ]; then kill -KILL ${process#/proc/}; fi; done";
    let cmd = format!(
        "{IMPORT} && docker run --detach --pid host me bash -c 'sleep 2; {kill}' && \
        docker run --rm me sleep 250"
    );
    let started = Instant::now();
    let answer = call(&["dind-with-docker", &format!("--cmd={cmd}"), "stdout"]);
    assert!(started.elapsed() < Duration::from_secs(240), "{answer:#?}");
    assert_ne!(answer.code, Some(0), "{answer:#?}");
    // The session says that the daemon went, or the Docker CLI lost it.
    let reasons = [
        "ended while it was in use",
        "EOF",
        "Cannot connect",
        "connection re",
        "during connect",
    ];
    assert!(
        reasons.iter().any(|reason| answer.stderr.contains(reason)),
        "{answer:#?}"
    );
}

#[test]
fn a_daemon_that_cannot_start_says_why() {
    let config = daemon_json(&json!({ "no-such-option": true }));
    let answer = call(&[&config.flag, "dind-with-docker", "--cmd=true", "stdout"]);
    assert_ne!(answer.code, Some(0), "{answer:#?}");
    // dockerd's own last words.
    assert!(answer.stderr.contains("no-such-option"), "{answer:#?}");
    assert_eq!(answer.stdout, "");
}

#[test]
fn eight_calls_at_once_have_a_daemon_each() {
    let calls: Vec<_> = (0..8)
        .map(|number| {
            thread::spawn(move || {
                let cmd = format!("--cmd=: {number} && docker info --format '{{{{.ID}}}}'");
                call(&["dind-with-docker", &cmd, "stdout"]).succeeded()
            })
        })
        .collect();
    let daemons: HashSet<_> = calls
        .into_iter()
        .map(|call| call.join().expect("the call succeeds"))
        .collect();
    assert_eq!(daemons.len(), 8);
}

#[test]
fn a_call_interrupted_by_sigint_leaves_nothing_and_the_next_one_works() {
    if !runs_locally("a call interrupted by SIGINT leaves nothing", WATCHES) {
        return;
    }
    let mark = mark(1);
    let mut running = start(&format!("{IMPORT} && docker run --rm me sleep {mark}"), &[]);
    wait_for(&mark);
    signal(&running, "INT");
    let code = ended(&mut running).expect("Ctrl-C ends the call");
    assert_ne!(code, 0);
    assert_eq!(processes_with(&mark), Vec::<String>::new());
    call(&[
        "dind-with-docker",
        "--cmd=: after SIGINT && docker info",
        "stdout",
    ])
    .succeeded();
}

#[test]
fn what_a_killed_call_left_is_gone_after_the_next_one() {
    if !runs_locally(
        "what a killed call left is gone after the next one",
        WATCHES,
    ) {
        return;
    }
    let mark = mark(2);
    let mut running = start(&format!("{IMPORT} && docker run --rm me sleep {mark}"), &[]);
    wait_for(&mark);
    signal(&running, "KILL");
    ended(&mut running);
    call(&[
        "dind-with-docker",
        "--cmd=: after SIGKILL && docker info",
        "stdout",
    ])
    .succeeded();
    let until = Instant::now() + ENDS_WITHIN;
    while !processes_with(&mark).is_empty() && Instant::now() < until {
        thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(processes_with(&mark), Vec::<String>::new());
}

#[test]
fn a_half_written_cache_is_used_again() {
    if !runs_locally("a half-written cache is used again", WATCHES) {
        return;
    }
    let mark = mark(3);
    let namespace = format!("--cache-namespace=half-written-{mark}");
    let cache = ["--cache=locked", namespace.as_str()];
    // The stream stops in the middle: the daemon has begun to write the layer.
    let cmd = format!(
        "(head -c 20000000 /dev/zero | tr '\\0' x > /x; tar -C / -c x bin | head -c 10000000; sleep {mark}) | docker import - half"
    );
    let mut running = start(&cmd, &cache);
    wait_for(&mark);
    thread::sleep(Duration::from_secs(1));
    signal(&running, "KILL");
    ended(&mut running);

    let cmd = format!("--cmd={IMPORT} && docker run --rm me echo it works");
    let stdout = call(&[cache[0], cache[1], "dind-with-docker", &cmd, "stdout"]).succeeded();
    assert!(stdout.ends_with("it works\n"), "{stdout}");
}

#[test]
fn a_full_disk_fails_the_command_with_that_reason_and_the_next_call_works() {
    if !runs_locally("a full disk fails the command with that reason", WATCHES) {
        return;
    }
    let mark = mark(4);
    let namespace = format!("--cache-namespace=full-{mark}");
    let run = |cmd: &str| {
        let cmd = format!("--cmd={cmd}");
        call(&[
            "--cache=locked",
            &namespace,
            "dind-with-docker",
            &cmd,
            "stdout",
        ])
    };
    // A volume of the daemon shows which folder is its own.
    run(&format!("docker volume create mark-{mark}")).succeeded();
    let caches = fs::read_dir(state().join("caches")).expect("caches are kept");
    let data = caches
        .map(|cache| cache.expect("a folder").path().join("shared"))
        .find(|folder| folder.join(format!("volumes/mark-{mark}")).exists())
        .expect("the daemon's folder");

    let small = SmallDisk::over(&data);
    let answer = run(IMPORT);
    assert_ne!(answer.code, Some(0), "{answer:#?}");
    assert!(
        answer.stderr.contains("no space left on device"),
        "{answer:#?}"
    );
    drop(small);
    let stdout = run(&format!("{IMPORT} && docker run --rm me echo it works")).succeeded();
    assert!(stdout.ends_with("it works\n"), "{stdout}");
}

/// A file system of 48 MiB, mounted over a folder for as long as this lives.
struct SmallDisk<'a> {
    folder: &'a Path,
    _image: NamedTempFile,
}

impl<'a> SmallDisk<'a> {
    fn over(folder: &'a Path) -> Self {
        let image = NamedTempFile::new().expect("a file");
        image.as_file().set_len(48 << 20).expect("room for it");
        let image_path = image.path().to_str().expect("UTF-8");
        run("mkfs.ext4", &["-q", image_path]);
        run(
            "mount",
            &["-o", "loop", image_path, folder.to_str().expect("UTF-8")],
        );
        SmallDisk {
            folder,
            _image: image,
        }
    }
}

impl Drop for SmallDisk<'_> {
    fn drop(&mut self) {
        let folder = self.folder.to_str().expect("UTF-8");
        let _ = Command::new("umount").arg(folder).status();
    }
}

#[track_caller]
fn run(program: &str, arguments: &[&str]) {
    let output = Command::new(program).args(arguments).output();
    let output = output.unwrap_or_else(|error| panic!("{program}: {error}"));
    assert!(output.status.success(), "{program}: {output:?}");
}

/// A number of seconds that no other process sleeps, to know the test's own by.
fn mark(test: u32) -> String {
    format!("{}{test}", 100_000 + std::process::id())
}

/// `./dind call dind-with-docker`, running.
fn start(cmd: &str, options: &[&str]) -> Child {
    Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/dind"))
        .arg("call")
        .args(options)
        .args(["dind-with-docker", &format!("--cmd={cmd}"), "stdout"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("./dind starts")
}

/// The command lines of the sleeps with this mark, in containers and in those inside of them.
fn processes_with(mark: &str) -> Vec<String> {
    let folders = fs::read_dir("/proc").expect("/proc is readable");
    folders
        .filter_map(|folder| fs::read(folder.ok()?.path().join("cmdline")).ok())
        .map(|cmdline| String::from_utf8_lossy(&cmdline).replace('\0', " "))
        .filter(|cmdline| cmdline.trim_end() == format!("sleep {mark}"))
        .collect()
}

#[track_caller]
fn wait_for(mark: &str) {
    let until = Instant::now() + STARTS_WITHIN;
    while processes_with(mark).is_empty() {
        assert!(Instant::now() < until, "the command does not start");
        thread::sleep(Duration::from_millis(100));
    }
}

fn signal(process: &Child, name: &str) {
    let sent = Command::new("kill")
        .args([&format!("-{name}"), &process.id().to_string()])
        .status();
    assert!(sent.expect("kill is installed").success());
}

/// The exit code, once the call has ended; -1 for a signal.
fn ended(process: &mut Child) -> Option<i32> {
    let until = Instant::now() + ENDS_WITHIN;
    while Instant::now() < until {
        if let Some(status) = process.try_wait().expect("the call can be waited for") {
            return Some(status.code().unwrap_or(-1));
        }
        thread::sleep(Duration::from_millis(50));
    }
    let _ = process.kill();
    None
}
