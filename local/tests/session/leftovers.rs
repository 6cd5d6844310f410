//! What sessions leave: removed, told of where it cannot be, and never in the
//! way of others.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use dagger_local::{Session, SessionOptions, Silent};

use crate::players::{Player, command, part, path_with, play, podman_after};
use crate::support::{ask, containers, fresh, session_in, start_service, text, tiny};

/// A `podman` that cannot remove anything as long as a file is there.
const REFUSING: &str = r#"
if [ -e "$SESSION_TEST_BROKEN" ]; then
    for word in "$@"; do
        [ "$word" != rm ] || { echo "Error: device or resource busy" >&2; exit 1; }
    done
fi
"#;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "is run by the other tests of this file, in a process of its own"]
async fn plays_a_part() {
    if let Some(state) = part("cannot remove") {
        let (session, _) = session_in(&state).await;
        start_service(&session).await;
        let problem = session.close().await.unwrap_err().to_string();
        assert!(!problem.contains('\n'), "{problem}");
        assert!(problem.contains("device or resource busy"), "{problem}");
        assert!(problem.contains("dagger-local prune"), "{problem}");
        assert!(problem.contains(&containers(&state)[0]), "{problem}");

        let start = Instant::now();
        let (session, told) = session_in(&state).await;
        assert!(told.text().contains(&problem), "{}", told.text());
        assert_eq!(echo_fresh(&session).await, "fine\n");
        let _ = session.close().await;
        assert!(
            start.elapsed() < Duration::from_secs(20),
            "{:?}",
            start.elapsed()
        );
        println!("READY");
    }
    if let Some(state) = part("look around") {
        let (session, _) = session_in(&state).await;
        session.close().await.unwrap();
        println!("READY");
    }
}

async fn echo_fresh(session: &Session) -> String {
    let container = format!("loadContainerFromID(id:{:?})", tiny(session).await);
    let variable = format!("withEnvVariable(name:\"F\",value:{:?})", fresh());
    let calls = [
        &container,
        &variable,
        "withExec(args:[\"echo\",\"fine\"])",
        "stdout",
    ];
    text(session, &calls).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_container_that_cannot_be_removed_is_told_of_and_removed_later() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    let broken = folder.path().join("broken");
    fs::write(&broken, "").unwrap();
    let podman = podman_after(REFUSING);
    let mut command = command("leftovers::plays_a_part", "cannot remove", &state);
    command
        .env("PATH", path_with(podman.path()))
        .env("SESSION_TEST_BROKEN", &broken);
    drop(Player::start(command));
    assert!(!containers(&state).is_empty());
    let (session, told) = session_in(&state).await;
    assert_eq!(told.text(), "");
    session.close().await.unwrap();
    assert_eq!(containers(&state), Vec::<String>::new());
    Session::prune(&state).await.unwrap();
}

/// The folders below a state folder that hold a file of a name.
fn holding(state: &Path, name: &str) -> usize {
    let entries = walkdir::WalkDir::new(state).into_iter().flatten();
    entries.filter(|entry| entry.file_name() == name).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_in_another_pid_namespace_leaves_a_living_one_alone() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    let (session, _) = session_in(&state).await;
    let name = format!("witness-{}", fresh());
    let source = format!("directory{{withNewFile(path:{name:?},contents:\"x\"){{id}}}}");
    let source = session.query(&format!("{{{source}}}")).await.unwrap();
    let source = source["directory"]["withNewFile"]["id"].to_string();
    let container = format!("loadContainerFromID(id:{:?})", tiny(&session).await);
    let mount = format!("withMountedDirectory(path:\"/m\",source:{source})");
    let calls = [
        &container,
        &mount,
        "asService(args:[\"sleep\",\"1000\"])",
        "start",
    ];
    ask(&session, &calls).await.unwrap();
    let before = holding(&state, &name);

    let mut other = Command::new("unshare");
    other.args(["--pid", "--fork", "--mount-proc"]);
    other.arg(std::env::current_exe().unwrap());
    play(&mut other, "leftovers::plays_a_part", "look around", &state);
    drop(Player::start(other));
    assert_eq!(holding(&state, &name), before);
    assert_eq!(containers(&state).len(), 1);
    session.close().await.unwrap();
    // Its own copy is gone with it, the kept tree is not.
    assert_eq!(holding(&state, &name), before - 1);
    Session::prune(&state).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_killed_session_had_for_a_while_is_swept() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    let player = Player::start(command("killed::plays_a_part", "service", &state));
    // As an import or a commit that was interrupted leaves it, wherever it is.
    let temporary = ["tmp", "copies", "sessions"].map(|name| state.join(name));
    for folder in temporary.iter().filter(|folder| folder.is_dir()) {
        let entries = walkdir::WalkDir::new(folder).into_iter().flatten();
        let folders: Vec<_> = entries.filter(|entry| entry.file_type().is_dir()).collect();
        for inner in folders {
            fs::write(inner.path().join("layer.tar"), "half").unwrap();
        }
    }
    player.kill();
    let (session, _) = session_in(&state).await;
    session.close().await.unwrap();
    assert_eq!(holding(&state, "layer.tar"), 0);
    Session::prune(&state).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_without_the_mark_is_neither_written_nor_pruned() {
    let folder = tempfile::tempdir().unwrap();
    let theirs = folder.path().join("sub/t");
    fs::create_dir_all(theirs.join("trees")).unwrap();
    fs::write(theirs.join("trees/file"), "mine").unwrap();
    let before = holding(folder.path(), "file");
    let refused = Session::prune(&theirs).await.unwrap_err().to_string();
    assert!(refused.contains("no folder of dagger-local"), "{refused}");
    let options = SessionOptions {
        state: theirs.clone(),
        module_root: folder.path().to_owned(),
        keep: false,
        progress: std::sync::Arc::new(Silent),
    };
    assert!(Session::start(options).await.is_err());
    assert_eq!(holding(folder.path(), "file"), before);
    assert_eq!(fs::read_dir(&theirs).unwrap().count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn pruning_by_a_link_leaves_the_link() {
    let folder = tempfile::tempdir().unwrap();
    let (link, target) = (folder.path().join("link"), folder.path().join("target"));
    fs::create_dir(&target).unwrap();
    std::os::unix::fs::symlink(&target, &link).unwrap();
    let (session, _) = session_in(&link).await;
    session.close().await.unwrap();
    assert!(target.read_dir().unwrap().count() > 0);
    Session::prune(&link).await.unwrap();
    assert!(link.is_symlink());
    assert_eq!(target.read_dir().unwrap().count(), 0);
}
