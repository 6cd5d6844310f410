//! The documents that the host scripts are tested with, through the module's functions: compared with what plain Org of
//! the emacs in the same container makes of them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::call::call;

const DOCUMENTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/documents");
/// What these are no pages of: parts of others.
const PARTS: [&str; 3] = ["parts", "chapters", "setup.org"];

/// A project of the documents, without those that are refused, beside the driver of plain Org.
fn project() -> TempDir {
    let project = TempDir::new().expect("a temporary directory");
    for folder in ["cases", "written"] {
        copy(&Path::new(DOCUMENTS).join(folder), project.path());
    }
    for refused in ["two-of-one-name", "onto-itself"] {
        fs::remove_dir_all(project.path().join("cases").join(refused)).expect("a case");
    }
    copy(
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/stock.el")),
        project.path(),
    );
    project
}

fn copy(from: &Path, into: &Path) {
    let status = Command::new("cp").arg("-R").arg(from).arg(into).status();
    assert!(status.expect("cp").success(), "{from:?} is copied");
}

/// The files of `folder` that end with `end`, relative and sorted.
fn files(folder: &Path, end: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(end) {
                found.push(path.strip_prefix(folder).expect("below it").to_owned());
            }
        }
    }
    found.sort();
    found
}

/// The project after plain Org's `what`, of `documents`, in the container of the documents.
fn stock(project: &Path, what: &str, documents: &[PathBuf]) -> TempDir {
    let mut words = vec!["env".to_owned(), "LC_ALL=C.UTF-8".to_owned()];
    let options = ["emacs", "-Q", "--batch", "--load", "stock.el", "--funcall"];
    words.extend(options.map(str::to_owned));
    words.push(format!("stock-{what}"));
    words.extend(documents.iter().map(|name| name.display().to_string()));
    let result = TempDir::new().expect("a temporary directory");
    call(&[
        "emacs-container",
        &format!("--src={}", project.display()),
        "with-exec",
        &format!("--args={}", words.join(",")),
        "directory",
        "--path=/work",
        "export",
        &format!("--path={}", result.path().display()),
    ])
    .succeeded();
    result
}

/// What `name` makes of the project.
fn ours(project: &Path, name: &str) -> TempDir {
    let result = TempDir::new().expect("a temporary directory");
    let source = format!("--src={}", project.display());
    let path = format!("--path={}", result.path().display());
    call(&[name, &source, "export", &path]).succeeded();
    result
}

#[test]
fn documents_are_tangled_as_org_in_the_container_tangles_them() {
    let project = project();
    let stock = stock(project.path(), "tangle", &files(project.path(), ".org"));
    let made: Vec<_> = files(stock.path(), "")
        .into_iter()
        .filter(|name| !project.path().join(name).exists())
        .collect();
    assert!(made.len() > 20, "{made:?}");
    let ours = ours(project.path(), "dind-tangle");
    assert_eq!(files(ours.path(), ""), made);
    for name in made {
        let [expected, found] = [&stock, &ours].map(|folder| fs::read(folder.path().join(&name)));
        assert_eq!(
            found.expect("a file"),
            expected.expect("a file"),
            "{name:?}"
        );
    }
}

#[test]
fn pages_say_what_those_of_org_in_the_container_say() {
    let project = project();
    let is_page = |name: &PathBuf| {
        !PARTS
            .iter()
            .any(|part| name.iter().any(|word| word == *part))
    };
    let documents: Vec<_> = files(project.path(), ".org")
        .into_iter()
        .filter(is_page)
        .collect();
    let stock = stock(project.path(), "export", &documents);
    let ours = ours(project.path(), "export-html");
    for document in &documents {
        let page = document.with_extension("html");
        let folder = document.parent().expect("a folder").display().to_string();
        // Where an attachment is, Org says from the root.
        let expected =
            text(&stock.path().join(&page)).replace(&format!("file:///work/{folder}/"), "");
        assert_eq!(text(&ours.path().join(&page)), expected, "{page:?}");
    }
    let pages = files(ours.path(), ".html").len();
    assert_eq!(pages, documents.len() + 1, "a page each, and an index");
}

fn text(page: &Path) -> String {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/pages.py");
    let output = Command::new("python3")
        .args([script, "text"])
        .arg(page)
        .output();
    let output = output.expect("python3, which the tests need");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn a_document_that_is_tangled_onto_itself_is_refused() {
    let source = format!("--src={DOCUMENTS}/cases/onto-itself");
    let answer = call(&["dind-tangle", &source, "entries"]);
    assert_ne!(answer.code, Some(0), "{answer:#?}");
    let said = "is a document, which would be overwritten";
    assert!(answer.stderr.contains(said), "{answer:#?}");
}
