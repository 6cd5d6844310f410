//! Nothing that a machine happens to have changes what a call does.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::call::{call_with, runs_locally};

/// A home in which every tool's settings are broken or ask for something else.
fn odd_home() -> TempDir {
    let home = TempDir::new().expect("a home");
    for (file, text) in [
        (
            ".config/containers/containers.conf",
            "[engine]\nruntime = \"no-such-runtime\"\n[containers]\nenv = [\"OSTYPE=odd\"]\n",
        ),
        (".config/containers/storage.conf", "[storage\n"),
        (
            ".config/containers/policy.json",
            "{\"default\": [{\"type\": \"reject\"}]}",
        ),
        (".docker/config.json", "{\"credsStore\": \"no-such-store\"}"),
        (".gitconfig", "[core\n"),
        (".emacs.d/init.el", "(error \"Someone's own settings\")"),
    ] {
        let path = home.path().join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    home
}

#[test]
fn what_lies_in_a_users_home_changes_no_call() {
    if !runs_locally(
        "what_lies_in_a_users_home_changes_no_call",
        "an engine has its own settings",
    ) {
        return;
    }
    let home = odd_home();
    let set = |name: &str, default: &str| {
        let path = std::env::var_os(name).map(Into::into);
        path.unwrap_or_else(|| Path::new(&std::env::var_os("HOME").expect("a home")).join(default))
    };
    // The state and the toolchain alone stay where they are.
    let environment = [
        ("HOME", home.path().to_path_buf()),
        ("CARGO_HOME", set("CARGO_HOME", ".cargo")),
        ("RUSTUP_HOME", set("RUSTUP_HOME", ".rustup")),
        (
            "DAGGER_LOCAL_STATE",
            set("DAGGER_LOCAL_STATE", ".cache/dagger-local"),
        ),
    ];
    let answer = call_with(
        &[
            "dind-with-docker",
            "--cmd=echo $OSTYPE; docker info --format '{{.OSType}}'",
            "stdout",
        ],
        &environment,
    );
    assert_eq!(answer.succeeded(), "linux-gnu\nlinux\n");
}
