//! One command against several versions of the daemon, side by side.

use dagger_sdk::prelude::*;

use crate::client;
use crate::errors::Error as Mistake;
use crate::settings::Settings;
use crate::table::{WIDEST, table};

/// The repository whose tags versions are.
const REPOSITORY: &str = "docker";
/// Characters of a reason that a cell has room for, `not run: …` and marks of line breaks beside it.
const LONGEST_REASON: usize = WIDEST - 40;
const VERSIONS: &str = "versions of Docker, such as 27 or 28.1.0";

/// A table with a line for each version, in the order given.
pub(crate) async fn matrix(
    settings: &Settings,
    dag: &Dag,
    versions: &[String],
    cmd: &str,
) -> Result<String> {
    let engines = versions
        .iter()
        .map(|version| settings.with_engine(&image(version)?))
        .collect::<Result<Vec<_>, _>>()?;
    if engines.is_empty() {
        return Err(Mistake::Argument {
            argument: "versions",
            value: String::new(),
            expected: VERSIONS.to_owned(),
        }
        .into());
    }
    let calls: Vec<_> = engines
        .into_iter()
        .map(|settings| {
            let (dag, cmd) = (dag.clone(), cmd.to_owned());
            tokio::spawn(async move { run(&settings, &dag, &cmd).await })
        })
        .collect();
    let mut rows = Vec::new();
    for (version, call) in versions.iter().zip(calls) {
        let ran = call.await.map_err(Error::from).flatten();
        let [exit, output] = match ran {
            Ok(ran) => ran,
            Err(error) => [
                "-".to_owned(),
                format!("not run: {}", ending(&reason(&error))),
            ],
        };
        rows.push([version.clone(), exit, output]);
    }
    Ok(table(["VERSION", "EXIT", "OUTPUT"], &rows))
}

/// The exit code and what the command wrote: to stdout, or after a failure to either.
async fn run(settings: &Settings, dag: &Dag, cmd: &str) -> Result<[String; 2]> {
    let any = ContainerWithExecOpts {
        expect: Some(ReturnType::Any),
        ..Default::default()
    };
    let ran = client::bind(settings, dag, None, None)
        .await?
        .with_exec_opts(client::shell(cmd), any);
    let code = ran.exit_code().await?;
    let mut output = ran.stdout().await?;
    if code != 0 {
        output.push_str(&ran.stderr().await?);
    }
    Ok([code.to_string(), output])
}

/// The messages of those who passed an error on, and what the failed command wrote to stderr: engines since v1.0 keep
/// that beside the message.
fn reason(error: &Error) -> String {
    let message = format!("{error:#}");
    match error.exec_failure() {
        Some(exec) if !message.contains(exec.stderr.trim()) => {
            format!("{message}\n{}", exec.stderr.trim())
        }
        _ => message,
    }
}

/// What a cell shows of a message: its end, where the trouble is named; the beginning names all who
/// passed it on. The number of a trace behind it says nothing to a reader.
fn ending(message: &str) -> String {
    let message = message
        .rsplit_once("[traceparent:")
        .filter(|(_, number)| number.trim_end().ends_with(']'))
        .map_or(message, |(words, _)| words)
        .trim();
    let before = message.chars().count().saturating_sub(LONGEST_REASON);
    match message.char_indices().nth(before) {
        Some((start, _)) if start > 0 => format!("…{}", &message[start..]),
        _ => message.to_owned(),
    }
}

/// The engine image of a version: `27` is `docker:27-dind`.
fn image(version: &str) -> Result<String, Mistake> {
    let word = |b: u8| b.is_ascii_alphanumeric() || b"._-".contains(&b);
    let starts = version
        .bytes()
        .next()
        .is_some_and(|b| b.is_ascii_alphanumeric());
    if !starts || !version.bytes().all(word) {
        return Err(Mistake::Argument {
            argument: "versions",
            value: version.to_owned(),
            expected: VERSIONS.to_owned(),
        });
    }
    Ok(format!("{REPOSITORY}:{version}-dind"))
}

#[cfg(test)]
mod tests {
    use dagger_sdk::{EngineError, Error, ExecFailure};

    use super::{ending, reason};

    #[test]
    fn a_reason_has_what_the_command_wrote_once() {
        let failed = |message: &str, stderr: &str| {
            let exec = ExecFailure {
                command: vec!["dockerd".to_owned()],
                exit_code: 1,
                stdout: String::new(),
                stderr: stderr.to_owned(),
            };
            reason(&Error::from(EngineError::of_exec(message, exec)))
        };
        assert_eq!(failed("exit code: 1", "why\n"), "exit code: 1\nwhy");
        assert_eq!(failed("exit code: 1: why", "why\n"), "exit code: 1: why");
        assert_eq!(failed("exit code: 1", ""), "exit code: 1");
        assert_eq!(reason(&Error::from(EngineError::new("no"))), "no");
    }

    #[test]
    fn the_end_of_a_reason_is_kept_without_the_number_of_its_trace() {
        let message = format!(
            "start: {}: exit: the storage driver is unknown [traceparent:{}-{}]",
            "resolve: ".repeat(40),
            "0".repeat(32),
            "0".repeat(16)
        );
        let ending = ending(&message);
        assert!(ending.starts_with('…'), "{ending}");
        assert!(
            ending.ends_with("exit: the storage driver is unknown"),
            "{ending}"
        );
    }

    #[test]
    fn a_short_reason_is_whole() {
        assert_eq!(ending("no such image [é]"), "no such image [é]");
        assert_eq!(ending(""), "");
    }
}
