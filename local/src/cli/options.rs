//! The flags that every call knows, whatever the module offers.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches};

/// How a call is carried out and what becomes of its result.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Options {
    /// Where the module is, if not found upwards from the caller's folder.
    pub module: Option<PathBuf>,
    /// The file or folder that takes the result.
    pub output: Option<PathBuf>,
    pub json: bool,
    pub auto_apply: bool,
    /// Services stay after the call.
    pub keep: bool,
    pub quiet: bool,
    pub verbose: bool,
    pub progress: Option<String>,
}

/// The group of these flags in a help text.
const HEADING: &str = "OPTIONS";

/// Those of Dagger's command line, and one that shows nothing.
const PROGRESS: [&str; 7] = ["auto", "plain", "tty", "dots", "logs", "report", "none"];

/// The flags, for a command that may have them in front of its function or
/// behind it.
pub fn flags() -> Vec<Arg> {
    let switch = |id: &'static str, short: char, help: &'static str| {
        Arg::new(id)
            .long(id)
            .short(short)
            .action(ArgAction::SetTrue)
            .overrides_with(id)
            .help(help)
            .help_heading(HEADING)
    };
    let valued = |id: &'static str, name: &'static str, help: &'static str| {
        Arg::new(id)
            .long(id)
            .action(ArgAction::Append)
            .allow_hyphen_values(true)
            .value_name(name)
            .help(help)
            .help_heading(HEADING)
    };
    let keep = Arg::new("keep")
        .long("keep")
        .action(ArgAction::SetTrue)
        .overrides_with("keep")
        .help("Leave the services running when the call ends")
        .help_heading(HEADING);
    vec![
        switch(
            "auto-apply",
            'y',
            "Apply changes to the host without asking",
        ),
        switch("help", 'h', "Show this help"),
        switch("json", 'j', "Print the result as JSON"),
        keep,
        valued(
            "mod",
            "string",
            "Module to load: a folder with a dagger.json (default: found upwards from here)",
        )
        .short('m'),
        valued("output", "string", "Save the result to this file or folder").short('o'),
        valued(
            "progress",
            "string",
            "How progress is shown on stderr: auto, plain, tty, dots, logs, report or none",
        ),
        switch("quiet", 'q', "Show no progress"),
        switch("silent", 's', "Show no progress at all"),
        switch("verbose", 'v', "Show what the steps print"),
    ]
}

impl Options {
    /// Takes what a level of the command line gave; later levels win.
    ///
    /// # Errors
    /// A progress that is not known.
    pub fn take(&mut self, matches: &ArgMatches) -> Result<(), String> {
        let last = |id: &str| {
            matches
                .get_many::<String>(id)
                .and_then(|mut values| values.next_back().cloned())
        };
        let is_set = |id: &str| matches.get_flag(id);
        self.module = last("mod").map(PathBuf::from).or(self.module.take());
        self.output = last("output").map(PathBuf::from).or(self.output.take());
        self.json |= is_set("json");
        self.auto_apply |= is_set("auto-apply");
        self.keep |= is_set("keep");
        self.quiet |= is_set("quiet") || is_set("silent");
        self.verbose |= is_set("verbose");
        if let Some(progress) = last("progress") {
            if !PROGRESS.contains(&progress.as_str()) {
                return Err(format!(
                    "invalid argument {progress:?} for \"--progress\" flag: value should be one of {}",
                    PROGRESS.join(",")
                ));
            }
            self.progress = Some(progress);
        }
        Ok(())
    }
}

/// What `-m` says, read before the module's own flags are known.
pub fn module_ahead(arguments: &[String]) -> Option<PathBuf> {
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        if argument == "-m" || argument == "--mod" {
            return arguments.next().map(PathBuf::from);
        }
        if let Some(path) = argument
            .strip_prefix("--mod=")
            .or(argument.strip_prefix("-m="))
        {
            return Some(PathBuf::from(path));
        }
        match argument.as_str() {
            "-o" | "--output" | "--progress" => {
                arguments.next();
            }
            // Behind the first function -m may be anybody's value.
            other if !other.starts_with('-') => return None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ahead(arguments: &[&str]) -> Option<PathBuf> {
        let arguments: Vec<_> = arguments
            .iter()
            .map(|&argument| argument.to_owned())
            .collect();
        module_ahead(&arguments)
    }

    #[test]
    fn the_module_is_found_in_front_of_the_function() {
        for arguments in [
            &["-m", "x", "f"][..],
            &["-o", "y", "--mod", "x"],
            &["-j", "--mod=x"],
        ] {
            assert_eq!(ahead(arguments), Some(PathBuf::from("x")), "{arguments:?}");
        }
        assert_eq!(
            ahead(&["with-exec", "--args", "python", "--args", "-m"]),
            None
        );
    }
}
