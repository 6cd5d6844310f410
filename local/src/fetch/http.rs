//! Files elsewhere, by `curl`.

use std::fs::File;
use std::path::Path;

use super::program::{program, run, without_a_word};
use crate::Error;
use crate::state::State;

/// How large a file may be.
const LARGEST: u64 = 16 << 30;

/// Options of `curl`: none of the user's settings, and no other protocols,
/// also where an answer leads elsewhere.
const OPTIONS: [&str; 17] = [
    "--disable",
    "--silent",
    "--show-error",
    "--fail",
    "--globoff",
    "--location",
    "--max-redirs",
    "10",
    "--proto",
    "=http,https",
    "--proto-redir",
    "=http,https",
    "--connect-timeout",
    "20",
    // One that sends nothing for a minute has gone.
    "--speed-time",
    "60",
    "--url",
];

/// That the session reads from a URL.
///
/// # Errors
/// One that it does not read from.
pub fn check(url: &str) -> Result<(), Error> {
    let scheme = url
        .split_once("://")
        .map(|(scheme, _)| scheme.to_ascii_lowercase());
    let is_plain = !url
        .chars()
        .any(|letter| letter.is_control() || letter == ' ');
    let host = url.split('/').nth(2).unwrap_or_default();
    if host.contains('@') {
        // Not named as it is: it may hold a password.
        return Err(Error::argument("http", "leave the login out of the URL"));
    }
    match scheme.as_deref() {
        Some("http" | "https") if is_plain && !host.is_empty() => Ok(()),
        _ => Err(Error::argument(
            format!("http {url:?}"),
            "expected http://… or https://…",
        )),
    }
}

/// Fetches a file.
///
/// # Errors
/// One line that names the URL: what the server said, or that it cannot be
/// reached.
pub fn download(state: &State, url: &str, target: &Path) -> Result<(), Error> {
    check(url)?;
    let scratch = state.temporary()?;
    let mut file = File::create(target).map_err(|error| Error::file("write", target, &error))?;
    let mut command = program("curl", scratch.path());
    command.args(OPTIONS).arg(url);
    let problem = match run(&mut command, state, &mut file, LARGEST) {
        Ok(ended) if ended.status.success() => return Ok(()),
        Ok(ended) => reason(&ended.stderr).unwrap_or_else(|| without_a_word(ended.status)),
        Err(problem) => problem,
    };
    Err(Error::argument(format!("http {url}"), problem))
}

/// The line that says why `curl` failed, without its number.
fn reason(stderr: &str) -> Option<String> {
    let line = stderr.lines().find(|line| line.starts_with("curl: "))?;
    let line = line.trim_start_matches("curl: ");
    let line = match line.split_once(") ") {
        Some((number, line)) if number.starts_with('(') => line,
        _ => line,
    };
    Some(match line.split_once("returned error: ") {
        Some((_, code)) => format!("the server answered with status {code}"),
        None => line.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_urls_of_the_web_are_fetched() {
        for url in ["http://a", "HTTPS://a/b?c=[d]&e"] {
            check(url).unwrap();
        }
        for url in [
            "",
            "a/b",
            "file:///etc/passwd",
            "http:///a",
            "http://a b",
            "gopher://a",
        ] {
            let error = check(url).unwrap_err().to_string();
            assert!(error.contains(&format!("{url:?}")), "{error}");
        }
        let error = check("http://me:secret@a/b").unwrap_err().to_string();
        assert!(!error.contains("secret"), "{error}");
    }

    #[test]
    fn the_reason_is_the_servers_or_the_networks() {
        for (said, expected) in [
            (
                "curl: (22) The requested URL returned error: 404 Not Found\n",
                "the server answered with status 404 Not Found",
            ),
            (
                "curl: (7) Failed to connect to a port 1\n",
                "Failed to connect to a port 1",
            ),
        ] {
            assert_eq!(reason(said).as_deref(), Some(expected));
        }
    }
}
