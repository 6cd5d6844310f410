//! What clap finds, in the words of Dagger's command line.

use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// A command's help without the empty lines and spaces that clap leaves where
/// it has nothing to say.
pub fn help_of(command: &mut Command) -> String {
    let text = command.render_help().to_string();
    let lines = text.trim().lines().map(str::trim_end);
    lines.map(|line| format!("{line}\n")).collect()
}

/// clap's finding in the words of Dagger's command line.
pub fn mistake(error: &clap::Error, path: &str) -> String {
    let context = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => texts.last().cloned(),
        _ => None,
    };
    let hint = |kind: ContextKind| match context(kind) {
        Some(similar) => format!(" (did you mean {similar:?}?)"),
        None => String::new(),
    };
    let argument = context(ContextKind::InvalidArg).unwrap_or_default();
    let flag = argument.split([' ', '=', '[']).next().unwrap_or_default();
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let name = context(ContextKind::InvalidSubcommand).unwrap_or_default();
            let hint = hint(ContextKind::SuggestedSubcommand);
            format!("unknown command {name:?} for {path:?}{hint}")
        }
        ErrorKind::UnknownArgument if flag.starts_with("--") => {
            format!("unknown flag: {flag}{}", hint(ContextKind::SuggestedArg))
        }
        ErrorKind::UnknownArgument if flag.starts_with('-') => {
            let letter = flag.chars().nth(1).unwrap_or_default();
            format!("unknown shorthand flag: '{letter}' in {flag}")
        }
        ErrorKind::UnknownArgument => format!("unknown command {argument:?} for {path:?}"),
        ErrorKind::InvalidValue => format!("flag needs an argument: {flag}"),
        ErrorKind::TooManyValues => format!("flag takes no argument: {flag}"),
        ErrorKind::InvalidUtf8 => "arguments have to be valid UTF-8".to_owned(),
        _ => {
            let text = error.to_string();
            text.lines()
                .next()
                .unwrap_or_default()
                .replacen("error: ", "", 1)
        }
    }
}
