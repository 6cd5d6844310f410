//! What each function sees of a project: adding a file outside its list leaves the identity of its
//! graph as it was, one inside changes it.

use dagger_sdk::testing::{self, Recorder};
use dind::Dind;
use globset::{GlobBuilder, GlobMatcher};
use serde_json::json;

use crate::support::{call_with, defaults, graphs};

/// The functions that take a project from the caller's directory.
const FUNCTIONS: [&str; 6] = [
    "dindTangle",
    "dindTangleChanges",
    "dindRunOrg",
    "dindInitExamples",
    "exportHtml",
    "dindRunTests",
];

/// What no function may depend on.
const OUTSIDE: [&str; 8] = [
    "notes.txt",
    ".git/HEAD",
    ".tangle-deps/water.css",
    "_site/index.html",
    "docs/readme.org",
    "node_modules/src/index.js",
    "target/debug/dind",
    "sub/Cargo.toml",
];

/// Patterns as Docker reads them: a later one wins, and a folder's match is its files'.
struct Ignore(Vec<(bool, GlobMatcher)>);

impl Ignore {
    fn new(patterns: &[String]) -> Self {
        let matchers = patterns.iter().map(|pattern| {
            let (keeps, glob) = match pattern.strip_prefix('!') {
                Some(glob) => (true, glob),
                None => (false, pattern.as_str()),
            };
            let glob = GlobBuilder::new(glob.trim_end_matches('/'))
                .literal_separator(true)
                .build()
                .expect("a pattern");
            (keeps, glob.compile_matcher())
        });
        Self(matchers.collect())
    }

    fn keeps(&self, path: &str) -> bool {
        let mut kept = true;
        for (keeps, glob) in &self.0 {
            let ends = path.match_indices('/').map(|(end, _)| end);
            if ends
                .chain([path.len()])
                .any(|end| glob.is_match(&path[..end]))
            {
                kept = *keeps;
            }
        }
        kept
    }
}

/// The patterns that a function is registered with.
async fn registered(function: &str) -> Vec<String> {
    let recorder = Recorder::new();
    let module = testing::register::<Dind>(&recorder)
        .await
        .expect("a module");
    let graph = recorder.graph(&module);
    let start = graph
        .find(&format!("function(name: \"{function}\""))
        .unwrap_or_else(|| panic!("{function} in {graph}"));
    let list = graph[start..].split_once("ignore: ").expect("patterns").1;
    let end = list.find(']').expect("the end of the patterns");
    serde_json::from_str(&list[..=end]).expect("a list of texts")
}

/// The identity of a function's graph for a project of these files.
async fn identity(function: &'static str, ignore: &Ignore, files: &[&str]) -> String {
    let seen: Vec<_> = files.iter().filter(|file| ignore.keeps(file)).collect();
    let src = Recorder::new().id("Directory", &format!("{seen:?}"));
    let argument = match function {
        "dindInitExamples" | "dindRunTests" => "src",
        // What these are given as src they see whole.
        _ => "repository",
    };
    let call = call_with(function, json!({ argument: src }));
    graphs(defaults(), &call).await.join("\n")
}

/// A file that a pattern lets in.
fn inside(pattern: &str) -> Option<String> {
    let kept = pattern.strip_prefix('!')?.replace('*', "some");
    Some(match kept.strip_suffix('/') {
        Some(folder) => format!("{folder}/deep/file.txt"),
        None => kept,
    })
}

#[tokio::test]
async fn a_file_outside_the_list_leaves_the_graph_as_it_was() {
    for function in FUNCTIONS {
        let ignore = Ignore::new(&registered(function).await);
        let before = identity(function, &ignore, &["readme.org"]).await;
        for file in OUTSIDE {
            let after = identity(function, &ignore, &["readme.org", file]).await;
            assert_eq!(before, after, "{function}: {file}");
        }
    }
}

#[tokio::test]
async fn a_file_inside_the_list_changes_the_graph() {
    for function in FUNCTIONS {
        let patterns = registered(function).await;
        let ignore = Ignore::new(&patterns);
        let before = identity(function, &ignore, &["readme.org"]).await;
        let files: Vec<_> = patterns
            .iter()
            .filter_map(|pattern| inside(pattern))
            .collect();
        assert!(files.len() > 4, "{function}: {patterns:?}");
        for file in &files {
            let after = identity(function, &ignore, &["readme.org", file]).await;
            assert_ne!(before, after, "{function}: {file}");
        }
    }
}

#[tokio::test]
async fn a_build_never_reaches_the_tests() {
    let ignore = Ignore::new(&registered("dindRunTests").await);
    for file in [
        "sdk/template/target/debug/hello",
        "local/target/x",
        "target/x",
    ] {
        assert!(!ignore.keeps(file), "{file}");
    }
}

#[tokio::test]
async fn where_a_script_calls_the_module_its_whole_workspace_is_there() {
    let manifest = include_str!("../../Cargo.toml");
    let list = manifest.split_once("members = ").expect("members").1;
    let end = list.find(']').expect("the end of the members");
    let members: Vec<String> = serde_json::from_str(&list[..=end]).expect("a list of texts");
    let mut files: Vec<_> = members
        .iter()
        .map(|member| format!("{member}/Cargo.toml"))
        .collect();
    files.extend(["Cargo.toml", "Cargo.lock", "dagger.json", "image-pins.json"].map(str::to_owned));
    for function in ["dindRunOrg", "dindInitExamples", "dindRunTests"] {
        let ignore = Ignore::new(&registered(function).await);
        for file in &files {
            assert!(ignore.keeps(file), "{function}: {file}");
        }
    }
}

#[tokio::test]
async fn a_project_that_is_given_is_seen_whole() {
    let src = Recorder::new().id("Directory", "the project");
    for function in [
        "dindTangle",
        "dindTangleChanges",
        "dindRunOrg",
        "exportHtml",
    ] {
        let call = call_with(function, json!({"src": src}));
        let graph = graphs(defaults(), &call).await.join("\n");
        assert!(graph.contains("the project"), "{function}: {graph}");
        assert!(!graph.contains("default path"), "{function}: {graph}");
    }
}

#[tokio::test]
async fn left_out_the_project_is_the_callers_directory() {
    for function in FUNCTIONS {
        let graph = graphs(defaults(), &call_with(function, json!({})))
            .await
            .join("\n");
        assert!(
            graph.contains("Directory \"default path .\""),
            "{function}: {graph}"
        );
    }
}
