//! `init` and `develop`: what an engine writes into a module's folder by the
//! module's SDK, written without one.

use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use clap::Arg;
use dagger_sdk_codegen::template;
use serde::Deserialize;
use serde_json::json;
use walkdir::WalkDir;

use super::error::{CliError, failed};
use super::listing::{Names, named_command, plain_command};
use super::loaded::{named_module, state_folder};
use super::module::{CONFIG, Module};
use super::options::Options;
use super::progress::Reporter;
use super::words::PROGRAM;
use super::workshop::Workshop;
use super::{dependencies, terminal, vendor};

/// What git is told of the crates, as `codegen` of the SDK tells an engine.
const ATTRIBUTES: &str = "/sdk/** linguist-generated\n";

/// The SDK as any machine finds it.
fn published_sdk() -> String {
    let repository = env!("CARGO_PKG_REPOSITORY");
    let place = repository.trim_start_matches("https://");
    format!("{place}/sdk")
}

/// Writes the first files of a module.
///
/// # Errors
/// A folder that has a module, a name that is none, files that can't be written.
pub fn init(words: &[String], options: Options) -> Result<(), CliError> {
    let about = "Initialize a module in Rust in this folder, or in the one that is named";
    let extra = vec![
        Arg::new("name")
            .long("name")
            .value_name("string")
            .help("Name of the module (default: the folder's)"),
        Arg::new("sdk")
            .long("sdk")
            .value_name("string")
            .help("Folder of the Rust SDK, or where an engine finds it"),
    ];
    let Some(Names { names, values, .. }) = named_command("init", about, words, extra, options)?
    else {
        return Ok(());
    };
    let caller = current_folder()?;
    let folder = match names.as_slice() {
        [] => caller.clone(),
        [folder] => caller.join(folder),
        _ => {
            let path = format!("{PROGRAM} init");
            return Err(CliError::usage(
                &path,
                "one folder is initialized at a time",
            ));
        }
    };
    fs::create_dir_all(&folder).map_err(failed("make", &folder))?;
    let folder = folder.canonicalize().map_err(failed("find", &folder))?;
    if folder.join(CONFIG).exists() {
        return Err(CliError::Module(format!(
            "{} is a module already: `{PROGRAM} develop` writes what its SDK gives it",
            folder.display()
        )));
    }
    let name = match values.get("name") {
        Some(name) => name.clone(),
        None => folder
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default(),
    };
    let given = values.get("sdk");
    let here = given.and_then(|sdk| caller.join(sdk).canonicalize().ok());
    let source = match (&here, given) {
        (Some(sdk), _) => relative(&folder, sdk).display().to_string(),
        (None, Some(reference)) => reference.clone(),
        (None, None) => published_sdk(),
    };
    let sdk = match here {
        Some(sdk) => sdk,
        None => vendor::own_sdk()?,
    };
    let version = engine_version(&sdk)?;
    first_files(&name, &sdk, &folder)?;
    vendor::crates(&sdk, &folder, None)?;
    let config = json!({"name": name, "engineVersion": version, "sdk": {"source": source}});
    let text = format!("{config:#}\n");
    // Last: what failed before can be tried again.
    let file = folder.join(CONFIG);
    fs::write(&file, text).map_err(failed("write", &file))?;
    terminal::show(&format!(
        "Initialized module {name} in {}\n",
        folder.display()
    ))
}

/// Writes the SDK's crates into the module.
///
/// # Errors
/// No module, or files that can't be written.
pub async fn develop(words: &[String], options: Options) -> Result<(), CliError> {
    let about = "Write the SDK's crates into the module, for cargo and editors";
    let Some(named) = plain_command("develop", about, words, options)? else {
        return Ok(());
    };
    let module = Module::find(named_module(&named.options).as_deref(), &current_folder()?)?;
    let found = dependencies::of(&module)?;
    let (state, reporter) = (state_folder()?, Arc::new(Reporter::new(&named.options)));
    let mut workshop = Workshop::new(&state, &named.options, &reporter);
    // The client is made of their types, which they register when they run.
    let dependencies = workshop.dependencies(&found).await?;
    workshop.developed(&module, &dependencies, true)
}

fn current_folder() -> Result<PathBuf, CliError> {
    std::env::current_dir().map_err(failed("find", Path::new(".")))
}

/// The version that the SDK's own client is made for.
fn engine_version(sdk: &Path) -> Result<String, CliError> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Config {
        engine_version: String,
    }
    let file = sdk.join(CONFIG);
    let text = fs::read_to_string(&file).map_err(failed("read", &file))?;
    let config: Config = serde_json::from_str(&text).map_err(|error| {
        CliError::Module(format!("{} is not of a Rust SDK: {error}", file.display()))
    })?;
    Ok(config.engine_version)
}

/// The template's files under the module's name. What is there already stays;
/// a crate that is there gets none.
fn first_files(name: &str, sdk: &Path, folder: &Path) -> Result<(), CliError> {
    let made = tempfile::tempdir().map_err(failed("make", Path::new("a temporary folder")))?;
    template::write(name, &sdk.join("template"), made.path())
        .map_err(|error| CliError::Module(error.to_string()))?;
    let attributes = made.path().join(".gitattributes");
    fs::write(&attributes, ATTRIBUTES).map_err(failed("write", &attributes))?;
    let has_crate = folder.join("Cargo.toml").exists();
    for entry in WalkDir::new(made.path()).sort_by_file_name() {
        let entry = entry.map_err(|error| failed("read", made.path())(error.into()))?;
        let relative = entry
            .path()
            .strip_prefix(made.path())
            .unwrap_or(entry.path());
        let (to, of_git) = (
            folder.join(relative),
            relative.starts_with(".gitignore") || relative.starts_with(".gitattributes"),
        );
        if !entry.file_type().is_file() || to.exists() || (has_crate && !of_git) {
            continue;
        }
        if let Some(parent) = to.parent() {
            fs::create_dir_all(parent).map_err(failed("make", parent))?;
        }
        fs::copy(entry.path(), &to).map_err(failed("write", &to))?;
    }
    Ok(())
}

/// The way from one folder to another, both without links.
fn relative(from: &Path, to: &Path) -> PathBuf {
    let (from, to): (Vec<Component>, Vec<Component>) =
        (from.components().collect(), to.components().collect());
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = from[shared..].iter().map(|_| Component::ParentDir);
    let way: PathBuf = up.chain(to[shared..].iter().copied()).collect();
    match way.starts_with("..") {
        true => way,
        false => Path::new(".").join(way),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_sdk_of_this_machine_is_named_from_the_module() {
        for (from, to, way) in [
            ("/a/hello", "/a/sdk", "../sdk"),
            ("/a", "/a/sdk", "./sdk"),
            ("/a/b/c", "/d", "../../../d"),
        ] {
            assert_eq!(relative(Path::new(from), Path::new(to)), Path::new(way));
        }
    }
}
