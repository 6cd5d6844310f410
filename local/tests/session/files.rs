//! Folders: what goes in, what comes out, and what leaves no trace.

use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use serde_json::json;

use crate::daemon::cache;
use crate::support::{UBUNTU, ask, fresh, session, shell, text};

/// The ID of a folder of the host.
async fn host(session: &dagger_local::Session, path: &Path, filter: &str) -> String {
    let path = path.display().to_string();
    let call = format!("directory(path:{path:?}{filter})");
    text(session, &["host", &call, "id"]).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn host_files_go_in_and_only_what_changed_comes_out() {
    let folder = tempfile::tempdir().unwrap();
    for (name, contents) in [("kept", "kept"), ("edited", "old"), ("removed", "gone")] {
        std::fs::write(folder.path().join(name), contents).unwrap();
    }
    let session = session().await;
    let before = host(&session, folder.path(), "").await;
    let copy = format!("withDirectory(path:\"/work\",source:{before:?})");
    let cache = cache(&session, &fresh()).await;
    let mount = format!("withMountedCache(path:\"/work/.deps\",cache:{cache:?})");
    let edit = shell(
        "cd /work && printf new >edited && rm removed && mkdir made && echo x >made/x && chmod 750 made/x && echo cached >.deps/y",
    );
    let worked = [
        "container",
        UBUNTU,
        &copy,
        "withWorkdir(path:\"/work\")",
        &mount,
        &edit,
    ];
    let after = text(
        &session,
        &[&worked[..], &["directory(path:\".\")", "id"]].concat(),
    )
    .await
    .unwrap();

    let diff = format!("loadDirectoryFromID(id:{before:?})");
    let other = format!("diff(other:{after:?})");
    let target = folder.path().join("out");
    let export = format!("export(path:{:?})", target.display().to_string());
    ask(&session, &[&diff, &other, &export]).await.unwrap();
    let entries = ask(&session, &[&diff, &other, "glob(pattern:\"**\")"])
        .await
        .unwrap();
    assert_eq!(entries, json!(["edited", "made/", "made/x"]));
    assert_eq!(
        std::fs::read_to_string(target.join("edited")).unwrap(),
        "new"
    );
    let mode = std::fs::metadata(target.join("made/x"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o750);

    let changed = format!("loadDirectoryFromID(id:{after:?})");
    let changes = format!("changes(from:{before:?})");
    let paths = session
        .query(&format!(
            "{{{changed}{{{changes}{{addedPaths modifiedPaths removedPaths}}}}}}"
        ))
        .await
        .unwrap();
    let paths = &paths["loadDirectoryFromID"]["changes"];
    assert_eq!(paths["addedPaths"], json!(["made/", "made/x"]));
    assert_eq!(paths["modifiedPaths"], json!(["edited"]));
    assert_eq!(paths["removedPaths"], json!(["removed"]));
    session.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hosts_files_belong_to_root_in_a_container() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, fresh()).unwrap();
    std::os::unix::fs::chown(&file, Some(1234), Some(1234)).unwrap();
    let session = session().await;
    let source = host(&session, folder.path(), "").await;
    let copy = format!("withDirectory(path:\"/work\",source:{source:?})");
    let owner = shell("stat -c %u:%g /work/file");
    let calls = ["container", UBUNTU, &copy, &owner, "stdout"];
    assert_eq!(text(&session, &calls).await.unwrap(), "0:0\n");
    session.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_allowlist_leaves_everything_else_on_the_host() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("src/inner")).unwrap();
    for name in ["src/a", "src/inner/b", "other", "x.org"] {
        std::fs::write(folder.path().join(name), name).unwrap();
    }
    let session = session().await;
    let allow = ",exclude:[\"**\",\"!src/\",\"!*.org\"]";
    let only = host(&session, folder.path(), allow).await;
    let load = format!("loadDirectoryFromID(id:{only:?})");
    let paths = ask(&session, &[&load, "glob(pattern:\"**\")"])
        .await
        .unwrap();
    assert_eq!(
        paths,
        json!(["src/", "src/a", "src/inner/", "src/inner/b", "x.org"])
    );
    session.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_excluded_file_changes_nothing_and_an_included_one_does() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("in"), "1").unwrap();
    let listing = async || {
        let session = session().await;
        let only = host(&session, folder.path(), ",exclude:[\"**\",\"!in\"]").await;
        let digest = text(
            &session,
            &[&format!("loadDirectoryFromID(id:{only:?})"), "digest"],
        )
        .await
        .unwrap();
        session.close().await.unwrap();
        digest
    };
    let first = listing().await;
    std::fs::write(folder.path().join("out"), "1").unwrap();
    assert_eq!(listing().await, first);
    std::fs::write(folder.path().join("in"), "2").unwrap();
    assert_ne!(listing().await, first);
}

#[tokio::test(flavor = "multi_thread")]
async fn caches_and_mounts_leave_no_trace_in_the_files() {
    let session = session().await;
    let cache = cache(&session, &fresh()).await;
    let mounts = [
        format!("withMountedCache(path:\"/new/cache\",cache:{cache:?})"),
        "withMountedTemp(path:\"/new/temp\")".to_owned(),
    ];
    let run = shell("echo x >/new/cache/x; echo y >/new/temp/y; echo z >/z");
    let calls = ["container", UBUNTU, &mounts[0], &mounts[1], &run];
    let root = [&calls[..], &["rootfs"]].concat();
    let exists = async |path: &str| {
        let call = format!("exists(path:{path:?})");
        ask(&session, &[&root[..], &[&call]].concat())
            .await
            .unwrap()
    };
    assert_eq!(exists("/z").await, true);
    assert_eq!(exists("/new/cache/x").await, false);
    assert_eq!(
        exists("/new").await,
        false,
        "not even the folders that were mounted upon"
    );
    session.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_never_leads_through_a_link_out_of_the_target() {
    let folder = tempfile::tempdir().unwrap();
    let (target, outside) = (folder.path().join("target"), folder.path().join("outside"));
    std::fs::create_dir(&target).unwrap();
    std::fs::create_dir(&outside).unwrap();
    symlink(&outside, target.join("link")).unwrap();
    let session = session().await;
    let export = format!("export(path:{:?})", target.display().to_string());
    let calls = [
        "directory",
        "withNewFile(path:\"link/a\",contents:\"x\")",
        &export,
    ];
    // Refused or written inside: never outside.
    let _ = ask(&session, &calls).await;
    assert_eq!(std::fs::read_dir(&outside).unwrap().count(), 0);
    session.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_by_root_leaves_a_users_folder_the_users() {
    use std::os::unix::fs::{MetadataExt, chown};
    let folder = tempfile::tempdir().unwrap();
    let old = folder.path().join("old");
    std::fs::write(&old, "old").unwrap();
    for path in [folder.path(), &old] {
        chown(path, Some(1234), Some(1235)).unwrap();
    }
    let session = session().await;
    let export = format!("export(path:{:?})", folder.path().display().to_string());
    let calls = [
        "directory",
        "withNewFile(path:\"old\",contents:\"x\")",
        "withNewFile(path:\"made/new\",contents:\"x\")",
        &export,
    ];
    ask(&session, &calls).await.unwrap();
    for path in ["old", "made", "made/new"] {
        let found = std::fs::metadata(folder.path().join(path)).unwrap();
        assert_eq!((found.uid(), found.gid()), (1234, 1235), "{path}");
    }
    session.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_travels_as_an_archive_with_its_settings() {
    let session = session().await;
    let calls = [
        "container",
        UBUNTU,
        "withNewFile(path:\"/mark\",contents:\"marked\")",
        "withEnvVariable(name:\"A\",value:\"b \\\"c\\\" $d\")",
        "withEntrypoint(args:[\"cat\"])",
        "withDefaultArgs(args:[\"/mark\"])",
    ];
    let archive = text(&session, &[&calls[..], &["asTarball", "id"]].concat())
        .await
        .unwrap();
    let import = format!("import(source:{archive:?})");
    let loaded = ["container", import.as_str()];
    let answer = async |rest: &[&str]| ask(&session, &[&loaded[..], rest].concat()).await.unwrap();
    assert_eq!(
        answer(&["withExec(args:[],useEntrypoint:true)", "stdout"]).await,
        "marked"
    );
    assert_eq!(answer(&["envVariable(name:\"A\")"]).await, "b \"c\" $d");
    assert_eq!(answer(&["defaultArgs"]).await, json!(["/mark"]));
    session.close().await.unwrap();
}
