//! The process of a module: it runs for one call, and is gone with it, as is
//! whatever it started.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use tokio::io::{AsyncRead, AsyncReadExt as _};

use crate::lines::{Lines, Tail};
use crate::{Error, Progress};

/// How long the last words of a program that has ended may take to arrive;
/// without a limit, whoever else holds its pipes would hold up the call.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// What a program that a signal ended exits with, where no code is known.
const SIGNALLED: i32 = 128;

/// Runs a module's program to its end; gives its exit code, and the last of what
/// it wrote to stderr that the user has not seen.
///
/// # Errors
/// A program that does not start.
pub async fn run(
    program: &Path,
    variables: &[(&str, String)],
    folder: &Path,
    progress: &dyn Progress,
) -> Result<(i32, String), Error> {
    let unstartable = |error: std::io::Error| Error::file("start", program, &error);
    let mut child = tokio::process::Command::new(program)
        .envs(variables.iter().map(|(name, value)| (name, value)))
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0)
        .spawn()
        .map_err(unstartable)?;
    // A call that is given up leaves no process behind, either.
    let group = Group(child.id());
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let (mut unseen, mut shown) = (Tail::default(), |line: &str| {
        progress.module_line(line);
    });
    let mut tell = |line: &str| {
        if !progress.module_line(line) {
            unseen.push(line);
        }
    };
    let ended = {
        let reading = async {
            tokio::join!(read(stdout, &mut shown), read(stderr, &mut tell));
        };
        tokio::pin!(reading);
        tokio::select! {
            () = &mut reading => child.wait().await,
            ended = child.wait() => {
                drop(group);
                // What comes later is nobody's answer.
                let _ = tokio::time::timeout(LAST_WORDS, &mut reading).await;
                ended
            }
        }
    };
    let status = ended.map_err(unstartable)?;
    let signal = std::os::unix::process::ExitStatusExt::signal(&status);
    let code = status
        .code()
        .unwrap_or(SIGNALLED + signal.unwrap_or_default());
    Ok((code, unseen.text().to_owned()))
}

/// The processes of a program, ended when this is dropped.
struct Group(Option<u32>);

impl Drop for Group {
    fn drop(&mut self) {
        let leader = self.0.and_then(|leader| i32::try_from(leader).ok());
        if let Some(leader) = leader {
            // A group without processes is what was wanted.
            let _ = killpg(Pid::from_raw(leader), Signal::SIGKILL);
        }
    }
}

/// Reads a pipe to its end.
async fn read(pipe: Option<impl AsyncRead + Unpin>, on_line: &mut dyn FnMut(&str)) {
    let Some(mut pipe) = pipe else { return };
    let mut lines = Lines::default();
    let mut bytes = [0; 8192];
    // Bytes are passed on as they come, so that giving up loses no whole line.
    while let Ok(count @ 1..) = pipe.read(&mut bytes).await {
        lines.push(&bytes[..count], on_line);
    }
    lines.end(on_line);
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;
    use std::time::Instant;

    /// Remembers the lines of a module.
    #[derive(Default)]
    struct Heard {
        lines: Mutex<Vec<String>>,
        is_seen: bool,
    }

    impl Progress for Heard {
        fn step_started(&self, _id: u64, _title: &str) {}
        fn step_output(&self, _id: u64, _line: &str) {}
        fn step_done(&self, _id: u64, _cached: bool, _ok: bool) {}
        fn module_line(&self, line: &str) -> bool {
            self.lines.lock().unwrap().push(line.to_owned());
            self.is_seen
        }
        fn note(&self, _line: &str) {}
    }

    /// Runs a script as a module's program.
    async fn script(text: &str, heard: &Heard) -> (i32, String) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("program");
        // Written by another process: one that is written here may still be
        // open in a child that another test forks just now.
        let written = std::process::Command::new("sh")
            .args([
                "-c",
                "printf '#!/bin/sh\\n%s\\n' \"$1\" >\"$2\" && chmod +x \"$2\"",
                "sh",
                text,
            ])
            .arg(&path)
            .status();
        assert!(written.unwrap().success());
        run(&path, &[("A", "it".into())], folder.path(), heard)
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn what_a_module_prints_is_passed_on_and_what_nobody_saw_is_kept() {
        for is_seen in [false, true] {
            let heard = Heard {
                is_seen,
                ..Heard::default()
            };
            let (code, unseen) = script("echo out $A; echo err >&2; exit 7", &heard).await;
            let mut lines = heard.lines.into_inner().unwrap();
            lines.sort();
            assert_eq!(
                (code, lines.as_slice()),
                (7, &["err".into(), "out it".into()][..])
            );
            assert_eq!(unseen, if is_seen { "" } else { "err" });
        }
    }

    #[tokio::test]
    async fn a_module_that_has_ended_is_not_waited_for_and_leaves_nothing() {
        let start = Instant::now();
        let heard = Heard::default();
        let (code, _) = script("sleep 1000.5 & echo $!; setsid sleep 20 & exit 3", &heard).await;
        assert_eq!(code, 3);
        assert!(start.elapsed() < Duration::from_secs(10));
        let child = heard.lines.into_inner().unwrap().remove(0);
        let is_alive = || {
            let stat = std::fs::read_to_string(format!("/proc/{child}/stat"));
            stat.is_ok_and(|stat| !stat.contains(") Z"))
        };
        for _ in 0..100 {
            if !is_alive() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("{child} is still there");
    }

    #[tokio::test]
    async fn a_line_without_end_is_not_held_in_memory() {
        let heard = Heard::default();
        let command = "head -c 50000000 /dev/zero | tr '\\0' x";
        let (code, unseen) = script(&format!("{command}; {command} >&2"), &heard).await;
        assert_eq!(code, 0);
        let lines = heard.lines.into_inner().unwrap();
        let longest = lines.iter().map(String::len).max().unwrap();
        assert!(longest < 1 << 20, "{longest}");
        assert_eq!(lines.iter().map(String::len).sum::<usize>(), 100_000_000);
        assert!(unseen.len() < 1 << 20, "{}", unseen.len());
    }

    #[tokio::test]
    async fn a_signal_is_told_as_a_shell_tells_it() {
        assert_eq!(script("kill -TERM $$", &Heard::default()).await.0, 143);
    }
}
