//! Runs `./dind` and takes what it printed.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::NamedTempFile;

/// Longer than any call of these tests takes on two busy cores, in seconds.
const LIMIT: &str = "300";

/// What a call of `./dind` left.
#[derive(Debug)]
pub struct Answer {
    pub stdout: String,
    pub stderr: String,
    pub code: Option<i32>,
}

impl Answer {
    /// The standard output of a call that has to succeed.
    #[track_caller]
    pub fn succeeded(self) -> String {
        assert_eq!(self.code, Some(0), "{self:#?}");
        self.stdout
    }

    /// The lines that a mistake left on stderr, without the one that says which session is used.
    #[track_caller]
    pub fn complaint(self) -> Vec<String> {
        assert_ne!(self.code, Some(0), "{self:#?}");
        assert_eq!(self.stdout, "", "{self:#?}");
        let lines = if is_local() {
            self.stderr.lines().map(str::to_owned).collect()
        } else {
            said_by_the_cli(&self.stderr)
        };
        let said = lines
            .into_iter()
            .filter(|line: &String| !line.starts_with("dind: "));
        said.collect()
    }
}

/// What the Dagger CLI says of a mistake, without its progress, which names an error too: what begins with `Error: `, or
/// from v1.0 on the marked lines at the head of its report, below the exit code.
fn said_by_the_cli(stderr: &str) -> Vec<String> {
    let is_progress = |line: &&str| !line.starts_with("Error: ");
    if stderr.lines().any(|line| line.starts_with("Error: ")) {
        let said = stderr.lines().skip_while(is_progress);
        return said.map(str::to_owned).collect();
    }
    let report = stderr
        .lines()
        .skip_while(|line| !line.starts_with("! exit code"));
    let said = report.skip(1).take_while(|line| !line.is_empty());
    said.map(|line| line.trim_start_matches("! ").to_owned())
        .collect()
}

/// Whether a rule of the local session's alone can be run here; if not, its name and the reason are printed.
pub fn runs_locally(rule: &str, why: &str) -> bool {
    let local = is_local();
    if !local {
        // Past the capture of the test's output: a rule that did not run is said aloud.
        let _ = writeln!(io::stderr(), "not run: {rule} ({why})");
    }
    local
}

/// Whether the local session answers, not a Dagger engine.
fn is_local() -> bool {
    std::env::var("DIND_SESSION").as_deref() != Ok("dagger")
}

/// The folder that the local session keeps things in.
pub fn state() -> PathBuf {
    std::env::var_os("DAGGER_LOCAL_STATE").map_or_else(
        || PathBuf::from(std::env::var_os("HOME").expect("a home")).join(".cache/dagger-local"),
        PathBuf::from,
    )
}

/// `./dind call …` in the repository.
pub fn call(arguments: &[&str]) -> Answer {
    call_in(Path::new(env!("CARGO_MANIFEST_DIR")), arguments)
}

/// `dind call …` in another directory.
pub fn call_in(directory: &Path, arguments: &[&str]) -> Answer {
    answer_of(dind(directory, arguments))
}

/// `./dind call …` in another environment.
pub fn call_with(arguments: &[&str], environment: &[(&str, PathBuf)]) -> Answer {
    let mut command = dind(Path::new(env!("CARGO_MANIFEST_DIR")), arguments);
    command.envs(environment.iter().map(|(name, value)| (name, value)));
    answer_of(command)
}

fn dind(directory: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("timeout");
    command
        .args(["--signal=INT", "--kill-after=20", LIMIT])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/dind"))
        .arg("call")
        .args(arguments)
        .env("NO_COLOR", "1")
        .current_dir(directory);
    command
}

fn answer_of(mut command: Command) -> Answer {
    let output = command.output();
    Answer::from(output.expect("timeout, of coreutils, is installed"))
}

/// `./dind call …` of what looks at names, too. The nameserver is somebody else's: as long as it is silent to
/// the daemon itself, the call is made again, three times in all.
pub fn call_with_names(arguments: &[&str]) -> Answer {
    const SILENT: &str = "the nameserver outside of the daemon does not answer";
    let answer = call(arguments);
    (0..2).fold(answer, |answer, _| match answer.stderr.contains(SILENT) {
        true => call(arguments),
        false => answer,
    })
}

/// The flag that gives `with-exec` a line of bash: a list, so quotes are doubled.
pub fn bash(script: &str) -> String {
    format!("--args=bash,-c,\"{}\"", script.replace('"', "\"\""))
}

/// A `daemon.json` of the caller's, for as long as this lives.
pub struct DaemonJson {
    /// The flag that gives it to a call.
    pub flag: String,
    _file: NamedTempFile,
}

/// Writes a `daemon.json` with these keys.
pub fn daemon_json(keys: &Value) -> DaemonJson {
    let file = NamedTempFile::new().expect("a file for daemon.json");
    std::fs::write(file.path(), keys.to_string()).expect("daemon.json is written");
    DaemonJson {
        flag: format!("--daemon-json={}", file.path().display()),
        _file: file,
    }
}

impl From<Output> for Answer {
    fn from(output: Output) -> Self {
        Answer {
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
            code: output.status.code(),
        }
    }
}
