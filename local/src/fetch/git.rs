//! Repositories elsewhere, by `git`: without prompts, hooks and the user's
//! settings, and over those protocols alone that start no other program.

use std::net::Ipv6Addr;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::program::{program, run, without_a_word};
use super::remote::{BRANCHES, Ref, Remote};
use crate::Error;
use crate::state::{State, make_folder, remove_tree};

/// How much a list of names may be.
const LISTED: u64 = 64 << 20;

/// A repository's address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// As `git` takes it.
    pub url: String,
    /// Whether it is a folder of this machine.
    pub is_local: bool,
}

impl Address {
    /// Reads an address; `on_host` makes paths of the host absolute.
    ///
    /// # Errors
    /// One that the session does not read from.
    pub fn parse(
        text: &str,
        on_host: impl Fn(&str) -> Result<PathBuf, Error>,
    ) -> Result<Self, Error> {
        let refused = |problem: &str| Err(Error::argument(format!("git {text:?}"), problem));
        if text.is_empty() || text.chars().any(char::is_control) {
            return refused("expected a URL or a path");
        }
        let is_path = ["/", "./", "../", "~/"]
            .iter()
            .any(|start| text.starts_with(start));
        if is_path || matches!(text, "." | "..") {
            let url = on_host(text)?.display().to_string();
            return Ok(Address {
                url,
                is_local: true,
            });
        }
        let (scheme, rest) = match text.split_once("://") {
            Some((scheme, rest)) => (scheme.to_ascii_lowercase(), rest),
            // user@host:path
            None if text
                .split('/')
                .next()
                .is_some_and(|host| host.contains('@')) =>
            {
                ("ssh".to_owned(), text)
            }
            None => ("https".to_owned(), text),
        };
        let host = rest.split('/').next().unwrap_or_default();
        match scheme.as_str() {
            "file" if rest.starts_with('/') => Ok(Address {
                url: rest.to_owned(),
                is_local: true,
            }),
            "http" | "https" if rest.contains('#') => {
                refused("name what is wanted by branch, tag, commit or ref, not behind a #")
            }
            // Not named as it is: it may hold a password.
            "http" | "https" if host.contains('@') => Err(Error::argument(
                "git",
                "the local session reads public repositories only: leave the login out of the URL",
            )),
            "http" | "https" if is_host(host) && !rest.contains(' ') => Ok(Address {
                url: format!("{scheme}://{rest}"),
                is_local: false,
            }),
            "ssh" | "git" | "git+ssh" => refused(&format!(
                "the local session reads no repositories over {scheme}, only over https and http \
                 and from folders: use a Dagger engine"
            )),
            _ => refused("expected https://…, http://… or a path"),
        }
    }
}

/// Whether a text may be a host, with its port or without.
fn is_host(text: &str) -> bool {
    let (name, port) = text.rsplit_once(':').unwrap_or((text, "0"));
    let is_name = |text: &str| {
        text.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
    };
    let address = name
        .strip_prefix('[')
        .and_then(|name| name.strip_suffix(']'));
    let is_named = !name.is_empty() && !name.starts_with('-') && is_name(name);
    let is_numbered = address.is_some_and(|text| text.parse::<Ipv6Addr>().is_ok());
    (is_named || is_numbered) && port.parse::<u16>().is_ok()
}

/// The program `git`, for one session.
pub struct Git<'a> {
    pub state: &'a State,
}

impl Git<'_> {
    /// The names that a repository has.
    ///
    /// # Errors
    /// `git`'s reason.
    pub fn remote(&self, address: &Address) -> Result<Remote, Error> {
        let scratch = self.state.temporary()?;
        let mut command = self.command(scratch.path());
        command.args(["ls-remote", "--symref", "--", &address.url]);
        let listed = self
            .output(&mut command)
            .map_err(|problem| failed(address, &problem))?;
        Ok(Remote::parse(&listed))
    }

    /// Fills an empty folder with the files of a commit, and with `.git` where
    /// that is to be kept; the history goes as far back as `depth`, or to its
    /// start where that is none.
    ///
    /// # Errors
    /// `git`'s reason.
    pub fn check_out(
        &self,
        address: &Address,
        wanted: &Ref,
        depth: Option<u64>,
        keeps_git: bool,
        target: &Path,
    ) -> Result<(), Error> {
        let done = self.checked_out(address, wanted, depth, target);
        done.map_err(|problem| failed(address, &problem))?;
        let own = target.join(".git");
        match keeps_git {
            true => Ok(()),
            false => remove_tree(&own),
        }
    }

    fn checked_out(
        &self,
        address: &Address,
        wanted: &Ref,
        depth: Option<u64>,
        target: &Path,
    ) -> Result<(), String> {
        const FETCHED: &str = "refs/fetched";
        let scratch = self.state.temporary().map_err(|error| error.to_string())?;
        let git = |arguments: &[&str]| {
            let mut command = self.command(scratch.path());
            self.output(command.current_dir(target).args(arguments))
                .map(|_| ())
        };
        self.init(target, &wanted.commit)?;
        self.fetch(&git, address, wanted, depth, FETCHED)?;
        if wanted.name.starts_with(BRANCHES) {
            git(&["update-ref", &wanted.name, &wanted.commit])?;
            git(&["symbolic-ref", "HEAD", &wanted.name])?;
        } else {
            if wanted.name.starts_with("refs/") {
                git(&["update-ref", &wanted.name, &wanted.commit])?;
            }
            git(&["update-ref", "--no-deref", "HEAD", &wanted.commit])?;
        }
        git(&["reset", "--quiet", "--hard", &wanted.commit])?;
        git(&["config", "remote.origin.url", &address.url])?;
        git(&[
            "config",
            "remote.origin.fetch",
            "+refs/heads/*:refs/remotes/origin/*",
        ])?;
        git(&["update-ref", "-d", FETCHED])?;
        // What the fetch left there differs from one to the next.
        for name in ["FETCH_HEAD", "ORIG_HEAD", "logs"] {
            remove_tree(&target.join(".git").join(name)).map_err(|error| error.to_string())?;
        }
        self.submodules(scratch.path(), target)
    }

    /// Makes an empty repository that names commits as `commit` is named.
    fn init(&self, target: &Path, commit: &str) -> Result<(), String> {
        let format = match commit.len() {
            64 => "--object-format=sha256",
            _ => "--object-format=sha1",
        };
        make_folder(target).map_err(|error| error.to_string())?;
        let mut command = self.command(target);
        // Without the examples of hooks that a template has.
        command.args(["init", "--quiet", "--template=", format]);
        self.output(&mut command).map(|_| ())
    }

    /// Fetches a commit, by the first way that the other side knows.
    fn fetch(
        &self,
        git: &impl Fn(&[&str]) -> Result<(), String>,
        address: &Address,
        wanted: &Ref,
        depth: Option<u64>,
        into: &str,
    ) -> Result<(), String> {
        let start = [
            "fetch",
            "--quiet",
            "--update-head-ok",
            "--no-write-fetch-head",
        ];
        let exact = format!("{}:{into}", wanted.commit);
        let whole = |what: &[&str]| git(&[&start[..], &["--", &address.url], what].concat());
        let fetched = match depth {
            Some(depth) => {
                let depth = format!("--depth={depth}");
                git(&[&start[..], &[&depth, "--", &address.url, &exact]].concat())
            }
            None => whole(&[&exact]),
        };
        let fetched = match fetched {
            Err(problem) if problem.contains("shallow") => whole(&[&exact]),
            fetched => fetched,
        };
        match fetched {
            // A server that gives what has a name, and nothing else.
            Err(problem) if problem.contains("unadvertised") || problem.contains("not our ref") => {
                let all = [
                    "+refs/heads/*:refs/remotes/origin/*",
                    "+refs/tags/*:refs/tags/*",
                ];
                whole(&all)?;
                git(&["update-ref", into, &wanted.commit]).map_err(|_| problem)
            }
            fetched => fetched,
        }
    }

    /// Fetches what other repositories a commit names as parts of itself.
    fn submodules(&self, home: &Path, target: &Path) -> Result<(), String> {
        if !target.join(".gitmodules").is_file() {
            return Ok(());
        }
        let update = |depth: &[&str]| {
            let mut command = self.command(home);
            command
                .current_dir(target)
                // A repository must not have folders of this machine fetched.
                .env("GIT_ALLOW_PROTOCOL", "http:https")
                .args(["submodule", "--quiet", "update", "--init", "--recursive"])
                .args(depth);
            self.output(&mut command).map(|_| ())
        };
        match update(&["--depth=1"]) {
            Err(problem) if problem.contains("shallow") => update(&[]),
            updated => updated,
        }
        .map_err(|problem| format!("its submodules: {problem}"))
    }

    /// The best commit that two have in common, each of a repository.
    ///
    /// # Errors
    /// `git`'s reason, or that there is none.
    pub fn common_ancestor(&self, sides: [(&Address, &Ref); 2]) -> Result<String, Error> {
        let scratch = self.state.temporary()?;
        let folder = scratch.path().join("repository");
        let git = |arguments: &[&str]| {
            let mut command = self.command(scratch.path());
            self.output(command.current_dir(&folder).args(arguments))
        };
        for (number, (address, wanted)) in sides.iter().enumerate() {
            let fetched = match number {
                0 => self.init(&folder, &wanted.commit),
                _ => Ok(()),
            }
            .and_then(|()| {
                let run = |arguments: &[&str]| git(arguments).map(|_| ());
                self.fetch(
                    &run,
                    address,
                    wanted,
                    None,
                    &format!("refs/fetched/{number}"),
                )
            });
            fetched.map_err(|problem| failed(address, &problem))?;
        }
        let [(address, one), (_, two)] = sides;
        match git(&["merge-base", &one.commit, &two.commit]) {
            Ok(said) => Ok(said.trim().to_owned()),
            Err(_) => Err(failed(
                address,
                &format!("{} and {} have no commit in common", one.commit, two.commit),
            )),
        }
    }

    fn command(&self, home: &Path) -> Command {
        let mut command = program("git", home);
        command
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_ALLOW_PROTOCOL", "http:https:file");
        for setting in [
            "core.hooksPath=/dev/null",
            "core.fsmonitor=false",
            "credential.helper=",
            "gc.auto=0",
            "maintenance.auto=false",
            // One that sends nothing for a minute has gone.
            "http.lowSpeedLimit=1",
            "http.lowSpeedTime=60",
        ] {
            command.args(["-c", setting]);
        }
        command
    }

    /// What a command writes to stdout.
    fn output(&self, command: &mut Command) -> Result<String, String> {
        let mut written = Vec::new();
        let ended = run(command, self.state, &mut written, LISTED)?;
        match ended.status.success() {
            true => Ok(String::from_utf8_lossy(&written).into_owned()),
            false => Err(reason(&ended.stderr).unwrap_or_else(|| without_a_word(ended.status))),
        }
    }
}

/// The line that says why `git` failed.
fn reason(stderr: &str) -> Option<String> {
    let lines = || {
        stderr
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
    };
    let fatal = lines().find(|line| line.starts_with("fatal:"));
    let line = fatal.or_else(|| lines().next_back())?;
    let line = line
        .trim_start_matches("fatal:")
        .trim_start_matches("error:")
        .trim();
    Some(
        match line.contains("could not read Username") || line.contains("Authentication failed") {
            true => {
                "it asks for a login, and the local session reads public repositories only".into()
            }
            false => line.to_owned(),
        },
    )
}

fn failed(address: &Address, problem: &str) -> Error {
    Error::argument(format!("git {}", address.url), problem)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Address, Error> {
        Address::parse(text, |path| Ok(Path::new("/here").join(path)))
    }

    #[test]
    fn addresses_are_public_urls_and_folders() {
        for (text, url, is_local) in [
            (
                "https://example.org/a/b.git",
                "https://example.org/a/b.git",
                false,
            ),
            ("HTTP://example.org/a", "http://example.org/a", false),
            ("example.org/a/b@c", "https://example.org/a/b@c", false),
            ("file:///a/b", "/a/b", true),
            ("/a/b", "/a/b", true),
            ("./a", "/here/./a", true),
            (".", "/here/.", true),
            ("[::1]:80/a", "https://[::1]:80/a", false),
        ] {
            let url = url.to_owned();
            assert_eq!(parse(text).unwrap(), Address { url, is_local }, "{text}");
        }
    }

    #[test]
    fn every_other_address_is_refused_in_a_line_that_names_it() {
        for (text, problem) in [
            ("git@example.org:a/b", "ssh"),
            ("ssh://example.org/a/b", "ssh"),
            ("git://example.org/a", "over git"),
            ("ext::sh -c touch% /tmp/x", "expected"),
            ("ftp://example.org", "expected"),
            ("https://", "expected"),
            ("https://-x/a", "expected"),
            ("--upload-pack=touch /tmp/x", "expected"),
            ("ext::x", "expected"),
            ("https://example.org/a#main", "#"),
            ("", "expected"),
            ("https://example.org/\n", "expected"),
        ] {
            let error = parse(text).unwrap_err().to_string();
            assert!(error.contains(problem), "{text}: {error}");
            assert!(error.contains(&format!("{text:?}")), "{error}");
            assert_eq!(error.lines().count(), 1);
        }
        let error = parse("https://me:secret@example.org/a")
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("login") && !error.contains("secret"),
            "{error}"
        );
    }
}
