//! The credential helper by itself: what the Docker CLI asks it, and what it keeps.

use std::fs;
use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const HELPER: &str = include_str!("../../src/docker-credential-dind.sh");
const GIVEN: &str = r#"{"ServerURL":"r.example","Username":"me","Secret":"given"}"#;
const NEW: &str = r#"{"ServerURL":"r.example","Username":"me","Secret":"new \\ %s $HOME"}"#;

/// A helper with one given login.
struct Helper(TempDir);

impl Helper {
    fn new() -> Self {
        let folder = TempDir::new().expect("a temporary directory");
        let given = folder.path().join("given");
        fs::write(&given, format!("r.example\n{GIVEN}\n")).expect("a login");
        let text = HELPER.replace("/run/secrets/dind-logins", &given.display().to_string());
        assert_ne!(text, HELPER);
        fs::write(folder.path().join("helper"), text).expect("a script");
        Self(folder)
    }

    fn ask(&self, action: &str, input: &str) -> Output {
        let mut child = Command::new("sh")
            .arg(self.0.path().join("helper"))
            .arg(action)
            .env("DOCKER_CONFIG", self.0.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("sh is there");
        let mut stdin = child.stdin.take().expect("stdin is piped");
        stdin.write_all(input.as_bytes()).expect("it reads");
        drop(stdin);
        child.wait_with_output().expect("it ends")
    }

    /// What it answers for a registry, without the end of the line.
    fn get(&self, registry: &str) -> String {
        let output = self.ask("get", registry);
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
        String::from_utf8_lossy(&output.stdout)
            .trim_end()
            .to_owned()
    }
}

#[test]
fn a_given_login_is_answered_with_and_without_the_end_of_the_line() {
    let helper = Helper::new();
    assert_eq!(helper.get("r.example"), GIVEN);
    assert_eq!(helper.get("r.example\n"), GIVEN);
}

#[test]
fn a_registry_without_a_login_is_answered_in_the_words_that_docker_knows() {
    let output = Helper::new().ask("get", "other.example\n");
    assert!(!output.status.success());
    assert_eq!(output.stdout, b"credentials not found in native keychain\n");
}

#[test]
fn a_new_login_takes_the_place_of_the_given_one_and_a_logout_of_both() {
    let helper = Helper::new();
    assert!(helper.ask("store", NEW).status.success());
    assert_eq!(helper.get("r.example"), NEW);
    assert!(helper.ask("erase", "r.example\n").status.success());
    assert!(!helper.ask("get", "r.example\n").status.success());
    assert!(helper.ask("store", GIVEN).status.success());
    assert_eq!(helper.get("r.example"), GIVEN);
}
