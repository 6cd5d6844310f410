//! From the text of a flag to a value: numbers, lists, host paths, images and
//! secrets. Everything is checked here, before anything runs.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::api::Api;
use super::csv;
use crate::typedefs::{ArgDef, TypeDef, TypeKind};

/// A value as it was given, checked but not yet turned into an ID.
#[derive(Debug, Clone, PartialEq)]
pub enum Given {
    Plain(Value),
    /// A member of an enumeration, which GraphQL writes without quotes.
    Enum(String),
    Host(HostObject),
    List(Vec<Given>),
}

/// An object that stands outside of the graph until it is asked for.
#[derive(Debug, Clone, PartialEq)]
pub enum HostObject {
    Directory { path: PathBuf, ignore: Vec<String> },
    File { path: PathBuf },
    Container { address: String },
    Secret { uri: String },
    Service { host: String, port: u16 },
    CacheVolume { key: String },
    Socket { path: PathBuf },
}

/// Where relative paths start: the caller's folder for what is given, the
/// module's for its own defaults.
#[derive(Debug, Clone)]
pub struct Places {
    pub caller: PathBuf,
    pub module: PathBuf,
}

/// Reads what a flag was given, possibly several times; the last one counts
/// but for lists, which gather them all.
///
/// # Errors
/// What is wrong with the text, fit for the end of a line.
pub fn read(
    api: &Api,
    places: &Places,
    argument: &ArgDef,
    texts: &[String],
) -> Result<Given, String> {
    let reader = Reader {
        api,
        places,
        ignore: &argument.ignore,
    };
    let result = match &argument.ty.kind {
        TypeKind::List(inner) => texts
            .iter()
            .map(|text| reader.items(inner, text))
            .collect::<Result<Vec<_>, _>>()
            .map(|lists| Given::List(lists.into_iter().flatten().collect())),
        _ => match texts.last() {
            Some(text) => reader.one(&argument.ty, text),
            None => Err("no value".to_owned()),
        },
    };
    result.map_err(|reason| {
        // What was meant as a secret's name may be the secret.
        let text = match &argument.ty.kind {
            TypeKind::Object(name) if name == "Secret" => "…",
            _ => texts.last().map(String::as_str).unwrap_or_default(),
        };
        format!(
            "invalid argument {text:?} for \"--{}\" flag: {reason}",
            super::flag_name(argument)
        )
    })
}

/// What an argument that was not given is, if it has a default.
///
/// # Errors
/// A default path that does not exist.
pub fn default_of(places: &Places, argument: &ArgDef) -> Result<Option<Given>, String> {
    if let Some(value) = &argument.default_value {
        return Ok(Some(Given::Plain(value.clone())));
    }
    if let Some(address) = &argument.default_address {
        let address = address.clone();
        return Ok(Some(Given::Host(HostObject::Container { address })));
    }
    let Some(path) = &argument.default_path else {
        return Ok(None);
    };
    let path = default_path(&places.module, path);
    let found = match &argument.ty.kind {
        TypeKind::Object(name) if name == "File" => file(path),
        _ => directory(path, argument.ignore.clone()),
    };
    found.map(Some).map_err(|reason| {
        format!(
            "the default path of \"--{}\": {reason}",
            super::flag_name(argument)
        )
    })
}

/// `/x` counts from the top of the module's repository, anything else from the
/// module itself.
fn default_path(module: &Path, path: &str) -> PathBuf {
    match path.strip_prefix('/') {
        Some(rest) => {
            let top = module
                .ancestors()
                .find(|folder| folder.join(".git").exists());
            top.unwrap_or(module).join(rest)
        }
        None => module.join(path),
    }
}

struct Reader<'a> {
    api: &'a Api,
    places: &'a Places,
    ignore: &'a [String],
}

impl Reader<'_> {
    fn items(&self, ty: &TypeDef, text: &str) -> Result<Vec<Given>, String> {
        match &ty.kind {
            // A part of such an object holds commas of its own no more than a path does.
            TypeKind::Object(_) => text.split(',').map(|item| self.one(ty, item)).collect(),
            _ => csv::fields(text)?
                .iter()
                .map(|item| self.one(ty, item))
                .collect(),
        }
    }

    fn one(&self, ty: &TypeDef, text: &str) -> Result<Given, String> {
        let plain = |value: Value| Ok(Given::Plain(value));
        match &ty.kind {
            TypeKind::String => plain(text.into()),
            TypeKind::Boolean => plain(boolean(text)?.into()),
            TypeKind::Integer => match integer(text) {
                Some(number) => plain(number.into()),
                None => Err("an integer is expected".to_owned()),
            },
            TypeKind::Float => match text.parse::<f64>() {
                Ok(number) if number.is_finite() => plain(json!(number)),
                _ => Err("a number is expected".to_owned()),
            },
            TypeKind::Enum(name) => self.member(name, text),
            TypeKind::Scalar(name) if name == "PortForward" => plain(port_forward(text)?),
            TypeKind::Scalar(name) if name == "BuildArg" => match text.split_once('=') {
                Some((name, value)) => plain(json!({"name": name, "value": value})),
                None => Err("NAME=VALUE is expected".to_owned()),
            },
            TypeKind::Scalar(_) => plain(text.into()),
            TypeKind::Object(name) => self.object(name, text),
            TypeKind::List(_) | TypeKind::Interface(_) | TypeKind::Void => {
                Err("a value of this type cannot be given on the command line".to_owned())
            }
        }
    }

    fn member(&self, name: &str, text: &str) -> Result<Given, String> {
        let values = self.api.enum_values(name).unwrap_or_default();
        match values.iter().find(|value| value.eq_ignore_ascii_case(text)) {
            Some(value) => Ok(Given::Enum(value.clone())),
            None => {
                let mut values = values;
                values.sort();
                Err(format!("value should be one of {}", values.join(",")))
            }
        }
    }

    fn object(&self, name: &str, text: &str) -> Result<Given, String> {
        if text.is_empty() {
            return Err("a value is expected".to_owned());
        }
        let here = |path: &str| self.places.caller.join(path);
        let object = match name {
            "Directory" => return directory(here(local_path(text)?), self.ignore.to_vec()),
            "File" => return file(here(local_path(text)?)),
            "Container" => HostObject::Container {
                address: image(text)?,
            },
            "Secret" => HostObject::Secret {
                uri: self.secret(text)?,
            },
            "Service" => service(text)?,
            "CacheVolume" => HostObject::CacheVolume {
                key: text.to_owned(),
            },
            "Socket" => HostObject::Socket { path: here(text) },
            other => return Err(format!("a {other} cannot be given on the command line")),
        };
        Ok(Given::Host(object))
    }

    /// `env:NAME`, `file:PATH` and `cmd:COMMAND`, as the CLI also takes them
    /// with `://`, and a variable's name alone. The secret's text itself is
    /// nothing that an error may repeat.
    fn secret(&self, text: &str) -> Result<String, String> {
        let expected = "a secret is given as env:NAME, file:PATH or cmd:COMMAND";
        let (scheme, rest) = match text.split_once("://").or_else(|| text.split_once(':')) {
            Some(parts) => parts,
            None if std::env::var_os(text).is_some() => ("env", text),
            None => return Err(expected.to_owned()),
        };
        match scheme {
            "cmd" => Ok(format!("cmd://{rest}")),
            "env" if std::env::var_os(rest).is_some() => Ok(format!("env://{rest}")),
            "env" => Err(format!("the environment variable {rest} is not set")),
            "file" => {
                let rest = match (rest.strip_prefix("~/"), std::env::var_os("HOME")) {
                    (Some(path), Some(home)) => Path::new(&home).join(path),
                    _ => self.places.caller.join(rest),
                };
                match rest.is_file() {
                    true => Ok(format!("file://{}", rest.display())),
                    false => Err(format!("no such file: {}", rest.display())),
                }
            }
            other => Err(format!("{expected}, not as {other}:…")),
        }
    }
}

fn boolean(text: &str) -> Result<bool, String> {
    match text {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Ok(true),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Ok(false),
        _ => Err("true or false is expected".to_owned()),
    }
}

/// Digits that `0x`, `0o`, `0b` and a plain `0` in front of them put in another base.
fn integer(text: &str) -> Option<i64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let lower = digits.to_ascii_lowercase();
    let (base, digits) = match lower.split_at_checked(2) {
        Some(("0x", digits)) => (16, digits),
        Some(("0o", digits)) => (8, digits),
        Some(("0b", digits)) => (2, digits),
        _ if lower.len() > 1 && lower.starts_with('0') => (8, &lower[1..]),
        _ => (10, lower.as_str()),
    };
    let has_sign = digits.starts_with(['+', '-']);
    i64::from_str_radix(&format!("{sign}{digits}"), base)
        .ok()
        .filter(|_| !has_sign)
}

/// `FRONTEND:BACKEND` with an optional `/tcp` or `/udp`.
fn port_forward(text: &str) -> Result<Value, String> {
    let (ports, protocol) = match text.split_once('/') {
        Some((ports, protocol)) => (ports, protocol.to_ascii_uppercase()),
        None => (text, "TCP".to_owned()),
    };
    let wrong = "FRONTEND:BACKEND is expected, such as 8080:80";
    let (frontend, backend) = ports.split_once(':').ok_or(wrong)?;
    let port = |text: &str| text.parse::<u16>().map_err(|_| wrong);
    if !["TCP", "UDP"].contains(&protocol.as_str()) {
        return Err("the protocol is tcp or udp".to_owned());
    }
    let mut forward = json!({"frontend": port(frontend)?, "backend": port(backend)?});
    if protocol == "UDP" {
        forward["protocol"] = "UDP".into();
    }
    Ok(forward)
}

fn local_path(text: &str) -> Result<&str, String> {
    let remote = ["https://", "http://", "git@", "ssh://", "git://"];
    if remote.iter().any(|prefix| text.starts_with(prefix)) {
        return Err(
            "the local session takes paths of this machine, not remote addresses".to_owned(),
        );
    }
    Ok(text.strip_prefix("file://").unwrap_or(text))
}

fn directory(path: PathBuf, ignore: Vec<String>) -> Result<Given, String> {
    let path = found(path)?;
    match path.is_dir() {
        true => Ok(Given::Host(HostObject::Directory { path, ignore })),
        false => Err(format!("{} is no directory", path.display())),
    }
}

fn file(path: PathBuf) -> Result<Given, String> {
    let path = found(path)?;
    match path.is_dir() {
        true => Err(format!("{} is a directory, not a file", path.display())),
        false => Ok(Given::Host(HostObject::File { path })),
    }
}

/// One name for one file: graphs are told apart by their paths.
fn found(path: PathBuf) -> Result<PathBuf, String> {
    path.canonicalize().map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => format!("no such file or directory: {}", path.display()),
        _ => format!("{}: {error}", path.display()),
    })
}

fn image(text: &str) -> Result<String, String> {
    match text.chars().any(|c| c.is_whitespace() || c.is_control()) || text.starts_with('-') {
        true => Err("an image reference is expected, such as ubuntu:24.04".to_owned()),
        false => Ok(text.to_owned()),
    }
}

fn service(text: &str) -> Result<HostObject, String> {
    let wrong = "tcp://HOST:PORT is expected";
    let address = text.strip_prefix("tcp://").ok_or(wrong)?;
    let (host, port) = address.rsplit_once(':').ok_or(wrong)?;
    let port = port.parse().map_err(|_| wrong)?;
    Ok(HostObject::Service {
        host: host.to_owned(),
        port,
    })
}

#[cfg(test)]
mod tests;
