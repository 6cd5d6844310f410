//! Functions that the module marked: checks, which run one after the other,
//! and generators, whose changes are applied.

use std::time::Instant;

use super::api::{Answers, Callable};
use super::caller::Caller;
use super::chain::{self, Chain, Request};
use super::error::CliError;
use super::listing::{plain_command, table};
use super::loaded::Loaded;
use super::options::Options;
use super::terminal;
use super::values::Places;
use super::words::PROGRAM;
use super::{changes, output, run};

/// The functions of one kind that the words ask for, all of them by default.
fn chosen(
    loaded: &Loaded,
    command: &str,
    names: &[String],
    is_wanted: impl Fn(&Callable) -> bool,
) -> Result<Vec<Callable>, CliError> {
    let main = loaded.api.main_object()?.name.clone();
    let mut callables = loaded.api.callables(&main);
    callables.retain(|callable| callable.answers == Answers::Module && is_wanted(callable));
    for name in names {
        if !callables
            .iter()
            .any(|callable| callable.cli_name() == *name)
        {
            let known: Vec<_> = callables.iter().map(Callable::cli_name).collect();
            return Err(CliError::usage(
                &format!("{PROGRAM} {command}"),
                format!(
                    "the module has no {name:?} for \"{PROGRAM} {command}\"; it has: {}",
                    known.join(", ")
                ),
            ));
        }
    }
    callables.retain(|callable| names.is_empty() || names.contains(&callable.cli_name()));
    Ok(callables)
}

/// The call of a function without arguments of its own.
fn bare(
    caller: &Caller,
    loaded: &Loaded,
    command: &str,
    callable: &Callable,
) -> Result<Chain, CliError> {
    let places = Places {
        caller: caller.folder.clone(),
        module: loaded.module.root.clone(),
    };
    let path = format!("{PROGRAM} {command}");
    let words = [callable.cli_name()];
    match chain::read(&loaded.api, &places, &path, &words, caller.options.clone())? {
        Request::Call(chain) => Ok(*chain),
        Request::Help(_) => Err(CliError::usage(&path, "a name is expected")),
    }
}

/// Runs the checks that the words name, all of them by default.
///
/// # Errors
/// A check that fails, after all of them ran.
pub async fn check(words: &[String], options: Options) -> Result<(), CliError> {
    let Some(named) = plain_command("check", "Run the module's checks", words, options)? else {
        return Ok(());
    };
    let caller = Caller::new(named.options.clone())?;
    let loaded = caller.load().await?;
    let checks = chosen(&loaded, "check", &named.names, |callable| {
        callable.function.check
    })?;
    if named.list {
        return terminal::show(&table(&checks));
    }
    let mut failed = 0;
    caller
        .with_session(&loaded, async |engine| {
            for callable in &checks {
                let started = Instant::now();
                let chain = bare(&caller, &loaded, "check", callable)?;
                let result = match run::run(engine, &loaded.api.core, &chain).await {
                    Ok(outcome) => {
                        let text = output::render(
                            engine,
                            &loaded.api,
                            &caller.options,
                            &caller.folder,
                            &outcome,
                        );
                        text.await.map(drop)
                    }
                    Err(error) => Err(error),
                };
                caller.reporter.clear();
                let time = started.elapsed().as_secs_f64();
                let name = callable.cli_name();
                match result {
                    Ok(()) => terminal::show(&format!("✔ {name} {time:.1}s\n"))?,
                    Err(error) => {
                        failed += 1;
                        terminal::show(&format!("✘ {name} {time:.1}s\n"))?;
                        terminal::ask(&error.report());
                    }
                }
            }
            Ok(())
        })
        .await?;
    match failed {
        0 => Ok(()),
        _ => Err(CliError::Checks {
            failed,
            all: checks.len(),
        }),
    }
}

/// Runs the generators that the words name, all of them by default.
///
/// # Errors
/// The first that fails; the changes of those before it are applied.
pub async fn generate(words: &[String], options: Options) -> Result<(), CliError> {
    let about = "Run the module's generators and apply their changes";
    let Some(named) = plain_command("generate", about, words, options)? else {
        return Ok(());
    };
    let caller = Caller::new(named.options.clone())?;
    let loaded = caller.load().await?;
    let generators = chosen(&loaded, "generate", &named.names, |callable| {
        callable.function.generator
    })?;
    if named.list {
        return terminal::show(&table(&generators));
    }
    caller
        .with_session(&loaded, async |engine| {
            for callable in &generators {
                let chain = bare(&caller, &loaded, "generate", callable)?;
                let outcome = run::run(engine, &loaded.api.core, &chain).await?;
                let Some(id) = outcome.changeset() else {
                    continue;
                };
                let changes = changes::find(engine, id).await?;
                caller.reporter.clear();
                // A generator's paths start at the module, wherever the caller stands.
                changes
                    .apply(engine, &caller.options, &loaded.module.root)
                    .await?;
            }
            Ok(())
        })
        .await
}
