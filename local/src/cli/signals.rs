//! Interrupts of the user or the system, from the first moment on: one that
//! comes between two steps must not be lost.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// How many signals came, and the exit code of the last.
type Seen = (usize, u8);

/// Signals closer together are one: `timeout`, for one, sends its signal to the
/// process and to its group.
const ONE: Duration = Duration::from_secs(1);

static SEEN: OnceLock<watch::Receiver<Seen>> = OnceLock::new();

/// The signals that end a call, with the code that a shell gives to it then.
const ENDING: [(SignalKind, u8); 3] = [
    (SignalKind::hangup(), 129),
    (SignalKind::interrupt(), 130),
    (SignalKind::terminate(), 143),
];

/// Starts to listen; from now on signals end nothing by themselves.
pub fn listen() {
    let (sender, receiver) = watch::channel((0, 0));
    if SEEN.set(receiver).is_err() {
        return;
    }
    let sender = Arc::new(sender);
    let last = Arc::new(Mutex::new(None::<Instant>));
    for (kind, code) in ENDING {
        if kind == SignalKind::hangup() && is_hangup_ignored() {
            continue;
        }
        // Where no handler can be had the signal keeps its usual effect.
        let Ok(mut stream) = signal(kind) else {
            continue;
        };
        let (sender, last) = (sender.clone(), last.clone());
        tokio::spawn(async move {
            while stream.recv().await.is_some() {
                let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
                if last.is_none_or(|last| last.elapsed() > ONE) {
                    sender.send_modify(|seen| *seen = (seen.0 + 1, code));
                }
                *last = Some(Instant::now());
            }
        });
    }
}

/// Whether this runs under `nohup`: it then outlives its terminal.
fn is_hangup_ignored() -> bool {
    const FIRST_SIGNAL: u64 = 1;
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_some_and(|mask| mask & FIRST_SIGNAL != 0)
}

/// Waits until `times` signals came since the start; the code to end with.
pub async fn interrupted(times: usize) -> u8 {
    if let Some(seen) = SEEN.get() {
        let mut seen = seen.clone();
        if let Ok(now) = seen.wait_for(|(count, _)| *count >= times).await {
            return now.1;
        }
    }
    std::future::pending().await
}
