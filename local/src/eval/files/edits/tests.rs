use std::sync::Arc;

use serde_json::{Value, json};

use crate::Silent;
use crate::eval::evaluator::{Evaluator, fields};
use crate::eval::files::value::Tree;
use crate::node::Node;
use crate::state::State;

/// An evaluator over an empty state.
fn evaluator() -> (tempfile::TempDir, Evaluator) {
    let folder = tempfile::tempdir().unwrap();
    let state = State::open(folder.path(), "one").unwrap();
    let evaluator = Evaluator::new(state, folder.path().into(), Arc::new(Silent));
    (folder, evaluator)
}

/// The node of a chain of calls that begins with an empty object.
fn chain(evaluator: &Evaluator, ty: &str, calls: &[(&str, Value)]) -> Arc<Node> {
    let start = Node::new(ty, None, &ty.to_lowercase(), fields(json!({})));
    calls
        .iter()
        .fold(evaluator.nodes.keep(start), |parent, (field, args)| {
            let args = fields(args.clone());
            evaluator
                .nodes
                .keep(Node::new(ty, Some(parent), field, args))
        })
}

fn new_files(count: usize) -> Vec<(&'static str, Value)> {
    let file = |number| {
        let args = json!({"path": format!("f{number}"), "contents": "x"});
        ("withNewFile", args)
    };
    (0..count).map(file).collect()
}

fn trees(evaluator: &Evaluator) -> usize {
    let folder = evaluator.state.path("trees");
    std::fs::read_dir(folder).unwrap().count()
}

fn read(tree: &Tree, path: &str) -> Option<String> {
    std::fs::read_to_string(tree.path.join(path)).ok()
}

#[test]
fn a_chain_of_steps_makes_one_tree_however_long_it_is() {
    for length in [1, 10, 500] {
        let (_folder, evaluator) = evaluator();
        let node = chain(&evaluator, "Directory", &new_files(length));
        let tree = evaluator.directory(&node).unwrap();
        assert_eq!(std::fs::read_dir(&tree.path).unwrap().count(), length);
        // The empty one that it starts from, and its own.
        assert_eq!(trees(&evaluator), 2, "{length} steps");
    }
}

#[test]
fn a_chain_goes_on_from_what_is_there() {
    let (_folder, evaluator) = evaluator();
    let mut calls = new_files(500);
    evaluator
        .directory(&chain(&evaluator, "Directory", &calls))
        .unwrap();
    // Another file than the one that the earlier tree was made with.
    calls.push(("withNewFile", json!({"path": "f0", "contents": "y"})));
    let tree = evaluator
        .directory(&chain(&evaluator, "Directory", &calls))
        .unwrap();
    assert_eq!(read(&tree, "f0").as_deref(), Some("y"));
    assert_eq!(read(&tree, "f1").as_deref(), Some("x"));
    assert_eq!(trees(&evaluator), 3);
}

#[test]
fn steps_are_done_in_their_order_and_a_step_at_a_time_gives_the_same() {
    let (_folder, one) = evaluator();
    let source = chain(&one, "Directory", &new_files(2));
    let calls = [
        ("withNewFile", json!({"path": "a/b", "contents": "1"})),
        ("withDirectory", json!({"path": "a", "source": source.id})),
        ("withoutFile", json!({"path": "a/f0"})),
        ("withNewFile", json!({"path": "a/b", "contents": "2"})),
        (
            "withNewDirectory",
            json!({"path": "c", "permissions": 0o700}),
        ),
        ("withSymlink", json!({"target": "a/b", "linkName": "link"})),
    ];
    let at_once = one.directory(&chain(&one, "Directory", &calls)).unwrap();
    assert_eq!(read(&at_once, "link").as_deref(), Some("2"));
    assert_eq!(read(&at_once, "a/f0"), None);
    assert_eq!(read(&at_once, "a/f1").as_deref(), Some("x"));

    let (_folder, other) = evaluator();
    chain(&other, "Directory", &new_files(2));
    let mut stepwise = None;
    for length in 0..=calls.len() {
        let node = chain(&other, "Directory", &calls[..length]);
        stepwise = Some(other.directory(&node).unwrap());
    }
    assert_eq!(stepwise.unwrap().digest, at_once.digest);
}

#[test]
fn a_chain_of_another_order_is_another_directory() {
    let (_folder, evaluator) = evaluator();
    let write = |text: &str| ("withNewFile", json!({"path": "a", "contents": text}));
    let digest = |calls: &[_]| {
        let node = chain(&evaluator, "Directory", calls);
        evaluator.directory(&node).unwrap().digest
    };
    assert_ne!(
        digest(&[write("1"), write("2")]),
        digest(&[write("2"), write("1")])
    );
}

#[test]
fn the_step_that_fails_is_the_one_that_is_told() {
    let (_folder, evaluator) = evaluator();
    let mut calls = new_files(3);
    calls.insert(1, ("withError", json!({"err": "not this one"})));
    let node = chain(&evaluator, "Directory", &calls);
    let error = evaluator.directory(&node).unwrap_err().to_string();
    assert_eq!(error, "not this one");
}

#[test]
fn a_chain_of_settings_and_files_makes_one_container() {
    let (_folder, evaluator) = evaluator();
    let mut calls = new_files(300);
    calls.push(("withEnvVariable", json!({"name": "A", "value": "1"})));
    let node = chain(&evaluator, "Container", &calls);
    let container = evaluator.container(&node).unwrap();
    assert_eq!(container.pending.len(), 300);
    assert_eq!(container.env("A"), Some("1"));
    let mut between = node.parent.as_ref().unwrap();
    while let Some(parent) = &between.parent {
        assert!(!evaluator.containers.made.knows(&between.id));
        between = parent;
    }
}
