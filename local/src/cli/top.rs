//! The first word of a command line, and the options in front of it.

use clap::Command;

use super::error::CliError;
use super::in_words;
use super::options::{self, Options};
use super::words::{PROGRAM, rest, rest_of};

/// What there is to do, with a line about each.
const COMMANDS: [(&str, &str); 8] = [
    (
        "call",
        "Call one or more functions, interconnected into a pipeline",
    ),
    ("check", "Run the module's checks"),
    ("containerfile", "Print what a call would build"),
    (
        "develop",
        "Write the SDK's crates into the module, for cargo and editors",
    ),
    ("functions", "List the module's functions"),
    (
        "generate",
        "Run the module's generators and apply their changes",
    ),
    ("init", "Initialize a module in Rust"),
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

/// Reads up to the command.
///
/// # Errors
/// An unknown command or option.
pub fn read(words: &[String]) -> Result<Top, CliError> {
    let mut matches = command()
        .no_binary_name(true)
        .try_get_matches_from(words)
        .map_err(|error| CliError::usage(PROGRAM, in_words::mistake(&error, PROGRAM)))?;
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
        _ => Ok(Top::Help(in_words::help_of(&mut command()))),
    }
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
