//! Commands that name functions without calling them, and the lists of what
//! there is.

use std::collections::BTreeMap;

use clap::{Arg, ArgAction, Command};

use super::api::Callable;
use super::error::CliError;
use super::options::{self, Options};
use super::words::PROGRAM;
use super::{in_words, terminal};

/// Reads the words of a command that has no function: names and options.
///
/// # Errors
/// A mistake in them.
fn names(
    command: &str,
    about: &str,
    words: &[String],
    extra: Vec<Arg>,
    mut options: Options,
) -> Result<Names, CliError> {
    let path = format!("{PROGRAM} {command}");
    let build = || {
        Command::new(path.clone())
            .about(about.to_owned())
            .disable_help_flag(true)
            .disable_version_flag(true)
            .override_usage(format!("{path} [options] [name]..."))
            .help_template("{about-with-newline}\nUSAGE\n  {usage}\n\n{all-args}")
            .arg(Arg::new("names").num_args(0..).hide(true))
            .args(extra.clone())
            .args(options::flags())
    };
    let mut matches = build()
        .no_binary_name(true)
        .try_get_matches_from(words)
        .map_err(|error| CliError::usage(&path, in_words::mistake(&error, &path)))?;
    options
        .take(&matches)
        .map_err(|message| CliError::usage(&path, message))?;
    let is_help = matches.get_flag("help");
    let names = matches.remove_many::<String>("names");
    let values = extra.iter().map(|argument| argument.get_id().as_str());
    let values = values.filter_map(|id| {
        let value = matches.try_get_one::<String>(id).ok().flatten()?;
        Some((id.to_owned(), value.clone()))
    });
    let values = values.collect();
    Ok(Names {
        values,
        names: names.map(Iterator::collect).unwrap_or_default(),
        options,
        help: is_help.then(|| in_words::help_of(&mut build())),
        list: matches.try_get_one::<bool>("list").ok().flatten() == Some(&true),
    })
}

/// What [`names`] read.
pub struct Names {
    pub names: Vec<String>,
    pub options: Options,
    pub help: Option<String>,
    /// Whether the names that there are shall be listed.
    pub list: bool,
    /// The values of the command's own options, by their names.
    pub values: BTreeMap<String, String>,
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
    let Some(named) = named_command(name, about, words, extra, options)? else {
        return Ok(None);
    };
    match named
        .names
        .first()
        .filter(|_| ["develop", "prune"].contains(&name))
    {
        Some(word) => {
            let path = format!("{PROGRAM} {name}");
            let message = format!("unknown command {word:?} for {path:?}");
            Err(CliError::usage(&path, message))
        }
        None => Ok(Some(named)),
    }
}

/// Reads the words of a command with options of its own; `None` where its help was printed.
pub fn named_command(
    name: &str,
    about: &str,
    words: &[String],
    own: Vec<Arg>,
    options: Options,
) -> Result<Option<Names>, CliError> {
    let named = names(name, about, words, own, options)?;
    match &named.help {
        Some(text) => {
            terminal::show(text)?;
            Ok(None)
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
