//! The processes of a container, as an engine runs them.

use dagger_local::Error;

use crate::support::{UBUNTU, ask, fresh, on_base, quoted, said, session, shell};

#[tokio::test]
async fn a_signal_ends_a_command_as_it_does_elsewhere() {
    let session = session().await;
    for (signal, code) in [("TERM", 143), ("INT", 130), ("KILL", 137)] {
        let script = format!(
            "echo before {}; kill -{signal} $$; sleep 1; echo after",
            fresh()
        );
        let error = on_base(&session, &[&shell(&script), "stdout"])
            .await
            .unwrap_err();
        let Error::Exec {
            exit_code, stdout, ..
        } = error
        else {
            panic!("{error:?}");
        };
        assert_eq!(exit_code, code);
        assert!(
            stdout.starts_with("before") && !stdout.contains("after"),
            "{stdout}"
        );
    }
    session.close().await.unwrap();
}

#[tokio::test]
async fn processes_that_nobody_waits_for_are_buried_and_nobody_holds_up_the_end() {
    let session = session().await;
    let script = format!(
        "(sleep 0.1 & exec sleep 0.2) & wait; sleep 0.5; \
         grep -l '^State:.*Z' /proc/[0-9]*/status; \
         sleep 1000 & echo {}",
        fresh()
    );
    let start = std::time::Instant::now();
    let out = said(&session, &[&shell(&script), "stdout"]).await;
    assert_eq!(out.lines().count(), 1, "{out}");
    assert!(start.elapsed() < std::time::Duration::from_secs(60));
    session.close().await.unwrap();
}

#[tokio::test]
async fn a_command_is_the_first_process_where_that_is_said() {
    let session = session().await;
    let args = quoted(vec!["sh", "-c", "echo $$"]);
    for (more, is_first) in [("", false), (",noInit:true", true)] {
        let exec = format!("withExec(args:{args}{more})");
        let out = said(&session, &[&exec, "stdout"]).await;
        assert_eq!(out.trim() == "1", is_first, "{out}");
    }
    let leftover = said(
        &session,
        &[&shell("ls -A /dev | grep -c dagger; true"), "stdout"],
    )
    .await;
    assert_eq!(leftover, "1\n");
    let entries = ["rootfs", "directory(path:\"/dev\")", "entries"];
    let after = [&[UBUNTU, "withExec(args:[\"true\"])"][..], &entries].concat();
    let after = ask(&session, &[&["container"], &after[..]].concat())
        .await
        .unwrap();
    assert!(!after.to_string().contains("dagger"), "{after}");
    session.close().await.unwrap();
}

#[tokio::test]
async fn a_missing_command_is_named_with_a_shells_code() {
    let session = session().await;
    for (command, code) in [
        ("no-such-program", 127),
        ("/no/such", 127),
        ("/etc/passwd", 126),
    ] {
        for more in ["", ",noInit:true"] {
            let exec = format!("withExec(args:[{command:?}]{more})");
            let error = on_base(&session, &[&exec, "stdout"]).await.unwrap_err();
            let Error::Exec {
                exit_code, stderr, ..
            } = error
            else {
                panic!("{error:?}");
            };
            assert_eq!(exit_code, code, "{stderr}");
            assert!(stderr.contains(command), "{stderr}");
        }
    }
    session.close().await.unwrap();
}
