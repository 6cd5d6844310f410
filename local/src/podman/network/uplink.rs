//! The way out of a session's hub: `slirp4netns`, an ordinary process of the
//! host that opens what containers ask for as connections of its own. It needs
//! neither forwarding nor rules on the host, lets nothing in, and ends with
//! the session's process, even a killed one.

use std::io::{BufReader, Read, Seek as _};
use std::net::Ipv4Addr;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, ChildStdout, Command, Stdio};

use crate::Error;
use crate::podman::namespace::{Namespace, failed};

const PROGRAM: &str = "slirp4netns";

/// The interface of the hub that leads out.
pub const DEVICE: &str = "uplink";

/// The size of the packets between containers and the uplink, which splits
/// connections, not packets: large ones are several times as fast.
pub const MTU: u32 = 65_520;

/// The running process.
#[derive(Debug)]
pub struct Uplink {
    child: Child,
    /// Open as long as it runs: it may write there.
    _said: Option<ChildStdout>,
}

impl Uplink {
    /// Starts it; it is ready when this comes back.
    ///
    /// # Errors
    /// A program that is missing, or what it said.
    pub fn start(namespace: &Namespace, subnet: Ipv4Addr) -> Result<Self, Error> {
        let unreadable = |error: std::io::Error| failed(&error.to_string());
        // A file, because nobody reads what it says while it runs.
        let mut log = tempfile::tempfile().map_err(unreadable)?;
        // Its sandbox takes the host's mounts away, and would do so for the host
        // itself where those are shared: they must not be.
        let mut child = Command::new("unshare")
            .args(["--mount", "--propagation=private", "--", PROGRAM])
            // Its stdin tells that this process is gone, its stdout that it is ready.
            .args(["--exit-fd=0", "--ready-fd=1"])
            .args(["--disable-host-loopback", "--enable-sandbox"])
            .args([format!("--mtu={MTU}"), format!("--cidr={subnet}/24")])
            .arg("--netns-type=path")
            .args([&namespace.path(), DEVICE])
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log.try_clone().map_err(unreadable)?)
            .spawn()
            .map_err(|error| failed(&format!("unshare: {error}")))?;
        let mut stdout = child.stdout.take();
        let ready = stdout.as_mut().is_some_and(says_ready);
        let uplink = Uplink {
            child,
            _said: stdout,
        };
        if ready {
            return Ok(uplink);
        }
        // It has ended, or will when its stdin closes.
        drop(uplink);
        let mut said = Vec::new();
        let read = log.rewind().and_then(|()| log.read_to_end(&mut said));
        read.map_err(unreadable)?;
        let said = String::from_utf8_lossy(&said);
        let last = said.lines().rev().find(|line| !line.trim().is_empty());
        Err(match last {
            Some(line) if line.contains(&format!("failed to execute {PROGRAM}")) => {
                failed(&format!("{PROGRAM} is missing: apt-get install {PROGRAM}"))
            }
            Some(line) => failed(&format!("{PROGRAM}: {line}")),
            None => failed(&format!("{PROGRAM}: it ended without a word")),
        })
    }
}

impl Drop for Uplink {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        // It ends by itself; nothing is to be done where it is gone already.
        let _ = self.child.wait();
    }
}

/// Whether a `1` comes, alone or behind whole lines of other text.
fn says_ready(stdout: &mut impl Read) -> bool {
    let mut is_start = true;
    for byte in BufReader::new(stdout).bytes() {
        match byte {
            Ok(b'1') if is_start => return true,
            Ok(byte) => is_start = byte == b'\n',
            Err(_) => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sign_is_told_from_other_text() {
        assert!(says_ready(&mut &b"1"[..]));
        assert!(says_ready(&mut &b"sent tapfd=11 for uplink\n1"[..]));
        assert!(!says_ready(&mut &b"sent tapfd=11 for uplink\n"[..]));
    }
}
