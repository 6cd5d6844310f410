//! Changes to the host's files are shown, and applied only when that is said.

use std::io::{self, BufRead, IsTerminal};
use std::path::Path;

use serde_json::Value;

use super::engine::Engine;
use super::error::CliError;
use super::options::Options;
use super::output;
use super::query::quoted;
use super::terminal::{self, visible_name};

/// Changes that were found, and not yet applied.
pub struct Changes {
    id: String,
    summary: String,
}

/// Asks the session what a changeset changes.
///
/// # Errors
/// What the session says while it finds out.
pub async fn find(engine: &impl Engine, id: &str) -> Result<Changes, CliError> {
    let query = format!(
        "{{loadChangesetFromID(id:{}){{addedPaths modifiedPaths removedPaths}}}}",
        quoted(id)
    );
    let data = engine.query(&query).await?;
    Ok(Changes {
        id: id.to_owned(),
        summary: summary(&data["loadChangesetFromID"]),
    })
}

impl Changes {
    /// Shows the changes and applies them to `folder`, if the user agrees.
    ///
    /// # Errors
    /// Nobody to ask; what the session says while it applies them.
    pub async fn apply(
        &self,
        engine: &impl Engine,
        options: &Options,
        folder: &Path,
    ) -> Result<(), CliError> {
        if self.summary.is_empty() {
            terminal::say("no changes");
            return Ok(());
        }
        terminal::ask(&self.summary);
        let is_terminal = io::stdin().is_terminal() && io::stderr().is_terminal();
        if !is_agreed(options, folder, is_terminal).await? {
            terminal::say("nothing was applied");
            return Ok(());
        }
        output::export(engine, "Changeset", &self.id, folder).await
    }
}

/// A line for each path, marked by what happens to it.
fn summary(changes: &Value) -> String {
    let kinds = [
        ("addedPaths", '+'),
        ("modifiedPaths", '~'),
        ("removedPaths", '-'),
    ];
    kinds
        .iter()
        .flat_map(|(kind, mark)| {
            let paths = changes[kind]
                .as_array()
                .map(Vec::as_slice)
                .unwrap_or_default();
            paths
                .iter()
                .filter_map(Value::as_str)
                .map(move |path| format!("{mark} {}\n", visible_name(path)))
        })
        .collect()
}

/// Whether the user wants the changes: a script that forgot to say so learns it
/// by the exit code.
async fn is_agreed(options: &Options, folder: &Path, is_terminal: bool) -> Result<bool, CliError> {
    match (options.auto_apply, is_terminal) {
        (true, _) => Ok(true),
        (false, true) => Ok(is_confirmed(folder).await),
        (false, false) => Err(CliError::Unconfirmed),
    }
}

async fn is_confirmed(folder: &Path) -> bool {
    terminal::ask(&format!("Apply to {}? [y/N] ", folder.display()));
    // Waiting for a person must not hold up the signals.
    let answer = tokio::task::spawn_blocking(|| {
        let mut answer = String::new();
        io::stdin().lock().read_line(&mut answer).map(|_| answer)
    });
    matches!(answer.await, Ok(Ok(answer)) if ["y", "yes"].contains(&answer.trim().to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_path_is_shown_with_what_happens_to_it() {
        let changes =
            json!({"addedPaths": ["new.txt"], "modifiedPaths": ["a"], "removedPaths": ["old"]});
        assert_eq!(summary(&changes), "+ new.txt\n~ a\n- old\n");
        assert_eq!(summary(&json!({"addedPaths": []})), "");
        let hostile = json!({"addedPaths": ["a\n- b", "\u{1b}[2K"]});
        assert_eq!(summary(&hostile), "+ a\\n- b\n+ \\u{1b}[2K\n");
    }

    #[tokio::test]
    async fn changes_that_nobody_agreed_to_are_an_error() {
        let folder = Path::new("/");
        let unsaid = is_agreed(&Options::default(), folder, false).await;
        assert!(matches!(unsaid, Err(CliError::Unconfirmed)), "{unsaid:?}");
        let said = Options {
            auto_apply: true,
            ..Options::default()
        };
        assert!(is_agreed(&said, folder, false).await.expect("an answer"));
    }
}
