//! One level of a chained call as a command of clap: the arguments of one
//! function, and the functions of what it returns.

use clap::{Arg, ArgAction, ArgMatches, Command};
use heck::{ToLowerCamelCase as _, ToSnakeCase as _, ToUpperCamelCase as _};

use super::api::{Api, Callable, is_required};
use super::error::CliError;
use super::{flag_name, in_words, options, words};
use crate::typedefs::{ArgDef, TypeDef, TypeKind};

/// A function's place on the command line.
pub struct Level<'a> {
    pub api: &'a Api,
    /// What was typed so far, such as `dagger call dind-container`.
    pub path: String,
    pub description: String,
    pub args: Vec<ArgDef>,
    pub callables: Vec<Callable>,
}

/// What the words of one level say.
pub struct Parsed {
    pub matches: ArgMatches,
    /// The next function and the words behind it.
    pub next: Option<(Callable, Vec<String>)>,
}

impl Level<'_> {
    /// The arguments that have a flag: a type that no text stands for has none.
    pub fn flags(&self) -> impl Iterator<Item = &ArgDef> {
        self.args
            .iter()
            .filter(|argument| self.api.can_be_given(&argument.ty))
    }

    fn command(&self) -> Command {
        let mut command = Command::new(self.path.clone())
            .about(self.description.clone())
            .disable_help_flag(true)
            .disable_help_subcommand(true)
            .disable_version_flag(true)
            .subcommand_help_heading("FUNCTIONS")
            .override_usage(self.usage())
            .help_template(TEMPLATE)
            .after_help(self.after_help());
        for argument in self.flags() {
            command = command.arg(self.flag(argument));
        }
        let taken: Vec<String> = self.flags().map(flag_name).collect();
        for mut option in options::flags() {
            // A function's own flag wins over one of ours with the same name.
            if taken
                .iter()
                .any(|name| Some(name.as_str()) == option.get_long())
            {
                let id = option.get_id().clone();
                option = option.long(format!("dagger-{id}")).hide(true);
            }
            command = command.arg(option);
        }
        command.subcommands(self.callables.iter().map(|callable| {
            Command::new(callable.cli_name())
                .about(callable.summary().to_owned())
                .disable_help_flag(true)
                .disable_version_flag(true)
                .arg(words::rest())
        }))
    }

    fn flag(&self, argument: &ArgDef) -> Arg {
        let name = flag_name(argument);
        let flag = Arg::new(flag_id(argument))
            // An argument's name in the module's code is the flag's, too.
            .aliases([
                name.to_lower_camel_case(),
                name.to_upper_camel_case(),
                name.to_snake_case(),
            ])
            .long(name)
            .help(self.help_of(argument))
            .help_heading("ARGUMENTS")
            .action(ArgAction::Append)
            .allow_hyphen_values(true);
        match is_boolean(&argument.ty) {
            // As in the CLI, `--flag` alone is true and takes no word after it.
            true => flag
                .num_args(0..=1)
                .require_equals(true)
                .default_missing_value("true")
                .value_name("bool"),
            false => flag.value_name(type_name(&argument.ty)),
        }
    }

    fn help_of(&self, argument: &ArgDef) -> String {
        let mut parts = vec![argument.description.trim().replace('\n', " ")];
        if let Some(reason) = &argument.deprecated {
            parts.push(format!("(deprecated: {reason})"));
        }
        if let Some(values) = enum_values(self.api, &argument.ty) {
            parts.push(format!("(possible values: {})", values.join(", ")));
        }
        let default = argument
            .default_value
            .as_ref()
            .map(ToString::to_string)
            .or_else(|| {
                argument
                    .default_path
                    .as_ref()
                    .map(|path| format!("{path:?}"))
            })
            .or_else(|| {
                argument
                    .default_address
                    .as_ref()
                    .map(|address| format!("{address:?}"))
            });
        // The zero values of optional flags say nothing.
        match default.filter(|text| !["false", "[]", "null", "\"\""].contains(&text.as_str())) {
            Some(default) => parts.push(format!("(default {default})")),
            None if is_required(argument) => parts.push("[required]".to_owned()),
            None => {}
        }
        parts.retain(|part| !part.is_empty());
        parts.join(" ")
    }

    fn usage(&self) -> String {
        let mut usage = format!("{} [options]", self.path);
        if self.flags().next().is_some() {
            usage.push_str(" [arguments]");
        }
        if !self.callables.is_empty() {
            usage.push_str(" <function>");
        }
        usage
    }

    fn after_help(&self) -> String {
        match self.callables.is_empty() {
            true => String::new(),
            false => format!(
                "Use \"{} <function> --help\" for more about a function.",
                self.path
            ),
        }
    }

    /// The text of `--help`.
    pub fn help(&self) -> String {
        in_words::help_of(&mut self.command())
    }

    /// Reads the words of this level.
    ///
    /// # Errors
    /// The first mistake, as one line.
    pub fn parse(&self, words: &[String]) -> Result<Parsed, CliError> {
        let mut matches = self
            .command()
            .no_binary_name(true)
            .try_get_matches_from(words)
            .map_err(|error| CliError::usage(&self.path, in_words::mistake(&error, &self.path)))?;
        let next = matches.remove_subcommand().and_then(|(name, rest)| {
            let callable = self
                .callables
                .iter()
                .find(|callable| callable.cli_name() == name)?;
            Some((callable.clone(), words::rest_of(rest)))
        });
        Ok(Parsed { matches, next })
    }

    /// What the user wrote for an argument, if anything.
    pub fn texts(&self, matches: &ArgMatches, argument: &ArgDef) -> Option<Vec<String>> {
        matches
            .get_many::<String>(&flag_id(argument))
            .map(|texts| texts.cloned().collect())
    }
}

const TEMPLATE: &str = "{about-with-newline}\nUSAGE\n  {usage}\n\n{all-args}{after-help}";

/// An ID that no flag of ours has.
fn flag_id(argument: &ArgDef) -> String {
    format!("argument {}", argument.name)
}

fn is_boolean(ty: &TypeDef) -> bool {
    matches!(ty.kind, TypeKind::Boolean)
}

fn enum_values(api: &Api, ty: &TypeDef) -> Option<Vec<String>> {
    match &ty.kind {
        TypeKind::Enum(name) => api.enum_values(name),
        TypeKind::List(inner) => enum_values(api, inner),
        _ => None,
    }
}

/// A type as the help texts call it.
fn type_name(ty: &TypeDef) -> String {
    match &ty.kind {
        TypeKind::String => "string".to_owned(),
        TypeKind::Boolean => "bool".to_owned(),
        TypeKind::Integer => "int".to_owned(),
        TypeKind::Float => "float".to_owned(),
        TypeKind::Enum(_) => "string".to_owned(),
        TypeKind::Scalar(name) | TypeKind::Object(name) | TypeKind::Interface(name) => name.clone(),
        TypeKind::List(inner) => match &inner.kind {
            TypeKind::Object(_) | TypeKind::Scalar(_) => type_name(inner),
            _ => format!("{}s", type_name(inner)),
        },
        TypeKind::Void => "void".to_owned(),
    }
}
