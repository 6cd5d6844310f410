//! A user's mistake is one clear line that names it.

use crate::call::{Answer, call};

/// The one line that says what is wrong; `hint` lines say where help is.
#[track_caller]
fn one_line(answer: Answer, names: &[&str]) {
    let lines = answer.complaint();
    let said: Vec<_> = lines
        .iter()
        .filter(|line| !line.trim().is_empty() && !line.starts_with("Run 'dagger"))
        .collect();
    let is_named = |line: &String| names.iter().all(|name| line.contains(name));
    let errors: Vec<_> = said.iter().filter(|line| is_named(line)).collect();
    assert_eq!(errors.len(), 1, "one line names {names:?} in {lines:#?}");
    let notes = said
        .iter()
        .filter(|line| line.contains("takes the place of"))
        .count();
    assert_eq!(said.len(), 1 + notes, "{lines:#?}");
}

#[test]
fn a_missing_argument_is_named() {
    one_line(call(&["dind-with-docker", "stdout"]), &["required", "cmd"]);
}

#[test]
fn an_unknown_function_is_named() {
    one_line(
        call(&["dind-with-podman"]),
        &["unknown command", "dind-with-podman"],
    );
}

#[test]
fn an_unknown_flag_is_named() {
    one_line(
        call(&["dind-with-docker", "--command=true", "stdout"]),
        &["unknown flag", "--command"],
    );
}

#[test]
fn an_image_that_does_not_exist_is_named() {
    let answer = call(&[
        "--dind-ubuntu-image=no-such-image:1",
        "dind-container",
        "with-exec",
        "--args=true",
        "stdout",
    ]);
    one_line(answer, &["no-such-image:1"]);
}

#[test]
fn an_option_out_of_its_values_is_refused_with_them() {
    let answer = call(&[
        "--cache=everything",
        "dind-with-docker",
        "--cmd=true",
        "stdout",
    ]);
    one_line(
        answer,
        &["everything", "private", "locked", "shared", "none"],
    );
}

#[test]
fn a_wrong_option_is_refused_where_it_is_of_no_use_too() {
    let answer = call(&["--cache=everything", "dind-image"]);
    one_line(answer, &["cache", "everything", "private"]);
    let answer = call(&["--https-proxy=http://me:pw@proxy.example", "cache"]);
    one_line(answer, &["https-proxy", "password", "daemon-json"]);
}

#[test]
fn a_tag_that_is_no_image_name_is_refused() {
    let answer = call(&[
        "dind-with-image",
        "--image=ubuntu:24.04",
        "--tag=Not A Tag",
        "--cmd=true",
        "stdout",
    ]);
    one_line(answer, &["tag", "Not A Tag"]);
}
