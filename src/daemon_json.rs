//! The daemon's configuration, `/etc/docker/daemon.json`: built here and nowhere else.
//!
//! The caller's file lies under the module's own keys: lists are joined, and what both
//! say is refused. Keys that decide how containers reach DNS, the bridge or the daemon
//! are not the caller's to set.

use std::net::Ipv4Addr;

use serde_json::{Map, Value, json};

use crate::daemon::{BRIDGE_ADDRESS, BRIDGE_PREFIX, SECOND_ADDRESS};
use crate::errors::Error;
use crate::proxies::Proxies;
use crate::registries::{check_mirror, check_registry, url_has_credentials};

/// Where dockerd looks for it.
pub(crate) const PATH: &str = "/etc/docker/daemon.json";
/// The key of dockerd's own proxies, the one place for a URL with a password.
const PROXIES: &str = "proxies";
/// The key of the storage driver.
const STORAGE_DRIVER: &str = "storage-driver";

/// The network of every Dagger engine, nested ones included.
const ENGINE_NETWORK: Network = Network(Ipv4Addr::new(10, 87, 0, 0), 16);
const BRIDGE_NETWORK: Network = Network(BRIDGE_ADDRESS, BRIDGE_PREFIX);
const SECOND_NETWORK: Network = Network(SECOND_ADDRESS, 32);

/// The storage drivers of Docker on Linux; those of versions before 25; those of the image store
/// of containerd, which is the default from 29 on.
const STORAGE_DRIVERS: [&str; 13] = [
    "overlay2",
    "fuse-overlayfs",
    "btrfs",
    "zfs",
    "vfs",
    "aufs",
    "devicemapper",
    "overlay",
    "overlayfs",
    "native",
    "blockfile",
    "devmapper",
    "erofs",
];

/// What the module's fields say about the daemon.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Mirrors of Docker Hub, as URLs.
    pub registry_mirrors: Vec<String>,
    /// Registries without TLS or with a certificate that nobody knows.
    pub insecure_registries: Vec<String>,
    /// The storage driver, dockerd's own choice where there is none.
    pub storage_driver: Option<String>,
    /// What pulls go through.
    pub proxies: Proxies,
}

impl Options {
    /// Refuse what dockerd would refuse, or leak, after the containers have started.
    ///
    /// # Errors
    /// [`Error::Argument`] and [`Error::Credentials`], naming the argument.
    pub fn check(&self) -> Result<(), Error> {
        self.registry_mirrors
            .iter()
            .try_for_each(|m| check_mirror(m))?;
        self.insecure_registries
            .iter()
            .try_for_each(|r| check_registry(r))?;
        self.proxies.check()?;
        match self.storage_driver.as_deref() {
            Some(driver) if !STORAGE_DRIVERS.contains(&driver) => Err(Error::Argument {
                argument: STORAGE_DRIVER,
                value: driver.to_owned(),
                expected: format!("one of {}", STORAGE_DRIVERS.join(", ")),
            }),
            _ => Ok(()),
        }
    }
}

/// A `daemon.json`, and what of it decides how it is used.
#[derive(Clone, Debug)]
pub struct Config {
    /// The file.
    pub text: String,
    /// The storage driver that it names.
    pub storage_driver: Option<String>,
    /// Whether a URL in it holds a password, so that it must not show.
    pub is_secret: bool,
}

/// The `daemon.json`: the caller's keys, where there are any, under `options` and the
/// addresses that the DNS wrapper counts on.
///
/// # Errors
/// [`Error::DaemonJson`] where `users` is no JSON object, [`Error::DaemonJsonKey`] and
/// [`Error::Credentials`] where it holds what it must not, and those of [`Options::check`].
pub fn merged(options: &Options, users: Option<&str>) -> Result<Config, Error> {
    options.check()?;
    let mut keys = users.map(parse).transpose()?.unwrap_or_default();
    for (key, value) in &keys {
        if let Some(reason) = objection(key, value) {
            return Err(refused(key, reason));
        }
        if key != PROXIES && holds_credentials(value) {
            return Err(Error::Credentials {
                argument: "daemon-json",
                instead: "",
            });
        }
    }
    keys.insert(
        "dns".into(),
        json!([BRIDGE_ADDRESS.to_string(), SECOND_ADDRESS.to_string()]),
    );
    keys.insert(
        "bip".into(),
        json!(format!("{BRIDGE_ADDRESS}/{BRIDGE_PREFIX}")),
    );
    join(&mut keys, "registry-mirrors", &options.registry_mirrors)?;
    join(
        &mut keys,
        "insecure-registries",
        &options.insecure_registries,
    )?;
    if let Some(driver) = &options.storage_driver
        && keys.insert(STORAGE_DRIVER.into(), json!(driver)).is_some()
    {
        return Err(refused(STORAGE_DRIVER, "the option storage-driver sets it"));
    }
    for (key, argument, _) in options.proxies.given() {
        if keys
            .get(PROXIES)
            .and_then(|proxies| proxies.get(key))
            .is_some()
        {
            return Err(Error::ProxyTwice { key, argument });
        }
    }
    Ok(Config {
        storage_driver: keys
            .get(STORAGE_DRIVER)
            .and_then(Value::as_str)
            .map(str::to_owned),
        is_secret: keys.get(PROXIES).is_some_and(holds_credentials),
        text: Value::Object(keys).to_string(),
    })
}

/// As dockerd reads it: a file without anything in it sets nothing.
fn parse(text: &str) -> Result<Map<String, Value>, Error> {
    if text.trim().is_empty() {
        return Ok(Map::new());
    }
    match serde_json::from_str(text) {
        Ok(Value::Object(keys)) => Ok(keys),
        Ok(Value::Null) => Ok(Map::new()),
        Ok(_) => Err(Error::DaemonJson { source: None }),
        Err(source) => Err(Error::DaemonJson {
            source: Some(source),
        }),
    }
}

fn refused(key: &str, reason: &'static str) -> Error {
    Error::DaemonJsonKey {
        key: key.to_owned(),
        reason,
    }
}

/// The caller's list and `ours` after it, no value twice.
fn join(keys: &mut Map<String, Value>, key: &str, ours: &[String]) -> Result<(), Error> {
    if ours.is_empty() {
        return Ok(());
    }
    let mut list: Vec<Value> = match keys.remove(key) {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(values)) => values,
        Some(_) => return Err(refused(key, "it is no list")),
    };
    // dockerd writes a slash behind a mirror by itself.
    let plain = |value: &Value| {
        value
            .as_str()
            .map(|text| text.trim_end_matches('/').to_owned())
    };
    for value in ours {
        let value = json!(value);
        if !list.iter().any(|known| plain(known) == plain(&value)) {
            list.push(value);
        }
    }
    keys.insert(key.into(), list.into());
    Ok(())
}

/// Why the caller may not set this key to this value.
fn objection(key: &str, value: &Value) -> Option<&'static str> {
    match key {
        "dns" => Some("containers resolve names through the bridge's address"),
        "bip" | "bridge" | "fixed-cidr" | "default-gateway" => {
            Some("the bridge's address is what DNS is forwarded from")
        }
        "iptables" if *value != Value::Bool(true) => {
            Some("without iptables no container reaches the network")
        }
        "ip-forward" | "ip-masq" if *value != Value::Bool(true) => {
            Some("without it no container reaches the network")
        }
        "hosts" => Some("clients find the daemon at the address that the module gives it"),
        "data-root" | "graph" => Some("the cache volume is mounted at the default place"),
        _ if key.starts_with("tls") => Some("the daemon talks to its clients without TLS"),
        "default-address-pools" => pools_objection(value),
        _ => None,
    }
}

fn pools_objection(pools: &Value) -> Option<&'static str> {
    let bases = pools.as_array().into_iter().flatten();
    let taken = bases
        .filter_map(|pool| Network::parse(pool.get("base")?.as_str()?))
        .any(|base| {
            [BRIDGE_NETWORK, SECOND_NETWORK, ENGINE_NETWORK]
                .iter()
                .any(|network| base.overlaps(*network))
        });
    taken.then_some(
        "a pool overlaps the network of the bridge, that of the engine or the second nameserver",
    )
}

/// An IPv4 address and the length of its prefix.
#[derive(Clone, Copy, Debug)]
struct Network(Ipv4Addr, u8);

impl Network {
    fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = text.split_once('/')?;
        let prefix = prefix.parse().ok().filter(|prefix| *prefix <= 32)?;
        Some(Self(address.parse().ok()?, prefix))
    }

    fn overlaps(self, other: Self) -> bool {
        let prefix = u32::from(self.1.min(other.1));
        let mask = u32::MAX.checked_shl(32 - prefix).unwrap_or(0);
        u32::from(self.0) & mask == u32::from(other.0) & mask
    }
}

/// Whether a value names a user and perhaps a password, in a URL.
fn holds_credentials(value: &Value) -> bool {
    match value {
        Value::String(text) => url_has_credentials(text),
        Value::Array(values) => values.iter().any(holds_credentials),
        Value::Object(keys) => keys.values().any(holds_credentials),
        _ => false,
    }
}
