//! The first word of a command line, and the options in front of it.

use clap::{ArgMatches, Command};

use super::error::CliError;
use super::level;
use super::options::{self, Options};

/// The name that stands in help texts and messages: the arguments are Dagger's.
pub const PROGRAM: &str = "dagger";

/// What there is to do, with a line about each.
const COMMANDS: [(&str, &str); 6] = [
    (
        "call",
        "Call one or more functions, interconnected into a pipeline",
    ),
    ("check", "Run the module's checks"),
    ("containerfile", "Print what a call would build"),
    ("functions", "List the module's functions"),
    (
        "generate",
        "Run the module's generators and apply their changes",
    ),
    (
        "prune",
        "Remove the images, caches and builds that were kept",
    ),
];

/// A command with the words behind it.
pub enum Top {
    Help(String),
    Command {
        name: String,
        words: Vec<String>,
        options: Options,
    },
}

fn command() -> Command {
    let command = Command::new(PROGRAM)
        .about("Calls the functions of a Dagger module on this machine, without a Dagger engine")
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .subcommand_help_heading("COMMANDS")
        .override_usage(format!("{PROGRAM} [options] <command>"))
        .help_template("{about-with-newline}\nUSAGE\n  {usage}\n\n{all-args}")
        .args(options::flags());
    command.subcommands(COMMANDS.map(|(name, about)| {
        Command::new(name)
            .about(about)
            .disable_help_flag(true)
            .arg(rest())
    }))
}

/// Everything behind a command, for whoever reads it next.
pub fn rest() -> clap::Arg {
    clap::Arg::new("rest")
        .num_args(0..)
        .trailing_var_arg(true)
        .allow_hyphen_values(true)
}

/// The words that [`rest`] took.
pub fn rest_of(mut matches: ArgMatches) -> Vec<String> {
    let words = matches.remove_many::<String>("rest");
    words.map(Iterator::collect).unwrap_or_default()
}

/// Reads up to the command.
///
/// # Errors
/// An unknown command or option.
pub fn read(words: &[String]) -> Result<Top, CliError> {
    let mut matches = command()
        .no_binary_name(true)
        .try_get_matches_from(words)
        .map_err(|error| CliError::usage(PROGRAM, level::mistake(&error, PROGRAM)))?;
    let mut options = Options::default();
    options
        .take(&matches)
        .map_err(|message| CliError::usage(PROGRAM, message))?;
    match matches.remove_subcommand() {
        Some((name, rest)) if !matches.get_flag("help") => Ok(Top::Command {
            name,
            words: rest_of(rest),
            options,
        }),
        _ => Ok(Top::Help(level::help_of(&mut command()))),
    }
}

/// Reads the words of a command that has no function: names and options.
///
/// # Errors
/// A mistake in them.
pub fn names(
    command: &str,
    about: &str,
    words: &[String],
    extra: Vec<clap::Arg>,
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
            .arg(clap::Arg::new("names").num_args(0..).hide(true))
            .args(extra.clone())
            .args(options::flags())
    };
    let mut matches = build()
        .no_binary_name(true)
        .try_get_matches_from(words)
        .map_err(|error| CliError::usage(&path, level::mistake(&error, &path)))?;
    options
        .take(&matches)
        .map_err(|message| CliError::usage(&path, message))?;
    let is_help = matches.get_flag("help");
    let names = matches.remove_many::<String>("names");
    Ok(Names {
        names: names.map(Iterator::collect).unwrap_or_default(),
        options,
        help: is_help.then(|| level::help_of(&mut build())),
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
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_words(words: &[&str]) -> Result<Top, CliError> {
        let words: Vec<_> = words.iter().map(|&word| word.to_owned()).collect();
        read(&words)
    }

    #[test]
    fn options_stand_in_front_of_the_command_too() {
        let Ok(Top::Command {
            name,
            words,
            options,
        }) = read_words(&["-m", "x", "call", "--cmd=a", "--help", "-j"])
        else {
            panic!("a command")
        };
        assert_eq!((name.as_str(), words.len()), ("call", 3));
        assert_eq!(options.module, Some("x".into()));
    }

    #[test]
    fn an_unknown_command_is_named() {
        let Err(error) = read_words(&["cal"]) else {
            panic!("an error")
        };
        assert_eq!(
            error.report(),
            "Error: unknown command \"cal\" for \"dagger\" (did you mean \"call\"?)\n\
             Run 'dagger --help' for usage.\n"
        );
    }

    #[test]
    fn nothing_at_all_is_answered_with_help() {
        assert!(matches!(read_words(&[]), Ok(Top::Help(_))));
        assert!(matches!(read_words(&["--help"]), Ok(Top::Help(_))));
    }
}
