//! Streams that take no text, and modules' names on a terminal.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const PROGRAM: &str = env!("CARGO_BIN_EXE_dagger-local");

fn full() -> Stdio {
    File::options()
        .write(true)
        .open("/dev/full")
        .unwrap()
        .into()
}

fn run(words: &[&str], folder: &Path, stdout: Stdio, stderr: Stdio) -> Output {
    Command::new(PROGRAM)
        .args(words)
        .current_dir(folder)
        .env("DAGGER_LOCAL_STATE", folder.join("state"))
        .env_remove("DAGGER_MODULE")
        .stdin(Stdio::null())
        .stdout(stdout)
        .stderr(stderr)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_full_stdout_is_an_error_and_no_panic() {
    let folder = tempfile::tempdir().unwrap();
    for words in [&["--help"][..], &["functions", "--help"], &["prune", "-h"]] {
        let output = run(words, folder.path(), full(), Stdio::piped());
        assert_eq!(output.status.code(), Some(1), "{words:?}");
        let stderr = text(&output.stderr);
        let expected = "Error: cannot write to stdout: No space left on device (os error 28)\n";
        assert_eq!(stderr, expected, "{words:?}");
    }
}

#[test]
fn a_full_stderr_changes_no_exit_code() {
    let folder = tempfile::tempdir().unwrap();
    for words in [&["nope"][..], &["call"], &["functions", "-v"]] {
        let output = run(words, folder.path(), Stdio::piped(), full());
        assert_eq!(output.status.code(), Some(1), "{words:?}");
        let output = run(words, folder.path(), full(), full());
        assert_eq!(output.status.code(), Some(1), "{words:?}");
    }
    let output = run(&["--help"], folder.path(), Stdio::piped(), full());
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stdout).contains("COMMANDS"));
}

#[test]
fn no_word_of_a_message_orders_a_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let hostile = "x\u{1b}]0;title\u{7}\u{1b}[2J\u{9b}1A\rover";
    std::fs::write(
        folder.path().join("dagger.json"),
        serde_json::json!({"name": hostile, "sdk": hostile}).to_string(),
    )
    .unwrap();
    for words in [
        &["call"][..],
        &[hostile],
        &["call", "-m", hostile],
        &["check", hostile],
    ] {
        let output = run(words, folder.path(), Stdio::piped(), Stdio::piped());
        assert_eq!(output.status.code(), Some(1), "{words:?}");
        for stream in [&output.stdout, &output.stderr] {
            let shown = text(stream);
            assert!(
                !shown.contains(['\u{1b}', '\u{7}', '\u{9b}', '\r']),
                "{shown:?}"
            );
        }
    }
}

#[test]
fn a_strangers_module_is_said_to_run_with_the_callers_rights() {
    use std::os::unix::fs::chown;
    if !nix::unistd::geteuid().is_root() {
        // Past the capture of the test's output: a check that did not run is said aloud.
        writeln!(std::io::stderr(), "skipped: only root may give files away").unwrap();
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("dagger.json"), r#"{"name": "x"}"#).unwrap();
    std::fs::write(
        folder.path().join("Cargo.toml"),
        "[package]\nname = \"x\"\n",
    )
    .unwrap();
    let said = |sudo: Option<&str>| {
        let mut command = Command::new(PROGRAM);
        command
            .arg("functions")
            .current_dir(folder.path())
            .env("DAGGER_LOCAL_STATE", folder.path().join("state"))
            // The module is not built: there is no such program.
            .env("DAGGER_LOCAL_MODULE_BINARY", "/no/such/program")
            .env_remove("DAGGER_MODULE")
            .env_remove("SUDO_UID");
        if let Some(user) = sudo {
            command.env("SUDO_UID", user);
        }
        text(&command.output().unwrap().stderr)
    };
    assert!(!said(None).contains("belongs to another user"));
    chown(folder.path(), Some(4711), None).unwrap();
    assert!(said(None).contains("belongs to another user (4711)"));
    assert!(said(Some("4712")).contains("with your rights, not in a container"));
    assert!(!said(Some("4711")).contains("belongs to another user"));
}
