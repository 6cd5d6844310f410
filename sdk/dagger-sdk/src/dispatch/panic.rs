//! From a panic to an error.

use crate::types::Panic;
use std::any::Any;
use std::cell::RefCell;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

thread_local! {
    /// File and line of this thread's last panic: its payload does not know them.
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// From now on a panic is kept for the error that it becomes; the text of the default hook is not
/// for users.
pub fn keep_places() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic
            .location()
            .map(|place| format!("{}:{}", place.file(), place.line()));
        PLACE.with_borrow_mut(|last| *last = place);
    }));
}

/// Runs a future to its end, or to its panic.
pub struct CatchPanic<F>(Pin<Box<F>>);

impl<F: Future> CatchPanic<F> {
    pub fn new(future: F) -> Self {
        Self(Box::pin(future))
    }
}

impl<F: Future> Future for CatchPanic<F> {
    type Output = Result<F::Output, Panic>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        // The future is dropped after a panic, so nobody sees what it left half done.
        let poll = catch_unwind(AssertUnwindSafe(|| self.0.as_mut().poll(context)));
        match poll {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(value)) => Poll::Ready(Ok(value)),
            Err(payload) => Poll::Ready(Err(seen(payload.as_ref()))),
        }
    }
}

fn seen(payload: &(dyn Any + Send)) -> Panic {
    let message = if let Some(text) = payload.downcast_ref::<&str>() {
        (*text).to_owned()
    } else if let Some(text) = payload.downcast_ref::<String>() {
        text.clone()
    } else {
        "no message".to_owned()
    };
    Panic {
        message,
        place: PLACE.take(),
    }
}
