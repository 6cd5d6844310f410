//! A chained call as it was typed: constructor, functions, leaf. Reading it
//! runs nothing; a mistake anywhere is found before the first step.

use clap::ArgMatches;

use super::api::{Answers, Api, Callable, is_required};
use super::error::CliError;
use super::flag_name;
use super::level::Level;
use super::options::Options;
use super::values::{self, Given, Places};
use crate::typedefs::{ArgDef, FunctionDef, TypeDef, TypeKind};

/// One call with its arguments.
#[derive(Debug, Clone)]
pub struct Step {
    /// The type that it is called on.
    pub object: String,
    pub function: FunctionDef,
    pub answers: Answers,
    pub arguments: Vec<(String, Given)>,
}

/// A whole line.
#[derive(Debug, Clone)]
pub struct Chain {
    pub constructor: Step,
    pub steps: Vec<Step>,
    pub options: Options,
}

impl Chain {
    /// The type of the result.
    pub fn result(&self) -> &TypeDef {
        let last = self.steps.last().unwrap_or(&self.constructor);
        &last.function.return_type
    }
}

/// What a line asks for.
#[derive(Debug)]
pub enum Request {
    Help(String),
    Call(Box<Chain>),
}

/// Reads the words behind `command` (`dagger call`).
///
/// # Errors
/// The first mistake, with the part of the line that it is in.
pub fn read(
    api: &Api,
    places: &Places,
    command: &str,
    words: &[String],
    options: Options,
) -> Result<Request, CliError> {
    let main = api.main_object()?;
    let constructor = main.constructor.clone().unwrap_or_else(|| FunctionDef {
        description: main.description.clone(),
        ..FunctionDef::new("", TypeDef::of(TypeKind::Object(main.name.clone())))
    });
    let mut reader = Reader {
        api,
        places,
        options,
        missing: None,
    };
    let description = match api.module.description.trim() {
        "" => main.description.clone(),
        text => text.to_owned(),
    };
    let level = reader.level(command, &description, &constructor);
    let mut parsed = level.parse(words)?;
    if reader.options(&level, &parsed.matches)? {
        return Ok(Request::Help(level.help()));
    }
    let constructor = Step {
        object: main.name.clone(),
        arguments: reader.arguments(&level, &parsed.matches, true)?,
        function: constructor,
        answers: Answers::Module,
    };

    let mut steps: Vec<Step> = Vec::new();
    let (mut path, mut object) = (command.to_owned(), main.name.clone());
    while let Some((Callable { function, answers }, words)) = parsed.next.take() {
        path = format!("{path} {}", super::cli_name(&function.name));
        let level = reader.level(&path, &function.description, &function);
        parsed = level.parse(&words)?;
        if reader.options(&level, &parsed.matches)? {
            return Ok(Request::Help(level.help()));
        }
        let arguments = reader.arguments(&level, &parsed.matches, answers == Answers::Module)?;
        let returned = object_name(&function.return_type).map(str::to_owned);
        steps.push(Step {
            object,
            function,
            answers,
            arguments,
        });
        object = returned.unwrap_or_default();
    }
    match reader.missing {
        Some(missing) => Err(missing),
        None => Ok(Request::Call(Box::new(Chain {
            constructor,
            steps,
            options: reader.options,
        }))),
    }
}

/// The object that a call can go on with; the elements' for a list.
pub fn object_name(ty: &TypeDef) -> Option<&str> {
    match &ty.kind {
        TypeKind::Object(name) | TypeKind::Interface(name) => Some(name),
        TypeKind::List(inner) => object_name(inner),
        _ => None,
    }
}

struct Reader<'a> {
    api: &'a Api,
    places: &'a Places,
    options: Options,
    /// A later `--help` wins over a missing argument.
    missing: Option<CliError>,
}

impl<'a> Reader<'a> {
    fn level(&self, path: &str, description: &str, function: &FunctionDef) -> Level<'a> {
        let object = object_name(&function.return_type);
        Level {
            api: self.api,
            path: path.to_owned(),
            description: description.trim().to_owned(),
            args: function.args.clone(),
            callables: object
                .map(|name| self.api.callables(name))
                .unwrap_or_default(),
        }
    }

    /// Takes the common flags; true where help is asked for.
    fn options(&mut self, level: &Level, matches: &ArgMatches) -> Result<bool, CliError> {
        let taken = self.options.take(matches);
        taken.map_err(|message| CliError::usage(&level.path, message))?;
        Ok(matches.get_flag("help"))
    }

    /// The values of a level. The module expects its defaults with them; the
    /// session knows those of the core by itself.
    fn arguments(
        &mut self,
        level: &Level,
        matches: &ArgMatches,
        with_defaults: bool,
    ) -> Result<Vec<(String, Given)>, CliError> {
        let mut given = Vec::new();
        let mut missing: Vec<String> = Vec::new();
        let refuse = |message: String| CliError::usage(&level.path, message);
        for argument in level.flags() {
            let value = match level.texts(matches, argument) {
                Some(texts) => {
                    let value = values::read(self.api, self.places, argument, &texts);
                    Some(value.map_err(refuse)?)
                }
                None if is_required(argument) => {
                    missing.push(format!("{:?}", flag_name(argument)));
                    None
                }
                None if with_defaults => self.default_of(argument).map_err(refuse)?,
                None => None,
            };
            given.extend(value.map(|value| (argument.name.clone(), value)));
        }
        if !missing.is_empty() && self.missing.is_none() {
            let message = format!("required flag(s) {} not set", missing.join(", "));
            self.missing = Some(CliError::usage(&level.path, message));
        }
        Ok(given)
    }

    fn default_of(&self, argument: &ArgDef) -> Result<Option<Given>, String> {
        values::default_of(self.places, argument)
    }
}

#[cfg(test)]
mod tests;
