//! The command line: Dagger's own `call`, `functions`, `check` and `generate`
//! over a module of this machine, and what only a local session has.
//!
//! Words are read against the types that the module registered (`level`,
//! `chain`, `values`), carried out through a session (`run`, `query`), and
//! shown (`output`, `changes`, `progress`, all through `terminal`).

mod api;
mod caller;
mod chain;
mod changes;
mod commands;
mod core_schema;
mod csv;
mod dependencies;
mod engine;
mod error;
mod in_words;
mod level;
mod listing;
mod loaded;
mod marked;
mod memory;
mod module;
mod new_module;
mod options;
mod output;
mod progress;
mod query;
mod run;
mod signals;
mod terminal;
#[cfg(test)]
mod testing;
mod top;
mod value_text;
mod values;
mod vendor;
mod words;
mod workshop;

use heck::ToKebabCase;

use crate::typedefs::ArgDef;

/// The name of an API function on the command line.
fn cli_name(api_name: &str) -> String {
    api_name.to_kebab_case()
}

/// The flag of an argument, without its dashes.
fn flag_name(argument: &ArgDef) -> String {
    cli_name(&argument.name)
}

/// Runs one command line, without the program's name, and gives the exit code.
pub async fn run(words: Vec<String>) -> u8 {
    signals::listen();
    match commands::run(&words).await {
        Ok(()) => 0,
        Err(error) => {
            terminal::ask(&error.report());
            error.exit_code()
        }
    }
}
