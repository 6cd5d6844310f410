//! The registries that images are pulled from: which one, and whether it can be
//! reached at all.

use std::collections::BTreeSet;
use std::net::{TcpStream, ToSocketAddrs};
use std::sync::Mutex;
use std::time::Duration;

use crate::sync::locked;

/// How long a registry may take to answer before it counts as out of reach.
const REACHABLE: Duration = Duration::from_secs(3);

/// What is known of registries in a session.
#[derive(Debug, Default)]
pub struct Registries {
    /// Those that did not answer: they are waited for once.
    silent: Mutex<BTreeSet<String>>,
}

impl Registries {
    /// Whether a host takes connections.
    pub fn answer(&self, host: &str) -> bool {
        if locked(&self.silent).contains(host) {
            return false;
        }
        let answers = is_reachable(host);
        if !answers {
            locked(&self.silent).insert(host.to_owned());
        }
        answers
    }
}

/// The host that a pull asks.
pub fn host(reference: &str) -> &str {
    match reference.split_once('/') {
        Some(("docker.io" | "index.docker.io", _)) | None => "registry-1.docker.io",
        Some((host, _)) if host.contains(['.', ':']) || host == "localhost" => host,
        Some(_) => "registry-1.docker.io",
    }
}

fn is_reachable(host: &str) -> bool {
    let host = match host.contains(':') {
        true => host.to_owned(),
        false => format!("{host}:443"),
    };
    // Looking up a name has no time limit of its own.
    let (send, receive) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let reached = host.to_socket_addrs().is_ok_and(|mut addresses| {
            addresses.any(|address| TcpStream::connect_timeout(&address, REACHABLE).is_ok())
        });
        // Nobody waits any more where this took too long.
        let _ = send.send(reached);
    });
    receive.recv_timeout(REACHABLE).unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    #[test]
    fn a_reference_without_a_host_is_docker_hubs() {
        for reference in [
            "ubuntu",
            "ubuntu:24.04",
            "library/ubuntu",
            "docker.io/library/ubuntu",
        ] {
            assert_eq!(host(reference), "registry-1.docker.io", "{reference}");
        }
        assert_eq!(host("quay.io/x/y"), "quay.io");
        assert_eq!(host("localhost:5000/x"), "localhost:5000");
    }

    #[test]
    fn a_registry_that_is_away_is_waited_for_once_and_one_that_answers_may_go() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let registries = Registries::default();
        assert!(registries.answer(&address.to_string()));
        drop(listener);
        assert!(!registries.answer(&address.to_string()));
        let _back = TcpListener::bind(address).unwrap();
        assert!(!registries.answer(&address.to_string()));
    }
}
