//! The connections of the session's endpoint. Any user of the machine may open
//! one on the loopback; only who shows the token keeps it.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::time::Sleep;

/// Connections that have not shown the token yet; one more ends the oldest.
/// Those who know it show it at once, so that theirs is never old.
const WAITING: usize = 128;

/// How long a connection may take to show the token.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// How long to wait after a connection could not be accepted.
const RETRY: Duration = Duration::from_millis(100);

/// Accepts connections, and ends those that nobody with the token opened.
pub struct Door {
    listener: TcpListener,
    patience: Duration,
    waiting: VecDeque<(Pass, oneshot::Sender<()>)>,
}

impl Door {
    /// Guards a listener; a connection has `patience` to show the token.
    pub fn new(listener: TcpListener, patience: Duration) -> Self {
        Door {
            listener,
            patience,
            waiting: VecDeque::new(),
        }
    }

    /// The next connection. A failure to accept is waited out: it is of one
    /// connection, or of files that others will close.
    pub async fn accept(&mut self) -> Connection {
        let stream = loop {
            match self.listener.accept().await {
                Ok((stream, _)) => break stream,
                Err(_) => tokio::time::sleep(RETRY).await,
            }
        };
        self.waiting
            .retain(|(pass, ended)| !pass.is_admitted() && !ended.is_closed());
        while self.waiting.len() >= WAITING {
            if let Some((_, ended)) = self.waiting.pop_front() {
                // One that has just gone by itself is what was wanted.
                let _ = ended.send(());
            }
        }
        let pass = Pass::default();
        let (end, ended) = oneshot::channel();
        self.waiting.push_back((pass.clone(), end));
        Connection {
            stream,
            pass,
            ended,
            patience: Box::pin(tokio::time::sleep(self.patience)),
        }
    }
}

/// Whether a connection has shown the token.
#[derive(Clone, Debug, Default)]
pub struct Pass(Arc<AtomicBool>);

impl Pass {
    /// The token was shown: the connection may stay.
    pub fn admit(&self) {
        self.0.store(true, Ordering::Release);
    }

    fn is_admitted(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// A connection that ends unless the token is shown in time.
pub struct Connection {
    stream: TcpStream,
    pass: Pass,
    ended: oneshot::Receiver<()>,
    patience: Pin<Box<Sleep>>,
}

impl Connection {
    /// What tells that the token was shown on this connection.
    pub fn pass(&self) -> Pass {
        self.pass.clone()
    }

    /// Fails where the connection's time is up.
    fn check(&mut self, context: &mut Context<'_>) -> io::Result<()> {
        if self.pass.is_admitted() {
            return Ok(());
        }
        let is_over = self.patience.as_mut().poll(context).is_ready()
            || Pin::new(&mut self.ended).poll(context).is_ready();
        match is_over {
            true => Err(io::ErrorKind::TimedOut.into()),
            false => Ok(()),
        }
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.check(context)?;
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

#[cfg(test)]
mod tests;
