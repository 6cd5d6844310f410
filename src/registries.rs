//! What dockerd takes for a registry and for a mirror, checked before it starts.
//!
//! The same as dockerd's own checks, but that a URL needs a host.

use std::net::{IpAddr, Ipv6Addr};

use crate::errors::Error;
use crate::image::is_label;

/// Refuse a mirror that dockerd refuses.
pub(crate) fn check_mirror(mirror: &str) -> Result<(), Error> {
    if url_has_credentials(mirror) {
        return Err(Error::Credentials {
            argument: "registry-mirrors",
            instead: "",
        });
    }
    let host = http_url(mirror).map(|rest| rest.split_once('/').unwrap_or((rest, "")));
    match host {
        Some((host, path)) if is_url_host(host) && is_url_path(path) => Ok(()),
        _ => Err(Error::Argument {
            argument: "registry-mirrors",
            value: mirror.to_owned(),
            expected: "http:// or https:// with a host, and a port and a path if need be"
                .to_owned(),
        }),
    }
}

/// Refuse a registry that dockerd refuses.
pub(crate) fn check_registry(registry: &str) -> Result<(), Error> {
    // dockerd leaves the scheme out, with a warning.
    let host = http_url(registry).unwrap_or(registry);
    if is_network(host) || is_registry(host) {
        return Ok(());
    }
    if registry.contains('@') {
        return Err(Error::Credentials {
            argument: "insecure-registries",
            instead: "",
        });
    }
    Err(Error::Argument {
        argument: "insecure-registries",
        value: registry.to_owned(),
        expected: "a host, and a port if need be, or a network such as 10.0.0.0/8".to_owned(),
    })
}

/// Whether a URL names a user, and perhaps a password.
pub(crate) fn url_has_credentials(text: &str) -> bool {
    let authority = text
        .split_once("://")
        .map(|(_, rest)| rest.split(['/', '?', '#']).next());
    authority
        .flatten()
        .is_some_and(|authority| authority.contains('@'))
}

/// What comes after `http://` or `https://`, in letters of either case.
pub(crate) fn http_url(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_once("://")?;
    let is_http = ["http", "https"]
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known));
    is_http.then_some(rest)
}

/// A host of a URL and perhaps a port: a name, an address, an IPv6 address in brackets.
pub(crate) fn is_url_host(text: &str) -> bool {
    let Some((host, port)) = host_and_port(text) else {
        return false;
    };
    let named = |b: u8| b.is_ascii_alphanumeric() || b"-._".contains(&b);
    let is_host = match bracketed(host) {
        Some(address) => address.parse::<Ipv6Addr>().is_ok(),
        None => !host.is_empty() && host.bytes().all(named),
    };
    is_host && port.is_none_or(|port| port.is_empty() || port.parse::<u16>().is_ok())
}

/// A path without a query, a fragment or what a URL has to escape.
fn is_url_path(path: &str) -> bool {
    path.bytes()
        .all(|b| b.is_ascii_graphic() && !b"?#\"<>\\^`{|}".contains(&b))
}

/// A network in the notation of CIDR.
fn is_network(text: &str) -> bool {
    let Some((address, prefix)) = text.split_once('/') else {
        return false;
    };
    let longest = match address.parse() {
        Ok(IpAddr::V4(_)) => 32,
        Ok(IpAddr::V6(_)) => 128,
        Err(_) => return false,
    };
    prefix.parse::<u8>().is_ok_and(|prefix| prefix <= longest)
}

/// The domain of an image's name, or an address.
fn is_registry(text: &str) -> bool {
    if text.parse::<Ipv6Addr>().is_ok() {
        return true;
    }
    let Some((host, port)) = host_and_port(text) else {
        return false;
    };
    let is_host = match bracketed(host) {
        Some(address) => address.parse::<Ipv6Addr>().is_ok(),
        None => host.split('.').all(is_label),
    };
    is_host && port.is_none_or(|port| port.parse::<u16>().is_ok())
}

fn bracketed(host: &str) -> Option<&str> {
    host.strip_prefix('[')?.strip_suffix(']')
}

/// The colons of an IPv6 address stand in brackets.
fn host_and_port(text: &str) -> Option<(&str, Option<&str>)> {
    let end = text.rfind(']').map_or(0, |end| end + 1);
    match text[end..].split_once(':') {
        Some((host, port)) => Some((&text[..end + host.len()], Some(port))),
        None => Some((text, None)),
    }
    .filter(|(_, port)| port.is_none_or(|port| !port.contains(':')))
}

#[cfg(test)]
mod tests {
    use super::{check_mirror, check_registry};

    #[test]
    fn mirrors_that_dockerd_takes_are_taken() {
        for mirror in [
            "https://mirror.example",
            "http://127.0.0.1:5000/",
            "https://[::1]:5000",
            "HTTPS://mirror.example",
            "https://mirror.example/proxy/docker.io",
            "https://my_mirror",
            "https://mirror.example:",
        ] {
            assert!(check_mirror(mirror).is_ok(), "{mirror}");
        }
    }

    #[test]
    fn mirrors_that_dockerd_refuses_are_refused() {
        for mirror in [
            "",
            "mirror.example",
            "mirror.example:5000",
            "ftp://mirror.example",
            "://mirror.example",
            "https://",
            "https:///path",
            "https://mirror.example?a",
            "https://mirror.example/?a=b",
            "https://mirror.example/#a",
            "https://mirror example",
            "https://a:b",
            "https://a:1:2",
            "https://[::g]",
            "https://[::1]x",
            "https://me:pw@mirror.example",
            "https://me@mirror.example",
        ] {
            assert!(check_mirror(mirror).is_err(), "{mirror}");
        }
    }

    #[test]
    fn registries_that_dockerd_takes_are_taken() {
        for registry in [
            "registry.example",
            "localhost:5000",
            "10.0.0.0/8",
            "10.1.2.3",
            "fd00::/8",
            "::1/128",
            "[::1]:5000",
            "::1",
            "http://registry.example",
            "https://registry.example:5000",
            "registry.example:0",
        ] {
            assert!(check_registry(registry).is_ok(), "{registry}");
        }
    }

    #[test]
    fn registries_that_dockerd_refuses_are_refused() {
        for registry in [
            "",
            "a b",
            "10.0.0.0/33",
            "::/129",
            "host:port",
            "host:65536",
            "-registry",
            "registry-",
            "my_registry",
            "registry..example",
            "registry.example.",
            "ftp://registry.example",
            "registry.example/path",
            "me@registry.example",
            "[::1",
        ] {
            assert!(check_registry(registry).is_err(), "{registry}");
        }
    }
}
