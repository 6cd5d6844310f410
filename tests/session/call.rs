//! Runs `./dind` and takes what it printed.

use std::path::Path;
use std::process::{Command, Output};

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
        let lines = self
            .stderr
            .lines()
            .filter(|line| !line.starts_with("dind: "));
        lines.map(str::to_owned).collect()
    }
}

/// `./dind call …` in the repository.
pub fn call(arguments: &[&str]) -> Answer {
    call_in(Path::new(env!("CARGO_MANIFEST_DIR")), arguments)
}

/// `dind call …` in another directory.
pub fn call_in(directory: &Path, arguments: &[&str]) -> Answer {
    let output = Command::new("timeout")
        .args(["--signal=INT", "--kill-after=20", LIMIT])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/dind"))
        .arg("call")
        .args(arguments)
        .current_dir(directory)
        .output()
        .expect("timeout, of coreutils, is installed");
    Answer::from(output)
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
