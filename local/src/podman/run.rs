//! Containers that run commands and services.

use std::io::{BufRead as _, BufReader, Read};
use std::process::Stdio;

use super::{ATTEMPTS, Podman, feed, network, reason, unstartable};
use crate::Error;

/// The label that names the session a container belongs to.
const SESSION: &str = "dagger-local.session";

/// A container to run. No text in it is ever read by a shell.
#[derive(Debug, Clone, Default)]
pub struct RunSpec {
    /// The container's name, new in this state folder.
    pub name: String,
    /// The session that the container belongs to.
    pub session: String,
    /// The ID of its image.
    pub image: String,
    pub command: Vec<String>,
    pub env: Vec<(String, String)>,
    /// Variables and the files that hold their values, which appear neither in
    /// an argument nor in an image.
    pub secret_env: Vec<(String, String)>,
    pub workdir: String,
    pub user: String,
    /// Fields of `--mount`, such as `type=bind`.
    pub mounts: Vec<Vec<String>>,
    /// Names and the addresses that they get.
    pub hosts: Vec<(String, String)>,
    pub privileged: bool,
    pub hostname: Option<String>,
}

impl RunSpec {
    fn arguments(&self, network: &str) -> Vec<String> {
        let mut arguments = vec![
            format!("--name={}", self.name),
            format!("--label={SESSION}={}", self.session),
            format!("--network={network}"),
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
        if let Some(hostname) = &self.hostname {
            arguments.push(format!("--hostname={hostname}"));
        }
        for (name, value) in &self.env {
            arguments.push(format!("--env={name}={value}"));
        }
        for (name, secret) in &self.secret_env {
            arguments.push(format!("--secret={secret},type=env,target={name}"));
        }
        for fields in &self.mounts {
            arguments.push(format!("--mount={}", csv(fields)));
        }
        for (name, address) in &self.hosts {
            arguments.push(format!("--add-host={name}:{address}"));
        }
        if self.privileged {
            arguments.push("--privileged".into());
        }
        arguments.push(self.image.clone());
        arguments.extend(self.command.iter().cloned());
        arguments
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
        on_line: &(dyn Fn(&str) + Sync),
    ) -> Result<Finished, Error> {
        let mut arguments = vec!["run".to_owned()];
        if stdin.is_some() {
            arguments.push("--interactive".into());
        }
        arguments.extend(spec.arguments(&network::name(&self.state)));
        let mut attempt = 1;
        loop {
            let finished = self.attached(&arguments, stdin, on_line)?;
            // Podman's own codes; a command may end with them, too.
            if !(125..=127).contains(&finished.exit_code) || self.has_run(&spec.name) {
                return Ok(finished);
            }
            let message = reason(&String::from_utf8_lossy(&finished.stderr));
            self.remove(&spec.name);
            if finished.exit_code != 125 && message.contains("exec: ") {
                // The command is missing or cannot be executed.
                return Ok(Finished {
                    exit_code: finished.exit_code,
                    stdout: Vec::new(),
                    stderr: format!("{message}\n").into_bytes(),
                });
            }
            if attempt == ATTEMPTS || !message.contains("netavark") {
                return Err(Error::Podman {
                    operation: "run".into(),
                    message,
                });
            }
            attempt += 1;
        }
    }

    fn attached(
        &self,
        arguments: &[String],
        stdin: Option<&[u8]>,
        on_line: &(dyn Fn(&str) + Sync),
    ) -> Result<Finished, Error> {
        self.may_start()?;
        let mut command = self.command();
        command
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        if stdin.is_some() {
            command.stdin(Stdio::piped());
        }
        let mut child = command.spawn().map_err(unstartable)?;
        feed(&mut child, stdin.map(<[u8]>::to_vec));
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        let (stdout, stderr) = std::thread::scope(|scope| {
            let stdout = scope.spawn(|| collect(stdout, on_line));
            let stderr = collect(stderr, on_line);
            (stdout.join().unwrap_or_default(), stderr)
        });
        let status = child.wait().map_err(unstartable)?;
        Ok(Finished {
            exit_code: status.code().unwrap_or(137),
            stdout,
            stderr,
        })
    }

    fn has_run(&self, name: &str) -> bool {
        let format = "--format={{.State.Status}}";
        self.output("inspect", ["inspect", "--type=container", format, name])
            .is_ok_and(|status| status == "exited")
    }

    /// Starts a container in the background.
    ///
    /// # Errors
    /// It did not start.
    pub fn start(&self, spec: &RunSpec) -> Result<(), Error> {
        let network = network::name(&self.state);
        let mut arguments = vec!["run".to_owned(), "--detach".into(), "--replace".into()];
        arguments.extend(spec.arguments(&network));
        self.output("run", arguments)?;
        network::keep_address(&network);
        Ok(())
    }

    /// The process and the address of a running container.
    ///
    /// # Errors
    /// The container is gone.
    pub fn process_and_address(&self, name: &str) -> Result<(u32, String), Error> {
        let format = format!(
            "--format={{{{.State.Pid}}}} {{{{(index .NetworkSettings.Networks {:?}).IPAddress}}}}",
            network::name(&self.state)
        );
        let text = self.output("inspect", ["inspect", "--type=container", &format, name])?;
        let (pid, address) = text.split_once(' ').unwrap_or((&text, ""));
        Ok((pid.parse().unwrap_or_default(), address.to_owned()))
    }

    /// Runs a command in a running container; whether it succeeded.
    pub fn probe(&self, name: &str, command: &[String]) -> bool {
        let mut arguments = vec!["exec".to_owned(), name.to_owned()];
        arguments.extend(command.iter().cloned());
        self.try_output(arguments)
            .is_ok_and(|output| output.status.success())
    }

    /// The last lines of a container's log, stdout and stderr.
    pub fn log_tail(&self, name: &str, lines: usize) -> String {
        let Ok(output) = self.try_output(["logs", &format!("--tail={lines}"), name]) else {
            return String::new();
        };
        let text = [output.stdout, output.stderr].concat();
        String::from_utf8_lossy(&text).trim_end().to_owned()
    }

    /// Stops a container: gently, or at once.
    ///
    /// # Errors
    /// Podman's.
    pub fn stop(&self, name: &str, at_once: bool) -> Result<(), Error> {
        let time = if at_once { "--time=0" } else { "--time=10" };
        self.output("stop", ["stop", time, name]).map(|_| ())
    }

    /// Removes a container, running or not.
    pub fn remove(&self, name: &str) {
        // One that is gone already is what was wanted.
        let _ = self.try_output(["rm", "--force", "--time=0", "--volumes", name]);
    }

    /// Removes all containers of a session.
    pub fn remove_all_of(&self, session: &str) {
        let filter = format!("--filter=label={SESSION}={session}");
        // Podman may lose a race against a container that just starts.
        for _ in 0..ATTEMPTS {
            let Ok(output) = self.try_output(["ps", "--all", "--quiet", "--no-trunc", &filter])
            else {
                return;
            };
            let names = String::from_utf8_lossy(&output.stdout).into_owned();
            if names.trim().is_empty() {
                return;
            }
            let mut arguments = vec!["rm", "--force", "--time=0", "--volumes"];
            arguments.extend(names.split_whitespace());
            let _ = self.try_output(arguments);
        }
    }

    /// Keeps a secret for the time of a run; `folder` is in memory.
    ///
    /// # Errors
    /// Podman's.
    pub fn keep_secret(
        &self,
        name: &str,
        value: &[u8],
        folder: &std::path::Path,
    ) -> Result<(), Error> {
        let mut child = self
            .command()
            .args(["secret", "create", "--driver=file"])
            .arg(format!("--driver-opts=path={}", folder.display()))
            .args([name, "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(unstartable)?;
        feed(&mut child, Some(value.to_vec()));
        let output = child.wait_with_output().map_err(unstartable)?;
        match output.status.success() {
            true => Ok(()),
            false => Err(Error::Podman {
                operation: "secret create".into(),
                message: super::failure(&output),
            }),
        }
    }

    /// Forgets a secret.
    pub fn drop_secret(&self, name: &str) {
        let _ = self.try_output(["secret", "rm", name]);
    }
}

/// Reads to the end, passing lines on.
pub fn collect(pipe: Option<impl Read>, on_line: &(dyn Fn(&str) + Sync)) -> Vec<u8> {
    let mut all = Vec::new();
    let Some(pipe) = pipe else { return all };
    let mut reader = BufReader::new(pipe);
    loop {
        let start = all.len();
        match reader.read_until(b'\n', &mut all) {
            Ok(0) | Err(_) => return all,
            Ok(_) => on_line(String::from_utf8_lossy(&all[start..]).trim_end_matches('\n')),
        }
    }
}

/// Fields as one line of comma-separated values, as `--mount` reads it.
fn csv(fields: &[String]) -> String {
    let quoted: Vec<_> = fields
        .iter()
        .map(|field| match field.contains(['"', ',', '\n', '\r']) {
            true => format!("\"{}\"", field.replace('"', "\"\"")),
            false => field.clone(),
        })
        .collect();
    quoted.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_with_commas_and_quotes_stay_one_field() {
        let fields = ["type=bind", "target=/a,b \"c\""].map(str::to_owned);
        assert_eq!(csv(&fields), "type=bind,\"target=/a,b \"\"c\"\"\"");
    }

    #[test]
    fn the_command_comes_last_and_as_it_is() {
        let spec = RunSpec {
            image: "image".into(),
            command: vec!["--privileged".into(), "$(x)".into()],
            ..RunSpec::default()
        };
        let arguments = spec.arguments("network");
        assert!(arguments.ends_with(&["image".into(), "--privileged".into(), "$(x)".into()]));
        assert!(!arguments[..arguments.len() - 3].contains(&"--privileged".to_owned()));
    }
}
