//! The words of a command line that are not read yet.

use clap::ArgMatches;

/// The name that stands in help texts and messages: the arguments are Dagger's.
pub const PROGRAM: &str = "dagger";

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
