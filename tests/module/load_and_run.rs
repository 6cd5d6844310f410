//! `load-and-run.sh` against both answers of `docker load`, with a `docker` that notes what it is asked.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Output};

use tempfile::TempDir;

/// Runs the script in a folder where `docker load` answers `answer`; gives what it wrote and the
/// calls of `docker`.
fn load_and_run(answer: &str, tag: &str, command: &str) -> (Output, String) {
    let folder = TempDir::new().expect("a temporary directory");
    let docker = folder.path().join("docker");
    let script = format!(
        "#!/usr/bin/env bash\nprintf '%s\\n' \"$*\" >>\"{0}/calls\"\n\
         [ \"$1\" != load ] || cat \"{0}/answer\"\n",
        folder.path().display()
    );
    fs::write(&docker, script).expect("the stand-in is written");
    fs::set_permissions(&docker, fs::Permissions::from_mode(0o755)).expect("it is executable");
    fs::write(folder.path().join("answer"), answer).expect("the answer is written");
    let path = std::env::var("PATH").expect("a PATH");
    let output = Command::new("bash")
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/src/load-and-run.sh"))
        .args(["/image.tar", tag, command])
        .env("PATH", format!("{}:{path}", folder.path().display()))
        .output()
        .expect("bash is there");
    let calls = fs::read_to_string(folder.path().join("calls")).expect("docker was called");
    (output, calls)
}

#[track_caller]
fn tagged(answer: &str, loaded: &str) {
    let (output, calls) = load_and_run(answer, "me:1", "echo ran");
    assert!(output.status.success(), "{output:?}");
    assert_eq!(output.stdout, b"ran\n");
    assert_eq!(
        calls,
        format!("load --quiet --input /image.tar\ntag {loaded} me:1\n")
    );
}

#[test]
fn an_image_without_a_name_is_tagged_by_its_id() {
    tagged("Loaded image ID: sha256:abc\n", "sha256:abc");
}

#[test]
fn an_image_with_a_name_is_tagged_by_it() {
    tagged(
        "Loaded image: registry.example:5000/other:2\n",
        "registry.example:5000/other:2",
    );
}

#[test]
fn other_lines_of_the_answer_are_passed_over() {
    tagged("layer 1\nLoaded image ID: sha256:abc\n\n", "sha256:abc");
}

#[test]
fn an_answer_that_names_no_image_is_an_error_and_the_command_does_not_run() {
    let (output, calls) = load_and_run("nothing\n", "me:1", "echo ran");
    assert!(!output.status.success());
    assert_eq!(output.stdout, b"");
    assert!(String::from_utf8_lossy(&output.stderr).contains("which image"));
    assert!(!calls.contains("tag"), "{calls}");
}

#[test]
fn the_exit_code_is_the_commands_own() {
    let (output, _) = load_and_run("Loaded image ID: sha256:abc\n", "me:1", "exit 7");
    assert_eq!(output.status.code(), Some(7));
}
