//! Rules of commands in containers, with real Podman.

mod support;

use dagger_local::Error;
use serde_json::json;
use support::{State, exec, on_base, shell};

#[tokio::test]
async fn output_and_exit_code_are_kept_apart() {
    let state = State::open();
    let (session, _) = state.session().await;
    let command = shell("echo out; echo err >&2");
    assert_eq!(
        on_base(&session, &[&command, "stdout"]).await.unwrap(),
        json!("out\n")
    );
    assert_eq!(
        on_base(&session, &[&command, "stderr"]).await.unwrap(),
        json!("err\n")
    );
    let failing = shell("echo out; echo err >&2; exit 7");
    match on_base(&session, &[&failing, "stdout"]).await.unwrap_err() {
        Error::Exec {
            command,
            exit_code,
            stdout,
            stderr,
        } => {
            assert_eq!(command[0], "sh");
            assert_eq!(
                (exit_code, stdout.as_str(), stderr.as_str()),
                (7, "out\n", "err\n")
            );
        }
        other => panic!("{other}"),
    }
    assert_eq!(
        on_base(
            &session,
            &[
                &format!("{},expect:ANY)", failing.trim_end_matches(')')),
                "exitCode"
            ]
        )
        .await
        .unwrap(),
        json!(7)
    );
    session.close().await.unwrap();
    state.end().await;
}

#[tokio::test]
async fn a_missing_program_is_the_commands_failure() {
    let state = State::open();
    let (session, _) = state.session().await;
    match on_base(&session, &[&exec(&["no-such-program"]), "sync"])
        .await
        .unwrap_err()
    {
        Error::Exec {
            exit_code, stderr, ..
        } => {
            assert_eq!(exit_code, 127);
            assert!(stderr.contains("no-such-program"), "{stderr}");
        }
        other => panic!("{other}"),
    }
    session.close().await.unwrap();
    state.end().await;
}
