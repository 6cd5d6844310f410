//! The first process of every container that the session runs, as an engine has
//! one: it passes signals on, which a first process would not take, buries the
//! processes that nobody waits for, and ends with the command's own code.
//!
//! It is also the way of secrets into the command's environment: they come
//! through a socket, so that no file ever holds them.
//!
//! `init [--exec] [--secrets] -- COMMAND...`; with `--exec` the command takes
//! its place instead of being looked after. `build.rs` builds it on its own,
//! without any library of the system: it runs in images that have none.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::os::fd::FromRawFd;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::process::CommandExt;
use std::process::{Command, exit};

/// Where the secrets come from: the first file after the standard ones.
const SECRETS: i32 = 3;

/// What a shell ends with where there is no such command.
const NOT_FOUND: i32 = 127;
/// What a shell ends with where the command cannot be run.
const NOT_RUN: i32 = 126;
/// What a shell adds to the number of a signal that ended a command.
const SIGNALLED: i32 = 128;

const SIGCHLD: i32 = 17;
const SIGTERM: i32 = 15;
const SIG_BLOCK: i32 = 0;
const SIG_SETMASK: i32 = 2;
const WNOHANG: i32 = 1;

/// Signals that mean this very process: an error of its own, or its terminal.
const OWN: [i32; 9] = [4, 5, 6, 7, 8, 11, 31, 21, 22];

/// A set of signals, as large as any C library of Linux has it.
#[repr(C, align(16))]
struct Signals([u64; 16]);

unsafe extern "C" {
    fn sigfillset(set: *mut Signals) -> i32;
    fn sigdelset(set: *mut Signals, signal: i32) -> i32;
    fn sigprocmask(how: i32, set: *const Signals, old: *mut Signals) -> i32;
    fn sigwait(set: *const Signals, signal: *mut i32) -> i32;
    fn waitpid(process: i32, status: *mut i32, options: i32) -> i32;
    fn kill(process: i32, signal: i32) -> i32;
}

/// What is asked for on the command line.
#[derive(Debug, Default, PartialEq)]
struct Asked {
    is_exec: bool,
    has_secrets: bool,
    command: Vec<OsString>,
}

fn main() {
    let Some(asked) = read(std::env::args_os().skip(1)) else {
        fail("init: expected [--exec] [--secrets] -- COMMAND...", NOT_RUN);
    };
    let mut command = Command::new(&asked.command[0]);
    command.args(&asked.command[1..]);
    if asked.has_secrets {
        match secrets() {
            Ok(secrets) => command.envs(secrets),
            Err(error) => fail(&format!("init: the secrets did not come: {error}"), NOT_RUN),
        };
    }
    if asked.is_exec {
        let error = command.exec();
        unstartable(&asked.command[0], &error);
    }
    let (signals, before) = blocked();
    let unblock = move || {
        // SAFETY: the set lives in the closure.
        unsafe { sigprocmask(SIG_SETMASK, &before, std::ptr::null_mut()) };
        Ok(())
    };
    // SAFETY: the closure allocates nothing and takes no lock.
    unsafe { command.process_group(0).pre_exec(unblock) };
    match command.spawn() {
        Ok(child) => exit(look_after(
            i32::try_from(child.id()).unwrap_or_default(),
            &signals,
        )),
        Err(error) => unstartable(&asked.command[0], &error),
    }
}

fn read(arguments: impl Iterator<Item = OsString>) -> Option<Asked> {
    let mut asked = Asked::default();
    let mut arguments = arguments.into_iter();
    loop {
        match arguments.next()?.to_str() {
            Some("--exec") => asked.is_exec = true,
            Some("--secrets") => asked.has_secrets = true,
            Some("--") => break,
            _ => return None,
        }
    }
    asked.command = arguments.collect();
    (!asked.command.is_empty()).then_some(asked)
}

/// Reads the secrets, and says that they have come.
fn secrets() -> std::io::Result<Vec<(OsString, OsString)>> {
    // SAFETY: `--secrets` says that the file is open, and nothing else has it.
    let mut socket = unsafe { File::from_raw_fd(SECRETS) };
    let mut bytes = Vec::new();
    socket.read_to_end(&mut bytes)?;
    socket.write_all(b"!")?;
    Ok(variables(&bytes))
}

/// `NAME=VALUE`, each with a zero byte at its end.
fn variables(bytes: &[u8]) -> Vec<(OsString, OsString)> {
    let text = |bytes: &[u8]| OsStr::from_bytes(bytes).to_owned();
    bytes
        .split(|byte| *byte == 0)
        .filter_map(|variable| {
            let end = variable.iter().position(|byte| *byte == b'=')?;
            Some((text(&variable[..end]), text(&variable[end + 1..])))
        })
        .collect()
}

/// Holds back all signals that are passed on; gives them, and those that were
/// held back before, which is what the command starts with.
fn blocked() -> (Signals, Signals) {
    let (mut signals, mut before) = (Signals([0; 16]), Signals([0; 16]));
    // SAFETY: the sets are large enough, and live as long as the calls.
    unsafe {
        sigfillset(&mut signals);
        for signal in OWN {
            sigdelset(&mut signals, signal);
        }
        sigprocmask(SIG_BLOCK, &signals, &mut before);
    }
    (signals, before)
}

/// Passes signals to the command's processes until it has ended; its exit code.
fn look_after(child: i32, signals: &Signals) -> i32 {
    loop {
        let mut signal = 0;
        // SAFETY: both outlive the call.
        unsafe { sigwait(signals, &mut signal) };
        if signal > 0 && signal != SIGCHLD {
            // SAFETY: no memory is involved.
            unsafe { kill(-child, signal) };
        }
        if let Some(code) = buried(child) {
            // SAFETY: no memory is involved.
            unsafe { kill(-child, SIGTERM) };
            return code;
        }
    }
}

/// Waits for all processes that have ended; the exit code of the command, if it
/// is among them.
fn buried(child: i32) -> Option<i32> {
    let mut code = None;
    loop {
        let mut status = 0;
        // SAFETY: the status outlives the call.
        let ended = unsafe { waitpid(-1, &mut status, WNOHANG) };
        if ended <= 0 {
            return code;
        }
        if ended == child {
            code = Some(code_of(status));
        }
    }
}

/// What a shell would end with.
fn code_of(status: i32) -> i32 {
    match status & 0x7f {
        0 => status >> 8 & 0xff,
        signal => SIGNALLED + signal,
    }
}

fn unstartable(program: &OsStr, error: &std::io::Error) -> ! {
    let program = program.to_string_lossy();
    let (problem, code) = match error.kind() {
        ErrorKind::NotFound if program.contains('/') => {
            ("no such file or directory".to_owned(), NOT_FOUND)
        }
        ErrorKind::NotFound => ("executable file not found in $PATH".to_owned(), NOT_FOUND),
        ErrorKind::PermissionDenied => ("permission denied".to_owned(), NOT_RUN),
        _ => (error.to_string(), NOT_RUN),
    };
    fail(&format!("exec: {program:?}: {problem}"), code)
}

fn fail(message: &str, code: i32) -> ! {
    // Where nobody listens the code says it.
    let _ = writeln!(std::io::stderr(), "{message}");
    exit(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(words: &[&str]) -> Option<Asked> {
        read(words.iter().map(OsString::from))
    }

    #[test]
    fn the_command_is_what_stands_behind_the_dashes() {
        let found = asked(&["--secrets", "--", "--exec", "--", "x"]).unwrap();
        assert!(found.has_secrets && !found.is_exec);
        assert_eq!(found.command, ["--exec", "--", "x"]);
        for words in [&[][..], &["--"], &["x"], &["--exec", "x"]] {
            assert_eq!(asked(words), None, "{words:?}");
        }
    }

    #[test]
    fn a_variable_may_hold_anything_but_a_zero_byte() {
        let found = variables(b"A=x=\ny\0B=\0broken\0\0");
        let pair = |name: &str, value: &str| (name.into(), value.into());
        assert_eq!(found, [pair("A", "x=\ny"), pair("B", "")]);
    }

    #[test]
    fn codes_are_a_shells() {
        assert_eq!(
            (code_of(7 << 8), code_of(15), code_of(0x80 | 11)),
            (7, 143, 139)
        );
    }
}
