//! The daemon's configuration, `/etc/docker/daemon.json`: built here and nowhere else.
//!
//! The caller's file lies under the module's own keys. Keys that decide how
//! containers reach DNS, the bridge or the daemon are not the caller's to set.

use std::net::Ipv4Addr;

use dagger_module::prelude::*;
use serde_json::{Map, Value, json};

use crate::daemon::{BRIDGE_ADDRESS, BRIDGE_PREFIX};
use crate::errors::Error;
use crate::settings::Settings;

/// Where dockerd looks for it.
pub(crate) const PATH: &str = "/etc/docker/daemon.json";

/// The network of every Dagger engine, nested ones included.
const ENGINE_NETWORK: Network = Network(Ipv4Addr::new(10, 87, 0, 0), 16);
const BRIDGE_NETWORK: Network = Network(BRIDGE_ADDRESS, BRIDGE_PREFIX);

/// The storage drivers of Docker on Linux.
const STORAGE_DRIVERS: [&str; 5] = ["overlay2", "fuse-overlayfs", "btrfs", "zfs", "vfs"];

/// What the module's fields say about the daemon.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Mirrors of Docker Hub, as URLs.
    pub registry_mirrors: Vec<String>,
    /// Registries without TLS or with a certificate that nobody knows.
    pub insecure_registries: Vec<String>,
    /// The storage driver, dockerd's own choice where there is none.
    pub storage_driver: Option<String>,
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
        match self.storage_driver.as_deref() {
            Some(driver) if !STORAGE_DRIVERS.contains(&driver) => Err(Error::Argument {
                argument: "storage-driver",
                value: driver.to_owned(),
                expected: format!("one of {}", STORAGE_DRIVERS.join(", ")),
            }),
            _ => Ok(()),
        }
    }
}

/// The text of `daemon.json` for these settings.
pub(crate) async fn contents(settings: &Settings) -> Result<String> {
    let users = match &settings.daemon_json {
        Some(file) => Some(file.contents().await?),
        None => None,
    };
    Ok(merged(&settings.daemon, users.as_deref())?)
}

/// The text of `daemon.json`: the caller's keys, where there are any, under `options` and the
/// addresses that the DNS wrapper counts on.
///
/// # Errors
/// [`Error::DaemonJson`] where `users` is no JSON object, [`Error::DaemonJsonKey`] and
/// [`Error::Credentials`] where it holds what it must not, and those of [`Options::check`].
pub fn merged(options: &Options, users: Option<&str>) -> Result<String, Error> {
    options.check()?;
    let mut keys = users.map(parse).transpose()?.unwrap_or_default();
    for (key, value) in &keys {
        if let Some(reason) = objection(key, value) {
            return Err(Error::DaemonJsonKey {
                key: key.clone(),
                reason,
            });
        }
        if holds_credentials(value) {
            return Err(Error::Credentials {
                argument: "daemon-json",
            });
        }
    }
    keys.insert("dns".into(), json!([BRIDGE_ADDRESS.to_string()]));
    keys.insert(
        "bip".into(),
        json!(format!("{BRIDGE_ADDRESS}/{BRIDGE_PREFIX}")),
    );
    if !options.registry_mirrors.is_empty() {
        keys.insert("registry-mirrors".into(), json!(options.registry_mirrors));
    }
    if !options.insecure_registries.is_empty() {
        keys.insert(
            "insecure-registries".into(),
            json!(options.insecure_registries),
        );
    }
    if let Some(driver) = &options.storage_driver {
        keys.insert("storage-driver".into(), json!(driver));
    }
    Ok(Value::Object(keys).to_string())
}

fn parse(text: &str) -> Result<Map<String, Value>, Error> {
    match serde_json::from_str(text) {
        Ok(Value::Object(keys)) => Ok(keys),
        Ok(_) => Err(Error::DaemonJson { source: None }),
        Err(source) => Err(Error::DaemonJson {
            source: Some(source),
        }),
    }
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
        .any(|base| base.overlaps(BRIDGE_NETWORK) || base.overlaps(ENGINE_NETWORK));
    taken.then_some("a pool overlaps the network of the bridge or that of the engine")
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

fn check_mirror(mirror: &str) -> Result<(), Error> {
    if url_has_credentials(mirror) {
        return Err(Error::Credentials {
            argument: "registry-mirrors",
        });
    }
    let rest = mirror
        .strip_prefix("https://")
        .or_else(|| mirror.strip_prefix("http://"));
    match rest.map(|rest| rest.strip_suffix('/').unwrap_or(rest)) {
        Some(host) if is_host(host) => Ok(()),
        _ => Err(Error::Argument {
            argument: "registry-mirrors",
            value: mirror.to_owned(),
            expected: "http:// or https:// with a host, and a port if need be".to_owned(),
        }),
    }
}

fn check_registry(registry: &str) -> Result<(), Error> {
    if is_host(registry) || Network::parse(registry).is_some() {
        return Ok(());
    }
    if registry.contains('@') {
        return Err(Error::Credentials {
            argument: "insecure-registries",
        });
    }
    Err(Error::Argument {
        argument: "insecure-registries",
        value: registry.to_owned(),
        expected: "a host, and a port if need be, or a network such as 10.0.0.0/8".to_owned(),
    })
}

/// A name or an address, IPv6 in brackets, and perhaps a port.
fn is_host(text: &str) -> bool {
    let (host, port) = match text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, rest)) if address.parse::<std::net::Ipv6Addr>().is_ok() => (
            "v6",
            rest.strip_prefix(':').or((!rest.is_empty()).then_some("")),
        ),
        Some(_) => return false,
        None => match text.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (text, None),
        },
    };
    let named = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'.' || b == b'_';
    !host.is_empty()
        && host.bytes().all(named)
        && port.is_none_or(|port| port.parse::<u16>().is_ok())
}

fn holds_credentials(value: &Value) -> bool {
    match value {
        Value::String(text) => url_has_credentials(text),
        Value::Array(values) => values.iter().any(holds_credentials),
        Value::Object(keys) => keys.values().any(holds_credentials),
        _ => false,
    }
}

fn url_has_credentials(text: &str) -> bool {
    let authority = text
        .split_once("://")
        .map(|(_, rest)| rest.split('/').next());
    authority
        .flatten()
        .is_some_and(|authority| authority.contains('@'))
}
