//! What each command does.

use std::sync::Arc;

use super::caller::Caller;
use super::chain::{self, Chain, Request, object_name};
use super::engine::SessionEngine;
use super::error::CliError;
use super::listing::{plain_command, table};
use super::loaded::{Loaded, state_folder};
use super::options::{self, Options};
use super::progress::Reporter;
use super::run::{self, Outcome};
use super::terminal;
use super::top::{self, Top};
use super::values::Places;
use super::words::PROGRAM;
use super::{changes, marked, new_module, output};
use crate::Session;

/// Runs a command line.
///
/// # Errors
/// The first thing that went wrong.
pub async fn run(words: &[String]) -> Result<(), CliError> {
    match top::read(words)? {
        Top::Help(text) => terminal::show(&text),
        Top::Command {
            name,
            words,
            options,
        } => match name.as_str() {
            "call" => call(&words, options).await,
            "containerfile" => containerfile(&words, options).await,
            "functions" => functions(&words, options).await,
            "check" => marked::check(&words, options).await,
            "generate" => marked::generate(&words, options).await,
            "init" => new_module::init(&words, options),
            "develop" => new_module::develop(&words, options).await,
            _ => prune(&words, options).await,
        },
    }
}

/// Reads a chained call; `None` where its help was printed.
async fn chained(
    command: &str,
    words: &[String],
    mut options: Options,
) -> Result<Option<(Caller, Loaded, Chain)>, CliError> {
    options.module = options::module_ahead(words).or(options.module);
    let path = format!("{PROGRAM} {command}");
    loop {
        let mut caller = Caller::new(options.clone())?;
        let loaded = caller.load().await?;
        let places = Places {
            caller: caller.folder.clone(),
            module: loaded.module.root.clone(),
        };
        let chain = match chain::read(&loaded.api, &places, &path, words, options.clone())? {
            Request::Help(text) => {
                terminal::show(&text)?;
                return Ok(None);
            }
            Request::Call(chain) => *chain,
        };
        if chain.options.module != options.module {
            // -m stood behind an argument of the constructor, where only the
            // module's own flags tell it from a value.
            options.module = chain.options.module;
            continue;
        }
        caller.options = chain.options.clone();
        caller.reporter = Arc::new(Reporter::new(&caller.options));
        return Ok(Some((caller, loaded, chain)));
    }
}

async fn call(words: &[String], options: Options) -> Result<(), CliError> {
    let Some((caller, loaded, chain)) = chained("call", words, options).await? else {
        return Ok(());
    };
    caller
        .with_session(&loaded, async |engine| {
            let outcome = run::run(engine, &loaded.api.core, &chain).await?;
            finish(&caller, &loaded, engine, &outcome).await
        })
        .await
}

/// Applies changes; prints or saves everything else.
async fn finish(
    caller: &Caller,
    loaded: &Loaded,
    engine: &SessionEngine<'_>,
    outcome: &Outcome,
) -> Result<(), CliError> {
    let (options, folder) = (&caller.options, caller.folder.as_path());
    if options.output.is_none()
        && let Some(id) = outcome.changeset()
    {
        let changes = changes::find(engine, id).await?;
        caller.reporter.clear();
        return changes.apply(engine, options, folder).await;
    }
    let text = output::render(engine, &loaded.api, options, folder, outcome).await?;
    caller.reporter.clear();
    terminal::print(&text)
}

async fn containerfile(words: &[String], options: Options) -> Result<(), CliError> {
    let Some((caller, loaded, mut chain)) = chained("containerfile", words, options).await? else {
        return Ok(());
    };
    // `stdout` and the like ask for a value of what is built.
    while chain
        .steps
        .last()
        .is_some_and(|step| object_name(&step.function.return_type).is_none())
    {
        chain.steps.pop();
    }
    let text = caller
        .with_session(&loaded, async |engine| {
            let outcome = run::run(engine, &loaded.api.core, &chain).await?;
            let id = outcome
                .value
                .as_str()
                .filter(|_| outcome.is_core)
                .ok_or_else(|| {
                    let command = format!("{PROGRAM} containerfile");
                    CliError::usage(
                        &command,
                        "nothing is built: call a function that returns a container or files",
                    )
                })?;
            Ok(engine.session.containerfile(id).await?)
        })
        .await?;
    match &caller.options.output {
        Some(output) => output::save(&caller.folder.join(output), &text),
        None => terminal::print(&text),
    }
}

async fn functions(words: &[String], options: Options) -> Result<(), CliError> {
    let about = "List the functions of the module, or of what a function returns";
    let Some(named) = plain_command("functions", about, words, options)? else {
        return Ok(());
    };
    let loaded = Caller::new(named.options)?.load().await?;
    let mut path = format!("{PROGRAM} functions");
    let mut object = loaded.api.main_object()?.name.clone();
    let mut callables = loaded.api.callables(&object);
    for name in &named.names {
        let found = callables
            .iter()
            .find(|callable| callable.cli_name() == super::cli_name(name));
        let function = found.map(|callable| &callable.function).ok_or_else(|| {
            CliError::usage(&path, format!("no function {name:?} in type {object:?}"))
        })?;
        let returned = object_name(&function.return_type).ok_or_else(|| {
            CliError::usage(
                &path,
                format!("function {name:?} returns a value, which has no functions"),
            )
        })?;
        path = format!("{path} {name}");
        object = returned.to_owned();
        callables = loaded.api.callables(&object);
    }
    terminal::show(&table(&callables))
}

async fn prune(words: &[String], options: Options) -> Result<(), CliError> {
    let about = "Remove the images, caches and builds that were kept";
    if plain_command("prune", about, words, options)?.is_none() {
        return Ok(());
    }
    Ok(Session::prune(&state_folder()?).await?)
}
