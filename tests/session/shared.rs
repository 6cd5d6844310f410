//! What a daemon and its client share, and nobody else: the socket and the project.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use std::thread;
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

use crate::call::{bash, call, runs_locally, state};
use crate::daemon::IMPORT;

/// A long time ago, and not when files were copied.
const OLD: Duration = Duration::from_secs(1_000_000_000);

/// A project of three files and a folder.
fn project() -> TempDir {
    let project = TempDir::new().expect("a temporary directory");
    let path = |name: &str| project.path().join(name);
    fs::create_dir(path("sub")).expect("a folder");
    fs::write(path("sub/gone"), "").expect("a file");
    fs::write(path("greeting"), "hello\n").expect("a file");
    fs::set_permissions(path("greeting"), fs::Permissions::from_mode(0o640)).expect("a mode");
    let old = fs::File::options()
        .write(true)
        .open(path("greeting"))
        .expect("a file");
    old.set_modified(SystemTime::UNIX_EPOCH + OLD)
        .expect("a time");
    std::os::unix::fs::symlink("greeting", path("link")).expect("a link");
    project
}

fn src(project: &TempDir) -> String {
    format!("--src={}", project.path().display())
}

/// Whether the daemon's port is open: for the client, and for a container that shares no folder with the daemon.
fn ports(access: &[&str]) -> String {
    let try_port = |host: &str| {
        format!(
            "if (exec 3<>/dev/tcp/{host}/2375) 2>/dev/null; then echo open; else echo closed; fi"
        )
    };
    let cmd = format!(
        "--cmd={IMPORT} >/dev/null && docker run --rm me bash -c '{}' && {}",
        try_port("172.17.0.1"),
        try_port("docker")
    );
    call(&[access, &["dind-with-docker", &cmd, "stdout"]].concat()).succeeded()
}

#[test]
fn with_a_socket_a_container_on_the_network_is_refused() {
    assert_eq!(ports(&["--access=socket"]), "closed\nclosed\n");
}

#[test]
fn without_one_a_container_on_the_network_is_answered() {
    assert_eq!(ports(&[]), "open\nopen\n");
}

#[test]
fn the_doctor_says_who_reaches_the_daemon() {
    let access = |arguments: &[&str]| {
        let report = call(&[arguments, &["dind-doctor"]].concat()).succeeded();
        let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
        let lines = report["lines"].as_array().expect("lines").clone();
        let line = lines.into_iter().find(|line| line["name"] == "access");
        line.expect("a line for access")
    };
    let open = access(&[]);
    assert_eq!(open["status"], "warning", "{open}");
    assert!(
        open["found"]
            .as_str()
            .is_some_and(|found| found.contains("port 2375")),
        "{open}"
    );
    let closed = access(&["--access=socket"]);
    assert_eq!(closed["status"], "ok", "{closed}");
}

#[test]
fn published_ports_are_at_the_daemons_name_with_a_socket_too() {
    let answer = call(&[
        "--access=socket",
        "dind-with-image",
        "--image=ubuntu:24.04",
        "--tag=web:1",
        "--cmd=docker run --detach --publish 8080:80 web:1 perl -MIO::Socket::INET -e '\
            $s = IO::Socket::INET->new(LocalPort => 80, Listen => 1) or die; print {$s->accept} \"served\\n\"' >/dev/null; \
            for try in {1..50}; do (cat </dev/tcp/docker/8080) 2>/dev/null && break; sleep 0.2; done",
        "stdout",
    ]);
    assert_eq!(answer.succeeded(), "served\n");
}

#[test]
fn containers_mount_the_projects_files_and_what_they_leave_comes_back() {
    let project = project();
    let out = TempDir::new().expect("a temporary directory");
    let export = format!("--path={}", out.path().join("left").display());
    let cmd = format!(
        "--cmd={IMPORT} >/dev/null && echo from the client >client && \
         docker run --rm -v \"$PWD\":/x me bash -ec 'cd /x; cat greeting client; \
         echo from a container >sub/new; rm sub/gone; chmod 750 sub' && cat sub/new >/seen"
    );
    let run = ["--access=socket", "dind-with-docker", &src(&project), &cmd];
    call(&[&run[..], &["directory", "--path=/src", "export", &export]].concat()).succeeded();
    let path = |name: &str| out.path().join("left").join(name);
    assert_eq!(
        fs::read_to_string(path("sub/new")).expect("a container's file"),
        "from a container\n"
    );
    assert_eq!(
        fs::read_to_string(path("client")).expect("the client's file"),
        "from the client\n"
    );
    assert!(!path("sub/gone").exists());
    let greeting = fs::metadata(path("greeting")).expect("a file");
    assert_eq!(greeting.permissions().mode() & 0o777, 0o640);
    assert_eq!(
        greeting.modified().expect("a time"),
        SystemTime::UNIX_EPOCH + OLD
    );
    assert_eq!(
        fs::read_link(path("link")).expect("a link").to_str(),
        Some("greeting")
    );
    let sub = fs::metadata(path("sub")).expect("a folder");
    assert_eq!(sub.permissions().mode() & 0o777, 0o750);
    // The project itself is the caller's.
    assert!(project.path().join("sub/gone").exists());
    // Another call, and nothing of the first is there.
    let again = call(&[&run[..], &["stdout"]].concat()).succeeded();
    assert!(again.contains("hello\nfrom the client\n"), "{again}");
}

#[test]
fn calls_at_once_have_a_project_and_a_socket_each() {
    let calls: Vec<_> = (0..2)
        .map(|number| {
            thread::spawn(move || {
                let project = project();
                let cmd = format!(
                    "--cmd=touch {number} && sleep 3 && ls && docker info --format '{{{{.ID}}}}'"
                );
                call(&[
                    "--access=socket",
                    "dind-with-docker",
                    &src(&project),
                    &cmd,
                    "stdout",
                ])
                .succeeded()
            })
        })
        .collect();
    let said: Vec<_> = calls
        .into_iter()
        .map(|call| call.join().expect("the call succeeds"))
        .collect();
    for (number, said) in said.iter().enumerate() {
        assert!(
            said.starts_with(&format!("{number}\ngreeting\nlink\nsub\n")),
            "{said}"
        );
    }
    assert_ne!(said[0].lines().last(), said[1].lines().last());
}

#[test]
fn the_steps_after_a_binding_share_the_project_with_the_daemon() {
    let project = project();
    let script = format!(
        "{IMPORT} >/dev/null && docker run --rm -v \"$PWD\":/x me bash -c 'echo one >>/x/steps'"
    );
    let answer = call(&[
        "dind-bind",
        &src(&project),
        "--src-path=/home/me/app",
        "with-exec",
        &bash(&script),
        "with-exec",
        &bash("pwd && cat steps && echo two >>steps"),
        "stdout",
    ]);
    assert_eq!(answer.succeeded(), "/home/me/app\none\n");
}

#[test]
fn what_a_project_is_made_of_stays_as_it_is_on_its_way_through() {
    let project = TempDir::new().expect("a temporary directory");
    let path = |name: &str| project.path().join(name);
    fs::create_dir_all(path("an empty/one")).expect("a folder");
    for name in ["-n", "*", "line\nbreak", "run"] {
        fs::write(path(name), "").expect(name);
    }
    fs::set_permissions(path("run"), fs::Permissions::from_mode(0o755)).expect("a mode");
    std::os::unix::fs::symlink("/no/where", path("dangling")).expect("a link");
    let list =
        "find /src -mindepth 1 -printf '%y %m %U:%G %P -> %l\\0' | sort -z | tr '\\0\\n' '\\n?'";
    // Before the command and after it, of a container that runs as somebody else, too.
    let cmd = format!(
        "--cmd={list} >/before; {IMPORT} >/dev/null && docker run --rm -v /src:/x me bash -ec '\
         touch /x/theirs; chown 1234:5678 /x/theirs; mkfifo /x/pipe'"
    );
    let after = bash(&format!(
        "{list} >/after; cat /before; echo; diff /before /after"
    ));
    let function = ["dind-with-docker", &src(&project), &cmd];
    let steps = ["with-exec", "--expect=ANY", &after, "stdout"];
    let said = call(&[&function[..], &steps].concat()).succeeded();
    let (before, changed) = said.split_once("\n\n").expect("two lists");
    let expected = [
        "d 755 0:0 an empty -> ",
        "d 755 0:0 an empty/one -> ",
        "f 644 0:0 * -> ",
        "f 644 0:0 -n -> ",
        "f 644 0:0 line?break -> ",
        "f 755 0:0 run -> ",
        "l 777 0:0 dangling -> /no/where",
    ];
    assert_eq!(before.lines().collect::<Vec<_>>(), expected);
    let changed: Vec<_> = changed
        .lines()
        .filter(|line| line.starts_with(['<', '>']))
        .collect();
    // The local session keeps no pipes.
    assert_eq!(
        changed.first(),
        Some(&"> f 644 1234:5678 theirs -> "),
        "{said}"
    );
    assert!(
        changed.len() == 1 || changed[1].contains(" pipe "),
        "{said}"
    );
}

#[test]
fn a_command_that_fails_leaves_no_file_of_the_project_behind() {
    let rule = "a command that fails leaves no file of the project behind";
    if !runs_locally(rule, "an engine's volumes are not files of this machine") {
        return;
    }
    let project = project();
    let mark = format!("mark-{}", std::process::id());
    for (cmd, code) in [("true", 0), ("exit 7", 7), ("kill -KILL $$", 137)] {
        let cmd = format!("--cmd=ls && touch {mark} sub/{mark} && find . | grep -c {mark}; {cmd}");
        let answer = call(&["dind-with-docker", &src(&project), &cmd, "stdout"]);
        assert_eq!(answer.code, Some(code), "{answer:#?}");
        let left = Command::new("find")
            .arg(state().join("caches"))
            .args(["-maxdepth", "5", "-name", &mark])
            .output()
            .expect("find is there");
        assert!(
            left.status.success() && left.stdout.is_empty(),
            "{cmd}: {left:?}"
        );
    }
}

#[test]
fn a_failed_command_with_a_project_ends_the_call_with_its_own_exit_code() {
    let project = project();
    let answer = call(&[
        "dind-with-docker",
        &src(&project),
        "--cmd=echo what; exit 7",
        "stdout",
    ]);
    assert_eq!(answer.code, Some(7), "{answer:#?}");
    for part in ["exit code: 7", "what"] {
        assert!(answer.stderr.contains(part), "{answer:#?}");
    }
}
