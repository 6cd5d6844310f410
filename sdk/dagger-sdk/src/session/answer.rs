//! What comes back for a query: data, or the engine's errors.

use serde::Deserialize as _;
use serde_json::Value;
use std::fmt;

/// A command that failed, as the engine reports it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExecFailure {
    /// The command and its arguments.
    pub command: Vec<String>,
    /// What it exited with.
    pub exit_code: i32,
    /// What it wrote to its standard output.
    pub stdout: String,
    /// What it wrote to its standard error.
    pub stderr: String,
}

/// What the session said instead of an answer. Its text is the engine's own.
#[derive(Clone, Debug)]
pub struct EngineError {
    message: String,
    exec: Option<Box<ExecFailure>>,
}

impl EngineError {
    /// An error with a text of one's own.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            exec: None,
        }
    }

    /// An error because a command of the graph failed.
    pub fn of_exec(message: impl Into<String>, exec: ExecFailure) -> Self {
        Self {
            message: message.into(),
            exec: Some(Box::new(exec)),
        }
    }

    /// The failed command behind the error, if there is one.
    pub fn exec(&self) -> Option<&ExecFailure> {
        self.exec.as_deref()
    }
}

impl fmt::Display for EngineError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for EngineError {}

/// The data in the text of an answer; nothing, if the text is no JSON.
pub fn data(text: &[u8]) -> Option<Result<Value, EngineError>> {
    let mut answer = parsed(text).ok()?;
    let first = answer.pointer("/errors/0").map(engine_error);
    Some(match (first, answer.get_mut("data").map(Value::take)) {
        (Some(error), _) => Err(error),
        (None, Some(data)) if !data.is_null() => Ok(data),
        (None, _) => Err(EngineError::new(
            "the session answered neither data nor errors",
        )),
    })
}

/// Answers are as deep as the chain of calls that was asked, which has no limit.
fn parsed(text: &[u8]) -> serde_json::Result<Value> {
    let mut reader = serde_json::Deserializer::from_slice(text);
    reader.disable_recursion_limit();
    Value::deserialize(&mut reader)
}

/// The kind of an error with a failed command behind it.
pub const EXEC_ERROR: &str = "EXEC_ERROR";

/// Reads what it can: an extension of a kind that the SDK doesn't know must not hide the message.
fn engine_error(error: &Value) -> EngineError {
    let message = error["message"].as_str().unwrap_or_default();
    let extensions = &error["extensions"];
    if extensions["_type"] != EXEC_ERROR {
        return EngineError::new(message);
    }
    let text = |name: &str| extensions[name].as_str().unwrap_or_default().to_owned();
    let words = extensions["cmd"].as_array();
    let words = words.into_iter().flatten();
    let code = extensions["exitCode"].as_i64().unwrap_or(-1);
    EngineError::of_exec(
        message,
        ExecFailure {
            command: words.filter_map(Value::as_str).map(str::to_owned).collect(),
            exit_code: i32::try_from(code).unwrap_or(-1),
            stdout: text("stdout"),
            stderr: text("stderr"),
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> EngineError {
        data(text.as_bytes()).unwrap().unwrap_err()
    }

    #[test]
    fn errors_come_before_data() {
        let error = error(r#"{"data": {"a": null}, "errors": [{"message": "no"}]}"#);
        assert_eq!(error.to_string(), "no");
        assert_eq!(error.exec(), None);
    }

    #[test]
    fn a_failed_command_comes_with_what_it_wrote() {
        let error = error(
            r#"{"errors": [{"message": "exit code: 7", "extensions":
               {"_type": "EXEC_ERROR", "cmd": ["sh"], "exitCode": 7, "stdout": "o", "stderr": "e"}}]}"#,
        );
        let exec = error.exec().unwrap();
        assert_eq!((exec.exit_code, exec.stdout.as_str()), (7, "o"));
    }

    #[test]
    fn an_extension_of_an_unknown_kind_does_not_hide_the_message() {
        let error = error(r#"{"errors": [{"message": "no", "extensions": {"_type": "NEW"}}]}"#);
        assert_eq!(error.to_string(), "no");
    }

    #[test]
    fn an_answer_has_data_or_errors() {
        assert!(error("{}").to_string().contains("neither"));
        assert!(data(b"not found").is_none());
        assert!(data(br#"{"data": {"a": 1}}"#).unwrap().is_ok());
    }
}
