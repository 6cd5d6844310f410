//! What the module's fields say, checked and pinned: every function starts from it,
//! so that a wrong value is refused before anything runs.

use std::str::FromStr;

use dagger_sdk::prelude::{Directory, File, Secret};

use crate::access::Access;
use crate::cache::Cache;
use crate::daemon_json::Options;
use crate::errors::Error;
use crate::options::Dind;
use crate::pins::Pins;
use crate::proxies::Proxies;

/// What a name of a namespace is made of.
const NAMESPACE: &str = "letters, digits, dots, dashes and underscores";

/// The fields of [`Dind`] in the form that the chapters of the module use.
#[derive(Clone)]
pub(crate) struct Settings {
    /// Image of the daemon and of the Docker CLI.
    pub(crate) engine_image: String,
    /// Image of client containers.
    pub(crate) base_image: String,
    /// Whether that image may have settings and programs that this module does not know of.
    pub(crate) base_is_callers: bool,
    /// Image that the Rust toolchain is copied from.
    pub(crate) rust_image: String,
    /// How clients reach the daemon.
    pub(crate) access: Access,
    /// Who else may use the daemon's data.
    pub(crate) cache: Cache,
    /// Set before the names of cache volumes.
    pub(crate) cache_namespace: Option<String>,
    /// What goes into `daemon.json`.
    pub(crate) daemon: Options,
    /// The caller's own `daemon.json`.
    pub(crate) daemon_json: Option<File>,
    /// Logins of the Docker CLI.
    pub(crate) registry_auth: Option<Secret>,
    /// Certificates of registries.
    pub(crate) registry_certs: Option<Directory>,
}

impl Settings {
    pub(crate) fn of(dind: &Dind) -> Result<Self, Error> {
        let pins = Pins::built_in()?;
        let daemon = Options {
            registry_mirrors: dind.registry_mirrors.clone(),
            insecure_registries: dind.insecure_registries.clone(),
            storage_driver: given(&dind.storage_driver),
            proxies: Proxies {
                http: given(&dind.http_proxy),
                https: given(&dind.https_proxy),
                none: given(&dind.no_proxy),
            },
        };
        daemon.check()?;
        dind.cache_namespace
            .as_deref()
            .map_or(Ok(()), check_namespace)?;
        Ok(Self {
            engine_image: pins.pinned(&dind.dind_image),
            base_image: pins.pinned(&dind.dind_ubuntu_image),
            base_is_callers: pins.pinned(&dind.dind_ubuntu_image) == dind.dind_ubuntu_image,
            rust_image: pins.pinned(&dind.dind_rust_image),
            access: Access::from_str(&dind.access)?,
            cache: Cache::from_str(&dind.cache)?,
            cache_namespace: dind.cache_namespace.clone(),
            daemon,
            daemon_json: dind.daemon_json.clone(),
            registry_auth: dind.registry_auth.clone(),
            registry_certs: dind.registry_certs.clone(),
        })
    }

    /// The same with another daemon.
    pub(crate) fn with_engine(&self, image: &str) -> Result<Self, Error> {
        Ok(Self {
            engine_image: Pins::built_in()?.pinned(image),
            ..self.clone()
        })
    }
}

/// An empty text is none, as for dockerd: that of a variable which is not set.
fn given(text: &Option<String>) -> Option<String> {
    text.clone().filter(|text| !text.is_empty())
}

/// Refuse a name that would read like something else in a volume's name.
fn check_namespace(namespace: &str) -> Result<(), Error> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"._-".contains(&b);
    if !namespace.is_empty() && namespace.bytes().all(plain) {
        return Ok(());
    }
    Err(Error::Argument {
        argument: "cache-namespace",
        value: namespace.to_owned(),
        expected: NAMESPACE.to_owned(),
    })
}
