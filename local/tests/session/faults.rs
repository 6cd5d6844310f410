//! Services that break: a reason instead of a hang, and the reason is theirs.

use std::time::{Duration, Instant};

use dagger_local::Error;

use crate::daemon::{Daemon, cache};
use crate::support::{UBUNTU, ask, fresh, quoted, session, shell, text};

/// Nothing may wait longer than this for what will never come.
const LIMIT: Duration = Duration::from_secs(60);

/// A service in the Ubuntu image that runs a shell script.
async fn script_service(session: &dagger_local::Session, script: &str, ports: &str) -> String {
    let service = format!("asService(args:{})", quoted(vec!["sh", "-c", script]));
    let mut calls = vec!["container", UBUNTU];
    if !ports.is_empty() {
        calls.push(ports);
    }
    calls.extend([service.as_str(), "id"]);
    text(session, &calls).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_cannot_start_tells_its_last_lines() {
    let session = session().await;
    let script = "echo the disk is on fire >&2; exit 3";
    let service = script_service(&session, script, "withExposedPort(port:80)").await;
    let binding = format!("withServiceBinding(alias:\"broken\",service:{service:?})");
    let calls = [
        "container",
        UBUNTU,
        &binding,
        &shell("echo never"),
        "stdout",
    ];
    let start = Instant::now();
    let error = ask(&session, &calls).await.unwrap_err();
    assert!(matches!(error, Error::Service { .. }), "{error:?}");
    assert!(error.to_string().contains("the disk is on fire"), "{error}");
    assert!(start.elapsed() < LIMIT);
    session.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_daemon_that_cannot_start_tells_its_last_lines() {
    let session = session().await;
    let daemon = Daemon {
        calls: vec!["withNewFile(path:\"/etc/docker/daemon.json\",contents:\"{ broken\")".into()],
        ..Daemon::default()
    };
    let error = daemon.run(&session, "docker info").await.unwrap_err();
    assert!(matches!(error, Error::Service { .. }), "{error:?}");
    assert!(error.to_string().contains("daemon.json"), "{error}");
    session.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_whose_service_ends_fails_with_the_reason() {
    let session = session().await;
    let script = "echo so long; sleep 3; exit 5";
    let service = script_service(&session, script, "").await;
    let binding = format!("withServiceBinding(alias:\"short\",service:{service:?})");
    let wait = shell(&format!("sleep 300; : {}", fresh()));
    let start = Instant::now();
    let error = ask(&session, &["container", UBUNTU, &binding, &wait, "stdout"])
        .await
        .unwrap_err();
    let message = match &error {
        Error::Exec { stderr, .. } => stderr.clone(),
        error => error.to_string(),
    };
    assert!(
        message.contains("short") && message.contains("so long"),
        "{error:?}"
    );
    assert!(start.elapsed() < LIMIT, "{:?}", start.elapsed());
    session.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_daemon_killed_in_the_middle_of_a_command_fails_it_with_a_reason() {
    let session = session().await;
    // The command says when, however long the daemon took to get ready.
    // Its storage may be used again, so the sign has a name of its own.
    let sign = format!("end-{}", fresh());
    let script = format!(
        "(until docker network inspect {sign}; do sleep 0.3; done >/dev/null 2>&1; \
         kill -9 $(cat /var/run/docker.pid)) & \
         exec dockerd-entrypoint.sh --tls=false"
    );
    let daemon = Daemon {
        command: Some(vec!["sh", "-c", &script]),
        ..Daemon::default()
    };
    let start = Instant::now();
    let wait = format!("docker network create {sign}; docker events; sleep 300");
    let error = daemon.run(&session, &wait).await.unwrap_err();
    let message = match &error {
        Error::Exec { stderr, .. } => stderr.clone(),
        error => error.to_string(),
    };
    assert!(message.contains("docker ended"), "{error:?}");
    assert!(start.elapsed() < 2 * LIMIT, "{:?}", start.elapsed());
    session.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_under_the_daemon_is_named_and_the_daemon_goes_on() {
    let session = session().await;
    let daemon = Daemon {
        // A small file system of its own, which lasts as long as the daemon.
        storage: Some("withMountedTemp(path:\"/var/lib/docker\",size:33554432)".into()),
        ..Daemon::default()
    };
    let script = format!(
        "head -c 80000000 /dev/urandom >/big && \
         if tar -C / -c big | docker import - big; then exit 3; fi; \
         docker info --format 'still {{{{.OSType}}}}'; : {}",
        fresh()
    );
    let service = daemon.service(&session).await;
    let client = [
        "container",
        "from(address:\"docker:27-dind\")",
        "file(path:\"/usr/local/bin/docker\")",
        "id",
    ];
    let client = text(&session, &client).await.unwrap();
    let output = text(
        &session,
        &[
            "container",
            UBUNTU,
            &format!("withFile(path:\"/usr/local/bin/docker\",source:{client:?})"),
            &format!("withServiceBinding(alias:\"docker\",service:{service:?})"),
            "withEnvVariable(name:\"DOCKER_HOST\",value:\"tcp://docker:2375\")",
            &shell(&script),
            "combinedOutput",
        ],
    )
    .await
    .unwrap();
    assert!(output.contains("no space left on device"), "{output}");
    assert!(output.contains("still linux"), "{output}");
    session.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn locked_caches_are_used_by_one_command_at_a_time() {
    let session = session().await;
    let name = fresh();
    let cache = cache(&session, &name).await;
    let mount = format!("withMountedCache(path:\"/c\",cache:{cache:?},sharing:LOCKED)");
    let script = |who: &str| {
        shell(&format!(
            "mkdir /c/busy && sleep 2 && rmdir /c/busy && echo {who}"
        ))
    };
    let (one, two) = (script("one"), script("two"));
    let calls = |exec| ["container", UBUNTU, mount.as_str(), exec, "stdout"];
    let (one_calls, two_calls) = (calls(&one), calls(&two));
    let (first, second) = tokio::join!(text(&session, &one_calls), text(&session, &two_calls));
    assert_eq!(
        (first.unwrap().as_str(), second.unwrap().as_str()),
        ("one\n", "two\n")
    );
    session.close().await.unwrap();
}
