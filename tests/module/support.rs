//! The graphs of the module's functions as texts.

use dagger_sdk::testing::Recorder;
use serde_json::{Value, json};

use crate::calls::{self, Call};

/// What the module writes into containers, by its place in the sources: too long for a recording.
const SCRIPTS: [(&str, &str); 4] = [
    (
        "src/dockerd-entrypoint.sh",
        include_str!("../../src/dockerd-entrypoint.sh"),
    ),
    ("src/doctor.sh", include_str!("../../src/doctor.sh")),
    (
        "src/load-and-run.sh",
        include_str!("../../src/load-and-run.sh"),
    ),
    (
        "src/with-project.sh",
        include_str!("../../src/with-project.sh"),
    ),
];
/// The digits of a random name.
const RANDOM_DIGITS: usize = 32;

/// What a call asks the engine to evaluate, in order, and the object that it returns.
pub async fn graphs(fields: Value, call: &Call) -> Vec<String> {
    graphs_with(&calls::recorder(), fields, call).await
}

/// The same with answers of the caller's own.
pub async fn graphs_with(recorder: &Recorder, fields: Value, call: &Call) -> Vec<String> {
    let answer = calls::answer(recorder, fields, call).await;
    let answer = answer.unwrap_or_else(|error| panic!("{}: {error}", call.function));
    let mut graphs = Vec::new();
    for query in recorder.queries() {
        graphs.extend(evaluated(recorder, &query).await);
    }
    match answer.as_str() {
        Some(id) if id.starts_with("graph-") => graphs.push(recorder.graph(id)),
        _ => assert!(!graphs.is_empty(), "{} evaluates nothing", call.function),
    }
    graphs.into_iter().map(|graph| plain(&graph)).collect()
}

/// The graph of an object that a query asks a value of, and not its ID.
async fn evaluated(recorder: &Recorder, query: &str) -> Option<String> {
    let (chain, end) = query.rsplit_once('{')?;
    let leaf = end.trim_end_matches('}');
    if leaf == "id" {
        return None;
    }
    let asked = format!("{chain}{{{}", end.replacen(leaf, "id", 1));
    let mut answer = recorder.session().ask(asked).await.ok()?;
    while let Some((_, inner)) = answer.as_object().and_then(|fields| fields.iter().next()) {
        answer = inner.clone();
    }
    Some(format!("{}\n{leaf}", recorder.graph(answer.as_str()?)))
}

/// The graph without the scripts' texts, without the time of day and without what is random.
fn plain(graph: &str) -> String {
    let mut graph = graph.to_owned();
    for random in randoms(&graph) {
        graph = graph.replace(&random, "<random>");
    }
    for (name, text) in SCRIPTS {
        let written = Value::from(dind::with_addresses(text)).to_string();
        graph = graph.replace(&written, &format!("<{name}>"));
    }
    let lines = graph.lines().map(|line| match line.trim_start() {
        call if call.starts_with("withEnvVariable(name: \"DIND_DOCTOR_AT\"") => {
            let space = &line[..line.len() - call.len()];
            format!("{space}withEnvVariable(name: \"DIND_DOCTOR_AT\", value: <now>)")
        }
        _ => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The random names in a graph, in order: an image's digest has more digits.
pub fn randoms(graph: &str) -> Vec<String> {
    graph
        .split(|c: char| !c.is_ascii_hexdigit())
        .filter(|word| word.len() == RANDOM_DIGITS)
        .map(str::to_owned)
        .collect()
}

/// The call that is named, out of [`calls::all`].
pub fn call(function: &str) -> Call {
    let mut calls = calls::all();
    calls.retain(|call| call.function == function);
    calls
        .pop()
        .unwrap_or_else(|| panic!("no call of {function}"))
}

/// A call with other arguments than those of [`calls::all`].
pub fn call_with(function: &'static str, arguments: Value) -> Call {
    Call {
        function,
        arguments,
    }
}

/// The graph that a call returns.
pub async fn graph(fields: Value, call: &Call) -> String {
    graphs(fields, call).await.pop().expect("a graph")
}

/// The message of a call that has to fail, before it asked the engine for anything.
pub async fn refusal(fields: Value, call: &Call) -> String {
    let recorder = calls::recorder();
    let error = calls::answer(&recorder, fields, call).await;
    let error = error.expect_err(call.function).to_string();
    assert_eq!(recorder.queries(), Vec::<String>::new());
    assert!(!error.contains('\n'), "{error}");
    error
}

/// No fields but the defaults.
pub fn defaults() -> Value {
    json!({})
}
