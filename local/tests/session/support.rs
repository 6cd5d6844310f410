//! What these tests share: one state folder, so that images are built once,
//! sessions over it, and queries that are chains.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use dagger_local::{Error, Progress, Session, SessionOptions};
use serde_json::Value;

/// The image that most tests start from.
pub const UBUNTU: &str = "from(address:\"ubuntu:24.04\")";

/// The state folder of the tests.
pub fn state() -> PathBuf {
    let set = std::env::var_os("DAGGER_LOCAL_TEST_STATE").map(PathBuf::from);
    set.unwrap_or_else(|| Path::new(env!("CARGO_TARGET_TMPDIR")).join("session-state"))
}

/// Remembers what a session told.
#[derive(Default)]
pub struct Told {
    lines: Mutex<Vec<String>>,
}

impl Told {
    fn push(&self, line: String) {
        self.lines.lock().unwrap().push(line);
    }

    /// All lines so far.
    pub fn text(&self) -> String {
        self.lines.lock().unwrap().join("\n")
    }
}

impl Progress for Told {
    fn step_started(&self, id: u64, title: &str) {
        self.push(format!("{id} started {title}"));
    }
    fn step_output(&self, id: u64, line: &str) {
        self.push(format!("{id} | {line}"));
    }
    fn step_done(&self, id: u64, cached: bool, ok: bool) {
        self.push(format!("{id} done cached={cached} ok={ok}"));
    }
    fn module_line(&self, line: &str) -> bool {
        self.push(format!("module | {line}"));
        false
    }
    fn note(&self, line: &str) {
        self.push(format!("note {line}"));
    }
}

/// A session over a state folder, and what it tells.
pub async fn session_in(state: &Path) -> (Session, Arc<Told>) {
    let told = Arc::new(Told::default());
    let options = SessionOptions {
        state: state.to_owned(),
        module_root: Path::new(env!("CARGO_MANIFEST_DIR")).join(".."),
        keep: false,
        progress: told.clone(),
    };
    (Session::start(options).await.unwrap(), told)
}

/// A session over the tests' shared state.
pub async fn session() -> Session {
    session_in(&state()).await.0
}

/// A text, or a list of them, as GraphQL writes it.
pub fn quoted(value: impl Into<Value>) -> String {
    value.into().to_string()
}

/// A query that calls one field on the result of another.
pub fn chain(calls: &[&str]) -> String {
    format!("{{{}{}", calls.join("{"), "}".repeat(calls.len()))
}

/// The leaf of a query that is a chain.
pub async fn ask(session: &Session, calls: &[&str]) -> Result<Value, Error> {
    let mut value = session.query(&chain(calls)).await?;
    while let Value::Object(fields) = value {
        value = fields.into_iter().next().map(|(_, value)| value).unwrap();
    }
    Ok(value)
}

/// The leaf of a query that is a chain, a text.
pub async fn text(session: &Session, calls: &[&str]) -> Result<String, Error> {
    Ok(ask(session, calls).await?.as_str().unwrap().to_owned())
}

/// A call that runs a shell script.
pub fn shell(script: &str) -> String {
    format!("withExec(args:[\"sh\",\"-c\",{}])", quoted(script))
}

/// A text that no other run of the tests has used: what is asked with it is
/// not answered from a record.
pub fn fresh() -> String {
    let time = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    format!("{}-{}", std::process::id(), time.unwrap().as_nanos())
}

/// The names of the containers that a state folder has, whatever session's.
pub fn containers(state: &Path) -> Vec<String> {
    let file = state.join("storage/overlay-containers/containers.json");
    let text = std::fs::read(file).unwrap_or_default();
    let all: Value = serde_json::from_slice(&text).unwrap_or_default();
    let names = all.as_array().into_iter().flatten();
    names
        .filter_map(|container| Some(container["names"][0].as_str()?.to_owned()))
        .collect()
}

/// The ID of a container that holds nothing but the host's `sleep` and `echo`:
/// in a state folder of a test's own, any image would first have to be made.
pub async fn tiny(session: &Session) -> String {
    let mut files = vec!["/bin/sleep".to_owned(), "/bin/echo".to_owned()];
    let linked = std::process::Command::new("ldd")
        .args(&files)
        .output()
        .unwrap();
    let linked = String::from_utf8(linked.stdout).unwrap();
    let libraries = linked
        .split_whitespace()
        .filter(|word| word.starts_with('/') && !word.ends_with(':'));
    files.extend(libraries.map(str::to_owned));
    files.sort();
    files.dedup();
    let mut calls = vec!["container".to_owned()];
    for path in files {
        let file = text(session, &["host", &format!("file(path:{path:?})"), "id"]).await;
        calls.push(format!(
            "withFile(path:{path:?},source:{:?})",
            file.unwrap()
        ));
    }
    calls.push("id".to_owned());
    let calls: Vec<&str> = calls.iter().map(String::as_str).collect();
    text(session, &calls).await.unwrap()
}

/// Starts a service that goes on, in the tiny container.
pub async fn start_service(session: &Session) {
    let tiny = format!("loadContainerFromID(id:{:?})", tiny(session).await);
    let calls = [&tiny, "asService(args:[\"sleep\",\"1000\"])", "start"];
    ask(session, &calls).await.unwrap();
}

/// What `echo` says in the tiny container.
pub async fn echo(session: &Session, word: &str) -> String {
    let tiny = format!("loadContainerFromID(id:{:?})", tiny(session).await);
    let exec = format!("withExec(args:[\"echo\",{word:?}])");
    text(session, &[&tiny, &exec, "stdout"]).await.unwrap()
}

/// The leaf of a chain on the base image.
pub async fn on_base(session: &Session, calls: &[&str]) -> Result<Value, Error> {
    ask(session, &[&["container", UBUNTU], calls].concat()).await
}

/// The leaf of a chain on the base image, a text.
pub async fn said(session: &Session, calls: &[&str]) -> String {
    text(session, &[&["container", UBUNTU], calls].concat())
        .await
        .unwrap()
}

/// A call that runs a program.
pub fn exec(args: &[&str]) -> String {
    format!("withExec(args:{})", quoted(args.to_vec()))
}

/// How many steps ran, not answered from a record.
pub fn ran(told: &Told) -> usize {
    told.text().matches("done cached=false").count()
}

/// The ID of a host directory.
pub async fn directory(session: &Session, path: &Path) -> String {
    let directory = format!("directory(path:{})", quoted(path.display().to_string()));
    text(session, &["host", &directory, "id"]).await.unwrap()
}

/// The processes of this machine, containers' included, of a program with a
/// text among its arguments.
pub fn processes(program: &str, text: &str) -> Vec<i32> {
    let start = format!("{program}\0");
    std::fs::read_dir("/proc")
        .unwrap()
        .flatten()
        .filter(|entry| {
            let line = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
            let line = String::from_utf8_lossy(&line).into_owned();
            line.starts_with(&start) && line.contains(text)
        })
        .filter_map(|entry| entry.file_name().to_string_lossy().parse().ok())
        .collect()
}

/// Whether a file of a folder holds a text. What goes meanwhile holds none.
pub fn holds(folder: &Path, text: &str) -> bool {
    let found = std::process::Command::new("grep")
        .args(["--recursive", "--quiet", "--no-messages", "--fixed-strings"])
        .args(["--", text])
        .arg(folder)
        .status()
        .unwrap();
    found.code() == Some(0)
}
