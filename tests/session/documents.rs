//! Scripts of a project in containers, and what they leave on the host.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use tempfile::TempDir;

use crate::call::{call, call_in};

/// A project whose `tangle-host.sh` is `script`.
fn project(script: &str) -> TempDir {
    let project = TempDir::new().expect("a temporary directory");
    let path = project.path().join("tangle-host.sh");
    fs::write(&path, format!("#!/bin/sh\nset -eu\n{script}\n")).expect("the script is written");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755))
        .expect("the script is executable");
    fs::write(project.path().join("notes.org"), "* Notes\n").expect("the document is written");
    project
}

fn names(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).expect("a directory");
    let mut names: Vec<_> = entries
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}

#[test]
fn a_clean_checkout_is_tangled_already() {
    let target = TempDir::new().expect("a temporary directory");
    let path = target.path().join("changes");
    call(&[
        "dind-tangle",
        "export",
        &format!("--path={}", path.display()),
    ])
    .succeeded();
    assert_eq!(names(&path), Vec::<String>::new());
}

#[test]
fn a_script_leaves_exactly_the_files_that_it_changed() {
    let project = project("mkdir -p out && cp notes.org out/copy.org && chmod 750 out/copy.org");
    let source = format!("--src={}", project.path().display());
    call_in(
        project.path(),
        &["dind-tangle", &source, "export", "--path=."],
    )
    .succeeded();
    assert_eq!(
        names(project.path()),
        ["notes.org", "out", "tangle-host.sh"]
    );
    let copy = project.path().join("out/copy.org");
    assert_eq!(fs::read_to_string(&copy).expect("a file"), "* Notes\n");
    assert_eq!(
        fs::metadata(&copy).expect("a file").permissions().mode() & 0o777,
        0o750
    );
}

#[test]
fn a_script_that_fails_exports_nothing() {
    let project = project("echo half > half && echo 'no such block' >&2 && exit 3");
    let source = format!("--src={}", project.path().display());
    let answer = call_in(
        project.path(),
        &["dind-tangle", &source, "export", "--path=."],
    );
    assert_eq!(answer.code, Some(3), "{answer:#?}");
    assert!(answer.stderr.contains("no such block"), "{answer:#?}");
    assert_eq!(names(project.path()), ["notes.org", "tangle-host.sh"]);
}

#[test]
fn a_deletion_is_part_of_the_changes_that_are_applied() {
    let project = project("rm notes.org && echo new > new.txt");
    let source = format!("--src={}", project.path().display());
    call_in(
        project.path(),
        &["-y", "dind-tangle-changes", &source, "export", "--path=."],
    )
    .succeeded();
    assert_eq!(names(project.path()), ["new.txt", "tangle-host.sh"]);
}

/// The least picture that there is.
const PICTURE: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>";

/// A folder of notes: a document, and an image in a folder beside it.
fn notes() -> TempDir {
    let notes = TempDir::new().expect("a temporary directory");
    let document = "#+title: Notes\n[[file:img/p.svg]]\n\
                    #+begin_src python :tangle sub/made.py :mkdirp yes\nprint(1)\n#+end_src\n";
    fs::write(notes.path().join("notes.org"), document).expect("the document is written");
    fs::create_dir(notes.path().join("img")).expect("a folder");
    fs::write(notes.path().join("img/p.svg"), PICTURE).expect("the image is written");
    notes
}

#[test]
fn a_folder_without_scripts_is_tangled_by_the_modules_own() {
    let notes = notes();
    let source = format!("--src={}", notes.path().display());
    call_in(
        notes.path(),
        &["dind-tangle", &source, "export", "--path=."],
    )
    .succeeded();
    assert_eq!(names(notes.path()), ["img", "notes.org", "sub"]);
    let made = fs::read_to_string(notes.path().join("sub/made.py")).expect("a file");
    assert_eq!(made, "print(1)\n");
}

#[test]
fn a_folder_without_scripts_becomes_pages_with_its_images() {
    let notes = notes();
    let source = format!("--src={}", notes.path().display());
    call_in(
        notes.path(),
        &["export-html", &source, "export", "--path=site"],
    )
    .succeeded();
    let site = notes.path().join("site");
    assert_eq!(
        names(&site),
        ["img", "index.html", "notes.html", "page.js", "style.css"]
    );
    assert_eq!(fs::read(site.join("img/p.svg")).expect("a file"), PICTURE);
    let page = fs::read_to_string(site.join("notes.html")).expect("a page");
    assert!(page.contains("src=\"img/p.svg\""), "{page}");
}

#[test]
fn only_the_documents_that_are_named_are_tangled() {
    let notes = notes();
    let other = "#+begin_src sh :tangle other.sh\n:\n#+end_src\n";
    fs::write(notes.path().join("other.org"), other).expect("the document is written");
    let source = format!("--src={}", notes.path().display());
    let answer = call(&["dind-tangle", &source, "--documents=other.org", "entries"]);
    assert_eq!(answer.succeeded().trim(), "other.sh");
}
