//! What can go wrong on this side of the engine: a value that a caller gave, a
//! file that this module was built with, an answer that it cannot read. What
//! the engine refuses stays the engine's own error.

use thiserror::Error;

/// A mistake that this module found by itself.
#[derive(Debug, Error)]
pub enum Error {
    /// An argument is out of the values that it takes.
    #[error("argument {argument}: {value:?} is not accepted, expected {expected}")]
    Argument {
        /// As the command line spells it, without the dashes.
        argument: &'static str,
        /// What was given.
        value: String,
        /// The accepted values, as the end of a sentence.
        expected: String,
    },
    /// An argument holds a name and a password, which graphs and logs would show.
    #[error(
        "argument {argument}: a URL with a user name or password in it is not accepted, \
         it would show in graphs and logs{instead}"
    )]
    Credentials {
        /// As the command line spells it, without the dashes.
        argument: &'static str,
        /// What to do, as the end of the sentence; empty where nothing is to be done.
        instead: &'static str,
    },
    /// The caller's daemon.json is no JSON object.
    #[error("argument daemon-json: the file is not a JSON object")]
    DaemonJson {
        /// What the parser says, where the text is no JSON at all.
        #[source]
        source: Option<serde_json::Error>,
    },
    /// The caller's daemon.json has a key that this module decides on.
    #[error("argument daemon-json: the key {key:?} is not accepted, {reason}")]
    DaemonJsonKey {
        /// The key at the top of the file.
        key: String,
        /// What it would break.
        reason: &'static str,
    },
    /// The caller's daemon.json and an option name a proxy.
    #[error(
        "argument daemon-json: {key:?} in \"proxies\" is not accepted, the option {argument} sets it"
    )]
    ProxyTwice {
        /// The key in `proxies`.
        key: &'static str,
        /// The option.
        argument: &'static str,
    },
    /// The logins are no config.json of Docker's.
    #[error("argument registry-auth: {reason}")]
    Logins {
        /// What is wrong, without what is secret.
        reason: String,
    },
    /// The logins are somewhere that the client cannot look.
    #[error(
        "argument registry-auth: its {key} names {helper:?}, and the container has no \
         docker-credential-{helper}; give a config.json that holds the logins themselves"
    )]
    Helper {
        /// Where in the file: `credsStore` or `credHelpers`.
        key: &'static str,
        /// The program's name after `docker-credential-`.
        helper: String,
    },
    /// The machine gives no random numbers.
    #[error("no random name for a folder of the daemon and its client: {reason}")]
    Random {
        /// What the system says.
        reason: String,
    },
    /// The pins that the module was built with cannot be read.
    #[error("image-pins.json is broken: {reason}")]
    Pins {
        /// What is wrong where.
        reason: String,
    },
    /// The manifest that the module was built with cannot be read.
    #[error("dagger.json is broken: {reason}")]
    Manifest {
        /// What is wrong where.
        reason: String,
    },
    /// The engine names an image without its digest.
    #[error("no registry gave a digest of the image {image:?}; the engine calls it {answer:?}")]
    NoDigest {
        /// The image that was asked for.
        image: String,
        /// The engine's reference.
        answer: String,
    },
    /// The doctor's script printed something else than its report.
    #[error("the doctor cannot be understood ({reason}); it said: {said}")]
    DoctorAnswer {
        /// What the parser says.
        reason: String,
        /// The end of what the script wrote to stderr.
        said: String,
    },
    /// The doctor found failures.
    #[error("the doctor found {}:\n{table}", count(*failures, "failure"))]
    Unwell {
        /// How many lines of the report are failures.
        failures: usize,
        /// The whole report.
        table: String,
    },
}

fn count(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}
