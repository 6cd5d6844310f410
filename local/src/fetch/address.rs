//! Addresses of repositories: public URLs, and folders of this machine.

use std::net::Ipv6Addr;
use std::path::PathBuf;

use crate::Error;

/// A repository's address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// As `git` takes it.
    pub url: String,
    /// Whether it is a folder of this machine.
    pub is_local: bool,
}

impl Address {
    /// Reads an address; `on_host` makes paths of the host absolute.
    ///
    /// # Errors
    /// One that the session does not read from.
    pub fn parse(
        text: &str,
        on_host: impl Fn(&str) -> Result<PathBuf, Error>,
    ) -> Result<Self, Error> {
        let refused = |problem: &str| Err(Error::argument(format!("git {text:?}"), problem));
        if text.is_empty() || text.chars().any(char::is_control) {
            return refused("expected a URL or a path");
        }
        let is_path = ["/", "./", "../", "~/"]
            .iter()
            .any(|start| text.starts_with(start));
        if is_path || matches!(text, "." | "..") {
            let url = on_host(text)?.display().to_string();
            return Ok(Address {
                url,
                is_local: true,
            });
        }
        let (scheme, rest) = match text.split_once("://") {
            Some((scheme, rest)) => (scheme.to_ascii_lowercase(), rest),
            // user@host:path
            None if text
                .split('/')
                .next()
                .is_some_and(|host| host.contains('@')) =>
            {
                ("ssh".to_owned(), text)
            }
            None => ("https".to_owned(), text),
        };
        let host = rest.split('/').next().unwrap_or_default();
        match scheme.as_str() {
            "file" if rest.starts_with('/') => Ok(Address {
                url: rest.to_owned(),
                is_local: true,
            }),
            "http" | "https" if rest.contains('#') => {
                refused("name what is wanted by branch, tag, commit or ref, not behind a #")
            }
            // Not named as it is: it may hold a password.
            "http" | "https" if host.contains('@') => Err(Error::argument(
                "git",
                "the local session reads public repositories only: leave the login out of the URL",
            )),
            "http" | "https" if is_host(host) && !rest.contains(' ') => Ok(Address {
                url: format!("{scheme}://{rest}"),
                is_local: false,
            }),
            "ssh" | "git" | "git+ssh" => refused(&format!(
                "the local session reads no repositories over {scheme}, only over https and http \
                 and from folders: use a Dagger engine"
            )),
            _ => refused("expected https://…, http://… or a path"),
        }
    }
}

/// Whether a text may be a host, with its port or without.
fn is_host(text: &str) -> bool {
    let (name, port) = text.rsplit_once(':').unwrap_or((text, "0"));
    let is_name = |text: &str| {
        text.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
    };
    let address = name
        .strip_prefix('[')
        .and_then(|name| name.strip_suffix(']'));
    let is_named = !name.is_empty() && !name.starts_with('-') && is_name(name);
    let is_numbered = address.is_some_and(|text| text.parse::<Ipv6Addr>().is_ok());
    (is_named || is_numbered) && port.parse::<u16>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn parse(text: &str) -> Result<Address, Error> {
        Address::parse(text, |path| Ok(Path::new("/here").join(path)))
    }

    #[test]
    fn addresses_are_public_urls_and_folders() {
        for (text, url, is_local) in [
            (
                "https://example.org/a/b.git",
                "https://example.org/a/b.git",
                false,
            ),
            ("HTTP://example.org/a", "http://example.org/a", false),
            ("example.org/a/b@c", "https://example.org/a/b@c", false),
            ("file:///a/b", "/a/b", true),
            ("/a/b", "/a/b", true),
            ("./a", "/here/./a", true),
            (".", "/here/.", true),
            ("[::1]:80/a", "https://[::1]:80/a", false),
        ] {
            let url = url.to_owned();
            assert_eq!(parse(text).unwrap(), Address { url, is_local }, "{text}");
        }
    }

    #[test]
    fn every_other_address_is_refused_in_a_line_that_names_it() {
        for (text, problem) in [
            ("git@example.org:a/b", "ssh"),
            ("ssh://example.org/a/b", "ssh"),
            ("git://example.org/a", "over git"),
            ("ext::sh -c touch% /tmp/x", "expected"),
            ("ftp://example.org", "expected"),
            ("https://", "expected"),
            ("https://-x/a", "expected"),
            ("--upload-pack=touch /tmp/x", "expected"),
            ("ext::x", "expected"),
            ("https://example.org/a#main", "#"),
            ("", "expected"),
            ("https://example.org/\n", "expected"),
        ] {
            let error = parse(text).unwrap_err().to_string();
            assert!(error.contains(problem), "{text}: {error}");
            assert!(error.contains(&format!("{text:?}")), "{error}");
            assert_eq!(error.lines().count(), 1);
        }
        let error = parse("https://me:secret@example.org/a")
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("login") && !error.contains("secret"),
            "{error}"
        );
    }
}
