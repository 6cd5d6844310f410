//! Who reaches the daemon, which runs with all root capabilities.
//!
//! A Dagger engine has one network for all: a port of the sidecar is open to every
//! container of every session on it, bound or not. A Unix socket in a folder that
//! only the sidecar and its client have is open to nobody else.

use std::str::FromStr;

use crate::client::HOST;
use crate::errors::Error;

/// Where dockerd listens without TLS, with [`Access::Network`].
pub(crate) const PORT: i64 = 2375;
/// The folder of the socket, in the sidecar and in its client.
pub(crate) const SOCKET_FOLDER: &str = "/run/dind";
/// Where dockerd listens with [`Access::Socket`].
const SOCKET: &str = "/run/dind/docker.sock";
/// Docker's own place: for the health check, and for containers that are given the socket.
const DEFAULT_SOCKET: &str = "/var/run/docker.sock";

/// How a client reaches its daemon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// By TCP, and so does every container on the engine's network.
    Network,
    /// By a socket in a folder that nobody else has.
    Socket,
}

impl Access {
    const ACCEPTED: [(&'static str, Self); 2] =
        [("network", Self::Network), ("socket", Self::Socket)];

    /// What `DOCKER_HOST` is in the client.
    pub(crate) fn docker_host(self) -> String {
        match self {
            Self::Network => format!("tcp://{HOST}:{PORT}"),
            Self::Socket => format!("unix://{SOCKET}"),
        }
    }

    /// What the image's entrypoint is given.
    pub(crate) fn arguments(self) -> Vec<String> {
        match self {
            // Unless told that TLS is off, dockerd delays its start to warn about it.
            Self::Network => vec!["--tls=false".to_owned()],
            // With a command in front, the entrypoint adds no port.
            Self::Socket => vec![
                "dockerd".to_owned(),
                format!("--host=unix://{SOCKET}"),
                format!("--host=unix://{DEFAULT_SOCKET}"),
            ],
        }
    }

    /// The command that succeeds once the daemon answers.
    pub(crate) fn health_check(self) -> Vec<String> {
        let command = match self {
            Self::Network => return vec!["docker".to_owned(), "info".to_owned()],
            // The folder decides who reaches it, not the user's number in a container.
            Self::Socket => format!("chmod 666 {SOCKET} && docker info"),
        };
        vec!["sh".to_owned(), "-c".to_owned(), command]
    }
}

impl FromStr for Access {
    type Err = Error;

    fn from_str(value: &str) -> Result<Self, Error> {
        let found = Self::ACCEPTED.iter().find(|(name, _)| *name == value);
        found
            .map(|(_, access)| *access)
            .ok_or_else(|| Error::Argument {
                argument: "access",
                value: value.to_owned(),
                expected: format!("one of {}", Self::ACCEPTED.map(|(name, _)| name).join(", ")),
            })
    }
}
