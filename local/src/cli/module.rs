//! Finds modules, and builds their binaries.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde::Deserialize;
use serde_json::Value;
use tokio::process::Command;

use super::error::{CliError, failed};

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
    pub dependencies: Vec<Named>,
}

/// A dependency as `dagger.json` names it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Named {
    /// What the module calls it; its own name if left out.
    pub name: Option<String>,
    /// Its folder, relative to the module's, or where it is fetched from.
    pub source: String,
    /// The commit of one that is fetched.
    pub pin: Option<String>,
}

#[derive(Deserialize)]
struct Config {
    name: String,
    source: Option<String>,
    sdk: Option<Sdk>,
    #[serde(default)]
    dependencies: Vec<Named>,
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
        Self::at(&root)
    }

    /// The module of a folder.
    ///
    /// # Errors
    /// As [`Module::find`].
    pub fn at(root: &Path) -> Result<Self, CliError> {
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
        let root = canonical(root)?;
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
            dependencies: config.dependencies,
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

    /// The binary that the environment has for this module. It belongs to the
    /// module that the environment names, if it names one.
    ///
    /// # Errors
    /// A file that is not there.
    pub fn given_binary(&self) -> Result<Option<PathBuf>, CliError> {
        let path = std::env::var_os(BINARY).filter(|path| !path.is_empty());
        let Some(path) = path.filter(|_| self.is_named_by_environment()) else {
            return Ok(None);
        };
        match Path::new(&path).canonicalize() {
            Ok(path) if path.is_file() => Ok(Some(path)),
            _ => Err(CliError::Module(format!(
                "{BINARY}={}: there is no such file",
                path.display()
            ))),
        }
    }

    fn is_named_by_environment(&self) -> bool {
        match std::env::var_os(MODULE).filter(|path| !path.is_empty()) {
            Some(path) => Path::new(&path)
                .canonicalize()
                .is_ok_and(|path| path == self.root),
            None => true,
        }
    }

    /// The binary that answers the module's calls, as cargo builds it.
    ///
    /// # Errors
    /// What cargo said where it does not compile.
    pub async fn build(&self) -> Result<PathBuf, CliError> {
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
            _ => failed("run", Path::new("cargo"))(source),
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
    path.canonicalize().map_err(failed("find", path))
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
