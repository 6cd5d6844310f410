//! Repositories elsewhere, by `git`: without prompts, hooks and the user's
//! settings, and over those protocols alone that start no other program.

use std::path::Path;
use std::process::Command;

use super::address::Address;
use super::program::{program, run, without_a_word};
use super::remote::{BRANCHES, Ref, Remote};
use crate::Error;
use crate::state::{State, make_folder, remove_tree};

/// How much a list of names may be.
const LISTED: u64 = 64 << 20;

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
