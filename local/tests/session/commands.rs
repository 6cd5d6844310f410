//! Rules of commands in containers.

use dagger_local::Error;
use proptest::test_runner::{Config, TestRunner};
use serde_json::json;

use crate::support::{exec, fresh, on_base, quoted, ran, said, session, session_in, shell, state};

#[tokio::test]
async fn output_and_exit_code_are_kept_apart() {
    let session = session().await;
    let command = shell("echo out; echo err >&2");
    assert_eq!(said(&session, &[&command, "stdout"]).await, "out\n");
    assert_eq!(said(&session, &[&command, "stderr"]).await, "err\n");
    let failing = shell("echo out; echo err >&2; exit 7");
    match on_base(&session, &[&failing, "stdout"]).await.unwrap_err() {
        Error::Exec {
            command,
            exit_code,
            stdout,
            stderr,
            ..
        } => {
            assert_eq!(command[0], "sh");
            assert_eq!(
                (exit_code, stdout.as_str(), stderr.as_str()),
                (7, "out\n", "err\n")
            );
        }
        other => panic!("{other}"),
    }
    session.close().await.unwrap();
}

#[tokio::test]
async fn an_expected_failure_leaves_what_the_command_did() {
    let session = session().await;
    let failing = shell("echo kept >/file; exit 7");
    let expected = format!("{},expect:ANY)", failing.trim_end_matches(')'));
    assert_eq!(
        on_base(&session, &[&expected, "exitCode"]).await.unwrap(),
        json!(7)
    );
    assert_eq!(
        said(&session, &[&expected, &shell("cat /file"), "stdout"]).await,
        "kept\n"
    );
    let refused = exec(&["true"]).replace("])", "],expect:FAILURE)");
    assert!(on_base(&session, &[&refused, "exitCode"]).await.is_err());
    session.close().await.unwrap();
}

#[tokio::test]
async fn a_missing_program_is_the_commands_failure() {
    let session = session().await;
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
}

#[tokio::test]
async fn codes_that_podman_uses_itself_may_be_a_commands_own() {
    let session = session().await;
    for code in [125, 126, 127] {
        let command = shell(&format!("echo said; exit {code}"));
        match on_base(&session, &[&command, "sync"]).await.unwrap_err() {
            Error::Exec {
                exit_code, stdout, ..
            } => assert_eq!((exit_code, stdout.as_str()), (code, "said\n")),
            other => panic!("{other}"),
        }
    }
    session.close().await.unwrap();
}

/// The ends of lines that some readers take for others.
#[tokio::test]
async fn line_ends_of_every_kind_arrive_as_they_were_written() {
    let session = session().await;
    for written in ["\r\n", "a\\\r\nb", "a\rb", "\n\r", "a\\\nb\n", "\r"] {
        let value = quoted(written);
        let variable = format!("withEnvVariable(name:\"V\",value:{value})");
        let command = ["sh", "-c", "printf %s \"$V|$1|\"", "sh", written];
        let read = said(&session, &[&variable, &exec(&command), "stdout"]).await;
        assert_eq!(read, format!("{written}|{written}|"));
        let alone = exec(&command).replace("withExec(", "withExec(noInit:true,");
        assert_eq!(said(&session, &[&variable, &alone, "stdout"]).await, read);
    }
    session.close().await.unwrap();
}

#[test]
fn any_text_arrives_as_it_was_written() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let session = runtime.block_on(session());
    let config = Config {
        cases: 6,
        failure_persistence: None,
        ..Config::default()
    };
    // Quotes, dollars, newlines and everything else, but for NUL.
    let any = proptest::string::string_regex("([^\\x00]|[\"'$\\\\`<\n ]){1,20}").unwrap();
    TestRunner::new(config)
        .run(&any, |written| {
            let value = quoted(written.as_str());
            let steps = [
                format!("withEnvVariable(name:\"V\",value:{value})"),
                format!("withNewFile(path:\"/in here/a $b\",contents:{value})"),
                exec(&[
                    "sh",
                    "-c",
                    "printf %s \"$V|$1|\"; cat '/in here/a $b'",
                    "sh",
                    &written,
                ]),
                "stdout".to_owned(),
            ];
            let steps = steps.each_ref().map(String::as_str);
            let read = runtime.block_on(said(&session, &steps));
            assert_eq!(read, format!("{written}|{written}|{written}"));
            Ok(())
        })
        .unwrap();
    runtime.block_on(session.close()).unwrap();
}

#[tokio::test]
async fn an_unchanged_command_is_answered_from_its_record_in_the_next_session() {
    let command = shell(&format!("echo {}; date +%N", fresh()));
    let (first, told) = session_in(&state()).await;
    let output = said(&first, &[&command, "stdout"]).await;
    assert!(ran(&told) > 0);
    first.close().await.unwrap();

    let (second, told) = session_in(&state()).await;
    assert_eq!(said(&second, &[&command, "stdout"]).await, output);
    assert_eq!(ran(&told), 0);
    second.close().await.unwrap();
}

#[tokio::test]
async fn one_command_that_two_ask_for_at_once_runs_once() {
    let command = shell(&format!("echo {}; date +%N", fresh()));
    let (one, two) = tokio::join!(session(), session());
    let fields = [command.as_str(), "stdout"];
    let (first, second) = tokio::join!(said(&one, &fields), said(&two, &fields));
    assert_eq!(first, second);
    one.close().await.unwrap();
    two.close().await.unwrap();
}

#[tokio::test]
async fn stdin_reaches_a_command_and_output_goes_where_it_is_sent() {
    let session = session().await;
    let reading = "withExec(args:[\"cat\"],stdin:\"a\\n$b\",redirectStdout:\"/out\")";
    assert_eq!(said(&session, &[reading, "stdout"]).await, "");
    assert_eq!(
        said(&session, &[reading, "file(path:\"/out\")", "contents"]).await,
        "a\n$b"
    );
    session.close().await.unwrap();
}

#[tokio::test]
async fn a_command_sees_the_configuration_it_was_given() {
    let session = session().await;
    let steps = [
        "withEnvVariable(name:\"A\",value:\"1\")",
        "withEnvVariable(name:\"B\",value:\"$A-2\",expand:true)",
        "withEnvVariable(name:\"C\",value:\"gone\")",
        "withoutEnvVariable(name:\"C\")",
        "withWorkdir(path:\"/made/for me\")",
        "withUser(name:\"nobody\")",
    ];
    let command = shell("echo \"$A $B [$C]\"; pwd; id -un");
    let out = said(&session, &[&steps[..], &[&command, "stdout"]].concat()).await;
    assert_eq!(out, "1 1-2 []\n/made/for me\nnobody\n");
    session.close().await.unwrap();
}

#[tokio::test]
async fn only_a_command_that_asks_for_them_has_root_capabilities() {
    /// `CAP_SYS_ADMIN` of `capability.h`.
    const ADMIN: u64 = 1 << 21;
    let session = session().await;
    let plain = exec(&["sed", "-n", "s/^CapEff:\t//p", "/proc/self/status"]);
    let privileged = format!(
        "{},insecureRootCapabilities:true)",
        plain.trim_end_matches(')')
    );
    for (command, expected) in [(plain, false), (privileged, true)] {
        let capabilities = said(&session, &[&command, "stdout"]).await;
        let capabilities = u64::from_str_radix(capabilities.trim(), 16).unwrap();
        assert_eq!(capabilities & ADMIN != 0, expected, "{capabilities:x}");
    }
    session.close().await.unwrap();
}

#[tokio::test]
async fn a_long_chain_is_no_deeper_trouble_than_a_short_one() {
    let session = session().await;
    let steps: Vec<_> = (0..400)
        .map(|number| format!("withEnvVariable(name:\"V{number}\",value:\"{number}\")"))
        .collect();
    let mut steps: Vec<_> = steps.iter().map(String::as_str).collect();
    steps.push("envVariable(name:\"V399\")");
    assert_eq!(said(&session, &steps).await, "399");
    session.close().await.unwrap();
}
