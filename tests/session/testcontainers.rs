//! A real Testcontainers suite, Python's from its registry, against the daemon.

use crate::call::{bash, call};
use crate::daemon::IMPORT;

#[test]
fn a_testcontainers_suite_passes() {
    passes(&[]);
}

#[test]
fn a_testcontainers_suite_passes_with_a_socket() {
    passes(&["--access=socket"]);
}

fn passes(access: &[&str]) {
    // Mirrors are somebody else's machines: three tries each.
    let install = "retry() { for try in 1 2 3; do timeout 200 \"$@\" && return; done; exit 1; }; \
        retry apt-get update && retry apt-get install --yes --no-install-recommends python3-pip && \
        retry pip3 install --break-system-packages --quiet pytest testcontainers";
    let run = format!("{IMPORT} && cd /suite && python3 -m pytest -p no:cacheprovider -v");
    let suite = [
        "dind-testcontainers",
        "with-exec",
        &bash(install),
        "with-directory",
        "--path=/suite",
        "--source=tests/session/testcontainers",
        "with-exec",
        &bash(&run),
        "stdout",
    ];
    let stdout = call(&[access, &suite].concat()).succeeded();
    assert!(stdout.contains("2 passed"), "{stdout}");
}
