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
    let parts = http_url(mirror).map(host_and_rest);
    match parts {
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

/// The host of what follows a scheme, and what stands behind the host.
pub(crate) fn host_and_rest(text: &str) -> (&str, &str) {
    text.split_at(text.find(['/', '?', '#']).unwrap_or(text.len()))
}

/// A host of a URL and perhaps a port: a name in any script, an address, an IPv6 address in
/// brackets, with a zone if need be.
pub(crate) fn is_url_host(text: &str) -> bool {
    let Some((host, port)) = host_and_port(text) else {
        return false;
    };
    let named = |c: char| c.is_ascii_alphanumeric() || !c.is_ascii() || "-._~".contains(c);
    let is_host = match bracketed(host) {
        Some(address) => {
            let (address, zone) = address.split_once("%25").unwrap_or((address, "any"));
            address.parse::<Ipv6Addr>().is_ok() && !zone.is_empty() && zone.chars().all(named)
        }
        None => !host.is_empty() && host.chars().all(named),
    };
    is_host && port.is_none_or(|port| port.is_empty() || is_port(port))
}

/// A path without a query or a fragment. What is written in hexadecimal digits is written whole;
/// the rest is escaped by whoever asks.
fn is_url_path(path: &str) -> bool {
    let is_escaped =
        |rest: &str| rest.len() >= 2 && rest.bytes().take(2).all(|b| b.is_ascii_hexdigit());
    !path.contains(|c: char| c.is_ascii_control() || "?#".contains(c))
        && path.split('%').skip(1).all(is_escaped)
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit()) && text.parse::<u16>().is_ok()
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
    let is_number = prefix.bytes().all(|b| b.is_ascii_digit());
    is_number && prefix.parse::<u8>().is_ok_and(|prefix| prefix <= longest)
}

/// The domain of an image's name, or an address.
fn is_registry(text: &str) -> bool {
    if text.parse::<Ipv6Addr>().is_ok() {
        return true;
    }
    let Some((host, port)) = host_and_port(text) else {
        return false;
    };
    let address: Option<IpAddr> = bracketed(host).unwrap_or(host).parse().ok();
    let is_host = match bracketed(host) {
        Some(_) => address.is_some_and(|address| address.is_ipv6()),
        None => host.split('.').all(is_label),
    };
    // Of an address dockerd takes a colon without a port, too.
    is_host && port.is_none_or(|port| is_port(port) || port.is_empty() && address.is_some())
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
            "https://mirror.example/a%20b/~c<d>",
            "https://mirror.example/a b/",
            "https://m\u{fc}rror.example",
            "http://[fe80::1%25eth0]:5000",
            "http://mirror.example:05000",
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
            "https://mirror.example/a%2",
            "https://mirror.example/%zz",
            "https://mirror.example/a\nb",
            "https://mirror.example:+80",
            "http://[fe80::1%25]",
            "https://mirror\"example",
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
            "HTTP://registry.example",
            "10.1.2.3:",
            "[::1]:",
            "10.0.0.0/08",
            "::ffff:10.0.0.0/104",
            "102.10.8.1/24",
            "https://10.0.0.0/8",
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
            "registry.example:",
            "registry.example:+80",
            "10.0.0.0/+8",
            "[fe80::]/64",
            "1200:0000:AB00:1234:0000:2552:7777:1313:8080",
            "mytest-.example",
            "\"registry.example\"",
            "[10.0.0.1]:80",
        ] {
            assert!(check_registry(registry).is_err(), "{registry}");
        }
    }
}
