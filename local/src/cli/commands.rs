//! What each command does.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::{Arg, ArgAction};

use super::api::Callable;
use super::chain::{self, Chain, Request, object_name};
use super::engine::SessionEngine;
use super::error::CliError;
use super::loaded::{Loaded, state_folder};
use super::options::{self, Options};
use super::progress::Reporter;
use super::run::{self, Outcome};
use super::signals::interrupted;
use super::top::{self, Names, PROGRAM, Top};
use super::values::Places;
use super::{changes, marked, output};
use crate::Session;

/// The longest that an ending call waits for its services to stop.
const CLOSING: Duration = Duration::from_secs(30);

/// Who calls, and from where.
pub struct Caller {
    pub folder: PathBuf,
    pub options: Options,
    pub reporter: Arc<Reporter>,
}

impl Caller {
    /// The caller in its current folder.
    ///
    /// # Errors
    /// A folder that is gone.
    pub fn new(options: Options) -> Result<Self, CliError> {
        let folder = std::env::current_dir().map_err(|source| CliError::Host {
            operation: "find",
            path: ".".into(),
            source,
        })?;
        let reporter = Arc::new(Reporter::new(&options));
        Ok(Caller {
            folder,
            options,
            reporter,
        })
    }

    /// The module that the options or the folder name.
    ///
    /// # Errors
    /// As [`Loaded::load`], or a signal.
    pub async fn load(&self) -> Result<Loaded, CliError> {
        tokio::select! {
            loaded = Loaded::load(&self.folder, &self.options, &self.reporter) => loaded,
            code = interrupted(1) => Err(CliError::Interrupted { code }),
        }
    }

    /// Does some work with a session that is closed afterwards, whatever
    /// became of the work.
    ///
    /// # Errors
    /// The work's own, a signal, or services that do not stop.
    pub async fn with_session<T>(
        &self,
        loaded: &Loaded,
        work: impl AsyncFnOnce(&SessionEngine<'_>) -> Result<T, CliError>,
    ) -> Result<T, CliError> {
        let session = loaded.session(&self.options, &self.reporter).await?;
        let engine = loaded.engine(&session);
        let result = tokio::select! {
            result = work(&engine) => result,
            code = interrupted(1) => Err(CliError::Interrupted { code }),
        };
        self.reporter.clear();
        let mut closing = Box::pin(session.close());
        let closed = tokio::select! {
            closed = &mut closing => closed.map_err(CliError::from),
            // Who interrupts twice does not want to wait.
            code = interrupted(2) => Err(CliError::Interrupted { code }),
            () = tokio::time::sleep(CLOSING) => Err(CliError::Unserved(
                "the services did not stop in time".to_owned(),
            )),
        };
        if closed.is_err() {
            // The process ends now; a session that is half closed has threads
            // that its end would wait for.
            std::mem::forget(closing);
        }
        let value = result?;
        closed.map(|()| value)
    }
}

/// Runs a command line.
///
/// # Errors
/// The first thing that went wrong.
pub async fn run(words: &[String]) -> Result<(), CliError> {
    match top::read(words)? {
        Top::Help(text) => {
            print!("{text}");
            Ok(())
        }
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
                print!("{text}");
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
        && let Some(id) = changeset(outcome)
    {
        let changes = changes::find(engine, id).await?;
        caller.reporter.clear();
        return changes.apply(engine, options, folder).await;
    }
    let text = output::render(engine, &loaded.api, options, folder, outcome).await?;
    caller.reporter.clear();
    output::print(&text)
}

pub fn changeset(outcome: &Outcome) -> Option<&str> {
    let is_changeset = outcome.is_core && object_name(&outcome.ty) == Some("Changeset");
    outcome.value.as_str().filter(|_| is_changeset)
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
        None => output::print(&text),
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
    print!("{}", table(&callables));
    Ok(())
}

/// Reads the words of a command without functions; `None` where its help was printed.
pub fn plain_command(
    name: &str,
    about: &str,
    words: &[String],
    options: Options,
) -> Result<Option<Names>, CliError> {
    let list = Arg::new("list")
        .long("list")
        .short('l')
        .action(ArgAction::SetTrue)
        .help("List what there is, without running it")
        .help_heading("OPTIONS");
    let is_listed = ["check", "generate"].contains(&name);
    let extra = if is_listed { vec![list] } else { Vec::new() };
    let named = top::names(name, about, words, extra, options)?;
    if let Some(text) = &named.help {
        print!("{text}");
        return Ok(None);
    }
    match named.names.first().filter(|_| name == "prune") {
        Some(word) => {
            let path = format!("{PROGRAM} {name}");
            let message = format!("unknown command {word:?} for {path:?}");
            Err(CliError::usage(&path, message))
        }
        None => Ok(Some(named)),
    }
}

/// Names and first lines, one function a line.
pub fn table(callables: &[Callable]) -> String {
    let names: Vec<_> = callables.iter().map(Callable::cli_name).collect();
    let width = names
        .iter()
        .map(String::len)
        .max()
        .unwrap_or(0)
        .max("Name".len());
    let row = |name: &str, text: &str| format!("{name:width$}   {text}\n");
    let rows = names
        .iter()
        .zip(callables)
        .map(|(name, callable)| row(name, callable.summary()));
    std::iter::once(row("Name", "Description"))
        .chain(rows)
        .collect()
}

async fn prune(words: &[String], options: Options) -> Result<(), CliError> {
    let about = "Remove the images, caches and builds that were kept";
    if plain_command("prune", about, words, options)?.is_none() {
        return Ok(());
    }
    Ok(Session::prune(&state_folder()?).await?)
}
