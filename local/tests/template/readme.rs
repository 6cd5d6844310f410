//! The SDK's readme, followed from top to bottom as somebody new does: commands are typed, code is pasted where the
//! text says, and what is shown as printed is printed.
//!
//! A program is the whole of `src/main.rs`; a block that starts with `#[cfg(test)]` goes below everything in it, other
//! code into its last `impl` block; TOML goes below `Cargo.toml`. A block below a comment that says `not run by the
//! tests` is left out, and named.

use crate::support::{dagger_local, empty, lock, printed, state, target};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

const README: &str = include_str!("../../../sdk/readme.md");

struct Block {
    language: String,
    text: String,
    /// Why the tests leave it out.
    left_out: Option<String>,
}

fn blocks() -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = README.lines();
    let mut before = "";
    while let Some(line) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            let text: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            let left_out = before
                .strip_prefix("<!-- not run by the tests: ")
                .and_then(|reason| reason.strip_suffix(" -->"));
            blocks.push(Block {
                language: language.to_owned(),
                text: text.join("\n") + "\n",
                left_out: left_out.map(str::to_owned),
            });
        }
        before = line;
    }
    blocks
}

/// Somebody at a terminal, and in an editor.
struct Reader {
    /// Where `dagger` is the local session.
    path: String,
    folder: PathBuf,
    /// What the last commands printed.
    printed: String,
}

impl Reader {
    fn new(home: &Path) -> Self {
        let programs = home.join("bin");
        std::fs::create_dir(&programs).unwrap();
        for name in ["dagger", "dagger-local"] {
            std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_dagger-local"), programs.join(name))
                .unwrap();
        }
        Self {
            path: format!("{}:{}", programs.display(), std::env::var("PATH").unwrap()),
            folder: home.to_owned(),
            printed: String::new(),
        }
    }

    /// One terminal: where a block ends up, the next one begins.
    fn types(&mut self, commands: &str) {
        for line in commands.lines() {
            let mut place = tempfile::NamedTempFile::new().unwrap();
            let script = format!("set -euo pipefail\ntrap 'pwd >\"$PLACE\"' EXIT\n{line}\n");
            let output = Command::new("bash")
                .args(["-c", &script])
                .current_dir(&self.folder)
                .env("PATH", &self.path)
                .env("PLACE", place.path())
                .env("CARGO_TARGET_DIR", target())
                .env("CARGO_NET_OFFLINE", "true")
                .env("DAGGER_LOCAL_STATE", state())
                .env_remove("DAGGER_LOCAL_MODULE_BINARY")
                .env_remove("DAGGER_MODULE")
                .output()
                .unwrap();
            self.printed += &printed(&output);
            let mut text = String::new();
            std::io::Read::read_to_string(place.as_file_mut(), &mut text).unwrap();
            self.folder = PathBuf::from(text.trim_end());
            // The versions that are built here already.
            if self.folder.join("Cargo.toml").exists() && !self.folder.join("Cargo.lock").exists() {
                lock(&self.folder);
            }
        }
    }

    fn sees(&self, text: &str) {
        let mut rest = &*self.printed;
        for line in text.lines() {
            let found = rest.find(line);
            let found = found.unwrap_or_else(|| panic!("no line `{line}`:\n{}", self.printed));
            rest = &rest[found + line.len()..];
        }
    }

    fn main(&self) -> PathBuf {
        self.folder.join("src/main.rs")
    }

    fn pastes(&self, code: &str) {
        if code.contains("dagger_sdk::main!(") {
            return std::fs::write(self.main(), code).unwrap();
        }
        let there = std::fs::read_to_string(self.main()).unwrap();
        let pasted = if code.starts_with("#[cfg(test)]") {
            format!("{there}\n{code}")
        } else {
            let block = there.rfind("\nimpl ").unwrap();
            let end = block + there[block..].find("\n}\n").unwrap() + 1;
            let indented: String = code.lines().map(|line| format!("    {line}\n")).collect();
            format!("{}\n{indented}{}", &there[..end], &there[end..])
        };
        std::fs::write(self.main(), pasted).unwrap();
    }

    fn appends_to_the_manifest(&self, toml: &str) {
        let manifest = self.folder.join("Cargo.toml");
        let there = std::fs::read_to_string(&manifest).unwrap();
        std::fs::write(&manifest, format!("{there}\n{toml}")).unwrap();
        lock(&self.folder);
    }
}

#[test]
fn what_the_readme_says_works_as_it_is_pasted() {
    let home = empty("local-readme");
    let mut reader = Reader::new(&home);
    // The page opens with a module that is there already.
    let first = home.join("build");
    std::fs::create_dir(&first).unwrap();
    printed(&dagger_local(&first, &state(), &["init", "--name=build"]));
    lock(&first);
    reader.folder = first;

    for block in blocks() {
        if let Some(reason) = block.left_out {
            // Past the capture of the test's output: what did not run is said aloud.
            let _ = writeln!(std::io::stderr(), "not run: {}({reason})", block.text);
            continue;
        }
        match &*block.language {
            "bash" => {
                reader.printed.clear();
                if block.text.starts_with("mkdir hello") {
                    reader.folder.clone_from(&home);
                }
                reader.types(&block.text);
            }
            "text" => reader.sees(&block.text),
            "rust" => reader.pastes(&block.text),
            "toml" => reader.appends_to_the_manifest(&block.text),
            "json" => {
                let _: serde_json::Value = serde_json::from_str(&block.text).unwrap();
            }
            other => panic!("a block in {other}"),
        }
    }
}
