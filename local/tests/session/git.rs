//! Rules of repositories.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use dagger_local::Session;
use serde_json::json;

use crate::support::{ask, fresh, quoted, ran, session, session_in, state, text};
use crate::web::Web;

/// Runs `git` as a user who has settings would.
fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .args(["-c", "user.name=me", "-c", "user.email=me@example.org"])
        .args(["-c", "protocol.file.allow=always"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// A repository, and the IDs of its commits, the first one first.
struct Repository {
    path: PathBuf,
    commits: Vec<String>,
}

impl Repository {
    /// Three commits on `main`, one more on `side`, a tag of each kind.
    fn new(path: PathBuf) -> Self {
        fs::create_dir_all(&path).unwrap();
        git(&path, &["init", "--quiet", "--initial-branch=main"]);
        let mut repository = Repository {
            path,
            commits: Vec::new(),
        };
        repository.commit("first");
        repository.git(&["tag", "v1.9.0"]);
        repository.commit("second");
        repository.git(&["tag", "-a", "-m", "x", "v1.10.0"]);
        repository.git(&["branch", "side"]);
        repository.commit("third");
        repository.git(&["checkout", "--quiet", "side"]);
        repository.commit("fourth");
        repository.git(&["checkout", "--quiet", "main"]);
        repository
    }

    fn git(&self, arguments: &[&str]) -> String {
        git(&self.path, arguments)
    }

    fn commit(&mut self, name: &str) {
        fs::write(self.path.join("file"), name).unwrap();
        // No other run of the tests has made this commit.
        fs::write(self.path.join("fresh"), fresh()).unwrap();
        self.git(&["add", "."]);
        self.git(&["commit", "--quiet", "-m", name]);
        self.commits.push(self.git(&["rev-parse", "HEAD"]));
    }
}

/// The field that names a repository.
fn at(url: &str) -> String {
    format!("git(url:{})", quoted(url))
}

/// The file of a tree, and whether its history is there.
async fn check_out(
    session: &Session,
    repository: &str,
    wanted: &str,
    tree: &str,
) -> (String, bool) {
    let calls = [repository, wanted, tree];
    let file = ["file(path:\"file\")", "contents"];
    let file = text(session, &[&calls[..], &file].concat()).await;
    let own = ask(session, &[&calls[..], &["exists(path:\".git\")"]].concat()).await;
    (file.unwrap(), own.unwrap() == json!(true))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_names_of_a_repository_stand_for_its_commits_over_http_and_in_a_folder() {
    let web = Web::start();
    let repository = Repository::new(web.folder.path().join("git/it"));
    repository.git(&["update-server-info"]);
    let session = session().await;
    let path = repository.path.display().to_string();
    let commits = &repository.commits;
    for (url, shown) in [
        (web.url("git/it/.git"), json!(web.url("git/it/.git"))),
        (path.clone(), json!(null)),
        (format!("file://{path}"), json!(null)),
    ] {
        let it = at(&url);
        assert_eq!(ask(&session, &[&it, "url"]).await.unwrap(), shown);
        for (leaf, expected) in [
            ("branches", json!(["main", "side"])),
            ("branches(patterns:[\"s*\"])", json!(["side"])),
            ("tags", json!(["v1.10.0", "v1.9.0"])),
        ] {
            assert_eq!(
                ask(&session, &[&it, leaf]).await.unwrap(),
                expected,
                "{leaf}"
            );
        }
        for (wanted, name, commit) in [
            ("head", "refs/heads/main", &commits[2]),
            ("branch(name:\"side\")", "refs/heads/side", &commits[3]),
            ("tag(name:\"v1.10.0\")", "refs/tags/v1.10.0", &commits[1]),
            ("latestVersion", "refs/tags/v1.10.0", &commits[1]),
            (
                "ref(name:\"refs/tags/v1.9.0\")",
                "refs/tags/v1.9.0",
                &commits[0],
            ),
            (
                &format!("commit(id:{:?})", commits[0]),
                &commits[0],
                &commits[0],
            ),
        ] {
            let found = text(&session, &[&it, wanted, "commit"]).await.unwrap();
            assert_eq!(&found, commit, "{wanted}");
            assert_eq!(text(&session, &[&it, wanted, "ref"]).await.unwrap(), name);
        }
        let side = text(&session, &[&it, "branch(name:\"side\")", "id"])
            .await
            .unwrap();
        let common = format!("commonAncestor(other:{side:?})");
        let found = text(&session, &[&it, "head", &common, "commit"])
            .await
            .unwrap();
        assert_eq!(found, commits[1]);
    }
    session.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_is_fetched_once_with_its_history_or_without() {
    let web = Web::start();
    let repository = Repository::new(web.folder.path().join("git/it"));
    repository.git(&["update-server-info"]);
    let dumb = web.folder.path().join("dumb");
    std::os::unix::fs::symlink(repository.path.join(".git"), dumb).unwrap();
    let path = repository.path.display().to_string();
    let (session, told) = session_in(&state()).await;
    let first = format!("commit(id:{:?})", repository.commits[0]);
    for (url, is_shallow) in [
        (web.url("git/it"), true),
        (web.url("dumb"), false),
        (path, true),
    ] {
        let it = at(&url);
        let head = check_out(&session, &it, "head", "tree").await;
        assert_eq!(head, ("third".into(), true), "{url}");
        let shallow = [&it, "head", "tree", "exists(path:\".git/shallow\")"];
        assert_eq!(
            ask(&session, &shallow).await.unwrap(),
            json!(is_shallow),
            "{url}"
        );
        let bare = check_out(&session, &it, &first, "tree(discardGitDir:true)").await;
        assert_eq!(bare, ("first".into(), false), "{url}");
        let whole = [it.as_str(), "branch(name:\"side\")", "tree(depth:0)"];
        let target = tempfile::tempdir().unwrap();
        let export = format!(
            "export(path:{})",
            quoted(target.path().display().to_string())
        );
        text(&session, &[&whole[..], &[&export]].concat())
            .await
            .unwrap();
        let inside = |arguments: &[&str]| git(target.path(), arguments);
        assert_eq!(inside(&["rev-list", "--count", "HEAD"]), "3", "{url}");
        assert_eq!(inside(&["symbolic-ref", "HEAD"]), "refs/heads/side");
        assert_eq!(inside(&["config", "remote.origin.url"]), url);
        assert!(!target.path().join(".git/hooks").exists());
        assert_eq!(inside(&["status", "--porcelain"]), "");
    }
    let no_git = format!("git(url:{},keepGitDir:false)", quoted(web.url("git/it")));
    assert!(!check_out(&session, &no_git, "head", "tree").await.1);
    session.close().await.unwrap();
    let fetched = ran(&told);

    // The commit is known by its ID: nobody is asked for it again.
    let (again, told) = session_in(&state()).await;
    let it = at(&web.url("git/it"));
    let before = web.requests();
    let bare = check_out(&again, &it, &first, "tree(discardGitDir:true)").await;
    assert_eq!(bare, ("first".into(), false));
    assert_eq!((ran(&told), web.requests()), (0, before));
    assert!(fetched > 0);
    again.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn submodules_come_along_and_never_from_this_machine() {
    let web = Web::start();
    let inner = Repository::new(web.folder.path().join("git/inner"));
    let outer = Repository::new(web.folder.path().join("git/outer"));
    outer.git(&["submodule", "--quiet", "add", &web.url("git/inner"), "part"]);
    outer.git(&["commit", "--quiet", "-m", "part"]);
    let evil = Repository::new(web.folder.path().join("git/evil"));
    let secret = inner.path.display().to_string();
    evil.git(&["submodule", "--quiet", "add", &secret, "part"]);
    evil.git(&["commit", "--quiet", "-m", "part"]);
    let session = session().await;
    let file = ["head", "tree", "file(path:\"part/file\")", "contents"];
    let it = at(&web.url("git/outer"));
    let read = text(&session, &[&[it.as_str()], &file[..]].concat()).await;
    assert_eq!(read.unwrap(), "third");
    let it = at(&web.url("git/evil"));
    let error = text(&session, &[&[it.as_str()], &file[..]].concat())
        .await
        .unwrap_err();
    let error = error.to_string();
    assert!(
        error.contains("submodules") && error.contains("not allowed"),
        "{error}"
    );
    session.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repository_that_cannot_be_read_is_one_line_that_names_it() {
    let web = Web::start();
    Repository::new(web.folder.path().join("git/it"));
    let session = session().await;
    let it = web.url("git/it");
    for (url, wanted, problem) in [
        (web.url("git/none"), "head", "not found"),
        ("http://127.0.0.1:1/a".to_owned(), "head", "onnect"),
        (
            "/no/such/folder".to_owned(),
            "head",
            "does not appear to be a git repository",
        ),
        ("git@example.org:a/b".to_owned(), "head", "ssh"),
        (it.clone(), "branch(name:\"none\")", "refs/heads/none"),
        (it.clone(), "tag(name:\"main\")", "refs/tags/main"),
        (it.clone(), "commit(id:\"abc\")", "\"abc\""),
    ] {
        let error = ask(&session, &[&at(&url), wanted, "commit"])
            .await
            .unwrap_err();
        let error = error.to_string();
        assert!(error.contains(problem), "{error}");
        assert_eq!(error.lines().count(), 1, "{error}");
    }
    let missing = format!("commit(id:{:?})", "0123456789".repeat(4));
    let error = ask(&session, &[&at(&it), &missing, "tree", "entries"])
        .await
        .unwrap_err();
    assert!(error.to_string().contains("not our ref"), "{error}");
    let unserved = format!("git(url:{},httpAuthUsername:\"x\")", quoted(&*it));
    let error = ask(&session, &[&unserved, "url"]).await.unwrap_err();
    let expected = "the local session does not serve the argument httpAuthUsername of Query.git";
    assert_eq!(error.to_string(), expected);
    session.close().await.unwrap();
}
