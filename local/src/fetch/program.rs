//! A program that fetches: with a clean environment, until its time is over.

use std::io::{self, Read as _, Write};
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

use crate::state::State;

/// How long one run may take.
const LIMIT: Duration = Duration::from_secs(600);
/// The time between two looks at a program.
const LOOK: Duration = Duration::from_millis(20);
/// How much of what a program writes to stderr is kept.
const SAID: u64 = 1 << 16;

/// What a program takes over from the session's environment: how the machine
/// reaches the world, and who `sudo` was called by, which `git` wants to know.
const KEPT: [&str; 15] = [
    "PATH",
    "SUDO_UID",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "GIT_SSL_CAINFO",
    "CURL_CA_BUNDLE",
    "http_proxy",
    "https_proxy",
    "HTTPS_PROXY",
    "all_proxy",
    "ALL_PROXY",
    "no_proxy",
    "NO_PROXY",
    "TMPDIR",
    "TZ",
];

/// A program with a clean environment, and a home of its own.
pub fn program(name: &str, home: &Path) -> Command {
    let kept = KEPT
        .iter()
        .filter_map(|name| Some((name, std::env::var_os(name)?)));
    let mut command = Command::new(name);
    command
        .env_clear()
        .envs(kept)
        .env("HOME", home)
        .env("LC_ALL", "C")
        .current_dir(home);
    command
}

/// What a program ended with, and what it wrote to stderr.
pub struct Ended {
    pub status: ExitStatus,
    pub stderr: String,
}

/// Runs a program; what it writes to stdout goes to `stdout`, up to `most`
/// bytes.
///
/// # Errors
/// One line: it is missing, takes too long, or writes too much.
pub fn run(
    command: &mut Command,
    state: &State,
    stdout: &mut (impl Write + Send),
    most: u64,
) -> Result<Ended, String> {
    let name = command.get_program().display().to_string();
    let mut child = command
        .process_group(0)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| unstartable(&name, &error))?;
    let (out, err) = (child.stdout.take(), child.stderr.take());
    let group = Pid::from_raw(child.id().cast_signed());
    std::thread::scope(|scope| {
        let copied = scope.spawn(move || {
            let copied = out.map_or(Ok(0), |out| io::copy(&mut out.take(most + 1), stdout));
            if !matches!(copied, Ok(bytes) if bytes <= most) {
                // Nobody reads on. One that is gone already is what was wanted.
                let _ = killpg(group, Signal::SIGKILL);
            }
            copied
        });
        let said = scope.spawn(move || {
            let mut said = Vec::new();
            if let Some(mut err) = err {
                let _ = (&mut err).take(SAID).read_to_end(&mut said);
                // A full pipe would hold the program up.
                let _ = io::copy(&mut err, &mut io::sink());
            }
            String::from_utf8_lossy(&said).into_owned()
        });
        let ended = awaited(&mut child, state);
        // What it left running holds the pipes.
        let _ = killpg(group, Signal::SIGKILL);
        let copied = copied.join().unwrap_or(Ok(0));
        let stderr = said.join().unwrap_or_default();
        let status = ended?;
        match copied {
            Ok(bytes) if bytes > most => Err(format!("it is larger than {} MiB", most >> 20)),
            Err(error) => Err(error.to_string()),
            Ok(_) => Ok(Ended { status, stderr }),
        }
    })
}

fn awaited(child: &mut Child, state: &State) -> Result<ExitStatus, String> {
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait().map_err(|error| error.to_string())? {
            return Ok(status);
        }
        let problem = match state.may_go_on() {
            Err(ended) => ended.to_string(),
            Ok(()) if begun.elapsed() < LIMIT => {
                std::thread::sleep(LOOK);
                continue;
            }
            Ok(()) => format!("it took longer than {} s", LIMIT.as_secs()),
        };
        let _ = killpg(Pid::from_raw(child.id().cast_signed()), Signal::SIGKILL);
        let _ = child.wait();
        return Err(problem);
    }
}

fn unstartable(name: &str, error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => {
            format!("{name} is missing: apt-get install {name}, or use a Dagger engine")
        }
        _ => format!("cannot start {name}: {error}"),
    }
}

/// What a program ended with, where it says nothing itself.
pub fn without_a_word(status: ExitStatus) -> String {
    match status.signal() {
        Some(signal) => format!("it was ended by signal {signal}"),
        None => format!(
            "it failed without a word, with code {}",
            status.code().unwrap_or(-1)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str, most: u64) -> (Result<Ended, String>, Vec<u8>) {
        let folder = tempfile::tempdir().unwrap();
        let state = State::open(&folder.path().join("state"), "session").unwrap();
        let mut written = Vec::new();
        let mut command = program("sh", folder.path());
        let ended = run(command.args(["-c", script]), &state, &mut written, most);
        (ended, written)
    }

    #[test]
    fn a_program_sees_none_of_the_users_settings() {
        let (ended, written) = shell("env", 1 << 16);
        assert!(ended.unwrap().status.success());
        let written = String::from_utf8(written).unwrap();
        let own = ["HOME", "LC_ALL", "PWD", "OLDPWD", "SHLVL", "_"];
        let variables = written.lines().filter_map(|line| line.split_once('='));
        for (name, value) in variables {
            assert!(KEPT.contains(&name) || own.contains(&name), "{name}");
            assert!(name != "HOME" || Some(value) != std::env::var("HOME").ok().as_deref());
        }
        assert!(written.contains("HOME="), "{written}");
    }

    #[test]
    fn what_is_too_large_or_missing_is_told_in_a_line() {
        let begun = Instant::now();
        let (ended, written) = shell("yes; sleep 100", 2 << 20);
        assert_eq!(ended.err().unwrap(), "it is larger than 2 MiB");
        assert_eq!(written.len(), (2 << 20) + 1);
        assert!(begun.elapsed() < Duration::from_secs(60));
        let problem = unstartable("curl", &io::ErrorKind::NotFound.into());
        assert!(problem.contains("apt-get install curl"), "{problem}");
    }
}
