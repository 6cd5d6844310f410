//! Finds the module, builds its binary, and remembers what it registered.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::UNIX_EPOCH;

use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tokio::process::Command;

use super::error::CliError;
use super::vendor;
use crate::typedefs::ModuleDef;

/// The file that makes a folder a module.
pub const CONFIG: &str = "dagger.json";

/// The environment variable with a module's binary, which then is not built.
pub const BINARY: &str = "DAGGER_LOCAL_MODULE_BINARY";

/// The environment variable with the module's folder, as for Dagger's CLI.
pub const MODULE: &str = "DAGGER_MODULE";

/// A module on this machine.
#[derive(Debug, Clone, PartialEq)]
pub struct Module {
    pub name: String,
    /// The folder of `dagger.json`.
    pub root: PathBuf,
    /// The folder of its `Cargo.toml`.
    pub source: PathBuf,
    /// The SDK's folder, where it is one of this machine.
    pub sdk: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Config {
    name: String,
    source: Option<String>,
    sdk: Option<Sdk>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Sdk {
    Name(String),
    Source { source: String },
}

impl Module {
    /// The module that `named` points at, or the one around `start`.
    ///
    /// # Errors
    /// No module there, or one that this session cannot run.
    pub fn find(named: Option<&Path>, start: &Path) -> Result<Self, CliError> {
        let root = match named {
            Some(named) => {
                let folder = start.join(named);
                match folder.file_name().is_some_and(|name| name == CONFIG) {
                    true => folder.parent().map(Path::to_path_buf).unwrap_or(folder),
                    false => folder,
                }
            }
            None => start
                .ancestors()
                .find(|folder| folder.join(CONFIG).is_file())
                .map(Path::to_path_buf)
                .ok_or_else(|| {
                    CliError::Module(format!(
                        "no {CONFIG} in {} or above it: go to a module, or name one with -m",
                        start.display()
                    ))
                })?,
        };
        let file = root.join(CONFIG);
        let text = fs::read_to_string(&file).map_err(|_| {
            CliError::Module(format!(
                "no module at {}: it has no {CONFIG}",
                root.display()
            ))
        })?;
        let config: Config = serde_json::from_str(&text).map_err(|error| {
            CliError::Module(format!(
                "{} is no module's configuration: {error}",
                file.display()
            ))
        })?;
        let root = canonical(&root)?;
        let source = canonical(&root.join(config.source.unwrap_or_default()))?;
        if !source.join("Cargo.toml").is_file() {
            let sdk = match &config.sdk {
                Some(Sdk::Name(name) | Sdk::Source { source: name }) => {
                    format!("its SDK is {name:?}")
                }
                None => "it has no SDK".to_owned(),
            };
            return Err(CliError::Module(format!(
                "{} is not a module in Rust ({sdk}, and there is no Cargo.toml): it needs a Dagger engine",
                root.display()
            )));
        }
        let sdk = match config.sdk {
            Some(Sdk::Source { source } | Sdk::Name(source)) => Some(root.join(source)),
            None => None,
        };
        let sdk = sdk.and_then(|folder| folder.canonicalize().ok());
        Ok(Module {
            name: config.name,
            root,
            source,
            sdk,
        })
    }

    /// Whom the module's folder belongs to, where that is not who calls: its code
    /// would run with the caller's rights.
    pub fn stranger(&self) -> Option<u32> {
        let owner = self.root.metadata().ok()?.uid();
        let caller = nix::unistd::getuid();
        // With sudo the code of who called it is no stranger's.
        let with_sudo = std::env::var("SUDO_UID").ok().filter(|_| caller.is_root());
        let with_sudo = with_sudo.and_then(|user| user.parse().ok());
        (owner != 0 && owner != caller.as_raw() && Some(owner) != with_sudo).then_some(owner)
    }

    /// The binary that answers the module's calls: built, unless
    /// `DAGGER_LOCAL_MODULE_BINARY` has it.
    ///
    /// # Errors
    /// What cargo said where it does not compile.
    pub async fn binary(&self) -> Result<PathBuf, CliError> {
        match self.given_binary() {
            Some(path) => match path.canonicalize() {
                Ok(path) if path.is_file() => Ok(path),
                _ => Err(CliError::Module(format!(
                    "{BINARY}={}: there is no such file",
                    path.display()
                ))),
            },
            None => {
                if self.sdk.is_some() || vendor::is_missing(&self.source) {
                    self.develop()?;
                }
                self.build().await
            }
        }
    }

    /// Puts the crates of the SDK where the module's Cargo.toml names them: those
    /// of the SDK's folder, or this program's own where another place has them.
    ///
    /// # Errors
    /// A file that cannot be read or written, or an SDK that is nowhere.
    pub fn develop(&self) -> Result<(), CliError> {
        match &self.sdk {
            Some(sdk) => vendor::crates(sdk, &self.source),
            None => vendor::crates(&vendor::own_sdk()?, &self.source),
        }
    }

    /// The binary that the environment has for this module. It belongs to the
    /// module that the environment names, if it names one.
    pub fn given_binary(&self) -> Option<PathBuf> {
        let path = std::env::var_os(BINARY).filter(|path| !path.is_empty())?;
        self.is_named_by_environment().then(|| PathBuf::from(path))
    }

    fn is_named_by_environment(&self) -> bool {
        match std::env::var_os(MODULE).filter(|path| !path.is_empty()) {
            Some(path) => Path::new(&path)
                .canonicalize()
                .is_ok_and(|path| path == self.root),
            None => true,
        }
    }

    async fn build(&self) -> Result<PathBuf, CliError> {
        let mut cargo = Command::new("cargo");
        cargo
            .args([
                "build",
                "--quiet",
                "--message-format=json-render-diagnostics",
            ])
            .current_dir(&self.source)
            .stdin(Stdio::null())
            .kill_on_drop(true);
        if self.source.join("Cargo.lock").is_file() {
            cargo.arg("--locked");
        }
        let output = cargo.output().await.map_err(|source| match source.kind() {
            std::io::ErrorKind::NotFound => CliError::Module(
                "cargo, which builds the module, is missing: install Rust from https://rustup.rs"
                    .to_owned(),
            ),
            _ => CliError::Host {
                operation: "run",
                path: "cargo".into(),
                source,
            },
        })?;
        if !output.status.success() {
            return Err(CliError::Build(
                String::from_utf8_lossy(&output.stderr).into_owned(),
            ));
        }
        executable(&String::from_utf8_lossy(&output.stdout), &self.source).ok_or_else(|| {
            CliError::Module(format!(
                "cargo built no program in {}: a module has a src/main.rs",
                self.source.display()
            ))
        })
    }

    /// What the binary registered, if it is known already. An exchanged binary
    /// has another time or size, so that nothing has to read all of it.
    pub fn remembered(&self, state: &Path, binary: &Path) -> Option<ModuleDef> {
        let text = fs::read(memory(state, binary)?).ok()?;
        serde_json::from_slice(&text).ok()
    }

    /// Keeps what the binary registered. Not being able to is no failure: the
    /// next call asks again.
    pub fn remember(&self, state: &Path, binary: &Path, module: &ModuleDef) {
        let Some(file) = memory(state, binary) else {
            return;
        };
        let (Some(folder), Ok(text)) = (file.parent(), serde_json::to_vec(module)) else {
            return;
        };
        let written = fs::create_dir_all(folder)
            .and_then(|()| tempfile::NamedTempFile::new_in(folder))
            .and_then(|temporary| {
                fs::write(temporary.path(), text)?;
                temporary.persist(&file).map_err(|error| error.error)
            });
        drop(written);
    }
}

/// Where the registration of this very binary is kept.
fn memory(state: &Path, binary: &Path) -> Option<PathBuf> {
    let mut hash = Sha256::new();
    // This program's own build: another one may read a registration differently.
    for path in [binary, &std::env::current_exe().ok()?] {
        let metadata = path.metadata().ok()?;
        let modified = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        let path = path.display();
        hash.update(format!(
            "{path}\n{}\n{}\n",
            metadata.len(),
            modified.as_nanos()
        ));
    }
    let name = hex::encode(hash.finalize());
    Some(state.join("registrations").join(format!("{name}.json")))
}

/// The program that cargo's messages name: of the package in `source`, its
/// last binary.
fn executable(messages: &str, source: &Path) -> Option<PathBuf> {
    let manifest = source.join("Cargo.toml");
    let artifacts = messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|message| message["reason"] == "compiler-artifact")
        .filter(|message| message["manifest_path"].as_str().map(Path::new) == Some(&manifest));
    artifacts
        .filter_map(|message| message["executable"].as_str().map(PathBuf::from))
        .next_back()
}

fn canonical(path: &Path) -> Result<PathBuf, CliError> {
    path.canonicalize().map_err(|source| CliError::Host {
        operation: "find",
        path: path.to_path_buf(),
        source,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn module(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        folder
    }

    #[test]
    fn the_module_is_found_upwards() {
        let config = r#"{"name": "hello", "source": "module", "sdk": {"source": "./sdk"}}"#;
        let folder = module(&[
            ("dagger.json", config),
            ("module/Cargo.toml", ""),
            ("a/b/c", ""),
        ]);
        let root = folder.path().canonicalize().expect("a path");
        let found = Module::find(None, &root.join("a/b")).expect("the module");
        assert_eq!((found.name.as_str(), &found.root), ("hello", &root));
        assert_eq!(found.source, root.join("module"));
        let named = Module::find(Some(Path::new("../../dagger.json")), &root.join("a/b"));
        assert_eq!(named.expect("the module"), found);
    }

    #[test]
    fn what_is_no_module_is_refused_with_its_place() {
        let folder = module(&[
            ("go/dagger.json", r#"{"name": "x", "sdk": "go"}"#),
            ("bad/dagger.json", "{"),
        ]);
        let message = |named: Option<&str>| {
            let found = Module::find(named.map(Path::new), folder.path());
            found.expect_err("no module").to_string()
        };
        assert!(message(None).contains("name one with -m"));
        assert!(message(Some("no-such")).contains("no-such"));
        assert!(message(Some("bad")).contains("bad/dagger.json"));
        assert!(message(Some("go")).contains("\"go\""));
    }

    #[test]
    fn a_registration_is_remembered_for_the_same_binary_alone() {
        let folder = module(&[
            ("dagger.json", r#"{"name": "x"}"#),
            ("Cargo.toml", ""),
            ("binary", "one"),
        ]);
        let found = Module::find(None, folder.path()).expect("the module");
        let (state, binary) = (folder.path().join("state"), folder.path().join("binary"));
        let registered = ModuleDef {
            name: "x".to_owned(),
            ..ModuleDef::default()
        };
        assert!(found.remembered(&state, &binary).is_none());
        found.remember(&state, &binary, &registered);
        assert_eq!(
            found.remembered(&state, &binary).map(|module| module.name),
            Some("x".to_owned())
        );
        fs::write(&binary, "another").expect("the file");
        assert!(found.remembered(&state, &binary).is_none());
    }

    #[test]
    fn the_modules_own_program_is_taken() {
        let messages = r#"{"reason":"compiler-artifact","manifest_path":"/m/Cargo.toml","executable":null}
            {"reason":"compiler-artifact","manifest_path":"/other/Cargo.toml","executable":"/t/other"}
            {"reason":"compiler-artifact","manifest_path":"/m/Cargo.toml","executable":"/t/m"}
            {"reason":"build-finished","success":true}"#;
        assert_eq!(
            executable(messages, Path::new("/m")),
            Some(PathBuf::from("/t/m"))
        );
    }

    #[tokio::test]
    async fn a_module_is_built_and_a_mistake_in_it_is_cargos_own_text() {
        let manifest =
            "[package]\nname = \"dagger-local-test-module\"\nedition = \"2021\"\n[workspace]\n";
        let folder = module(&[
            ("dagger.json", r#"{"name": "x"}"#),
            ("Cargo.toml", manifest),
            ("src/main.rs", "fn main() {}"),
        ]);
        let found = Module::find(None, folder.path()).expect("the module");
        let program = found.build().await.expect("a program");
        assert!(
            program.ends_with("debug/dagger-local-test-module"),
            "{program:?}"
        );
        fs::write(folder.path().join("src/main.rs"), "fn main() { nonsense }").expect("a file");
        let report = found.build().await.expect_err("a mistake").report();
        assert!(report.starts_with("error[E0425]"), "{report}");
        assert!(report.contains("src/main.rs:1:13"), "{report}");
        assert!(!report.contains("{\"reason\""), "{report}");
    }
}
