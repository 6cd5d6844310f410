//! Proxies that pulls go through: variables of the daemon's environment, which every
//! version of Docker reads. Containers are not given them.

use dagger_sdk::prelude::Container;

use crate::errors::Error;
use crate::registries::{host_and_rest, is_url_host, url_has_credentials};

/// What a proxy's URL may begin with; one without a scheme is an HTTP proxy.
const SCHEMES: [&str; 4] = ["http", "https", "socks5", "socks5h"];

/// The proxies of the daemon.
#[derive(Clone, Debug, Default)]
pub struct Proxies {
    /// For `http://`.
    pub http: Option<String>,
    /// For `https://`.
    pub https: Option<String>,
    /// For whom there is none: hosts, domains and networks.
    pub none: Option<String>,
}

impl Proxies {
    /// What is given: its key in dockerd's own configuration, its argument, its value.
    pub(crate) fn given(&self) -> impl Iterator<Item = (&'static str, &'static str, &str)> {
        [
            ("http-proxy", "http-proxy", &self.http),
            ("https-proxy", "https-proxy", &self.https),
            ("no-proxy", "no-proxy", &self.none),
        ]
        .into_iter()
        .filter_map(|(key, argument, value)| Some((key, argument, value.as_deref()?)))
    }

    /// Refuse what is no proxy, and what a log must not show.
    pub(crate) fn check(&self) -> Result<(), Error> {
        for (argument, proxy) in [("http-proxy", &self.http), ("https-proxy", &self.https)] {
            if let Some(proxy) = proxy {
                check_url(argument, proxy)?;
            }
        }
        match &self.none {
            Some(none) if none.split(',').any(url_has_credentials) => Err(Error::Credentials {
                argument: "no-proxy",
                instead: "",
            }),
            Some(none) if none.contains(|c: char| c.is_control()) => Err(Error::Argument {
                argument: "no-proxy",
                value: none.clone(),
                expected: "hosts, domains and networks with commas between them".to_owned(),
            }),
            _ => Ok(()),
        }
    }

    /// The daemon's container with its environment.
    pub(crate) fn apply(&self, container: Container) -> Container {
        let variables = [
            ("HTTP_PROXY", &self.http),
            ("HTTPS_PROXY", &self.https),
            ("NO_PROXY", &self.none),
        ];
        variables
            .into_iter()
            .filter_map(|(name, value)| Some((name, value.as_deref()?)))
            .fold(container, |container, (name, value)| {
                container.with_env_variable(name, value)
            })
    }
}

fn check_url(argument: &'static str, proxy: &str) -> Result<(), Error> {
    if proxy.contains('@') {
        return Err(Error::Credentials {
            argument,
            instead: "; write it into \"proxies\" of the file of daemon-json, which is then \
                      mounted as a secret",
        });
    }
    let (scheme, rest) = proxy.split_once("://").unwrap_or(("http", proxy));
    let is_known = SCHEMES
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known));
    let (host, rest) = host_and_rest(rest);
    if is_known && is_url_host(host) && !rest.contains(|c: char| c.is_control()) {
        return Ok(());
    }
    Err(Error::Argument {
        argument,
        value: proxy.to_owned(),
        expected: "a proxy's URL, such as http://proxy.example:3128".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::{Proxies, check_url};

    #[test]
    fn proxies_that_dockerd_takes_are_taken() {
        for proxy in [
            "http://proxy.example:3128",
            "https://proxy.example",
            "socks5://127.0.0.1:1080/",
            "proxy.example:3128",
            "http://[fd00::1]:3128",
            "http://proxy.example:3128/pac?for=docker",
            "SOCKS5H://proxy.example",
            "proxy",
        ] {
            assert!(check_url("http-proxy", proxy).is_ok(), "{proxy}");
        }
    }

    #[test]
    fn what_is_no_proxy_is_refused_by_name() {
        for proxy in [
            "",
            "http://",
            "ftp://proxy.example",
            "http://a b",
            "proxy:port",
            "proxy:65536",
            "://proxy.example",
            "http://proxy.example/a\nb",
        ] {
            let error = check_url("http-proxy", proxy).expect_err(proxy).to_string();
            assert!(
                error.contains("http-proxy") && error.contains("3128"),
                "{error}"
            );
        }
    }

    #[test]
    fn what_is_reached_without_a_proxy_is_whatever_dockerd_takes() {
        let none = |none: &str| Proxies {
            none: Some(none.to_owned()),
            ..Proxies::default()
        };
        for sound in [
            "*",
            ".corp.example,10.0.0.0/8,[::1]:80",
            "http://a.example",
            "a b",
        ] {
            assert!(none(sound).check().is_ok(), "{sound}");
        }
        for wrong in ["a\nb", "a,http://me:secretpw@a.example"] {
            let error = none(wrong).check().expect_err(wrong).to_string();
            assert!(error.contains("no-proxy"), "{error}");
            assert!(!error.contains("secretpw"), "{error}");
        }
    }
}
