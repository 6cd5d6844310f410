//! What is kept and was damaged: made again, or told of with what heals it.

use std::fs;
use std::path::{Path, PathBuf};

use dagger_local::{Error, Session};

use crate::support::{ask, session_in, text, tiny};

/// Asks for a file of a tree that a command has changed, and for what it said.
async fn answers(state: &Path) -> Result<[String; 2], Error> {
    let (session, _) = session_in(state).await;
    let result = async {
        let folder = "directory{withNewFile(path:\"kept\",contents:\"contents\"){id}}";
        let folder = session.query(&format!("{{{folder}}}")).await?;
        let folder = folder["directory"]["withNewFile"]["id"].to_string();
        let container = format!("loadContainerFromID(id:{:?})", tiny(&session).await);
        let mount = format!("withMountedDirectory(path:\"/m\",source:{folder})");
        let calls = [&container, &mount, "withExec(args:[\"echo\",\"said\"])"];
        let said = text(&session, &[&calls[..], &["stdout"]].concat()).await?;
        let calls = [&calls[..], &["file(path:\"/m/kept\")", "contents"]].concat();
        Ok([said, text(&session, &calls).await?])
    };
    let result = result.await;
    session.close().await.unwrap();
    result
}

const RIGHT: [&str; 2] = ["said\n", "contents"];

/// The kept files of a name.
fn kept(state: &Path, name: &str) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(state.join("trees"))
        .into_iter()
        .flatten();
    let found = entries.filter(|entry| entry.file_name() == name);
    found.map(walkdir::DirEntry::into_path).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_tree_or_image_is_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    assert_eq!(answers(&state).await.unwrap(), RIGHT);
    type Damage = fn(&Path);
    let damages: [(&str, Damage); 5] = [
        ("changed", |state| {
            for file in kept(state, "kept") {
                fs::write(file, "CONTENTS").unwrap();
            }
        }),
        ("emptied", |state| {
            for file in kept(state, "kept") {
                fs::write(file, "").unwrap();
            }
        }),
        ("removed", |state| {
            for file in kept(state, "kept") {
                fs::remove_dir_all(file.parent().unwrap()).unwrap();
            }
        }),
        ("images forgotten", |state| {
            fs::remove_dir_all(state.join("storage/overlay-images")).unwrap();
        }),
        ("no storage", |state| {
            fs::remove_dir_all(state.join("storage")).unwrap()
        }),
    ];
    for (name, damage) in damages {
        damage(&state);
        let answers = answers(&state).await;
        assert_eq!(
            answers.unwrap_or_else(|error| panic!("{name}: {error}")),
            RIGHT,
            "{name}"
        );
    }
    Session::prune(&state).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_healed_says_prune_and_prune_heals_it() {
    type Damage = fn(&Path);
    let damages: [Damage; 2] = [
        |state| {
            for layer in fs::read_dir(state.join("storage/overlay"))
                .unwrap()
                .flatten()
            {
                let _ = fs::remove_dir_all(layer.path().join("diff"));
            }
        },
        |state| fs::write(state.join("storage/overlay-images/images.json"), "[{").unwrap(),
    ];
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    for damage in damages {
        assert_eq!(answers(&state).await.unwrap(), RIGHT);
        damage(&state);
        let error = answers(&state).await.unwrap_err().to_string();
        assert!(error.contains("dagger-local prune"), "{error}");
        Session::prune(&state).await.unwrap();
        assert!(!state.exists());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_that_was_cut_off_does_not_stand_in_the_way_of_others() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    let (session, _) = session_in(&state).await;
    let container = format!("loadContainerFromID(id:{:?})", tiny(&session).await);
    let file = "withNewFile(path:\"/word\",contents:\"said\")";
    let archive = [&container, file, "asTarball"];
    ask(&session, &[&archive[..], &["size"]].concat())
        .await
        .unwrap();
    let archive = text(&session, &[&archive[..], &["id"]].concat())
        .await
        .unwrap();
    // An image of the same files, of which the storage has a name and no more.
    let driver = fs::read_to_string(state.join("storage-driver")).unwrap();
    let list = state.join(format!("storage/{0}-images/images.json", driver.trim()));
    let mut images: Vec<serde_json::Value> =
        serde_json::from_str(&fs::read_to_string(&list).unwrap()).unwrap();
    let whole = images.len();
    for image in 0..whole {
        let id = format!("{image:064x}");
        let layer = images[image]["layer"].clone();
        let created = images[image]["created"].clone();
        images.push(serde_json::json!({"id": id, "layer": layer, "created": created}));
    }
    fs::write(&list, serde_json::to_string(&images).unwrap()).unwrap();
    let import =
        format!("{{container{{import(source:{archive:?}){{file(path:\"/word\"){{contents}}}}}}}}");
    let said = session.query(&import).await.unwrap();
    assert_eq!(said["container"]["import"]["file"]["contents"], "said");
    session.close().await.unwrap();
    Session::prune(&state).await.unwrap();
}
