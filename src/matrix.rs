//! One command against several versions of the daemon, side by side.

use dagger_module::prelude::*;
use dagger_sdk::ContainerWithExecOptsBuilder;
use dagger_sdk::core::graphql_client::GraphQLError;
use dagger_sdk::errors::DaggerError;

use crate::client;
use crate::errors::Error as Mistake;
use crate::settings::Settings;
use crate::table::table;

/// The repository whose tags versions are.
const REPOSITORY: &str = "docker";
const VERSIONS: &str = "versions of Docker, such as 27 or 28.1.0";

/// A table with a line for each version, in the order given.
pub(crate) async fn matrix(
    settings: &Settings,
    dag: &Query,
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
            Err(error) => ["-".to_owned(), format!("not run: {}", reason(&error))],
        };
        rows.push([version.clone(), exit, output]);
    }
    Ok(table(["VERSION", "EXIT", "OUTPUT"], &rows))
}

/// The exit code and what the command wrote: to stdout, or after a failure to either.
async fn run(settings: &Settings, dag: &Query, cmd: &str) -> Result<[String; 2]> {
    let any = ContainerWithExecOptsBuilder::default()
        .expect(ReturnType::Any)
        .build()?;
    let ran = client::bind(settings, dag, None)
        .await?
        .with_exec_opts(client::shell(cmd), any);
    let code = ran.exit_code().await?;
    let mut output = ran.stdout().await?;
    if code != 0 {
        output.push_str(&ran.stderr().await?);
    }
    Ok([code.to_string(), output])
}

/// The engine's own words, without the names of the layers that they passed through.
fn reason(error: &Error) -> String {
    match error.downcast_ref() {
        Some(DaggerError::Query(GraphQLError::DomainError { message, .. })) => message.clone(),
        _ => format!("{error:#}"),
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
