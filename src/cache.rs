//! Where the daemon's data lives between calls.
//!
//! Two daemons in one data directory destroy it, and so does a daemon of another
//! version. Hence the default: a volume of its own for each engine image, and
//! `PRIVATE`, which gives a second daemon that runs at the same time a copy.

use std::str::FromStr;

use dagger_sdk::prelude::*;

use crate::errors::Error;
use crate::settings::Settings;

/// Who else may use the daemon's data while it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cache {
    /// Nobody: a daemon that runs at the same time gets a volume of its own.
    Private,
    /// Nobody: a second daemon waits until the first has ended.
    Locked,
    /// Everybody. Only for daemons that never run at the same time.
    Shared,
    /// Nothing is kept: the data lives in memory and ends with the daemon.
    None,
}

impl Cache {
    const ACCEPTED: [(&'static str, Self); 4] = [
        ("private", Self::Private),
        ("locked", Self::Locked),
        ("shared", Self::Shared),
        ("none", Self::None),
    ];

    fn sharing(self) -> Option<CacheSharingMode> {
        match self {
            Self::Private => Some(CacheSharingMode::Private),
            Self::Locked => Some(CacheSharingMode::Locked),
            Self::Shared => Some(CacheSharingMode::Shared),
            Self::None => None,
        }
    }
}

impl FromStr for Cache {
    type Err = Error;

    fn from_str(value: &str) -> Result<Self, Error> {
        let found = Self::ACCEPTED.iter().find(|(name, _)| *name == value);
        found
            .map(|(_, cache)| *cache)
            .ok_or_else(|| Error::Argument {
                argument: "cache",
                value: value.to_owned(),
                expected: format!("one of {}", Self::ACCEPTED.map(|(name, _)| name).join(", ")),
            })
    }
}

/// The volume of that name, in the caller's namespace.
pub(crate) fn volume(settings: &Settings, dag: &Dag, name: &str) -> CacheVolume {
    let key = match &settings.cache_namespace {
        Some(namespace) => format!("{namespace}-{name}"),
        None => name.to_owned(),
    };
    dag.cache_volume(key)
}

/// The container with the volume, or memory, at `path`.
pub(crate) fn mount(
    settings: &Settings,
    dag: &Dag,
    container: Container,
    path: &str,
    name: &str,
) -> Container {
    let Some(sharing) = settings.cache.sharing() else {
        return container.with_mounted_temp(path);
    };
    let options = ContainerWithMountedCacheOpts {
        sharing: Some(sharing),
        ..Default::default()
    };
    container.with_mounted_cache_opts(path, volume(settings, dag, name), options)
}
