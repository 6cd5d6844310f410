//! What the command line shows of the module comes from its registration.

use dagger_sdk::testing::{self, Recorder};
use dind::Dind;

use crate::calls;

/// Longer lines are cut in the list of functions.
const WIDEST: usize = 110;

/// Flags that the Dagger CLI has at `dagger call`, v0.20.3 to v0.21.8, as an argument would be called: it calls no
/// function with an argument of such a name.
const TAKEN: [&str; 25] = [
    "allowLlm",
    "autoApply",
    "cloud",
    "debug",
    "dotFocusField",
    "dotOutput",
    "dotShowInternal",
    "eagerRuntime",
    "help",
    "interactive",
    "interactiveCommand",
    "json",
    "lock",
    "mod",
    "noExit",
    "noMod",
    "output",
    "progress",
    "quiet",
    "scaleOut",
    "silent",
    "verbose",
    "web",
    "workdir",
    "xRelease",
];

async fn registration() -> Vec<String> {
    let recorder = Recorder::new();
    let module = testing::register::<Dind>(&recorder)
        .await
        .expect("a module");
    let graph = recorder.graph(&module);
    graph.lines().map(|line| line.trim().to_owned()).collect()
}

/// The value of a text argument in a line of a graph.
fn text(line: &str, argument: &str) -> Option<String> {
    let start = line.find(&format!("{argument}: \""))? + argument.len() + 2;
    let mut texts = serde_json::Deserializer::from_str(&line[start..]).into_iter::<String>();
    texts.next()?.ok()
}

#[tokio::test]
async fn every_function_has_a_line_of_help() {
    let lines = registration().await;
    let mut functions = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(name) = text(line, "function(name").filter(|name| !name.is_empty()) else {
            continue;
        };
        // The type that is returned stands between the two.
        let help = lines[at + 1..]
            .iter()
            .take_while(|line| !line.contains("function(name"))
            .find_map(|line| text(line, "withDescription(description"));
        let help = help.unwrap_or_default();
        let first = help.lines().next().unwrap_or_default();
        assert!(
            first.ends_with('.') && first.len() <= WIDEST,
            "{name}: {first:?}"
        );
        assert!(
            first.starts_with(|c: char| c.is_ascii_uppercase()),
            "{name}: {first:?}"
        );
        functions.push(name);
    }
    functions.sort();
    let mut called: Vec<_> = calls::all()
        .iter()
        .map(|call| call.function.to_owned())
        .collect();
    called.sort();
    assert_eq!(functions, called);
}

#[tokio::test]
async fn every_argument_is_explained() {
    let lines = registration().await;
    let arguments: Vec<_> = lines
        .iter()
        .filter(|line| line.starts_with("withArg("))
        .collect();
    assert!(arguments.len() > 30, "{arguments:?}");
    for line in arguments {
        let help = text(line, "description").unwrap_or_default();
        assert!(help.ends_with('.') || help.contains(", for bash"), "{line}");
    }
}

#[tokio::test]
async fn no_argument_is_called_like_a_flag_of_the_command_line() {
    for line in registration().await {
        if !line.starts_with("withArg(") {
            continue;
        }
        let name = text(&line, "name").unwrap_or_default();
        assert!(
            !TAKEN.contains(&&*name),
            "the Dagger CLI has a flag of this name: {line}"
        );
    }
}

#[tokio::test]
async fn every_field_has_a_line_of_help() {
    let lines = registration().await;
    let fields: Vec<_> = lines
        .iter()
        .filter(|line| line.starts_with("withField("))
        .collect();
    assert!(fields.len() > 8, "{fields:?}");
    for line in fields {
        let help = text(line, "description").unwrap_or_default();
        let first = help.lines().next().unwrap_or_default();
        assert!(first.ends_with('.') && first.len() <= WIDEST, "{line}");
    }
}
