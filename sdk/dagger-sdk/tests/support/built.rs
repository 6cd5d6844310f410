//! Modules as an engine compiles them: in a folder of their own, with the SDK's crates beside them.

// Each test binary uses a part of it.
#![allow(dead_code)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What the engine shows to a module without dependencies.
pub const CORE: &str = include_str!("../../../dagger-sdk-codegen/core.json");

/// A module to be built.
pub struct Module<'a> {
    /// The folder's and the crate's name.
    pub name: &'a str,
    /// Its files, by their paths.
    pub files: &'a [(&'a str, String)],
    /// The client, if it is another than the SDK's own.
    pub client: Option<String>,
}

pub fn sdk() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|folder| folder.join("sdk"))
        .find(|folder| folder.join("dagger-sdk").is_dir())
        .expect("the folder of the SDK")
}

/// A file of the template with the name of a module instead of its own.
pub fn renamed(file: &str, name: &str, object: &str) -> String {
    let text = std::fs::read_to_string(sdk().join("template").join(file)).unwrap();
    text.replace("hello", name).replace("Hello", object)
}

impl Module<'_> {
    /// Writes the module; returns its folder.
    pub fn write(&self) -> PathBuf {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let module = folder.join("modules").join(self.name);
        for (path, text) in self.files {
            write(&module.join(path), text.as_bytes());
        }
        for name in ["dagger-sdk", "dagger-sdk-macros"] {
            let (from, to) = (sdk().join(name), module.join("sdk").join(name));
            copy(&from.join("src"), &to.join("src"), self.client.as_deref());
            let mut manifest = std::fs::read_to_string(from.join("Cargo.toml")).unwrap();
            if self.client.is_some() && name == "dagger-sdk" {
                // Cargo tells crates in one target folder apart by their path below the module's root,
                // which is the same in all: so this one has another version.
                let version = format!("version = \"0.1.0-{}\"", self.name);
                manifest = manifest.replacen("version = \"0.1.0\"", &version, 1);
            }
            write(&to.join("Cargo.toml"), manifest.as_bytes());
        }
        // The versions that are tested here, and no look at a registry.
        let lock = std::fs::read(sdk().join("../Cargo.lock")).unwrap();
        std::fs::write(module.join("Cargo.lock"), lock).unwrap();
        module
    }

    /// Builds the module; returns the program.
    pub fn build(&self) -> PathBuf {
        let output = self.compile();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
        target().join("debug").join(self.name)
    }

    /// Returns why the module can't be built.
    pub fn refused(&self) -> String {
        let output = self.compile();
        assert!(!output.status.success(), "it was built");
        String::from_utf8(output.stderr).unwrap()
    }

    fn compile(&self) -> Output {
        Command::new(env!("CARGO"))
            .args(["build", "--offline", "--quiet"])
            .current_dir(self.write())
            .env("CARGO_TARGET_DIR", target())
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .output()
            .unwrap()
    }
}

fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("template-target")
}

fn copy(from: &Path, to: &Path, client: Option<&str>) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        match client {
            _ if entry.file_type().unwrap().is_dir() => copy(&entry.path(), &target, None),
            Some(client) if entry.file_name() == "client.rs" => write(&target, client.as_bytes()),
            _ => write(&target, &std::fs::read(entry.path()).unwrap()),
        }
    }
}

/// What is there already keeps its time, for which cargo looks.
fn write(path: &Path, content: &[u8]) {
    if std::fs::read(path).is_ok_and(|there| there == content) {
        return;
    }
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, content).unwrap();
}
