//! What the environment says about the session.

use super::http::{Header, Http};

const PORT: &str = "DAGGER_SESSION_PORT";
const TOKEN: &str = "DAGGER_SESSION_TOKEN";
const TRACEPARENT: &str = "TRACEPARENT";

/// The session's variables.
#[derive(Clone)]
pub struct Variables {
    port: u16,
    token: String,
    traceparent: Option<String>,
}

/// Why the variables name no session.
#[derive(Debug, thiserror::Error)]
pub enum VariablesError {
    /// A variable is not set.
    #[error(
        "{0} is not set: this program is a Dagger module, started by `dagger call` or `dagger functions`"
    )]
    Missing(&'static str),
    /// A variable can't be read.
    #[error("{name}={value}: {expected}")]
    Bad {
        /// The variable.
        name: &'static str,
        /// What it is set to.
        value: String,
        /// What it should be.
        expected: &'static str,
    },
}

impl Variables {
    /// Reads the variables through `variable`.
    ///
    /// # Errors
    /// If one is missing or can't be read.
    pub fn read(variable: impl Fn(&'static str) -> Option<String>) -> Result<Self, VariablesError> {
        let port = variable(PORT).ok_or(VariablesError::Missing(PORT))?;
        let token = variable(TOKEN).ok_or(VariablesError::Missing(TOKEN))?;
        Ok(Self {
            port: port.parse().map_err(|_| VariablesError::Bad {
                name: PORT,
                value: port,
                expected: "expected a port, a number up to 65535",
            })?,
            token,
            traceparent: variable(TRACEPARENT).filter(|text| !text.is_empty()),
        })
    }

    /// The session behind the variables.
    ///
    /// # Errors
    /// If the token or the trace can't be a header.
    pub fn session(&self) -> Result<Http, VariablesError> {
        let authorization = Header::basic(&self.token).ok_or_else(|| unprintable(TOKEN))?;
        let trace = match &self.traceparent {
            None => None,
            Some(text) => Some(Header::plain(text).ok_or_else(|| unprintable(TRACEPARENT))?),
        };
        Ok(Http::new(self.port, authorization, trace))
    }
}

/// The value is left out of the text: one of them is a secret.
fn unprintable(name: &'static str) -> VariablesError {
    VariablesError::Bad {
        name,
        value: "…".into(),
        expected: "expected letters, digits and punctuation only",
    }
}
