//! A pipe that is read to its end, or until nobody waits for more.

use std::io::{self, Read};
use std::os::fd::AsFd;
use std::sync::atomic::{AtomicBool, Ordering};

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};

/// How long the other end may be silent before the flag is looked at, in
/// milliseconds.
const SILENCE: u8 = 100;

/// Reads what is there; once the flag is set, a pipe that is silent has ended,
/// whoever still holds its other end.
pub struct Until<'a, P> {
    pub pipe: P,
    pub is_over: &'a AtomicBool,
}

impl<P: Read + AsFd> Read for Until<'_, P> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            // Before the pipe: what came until the flag was set is read.
            let is_over = self.is_over.load(Ordering::Acquire);
            let mut ready = [PollFd::new(self.pipe.as_fd(), PollFlags::POLLIN)];
            match poll(&mut ready, PollTimeout::from(SILENCE))? {
                0 if is_over => return Ok(0),
                0 => {}
                _ => return self.pipe.read(buffer),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    #[test]
    fn a_pipe_that_somebody_holds_ends_with_the_flag_and_loses_nothing() {
        let (pipe, mut held) = io::pipe().unwrap();
        held.write_all(b"said").unwrap();
        let is_over = AtomicBool::new(true);
        let mut said = String::new();
        let mut pipe = Until {
            pipe,
            is_over: &is_over,
        };
        pipe.read_to_string(&mut said).unwrap();
        assert_eq!(said, "said");
        drop(held);
    }

    #[test]
    fn a_pipe_that_nobody_holds_ends_without_the_flag() {
        let (pipe, held) = io::pipe().unwrap();
        drop(held);
        let is_over = AtomicBool::new(false);
        let mut pipe = Until {
            pipe,
            is_over: &is_over,
        };
        assert_eq!(pipe.read(&mut [0]).unwrap(), 0);
    }
}
