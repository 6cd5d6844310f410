//! A first draft of an author's, as it was written: it compiles, and does what it says.

// As it was written.
#[allow(dead_code, clippy::all)]
#[path = "draft/fns.rs"]
#[rustfmt::skip]
mod fns;

use dagger_sdk::testing::{self, Recorder, json};
use fns::Fns;

async fn call(recorder: &Recorder, function: &str, arguments: testing::Value) -> testing::Value {
    let call = testing::call::<Fns>(recorder, function, json!({}), arguments);
    call.await.unwrap()
}

#[tokio::test]
async fn what_the_functions_ask_is_what_the_draft_says() {
    let recorder = Recorder::new();
    recorder
        .answer("stdout", "said")
        .answer("entries", json!(["a"]));
    let id = |kind: &str| recorder.id(kind, "given");
    let src = json!({"src": id("Directory"), "depth": "1"});
    assert_eq!(call(&recorder, "tree", src).await, "said");
    let ctr = json!({"ctr": id("Container")});
    assert_eq!(call(&recorder, "osInfo", ctr).await, "said");
    assert_eq!(call(&recorder, "readDir", json!({})).await, json!(["a"]));
    assert_eq!(call(&recorder, "version", json!({})).await, "said");
    let built = call(&recorder, "builder", json!({"packages": ["git", "curl"]})).await;
    insta::assert_snapshot!(recorder.graph(built.as_str().unwrap()), @r#"
    container
    from(address: "ubuntu:24.04")
    withExec(args: ["echo", "add", "git"])
    withExec(args: ["echo", "add", "curl"])
    "#);
    // What `sync` gives back is the container.
    let synced = call(&recorder, "foo", json!({"source": id("Directory")})).await;
    assert!(
        recorder
            .graph(synced.as_str().unwrap())
            .contains("withDirectory")
    );
}
