//! A secret is seen by the command that it is for, and nowhere else.

use std::path::PathBuf;

use dagger_local::Error;

use crate::support::{
    UBUNTU, ask, fresh, on_base, processes, quoted, said, session_in, shell, state,
};

/// The files below folders that hold a text.
fn holding(folders: &[PathBuf], text: &str) -> Vec<String> {
    let output = std::process::Command::new("grep")
        .args([
            "--recursive",
            "--files-with-matches",
            "--fixed-strings",
            "--devices=skip",
            "--",
        ])
        .arg(text)
        .args(folders.iter().filter(|folder| folder.exists()))
        .output()
        .unwrap();
    let found = String::from_utf8(output.stdout).unwrap();
    found.lines().map(str::to_owned).collect()
}

/// The folders where a session or Podman keeps anything.
fn places() -> Vec<PathBuf> {
    let run = [
        "/run/dagger-local",
        "/run/runc",
        "/run/crun",
        "/run/libpod",
        "/dev/shm",
    ];
    run.map(Into::into).into_iter().chain([state()]).collect()
}

/// The files anywhere that hold a text.
fn leaks(text: &str) -> Vec<String> {
    holding(&places(), text)
}

#[tokio::test]
async fn a_secret_may_be_what_a_command_of_the_host_prints() {
    let (session, _) = session_in(&state()).await;
    let plaintext = async |command: &str| {
        let secret = format!("secret(uri:\"cmd://{command}\")");
        ask(&session, &[&secret, "plaintext"]).await
    };
    let once = plaintext("date +%N").await.unwrap();
    assert_eq!(plaintext("date +%N").await.unwrap(), once);
    let error = plaintext("exit 3").await.unwrap_err();
    assert!(error.to_string().contains("exit status: 3"), "{error}");
    session.close().await.unwrap();
}

#[tokio::test]
async fn a_secret_reaches_its_command_and_nothing_else() {
    let (session, told) = session_in(&state()).await;
    let value = format!("pass-word-{}", fresh());
    let secret = format!("setSecret(name:\"s\",plaintext:{value:?})");
    let id = ask(&session, &[&secret, "id"]).await.unwrap();
    let steps = [
        format!("withSecretVariable(name:\"S\",secret:{id})"),
        format!("withMountedSecret(path:\"/run/it\",source:{id})"),
        shell(
            "test \"$S\" = \"$(cat /run/it)\" && echo \"$S\" && printf %s \"$S\" | sha256sum && stat -c %a /run/it",
        ),
        "stdout".to_owned(),
    ];
    let out = said(&session, &steps.each_ref().map(String::as_str)).await;
    let lines: Vec<_> = out.lines().collect();
    assert_eq!(lines[0], "***");
    assert_ne!(
        lines[1],
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  -"
    );
    assert_eq!(lines[2], "400");
    assert!(!told.text().contains(&value));
    session.close().await.unwrap();
    assert_eq!(leaks(&value), Vec::<String>::new());
}

#[tokio::test]
async fn the_lines_of_a_secret_are_secrets_wherever_they_are_printed() {
    let (session, told) = session_in(&state()).await;
    let unique = fresh();
    let lines = [
        "-----BEGIN-----".to_owned(),
        format!("first+{unique}"),
        format!("last/{unique}"),
    ];
    let value = format!("{}\n", lines.join("\n"));
    let secret = format!("setSecret(name:\"s\",plaintext:{})", quoted(value.clone()));
    let id = ask(&session, &[&secret, "id"]).await.unwrap();
    let given = [
        format!("withSecretVariable(name:\"S\",secret:{id})"),
        format!("withMountedSecret(path:\"/run/it\",source:{id})"),
    ];
    let print = "cat /run/it; echo \"$S\" | tail -n 1; \
                 echo \"$S\" | fold -w 7 | tr -d '\\n' | sed 's/first/x first/'; \
                 echo \"$S\" | sed -n 2p >&2";
    let exec = shell(print);
    let run = [&given[0], &given[1], &exec];
    for leaf in ["stdout", "stderr"] {
        let out = said(&session, &[&run.map(String::as_str)[..], &[leaf]].concat()).await;
        assert!(out.contains("***") && !out.contains(&unique), "{out}");
    }
    let failing = shell(&format!("{print}; exit 3"));
    let calls = [&given[0], &given[1], &failing].map(String::as_str);
    let error = on_base(&session, &[&calls[..], &["stdout"]].concat())
        .await
        .unwrap_err();
    assert!(!format!("{error:?}").contains(&unique), "{error:?}");

    let args = quoted(vec!["sh", "-c", &format!("{print}; exit 3")]);
    let service = format!("asService(args:{args})");
    let calls = [
        "container",
        UBUNTU,
        &given[0],
        &given[1],
        "withExposedPort(port:80)",
        &service,
        "start",
    ];
    let error = ask(&session, &calls).await.unwrap_err();
    let Error::Service { problem, .. } = &error else {
        panic!("{error:?}");
    };
    assert!(
        problem.contains("***") && !problem.contains(&unique),
        "{problem}"
    );
    assert!(!told.text().contains(&unique), "{}", told.text());
    session.close().await.unwrap();
    assert_eq!(leaks(&unique), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn no_file_holds_a_secret_while_commands_and_services_run() {
    let (session, _) = session_in(&state()).await;
    let unique = fresh();
    let value = format!("value-{unique}");
    let secret = format!("setSecret(name:\"s\",plaintext:{value:?})");
    let id = ask(&session, &[&secret, "id"]).await.unwrap();
    let given = [
        format!("withSecretVariable(name:\"S\",secret:{id})"),
        format!("withMountedSecret(path:\"/run/it\",source:{id})"),
    ];
    // What the health check needs is the variable.
    let check = "withDockerHealthcheck(args:[\"sh\",\"-c\",\"test -n \\\"$S\\\"\"])";
    let sleep = format!("3600.{}", unique.rsplit('-').next().unwrap());
    let script = format!("test \"$S\" = \"$(cat /run/it)\" && echo \"$S\" && exec sleep {sleep}");
    let service = format!("asService(args:{})", quoted(vec!["sh", "-c", &script]));
    let calls = [
        "container",
        UBUNTU,
        &given[0],
        &given[1],
        check,
        &service,
        "start",
    ];
    ask(&session, &calls).await.unwrap();
    let exec = shell(&script);
    let calls = [&given[0], &given[1], &exec].map(String::as_str);
    let calls = [&calls[..], &["stdout"]].concat();
    let command = on_base(&session, &calls);
    let look = async {
        let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
        while processes("sleep", &sleep).len() < 2 {
            assert!(
                std::time::Instant::now() < deadline,
                "the command does not run"
            );
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        let mut leaks = leaks(&value);
        // What the service itself wrote, in a folder of root's in memory.
        leaks.retain(|path| !path.contains("/log"));
        assert_eq!(leaks, Vec::<String>::new());
    };
    tokio::select! {
        ended = command => panic!("{ended:?}"),
        () = look => {}
    }
    session.close().await.unwrap();
    assert_eq!(leaks(&value), Vec::<String>::new());
}
