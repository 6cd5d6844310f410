//! A port that leads elsewhere: this process passes on what comes.

use std::io;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::os::fd::AsFd as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::spawn;
use std::time::Duration;

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};

/// How long the other side may take to answer a connection.
pub const LIMIT: Duration = Duration::from_secs(10);

/// How often a listener looks whether it is over, in milliseconds.
const SILENCE: u8 = 100;

/// Opens connections to the other side.
pub trait Connect: Fn() -> io::Result<TcpStream> + Send + Sync + 'static {}

impl<F: Fn() -> io::Result<TcpStream> + Send + Sync + 'static> Connect for F {}

/// A port that is forwarded until this is dropped.
#[derive(Debug)]
pub struct Listening(Arc<AtomicBool>);

impl Listening {
    /// Forwards what comes by a listener to where `connect` leads.
    ///
    /// # Errors
    /// It cannot be used.
    pub fn start(listener: TcpListener, connect: impl Connect) -> io::Result<Self> {
        // Who knocked may be gone again when the door is opened.
        listener.set_nonblocking(true)?;
        let is_over = Arc::new(AtomicBool::new(false));
        let over = is_over.clone();
        spawn(move || accept(&listener, &Arc::new(connect), &over));
        Ok(Listening(is_over))
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
    }
}

/// Takes connections until it is over.
fn accept(listener: &TcpListener, connect: &Arc<impl Connect>, over: &AtomicBool) {
    while !over.load(Ordering::Acquire) {
        let mut ready = [PollFd::new(listener.as_fd(), PollFlags::POLLIN)];
        if !matches!(poll(&mut ready, PollTimeout::from(SILENCE)), Ok(1..)) {
            continue;
        }
        if let Ok((client, _)) = listener.accept() {
            let connect = connect.clone();
            spawn(move || forward(client, &*connect));
        }
    }
}

/// Passes bytes both ways; whatever ends one way ends it for the other side.
fn forward(client: TcpStream, connect: &impl Connect) -> io::Result<()> {
    client.set_nonblocking(false)?;
    let server = connect()?;
    let (mut from_server, mut to_client) = (server.try_clone()?, client.try_clone()?);
    let back = spawn(move || {
        let passed = io::copy(&mut from_server, &mut to_client);
        let _ = to_client.shutdown(Shutdown::Write);
        passed
    });
    let (mut from_client, mut to_server) = (client, server);
    let passed = io::copy(&mut from_client, &mut to_server);
    let _ = to_server.shutdown(Shutdown::Write);
    let _ = back.join();
    passed.map(|_| ())
}
