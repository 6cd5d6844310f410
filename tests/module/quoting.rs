//! Commands and file names reach the container as they were given.

use std::process::Command;

use dagger_sdk::testing::Recorder;
use proptest::prelude::*;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::support::{call_with, defaults, graph, refusal};

fn built(function: &'static str, arguments: Value) -> String {
    let runtime = Runtime::new().expect("a runtime");
    runtime.block_on(graph(defaults(), &call_with(function, arguments)))
}

/// The line that bash gets in a graph of `dindRunOrg`.
fn command_line(graph: &str) -> String {
    let start = r#"withExec(args: ["bash", "-c", "bash /run/dind/org/script.sh run"#;
    let line = graph
        .lines()
        .find(|line| line.trim_start().starts_with(start));
    let args = line.and_then(|line| line.trim().strip_prefix("withExec(args: "));
    let args = args
        .and_then(|args| args.strip_suffix(')'))
        .expect("arguments");
    let args: Vec<String> = serde_json::from_str(args).expect("a list of texts");
    args.last().expect("a command").clone()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_command_reaches_bash_as_it_was_given(cmd in any::<String>()) {
        let graph = built("dindWithDocker", json!({"cmd": cmd}));
        let exec = format!(r#"withExec(args: ["bash", "-c", {}])"#, Value::from(cmd));
        prop_assert!(graph.ends_with(&exec), "{}", graph);
    }

    #[test]
    fn a_command_with_an_image_is_one_argument(cmd in any::<String>()) {
        let image = Recorder::new().id("Container", "image");
        let graph = built("dindWithImage", json!({"image": image, "tag": "me:1", "cmd": cmd}));
        let end = format!(r#""me:1", {}])"#, Value::from(cmd));
        let exec = graph.lines().find(|line| line.starts_with("withExec(")).expect("a command");
        prop_assert!(exec.ends_with(&end), "{}", exec);
    }

}

proptest! {
    // The module's own scripts are part of each of these graphs, which takes its time.
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn file_names_reach_the_script_as_single_arguments(
        files in proptest::collection::vec("[^\0]{1,12}", 1..4),
        no_cache in any::<bool>(),
    ) {
        let src = Recorder::new().id("Directory", "src");
        let graph = built("dindRunOrg", json!({"src": src, "documents": files, "noCache": no_cache}));
        let line = command_line(&graph);
        let words = line.strip_prefix("bash /run/dind/org/script.sh run ").expect("the script first");
        let printed = Command::new("bash")
            .args(["-c", &format!("printf '%s\\0' {words}")])
            .output()
            .expect("bash is there");
        let printed = String::from_utf8(printed.stdout).expect("texts");
        let flag = if no_cache { "--no-cache\0" } else { "" };
        prop_assert_eq!(printed, format!("{flag}{}\0", files.join("\0")));
    }
}

#[tokio::test]
async fn a_file_name_that_no_process_can_be_given_is_refused() {
    let recorder = Recorder::new();
    let arguments = json!({"src": recorder.id("Directory", "src"), "files": ["a\0b"]});
    let error = refusal(defaults(), &call_with("dindRunOrg", arguments)).await;
    assert!(
        error.contains("documents") && error.contains("NUL"),
        "{error}"
    );
}

#[tokio::test]
async fn what_apt_would_not_take_for_a_packages_name_is_refused() {
    for package in [
        "", "--yes", "a b", "a/b", "a=1", "ruby-", "ruby+", "Ruby", "./x.deb",
    ] {
        for function in ["dindTangle", "dindEmacsContainer"] {
            let call = call_with(function, json!({"packages": [package]}));
            let error = refusal(defaults(), &call).await;
            assert!(error.contains("packages"), "{package}: {error}");
        }
    }
    for package in ["g++", "libstdc++-12-dev", "lua5.4"] {
        let arguments = json!({"packages": [package]});
        let graph = graph(defaults(), &call_with("dindEmacsContainer", arguments)).await;
        assert!(graph.contains(&format!("\"{package}\"])")), "{graph}");
    }
}
