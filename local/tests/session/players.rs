//! Sessions in processes of their own, which play a part of a test there: with
//! a Podman that misbehaves, in another namespace, or until they are killed.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

/// Which part a process plays, and in which state folder.
const PART: &str = "SESSION_TEST_PART";
const STATE: &str = "SESSION_TEST_STATE";

/// The state folder of the part that this process plays, if it is this one.
pub fn part(name: &str) -> Option<PathBuf> {
    let is_ours = std::env::var(PART).is_ok_and(|part| part == name);
    is_ours.then(|| PathBuf::from(std::env::var_os(STATE).unwrap()))
}

/// The command that plays a part, a test that is ignored otherwise.
pub fn command(test: &str, part: &str, state: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    play(&mut command, test, part, state);
    command
}

/// Lets a command play a part that starts this very program.
pub fn play(command: &mut Command, test: &str, part: &str, state: &Path) {
    command
        .args([test, "--exact", "--ignored", "--nocapture"])
        .env(PART, part)
        .env(STATE, state)
        .stdout(Stdio::piped());
}

/// A process that plays a part until it is killed.
pub struct Player {
    child: Child,
    lines: std::io::Lines<BufReader<ChildStdout>>,
}

impl Player {
    /// Starts it; comes back when it says READY.
    pub fn start(mut command: Command) -> Self {
        let mut child = command.spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut player = Player { child, lines };
        player.wait_for("READY");
        player
    }

    /// Waits for a line that ends with a word.
    pub fn wait_for(&mut self, word: &str) {
        let mut said = Vec::new();
        for line in self.lines.by_ref().map_while(Result::ok) {
            if line.ends_with(word) {
                return;
            }
            said.push(line);
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
        panic!("the part ended before {word}: {said:#?}");
    }

    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// A folder for `PATH` whose `podman` runs some lines of shell before the real one.
pub fn podman_after(lines: &str) -> tempfile::TempDir {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("podman");
    let path = std::env::var_os("PATH").unwrap();
    let real = std::env::split_paths(&path)
        .map(|folder| folder.join("podman"))
        .find(|program| program.is_file())
        .expect("podman is installed");
    let script = format!("#!/bin/bash\n{lines}\nexec {} \"$@\"\n", real.display());
    std::fs::write(&file, script).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

/// `PATH` with a folder in front.
pub fn path_with(folder: &Path) -> std::ffi::OsString {
    let path = std::env::var_os("PATH").unwrap();
    let folders = std::iter::once(folder.to_owned()).chain(std::env::split_paths(&path));
    std::env::join_paths(folders).unwrap()
}
