//! Rules of a module's function: where it writes and reads, and that what it
//! prints is shown.

use std::fs;
use std::path::{Path, PathBuf};

use dagger_local::{Error, Invocation, Session};
use serde_json::{Value, json};

use crate::support::{session_in, state};

/// A module in shell: `ask` asks the session, `answer` answers the call.
const MODULE: &str = r#"#!/bin/bash
set -eu
ask() {
    jq_free=${1//\\/\\\\}
    curl --silent --show-error --user "$DAGGER_SESSION_TOKEN:" --header 'Content-Type: application/json' \
        --data "{\"query\":\"${jq_free//\"/\\\"}\"}" "http://127.0.0.1:$DAGGER_SESSION_PORT/query"
}
# The last text of an answer.
last() { sed -E 's/.*"([^"]*)"[]}]*$/\1/'; }
answer() { ask "{currentFunctionCall{returnValue(value:\"\\\"$1\\\"\")}}" >/dev/null; }
case $(ask '{currentFunctionCall{parentName}}') in
*'"parentName":""'*)
    type=$(ask '{typeDef{withObject(name:"Dind"){id}}}' | last)
    answer "$(ask "{module{withObject(object:\"$type\"){id}}}" | last)"
    exit ;;
esac
"#;

/// The program of a module whose functions all run a script.
fn module(folder: &Path, script: &str) -> PathBuf {
    use std::os::unix::fs::PermissionsExt as _;
    let path = folder.join("program");
    fs::write(&path, format!("{MODULE}{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path
}

/// What a function answers that runs a script.
async fn call(session: &Session, script: &str) -> Result<Value, Error> {
    let folder = tempfile::tempdir().unwrap();
    let call = Invocation {
        parent_name: "Dind".into(),
        parent: json!({}),
        name: "function".into(),
        args: Vec::new(),
    };
    let program = module(folder.path(), script);
    // Where another test's child still has the file open, it is not run.
    for _ in 0..50 {
        match session.invoke(&program, call.clone()).await {
            Err(error) if error.to_string().contains("Text file busy") => {
                tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            }
            answered => return answered,
        }
    }
    panic!("the program is always open");
}

const FILE: &str = r#"directory{withNewFile(path:"a/file",contents:"made")"#;

#[tokio::test(flavor = "multi_thread")]
async fn what_a_function_exports_is_in_its_own_folder_and_can_be_given_back() {
    let (session, _told) = session_in(&state()).await;
    let script = format!(
        r#"ask '{{{FILE}{{file(path:"a/file"){{export(path:"out.txt")}}export(path:"./folder/")}}}}}}' >&2
        test "$(cat out.txt folder/a/file)" = mademade
        answer "$(ask '{{currentModule{{workdir(path:"folder"){{id}}}}}}' | last)"
        ask '{{currentModule{{workdirFile(path:"../../out.txt"){{contents}}}}}}' | last | grep -q '^made$'
        ask '{{host{{file(path:"out.txt"){{contents}}}}}}' | last | grep -q '^made$'"#
    );
    let id = call(&session, &script).await.unwrap();
    let here = std::env::current_dir().unwrap();
    for path in ["out.txt", "folder"] {
        assert!(
            !here.join(path).exists(),
            "{path} is in the caller's folder"
        );
    }
    // The process is gone; what it gave is not.
    let query = format!("{{loadDirectoryFromID(id:{id}){{glob(pattern:\"**/file\")}}}}");
    let found = session.query(&query).await.unwrap();
    assert_eq!(found["loadDirectoryFromID"]["glob"], json!(["a/file"]));
    session.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_function_exports_nowhere_else() {
    let (session, _told) = session_in(&state()).await;
    let host = tempfile::tempdir().unwrap();
    let target = host.path().join("out");
    for field in [
        format!(r#"{FILE}{{export(path:"{}")}}}}"#, target.display()),
        format!(
            r#"{FILE}{{file(path:"a/file"){{export(path:"../{}")}}}}}}"#,
            "out"
        ),
        format!(r#"container{{export(path:"{}")}}"#, target.display()),
    ] {
        let script = format!("answer \"$(ask '{{{field}}}' | grep -o 'folder that it runs in')\"");
        let answer = call(&session, &script).await.unwrap();
        assert_eq!(answer, json!("folder that it runs in"));
    }
    assert!(!target.exists());
    session.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_function_prints_is_shown() {
    let (session, told) = session_in(&state()).await;
    let script = "echo printed; echo said >&2; answer done";
    assert_eq!(call(&session, script).await.unwrap(), json!("done"));
    for line in ["module | printed", "module | said"] {
        assert!(
            told.text().lines().any(|told| told == line),
            "{}",
            told.text()
        );
    }
    session.close().await.unwrap();
}
