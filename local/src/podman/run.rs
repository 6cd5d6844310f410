//! Containers that run commands and services.

use std::io::{ErrorKind, Read};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

use super::checked::Id;
use super::command::{Podman, feed, reason, unstartable};
use super::containers::label;
use super::until::Until;
use crate::lines::Lines;
use crate::scrub::Scrubber;
use crate::{Error, init};

/// How much of what a service writes is kept; it is kept in memory.
const LOG_SIZE: &str = "4mb";

/// What Podman's options do not keep: it reads `--env` and `--mount` with Go's
/// `encoding/csv`, which drops a carriage return before a line feed.
const CHANGED: &str = "\r\n";

/// A container to run. No text in it is ever read by a shell.
#[derive(Clone, Default)]
pub struct RunSpec {
    /// The container's name, new in this state folder.
    pub name: String,
    /// The session that the container belongs to.
    pub session: String,
    /// The ID of its image.
    pub image: String,
    pub command: Vec<String>,
    pub env: Vec<(String, String)>,
    /// Variables whose values appear in no argument, file or image.
    pub secret_env: Vec<(String, Vec<u8>)>,
    /// Files that are mounted, and removed once they are.
    pub secret_files: Vec<PathBuf>,
    /// The program of [`crate::init`], which is mounted.
    pub init: PathBuf,
    /// The command is the first process itself.
    pub no_init: bool,
    /// The file for what the command writes; without one it writes to what
    /// Podman writes to.
    pub log: Option<PathBuf>,
    pub workdir: String,
    pub user: String,
    /// Fields of `--mount`, such as `type=bind`.
    pub mounts: Vec<Vec<String>>,
    /// Names and the addresses that they get.
    pub hosts: Vec<(String, String)>,
    pub privileged: bool,
    /// The path of the container's network namespace.
    pub network: String,
    /// The container's own address there.
    pub address: String,
    /// A nameserver in place of the host's.
    pub nameserver: Option<String>,
}

impl RunSpec {
    /// Whether something reaches the command past Podman: secrets, and what
    /// Podman would change.
    fn hands_over(&self) -> bool {
        !self.secret_env.is_empty()
            || !self.secret_files.is_empty()
            || self.env.iter().any(|(_, value)| value.contains(CHANGED))
    }

    /// The variables that reach the command past Podman.
    pub fn past_podman(&self) -> Vec<(String, Vec<u8>)> {
        let changed = self.env.iter().filter(|(_, value)| value.contains(CHANGED));
        let changed = changed.map(|(name, value)| (name.clone(), value.clone().into_bytes()));
        self.secret_env.iter().cloned().chain(changed).collect()
    }

    /// Prepares the way past Podman.
    fn hand_over(&self, command: &mut Command) -> Result<(), Error> {
        if !self.hands_over() {
            return Ok(());
        }
        let variables = self.past_podman();
        let files = self.secret_files.clone();
        let taken = move || {
            for file in files {
                // One that stays goes with the session's folder.
                let _ = std::fs::remove_file(file);
            }
        };
        init::hand_over(command, &variables, taken).map_err(unstartable)
    }

    fn arguments(&self) -> Result<Vec<String>, Error> {
        let mut arguments = vec![
            format!("--name={}", self.name),
            label(&self.session),
            format!("--network=ns:{}", self.network),
            format!("--hostname={}", self.name),
            format!("--add-host={}:{}", self.name, self.address),
            "--pull=never".into(),
            "--image-volume=ignore".into(),
            // No image's health check runs by itself: that needs systemd.
            "--no-healthcheck".into(),
            "--entrypoint=".into(),
            "--unsetenv-all".into(),
        ];
        if !self.workdir.is_empty() {
            arguments.push(format!("--workdir={}", self.workdir));
        }
        if !self.user.is_empty() {
            arguments.push(format!("--user={}", self.user));
        }
        if let Some(server) = &self.nameserver {
            arguments.push(format!("--dns={server}"));
        }
        let kept = self
            .env
            .iter()
            .filter(|(_, value)| !value.contains(CHANGED));
        for (name, value) in kept {
            arguments.push(format!("--env={name}={value}"));
        }
        if self.hands_over() {
            arguments.push("--preserve-fds=1".into());
        }
        match &self.log {
            Some(path) => arguments.extend([
                "--log-driver=k8s-file".into(),
                format!("--log-opt=path={}", path.display()),
                format!("--log-opt=max-size={LOG_SIZE}"),
            ]),
            // The command writes to our pipes itself: Podman would lose what it
            // had not copied when a signal ends it, with code 0.
            None => arguments.push("--log-driver=passthrough".into()),
        }
        let init = [
            "type=bind".to_owned(),
            format!("source={}", self.init.display()),
            format!("target={}", init::PLACE),
            "ro=true".to_owned(),
        ];
        for fields in self.mounts.iter().map(Vec::as_slice).chain([&init[..]]) {
            arguments.push(format!("--mount={}", csv(fields)?));
        }
        for (name, address) in &self.hosts {
            arguments.push(format!("--add-host={name}:{address}"));
        }
        if self.privileged {
            arguments.push("--privileged".into());
        }
        arguments.push(self.image.clone());
        arguments.extend(init::command(
            &self.command,
            self.no_init,
            self.hands_over(),
        ));
        Ok(arguments)
    }
}

/// A command that has ended.
#[derive(Debug, Clone)]
pub struct Finished {
    pub exit_code: i32,
    pub stdout: Vec<u8>,
    pub stderr: Vec<u8>,
}

impl Podman {
    /// Runs a command to its end; its container stays, for a commit. Lines are
    /// passed on as they come.
    ///
    /// A build step would not do: `podman build --quiet` drops what the
    /// command writes, without it other text is mixed in; it has no stdin, no
    /// privileges, and nothing is left of a step that failed as expected.
    ///
    /// # Errors
    /// Podman could not start the container at all.
    pub fn run(
        &self,
        spec: &RunSpec,
        stdin: Option<&[u8]>,
        scrubber: &Scrubber,
        on_line: &(dyn Fn(&str) + Sync),
    ) -> Result<Finished, Error> {
        // Signals that Podman gets are no matter of the command's.
        let mut arguments = vec!["run".to_owned(), "--sig-proxy=false".into()];
        if stdin.is_some() {
            arguments.push("--interactive".into());
        }
        arguments.extend(spec.arguments()?);
        let (finished, ended) = self.attached(spec, &arguments, stdin, scrubber, on_line)?;
        self.may_start()?;
        let refused = |message: String| Error::Podman {
            operation: "run".into(),
            message,
        };
        // Podman's own codes; a command may end with them, too.
        let is_podmans = (125..=127).contains(&finished.exit_code);
        match ended {
            Ok(Some(code)) if code == finished.exit_code => return Ok(finished),
            // Only Podman's word says that there is nothing: that it failed.
            Ok(None) | Err(_) if is_podmans => {}
            Err(error) => return Err(error),
            Ok(_) => return Err(refused("it ended before the command did".into())),
        }
        let message = reason(&String::from_utf8_lossy(&finished.stderr));
        if finished.exit_code != 125 && message.contains("exec: ") {
            // The command is missing or cannot be executed.
            return Ok(Finished {
                exit_code: finished.exit_code,
                stdout: Vec::new(),
                stderr: format!("{message}\n").into_bytes(),
            });
        }
        Err(refused(message))
    }

    /// Runs Podman; gives what came of it, and of the container.
    fn attached(
        &self,
        spec: &RunSpec,
        arguments: &[String],
        stdin: Option<&[u8]>,
        scrubber: &Scrubber,
        on_line: &(dyn Fn(&str) + Sync),
    ) -> Result<(Finished, Result<Option<i32>, Error>), Error> {
        self.may_start()?;
        let mut command = self.command();
        command
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        if stdin.is_some() {
            command.stdin(Stdio::piped());
        }
        spec.hand_over(&mut command)?;
        let mut child = command.spawn().map_err(unstartable)?;
        // With its end of the secrets' socket, so that the other one notices.
        drop(command);
        feed(&mut child, stdin.map(<[u8]>::to_vec));
        let is_over = AtomicBool::new(false);
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        let (stdout, stderr) = (
            stdout.map(|pipe| Until {
                pipe,
                is_over: &is_over,
            }),
            stderr.map(|pipe| Until {
                pipe,
                is_over: &is_over,
            }),
        );
        std::thread::scope(|scope| {
            let stdout = scope.spawn(|| collect(stdout, scrubber, on_line));
            let stderr = scope.spawn(|| collect(stderr, scrubber, on_line));
            let status = child.wait();
            let ended = self.ended_with(&spec.name);
            if !matches!(ended, Ok(Some(_))) {
                // Podman is gone, and the command is not. What stays is told of
                // by who removes the container at its end.
                let _ = self.remove(&spec.name);
                is_over.store(true, Ordering::Release);
            }
            let finished = Finished {
                stdout: stdout.join().unwrap_or_default(),
                stderr: stderr.join().unwrap_or_default(),
                exit_code: status.map_err(unstartable)?.code().unwrap_or(137),
            };
            Ok((finished, ended))
        })
    }

    /// Starts a container in the background.
    ///
    /// # Errors
    /// It did not start.
    pub fn start(&self, spec: &RunSpec) -> Result<(), Error> {
        let mut arguments = vec!["run".to_owned(), "--detach".into(), "--replace".into()];
        arguments.extend(spec.arguments()?);
        let mut command = self.command();
        command.args(arguments);
        spec.hand_over(&mut command)?;
        Id::said("run", &self.checked("run", &mut command)?).map(|_| ())
    }
}

/// Reads to the end, without the secrets, passing lines on.
pub fn collect(
    pipe: Option<impl Read>,
    scrubber: &Scrubber,
    on_line: &(dyn Fn(&str) + Sync),
) -> Vec<u8> {
    let mut all = Vec::new();
    let Some(mut pipe) = pipe else { return all };
    let (mut stream, mut lines) = (scrubber.stream(), Lines::default());
    let mut tell = |line: &str| on_line(line);
    let mut bytes = [0; 8192];
    loop {
        let read = pipe.read(&mut bytes);
        let certain = match read {
            Ok(count @ 1..) => stream.push(&bytes[..count]),
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            _ => stream.end(),
        };
        lines.push(&certain, &mut tell);
        all.extend(certain);
        if !read.is_ok_and(|count| count > 0) {
            lines.end(&mut tell);
            return all;
        }
    }
}

/// Fields as one line of comma-separated values, as `--mount` reads it.
///
/// # Errors
/// A path that no such line can hold.
fn csv(fields: &[String]) -> Result<String, Error> {
    if let Some(field) = fields.iter().find(|field| field.contains(CHANGED)) {
        return Err(Error::argument(
            format!("mount {field:?}"),
            "Podman mounts no path with a carriage return before a line feed",
        ));
    }
    let quoted: Vec<_> = fields
        .iter()
        .map(|field| match field.contains(['"', ',', '\n', '\r']) {
            true => format!("\"{}\"", field.replace('"', "\"\"")),
            false => field.clone(),
        })
        .collect();
    Ok(quoted.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_with_commas_and_quotes_stay_one_field() {
        let fields = ["type=bind", "target=/a,b \"c\""].map(str::to_owned);
        assert_eq!(csv(&fields).unwrap(), "type=bind,\"target=/a,b \"\"c\"\"\"");
    }

    #[test]
    fn a_path_that_no_option_can_hold_is_refused_by_name() {
        let fields = ["type=tmpfs", "target=/a\r\nb"].map(str::to_owned);
        let error = csv(&fields).unwrap_err().to_string();
        assert!(error.contains(r#""target=/a\r\nb""#), "{error}");
    }

    #[test]
    fn the_command_comes_last_and_as_it_is() {
        let spec = RunSpec {
            image: "image".into(),
            command: vec!["--privileged".into(), "$(x)".into()],
            ..RunSpec::default()
        };
        let arguments = spec.arguments().unwrap();
        let command = ["image", init::PLACE, "--", "--privileged", "$(x)"].map(str::to_owned);
        assert!(arguments.ends_with(&command));
        assert!(!arguments[..arguments.len() - 5].contains(&"--privileged".to_owned()));
    }
}
