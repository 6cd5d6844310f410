//! A session for tests: with a state folder that goes with the test run, or
//! the one that `DAGGER_LOCAL_TEST_STATE` names, which saves building images.

#![allow(dead_code, reason = "each test binary uses a part of it")]

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use dagger_local::{Error, Progress, Session, SessionOptions};
use serde_json::Value;

pub const IMAGE: &str = "ubuntu:24.04";

/// The state folder of this test binary.
pub struct State {
    pub path: PathBuf,
    temporary: Option<tempfile::TempDir>,
}

impl State {
    pub fn open() -> Self {
        match std::env::var_os("DAGGER_LOCAL_TEST_STATE") {
            Some(path) => State {
                path: path.into(),
                temporary: None,
            },
            None => {
                let folder = tempfile::tempdir().unwrap();
                State {
                    path: folder.path().join("state"),
                    temporary: Some(folder),
                }
            }
        }
    }

    /// A fresh folder, whatever the environment says.
    pub fn fresh() -> Self {
        let folder = tempfile::tempdir().unwrap();
        State {
            path: folder.path().join("state"),
            temporary: Some(folder),
        }
    }

    pub async fn session(&self) -> (Session, Arc<Told>) {
        let told = Arc::new(Told::default());
        let options = SessionOptions {
            state: self.path.clone(),
            module_root: std::env::temp_dir(),
            keep: false,
            progress: told.clone(),
        };
        (Session::start(options).await.unwrap(), told)
    }

    /// Removes the folder with all that Podman mounted in it.
    pub async fn end(self) {
        if self.temporary.is_some() {
            Session::prune(&self.path).await.unwrap();
        }
    }
}

/// What a session told.
#[derive(Default)]
pub struct Told {
    pub steps: Mutex<Vec<(u64, String)>>,
    pub done: Mutex<Vec<(u64, bool, bool)>>,
    pub lines: Mutex<Vec<String>>,
    pub notes: Mutex<Vec<String>>,
}

impl Progress for Told {
    fn step_started(&self, id: u64, title: &str) {
        self.steps.lock().unwrap().push((id, title.to_owned()));
    }
    fn step_output(&self, _id: u64, line: &str) {
        self.lines.lock().unwrap().push(line.to_owned());
    }
    fn step_done(&self, id: u64, cached: bool, ok: bool) {
        self.done.lock().unwrap().push((id, cached, ok));
    }
    fn note(&self, line: &str) {
        self.notes.lock().unwrap().push(line.to_owned());
    }
}

impl Told {
    /// How many steps ran, not answered from a record.
    pub fn ran(&self) -> usize {
        self.done
            .lock()
            .unwrap()
            .iter()
            .filter(|(_, cached, _)| !cached)
            .count()
    }
}

/// The value at the end of a query: every object has one field.
pub async fn ask(session: &Session, query: &str) -> Result<Value, Error> {
    let mut value = session.query(query).await?;
    while let Value::Object(fields) = value {
        value = fields.into_iter().next().unwrap().1;
    }
    Ok(value)
}

/// A chain on the base image, closed: `base("withUser(name:\"x\")", "user")`.
pub async fn on_base(session: &Session, chain: &[&str]) -> Result<Value, Error> {
    let from = format!("container{{from(address:{IMAGE:?})");
    let text = format!(
        "{{{from}{{{}{}",
        chain.join("{"),
        "}".repeat(chain.len() + 2)
    );
    ask(session, &text).await
}

/// A `withExec` of a shell command.
pub fn shell(command: &str) -> String {
    exec(&["sh", "-c", command])
}

pub fn exec(args: &[&str]) -> String {
    format!("withExec(args:{})", serde_json::to_string(args).unwrap())
}

/// The ID of a host directory.
pub async fn directory(session: &Session, path: &Path) -> String {
    let query = format!(
        "{{host{{directory(path:{:?}){{id}}}}}}",
        path.display().to_string()
    );
    ask(session, &query)
        .await
        .unwrap()
        .as_str()
        .unwrap()
        .to_owned()
}
