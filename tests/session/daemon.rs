//! Commands beside a real Docker daemon.

use std::collections::HashSet;
use std::thread;

use serde_json::json;

use crate::call::{call, call_with_names, daemon_json, runs_locally};

/// An image of a container's own files: nested containers need no registry.
pub const IMPORT: &str =
    "tar -C / --one-file-system --exclude=./proc --exclude=./sys -c . | docker import - me";

#[test]
fn stdout_holds_the_commands_output_alone() {
    let answer = call(&[
        "dind-with-docker",
        "--cmd=docker info --format '{{.OSType}}'",
        "stdout",
    ]);
    assert_eq!(answer.succeeded(), "linux\n");
}

#[test]
fn a_nested_container_resolves_names_through_the_bridge() {
    // The package mirror is somebody else's machine: three tries, a minute each.
    let update = "for try in 1 2 3; do timeout 60 apt-get update && exit; done; exit 1";
    let cmd =
        format!("--cmd={IMPORT} && docker run --rm me sh -c 'cat /etc/resolv.conf && {update}'");
    let stdout = call(&["dind-with-docker", &cmd, "stdout"]).succeeded();
    let nameservers: Vec<_> = stdout
        .lines()
        .filter(|line| line.starts_with("nameserver"))
        .collect();
    let handed_out = ["nameserver 172.17.0.1", "nameserver 192.0.2.53"];
    assert_eq!(nameservers, handed_out, "{stdout}");
    assert!(stdout.contains("Reading package lists"), "{stdout}");
}

/// In a container of the daemon: a container on a network of its own, as Compose makes one, takes addresses for
/// bridges of its own, and asks for a name before and after.
fn names_with_bridges(bridges: &[(&str, &str)]) -> String {
    let ask =
        "if timeout 15 getent hosts $0 >/dev/null; then echo resolves; else echo does not; fi";
    let add = |(name, address): &(&str, &str)| {
        format!(
            "ip link add {name} type bridge; ip addr add {address} dev {name}; ip link set {name} up; "
        )
    };
    let add: String = bridges.iter().map(add).collect();
    // A name of the internet that the package mirror has.
    let name = "cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | sed -n 's|.*https\\?://\\([^/ ]*\\).*|\\1|p' | head -n 1";
    let cmd = format!(
        "--cmd=name=$({name}); docker network create own >/dev/null; \
         docker run --rm --cap-add NET_ADMIN --network own --entrypoint sh deep:1 -c \
         '{ask}; {add}start=$(date +%s); {ask}; [ $(($(date +%s) - start)) -lt 4 ] && echo at once' $name"
    );
    let image = ["dind-with-image", "--image=docker:27-dind", "--tag=deep:1"];
    let answer = call(&[&image[..], &[&cmd, "stdout"]].concat());
    let said = answer.succeeded();
    said.lines()
        .skip_while(|line| *line != "resolves")
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn a_container_that_runs_a_docker_daemon_itself_resolves_names_at_once() {
    let docker = [("docker0", "172.17.0.1/16")];
    assert_eq!(names_with_bridges(&docker), "resolves\nresolves\nat once");
}

#[test]
fn a_container_with_the_bridges_of_docker_and_of_dagger_resolves_names_at_once() {
    let both = [("docker0", "172.17.0.1/16"), ("dagger0", "10.87.0.1/16")];
    assert_eq!(names_with_bridges(&both), "resolves\nresolves\nat once");
}

#[test]
fn a_failed_command_ends_the_call_with_its_own_exit_code() {
    let answer = call(&[
        "dind-with-docker",
        "--cmd=echo what; echo why >&2; exit 7",
        "stdout",
    ]);
    assert_eq!(answer.code, Some(7), "{answer:#?}");
    for part in ["exit code: 7", "what", "why"] {
        assert!(answer.stderr.contains(part), "{answer:#?}");
    }
    assert_eq!(answer.stdout, "");
}

#[test]
fn calls_at_once_have_a_daemon_each() {
    let calls: Vec<_> = (0..3)
        .map(|number| {
            thread::spawn(move || {
                let cmd = format!("--cmd=echo {number} && docker info --format '{{{{.ID}}}}'");
                call(&["dind-with-docker", &cmd, "stdout"]).succeeded()
            })
        })
        .collect();
    let daemons: HashSet<_> = calls
        .into_iter()
        .map(|call| call.join().expect("the call succeeds"))
        .map(|stdout| stdout.lines().nth(1).expect("two lines").to_owned())
        .collect();
    assert_eq!(daemons.len(), 3);
}

#[test]
fn an_image_is_in_the_daemon_without_a_registry() {
    let answer = call(&[
        "dind-with-image",
        "--image=ubuntu:24.04",
        "--tag=example/me:1",
        "--cmd=docker run --rm example/me:1 echo from inside",
        "stdout",
    ]);
    let stdout = answer.succeeded();
    assert!(stdout.ends_with("from inside\n"), "{stdout}");
}

#[test]
fn the_daemons_options_reach_it() {
    let answer = call(&[
        "--registry-mirrors=https://mirror.example",
        "--insecure-registries=registry.example:5000",
        "--storage-driver=vfs",
        "dind-with-docker",
        "--cmd=docker info --format '{{.Driver}} {{.RegistryConfig.Mirrors}} {{json .RegistryConfig.IndexConfigs}}'",
        "stdout",
    ]);
    let stdout = answer.succeeded();
    for part in ["vfs", "https://mirror.example/", "registry.example:5000"] {
        assert!(stdout.contains(part), "{stdout}");
    }
}

#[test]
fn the_doctor_finds_a_good_daemon_well() {
    let report = call_with_names(&["dind-doctor"]).succeeded();
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    let lines = report["lines"].as_array().expect("lines");
    assert!(lines.len() >= 8, "{report:#}");
    assert!(
        lines.iter().all(|line| line["status"] != "failure"),
        "{report:#}"
    );
}

#[test]
fn the_matrix_reports_a_failure_beside_the_others() {
    // On a machine without a registry one version has a stand-in and the other has none.
    let answer = call(&[
        "dind-matrix",
        "--versions=27,no-such-version",
        "--cmd=docker info --format '{{.OSType}}'",
    ]);
    let table = answer.succeeded();
    let row = |version: &str| {
        table
            .lines()
            .find(|line| line.contains(version))
            .unwrap_or_default()
            .to_owned()
    };
    assert!(row("27").contains("linux"), "{table}");
    assert!(
        row("no-such-version").contains("-     not run: "),
        "{table}"
    );
}

#[test]
fn the_matrix_keeps_the_reason_of_a_daemon_that_did_not_start() {
    let config = daemon_json(&json!({ "no-such-option": true }));
    let table = call(&[&config.flag, "dind-matrix", "--versions=27", "--cmd=true"]).succeeded();
    let row = table.lines().nth(1).unwrap_or_default();
    assert!(
        row.starts_with("27") && row.contains("not run: "),
        "{table}"
    );
    // dockerd's own last words.
    assert!(table.contains("no-such-option"), "{table}");
    assert!(!table.contains("traceparent"), "{table}");
}

#[test]
fn the_check_proves_the_sidecar() {
    call_with_names(&["dind-check"]).succeeded();
}

#[test]
fn a_chain_goes_on_from_what_sync_evaluated() {
    let rule = "a chain goes on from what sync evaluated";
    if !runs_locally(rule, "the Dagger CLI ends a chain at sync") {
        return;
    }
    let answer = call(&[
        "dind-with-docker",
        "--cmd=echo kept > /note",
        "sync",
        "file",
        "--path=/note",
        "contents",
    ]);
    assert_eq!(answer.succeeded().trim_end(), "kept");
}
