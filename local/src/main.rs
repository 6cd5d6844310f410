//! `dagger-local`: calls the functions of a Dagger module without an engine.

use std::process::exit;

#[tokio::main]
async fn main() {
    let words: Vec<String> = std::env::args_os()
        .skip(1)
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    let code = dagger_local::cli::run(words).await;
    // A thread may still wait for an answer to a question that nobody gives.
    exit(i32::from(code));
}
