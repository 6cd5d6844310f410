//! What can go wrong when a value crosses the wire.

use crate::query::Unreadable;
use crate::result::Error;
use serde_json::Value;
use std::fmt;

/// A value that could not be brought across the wire.
#[derive(Debug)]
pub enum ConversionError {
    /// The JSON is of another type than the parameter.
    Unexpected(Unreadable),
    /// A part of a list or an object could not be brought across.
    At {
        /// `item 3`, or `field dindImage`.
        place: String,
        /// What is wrong there.
        source: Box<ConversionError>,
    },
    /// A value that must be given is not there.
    Required,
    /// The engine did not build the object that was to be returned.
    Engine(Error),
}

impl ConversionError {
    /// A value that is not what was `expected`; what was found is shortened for the text.
    pub fn unexpected(expected: impl Into<String>, found: &Value) -> Self {
        Self::Unexpected(Unreadable::new(expected, found))
    }

    pub(crate) fn at(self, place: String) -> Self {
        Self::At {
            place,
            source: Box::new(self),
        }
    }
}

impl From<Unreadable> for ConversionError {
    fn from(error: Unreadable) -> Self {
        Self::Unexpected(error)
    }
}

impl From<Error> for ConversionError {
    fn from(error: Error) -> Self {
        Self::Engine(error)
    }
}

impl fmt::Display for ConversionError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unexpected(error) => error.fmt(formatter),
            Self::At { place, source } => write!(formatter, "{place}: {source}"),
            Self::Required => formatter.write_str("is required"),
            Self::Engine(error) => error.fmt(formatter),
        }
    }
}

impl std::error::Error for ConversionError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::At { source, .. } => Some(source),
            Self::Engine(error) => Some(error.as_ref()),
            _ => None,
        }
    }
}
