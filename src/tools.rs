//! What containers of this module install: packages, Python tools, the Dagger CLI.

use dagger_sdk::prelude::*;
use serde::Deserialize;

use crate::errors::Error;

const INSTALLER: &str = "https://dl.dagger.io/dagger/install.sh";
/// Where this module's own scripts are mounted.
const SCRIPTS: &str = "/run/dind";

/// Debian or Ubuntu packages.
pub(crate) fn with_packages(container: Container, packages: &[&str]) -> Container {
    let install = [&["apt-get", "install", "--yes"], packages].concat();
    container
        .with_exec(["apt-get", "update"])
        .with_exec(install)
}

/// A Python tool beside the system's Python, which a throw-away container may break.
pub(crate) fn with_python_tool(container: Container, tool: &str) -> Container {
    container.with_exec(["pip3", "install", "--break-system-packages", tool])
}

/// The Dagger CLI of the version that this module is made for.
pub(crate) fn with_dagger_cli(container: Container) -> Result<Container, Error> {
    let version = dagger_version()?;
    let install = format!(
        "set -euo pipefail; \
         script=$(curl -fsSL {INSTALLER}) || {{ \
         echo 'cannot install the Dagger CLI: {INSTALLER} is not reachable' >&2; exit 1; }}; \
         DAGGER_VERSION={version} BIN_DIR=/usr/local/bin sh <<< \"$script\""
    );
    Ok(container.with_exec(["bash", "-c", &install]))
}

/// The container with a script mounted, and the script's path in it.
pub(crate) async fn with_script(
    container: Container,
    dag: &Dag,
    name: &str,
    text: &str,
) -> Result<(Container, String)> {
    let path = format!("{SCRIPTS}/{name}");
    let file = dag.directory().with_new_file(name, text).file(name);
    let mounted = container.with_mounted_file(&path, file);
    Ok((mounted, path))
}

/// `engineVersion` of dagger.json, without the `v`: the one place that names it.
fn dagger_version() -> Result<String, Error> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Manifest {
        engine_version: String,
    }
    let manifest: Manifest =
        serde_json::from_str(include_str!("../dagger.json")).map_err(|error| Error::Manifest {
            reason: error.to_string(),
        })?;
    let version = manifest.engine_version.trim_start_matches('v');
    let plain = |b: u8| b.is_ascii_alphanumeric() || b".-+".contains(&b);
    if version.is_empty() || !version.bytes().all(plain) {
        return Err(Error::Manifest {
            reason: format!("engineVersion {version:?} is no version"),
        });
    }
    Ok(version.to_owned())
}
