//! A server of the web on the loopback: files, repositories and redirections.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A connection that sends nothing is not waited for.
const PATIENCE: Duration = Duration::from_secs(20);

/// A server; its threads end with the tests.
pub struct Web {
    pub port: u16,
    /// What is served: files as they are, below `git/` as `git http-backend`
    /// serves them.
    pub folder: tempfile::TempDir,
    requests: Arc<AtomicUsize>,
    redirections: Arc<Mutex<Vec<(String, String)>>>,
}

impl Web {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let web = Web {
            port: listener.local_addr().unwrap().port(),
            folder: tempfile::tempdir().unwrap(),
            requests: Arc::default(),
            redirections: Arc::default(),
        };
        let (folder, requests) = (web.folder.path().to_owned(), web.requests.clone());
        let redirections = web.redirections.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (folder, redirections) = (folder.clone(), redirections.clone());
                requests.fetch_add(1, Ordering::SeqCst);
                // One that breaks off is the client's own affair.
                std::thread::spawn(move || answer(&stream, &folder, &redirections.lock().unwrap()));
            }
        });
        web
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}/{path}", self.port)
    }

    /// How many requests came.
    pub fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }

    /// Lets a path lead elsewhere.
    pub fn redirect(&self, path: &str, to: &str) {
        let redirection = (format!("/{path}"), to.to_owned());
        self.redirections.lock().unwrap().push(redirection);
    }

    pub fn write(&self, path: &str, contents: &[u8]) {
        std::fs::write(self.folder.path().join(path), contents).unwrap();
    }
}

/// Answers one request.
fn answer(
    mut stream: &TcpStream,
    folder: &Path,
    redirections: &[(String, String)],
) -> std::io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut reader = BufReader::new(stream.take(1 << 20));
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        match line.trim_end() {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let header = |name: &str| {
        let mut fields = lines.iter().filter_map(|line| line.split_once(": "));
        let found = fields.find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map_or(String::new(), |(_, value)| value.to_owned())
    };
    let words: Vec<_> = lines.first().map_or("", |line| line).split(' ').collect();
    let [method, target, _] = words[..] else {
        return Ok(());
    };
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    if let Some((_, to)) = redirections.iter().find(|(from, _)| from == path) {
        let head = format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\n");
        return stream
            .write_all(format!("{head}Content-Length: 0\r\nConnection: close\r\n\r\n").as_bytes());
    }
    if path.starts_with("/git/") {
        let mut body = vec![0; header("Content-Length").parse().unwrap_or_default()];
        reader.read_exact(&mut body)?;
        let mut backend = Command::new("git")
            .arg("http-backend")
            .env("GIT_PROJECT_ROOT", folder)
            .env("GIT_HTTP_EXPORT_ALL", "1")
            .env("REQUEST_METHOD", method)
            .env("PATH_INFO", path)
            .env("QUERY_STRING", query)
            .env("CONTENT_TYPE", header("Content-Type"))
            .env("CONTENT_LENGTH", body.len().to_string())
            .env("HTTP_CONTENT_ENCODING", header("Content-Encoding"))
            .env("GIT_PROTOCOL", header("Git-Protocol"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        backend.stdin.take().unwrap().write_all(&body)?;
        let said = backend.wait_with_output()?.stdout;
        let status = match said.strip_prefix(b"Status: ") {
            Some(rest) => String::from_utf8_lossy(rest)
                .lines()
                .next()
                .unwrap()
                .to_owned(),
            None => "200 OK".to_owned(),
        };
        stream.write_all(format!("HTTP/1.1 {status}\r\nConnection: close\r\n").as_bytes())?;
        return stream.write_all(&said);
    }
    let file: PathBuf = folder.join(path.trim_start_matches('/'));
    let (status, contents) = match std::fs::read(file) {
        Ok(contents) => ("200 OK", contents),
        Err(_) => ("404 Not Found", Vec::new()),
    };
    let length = contents.len();
    let head =
        format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes())?;
    stream.write_all(&contents)
}
