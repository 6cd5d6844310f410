//! How long a session takes for a chain of steps: a line for each length, with
//! what it is, a tab, and seconds.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use dagger_local::{Session, SessionOptions, Silent};

/// The second is five times the first.
const LENGTHS: [usize; 2] = [300, 1500];
/// The fastest of so many counts.
const RUNS: usize = 3;

/// A query for the entries of a directory that so many steps make.
fn query(steps: usize, run: usize) -> String {
    let calls: String = (0..steps)
        .map(|step| format!("{{withNewFile(path:\"f{step}\",contents:\"{run}\")"))
        .collect();
    format!("{{directory{calls}{{entries{}", "}".repeat(steps + 2))
}

async fn seconds(state: &Path, steps: usize, run: usize) -> f64 {
    let options = SessionOptions {
        state: state.to_owned(),
        module_root: state.to_owned(),
        keep: false,
        progress: Arc::new(Silent),
    };
    let session = Session::start(options).await.expect("a session");
    let query = query(steps, run);
    let start = Instant::now();
    session.query(&query).await.expect("the entries");
    let seconds = start.elapsed().as_secs_f64();
    session.close().await.expect("the session's end");
    seconds
}

#[tokio::main]
async fn main() {
    let state = tempfile::tempdir().expect("a folder");
    for steps in LENGTHS {
        let mut fastest = f64::MAX;
        for run in 0..RUNS {
            fastest = fastest.min(seconds(state.path(), steps, run).await);
        }
        println!("chain of {steps} steps\t{fastest:.4}");
    }
}
