//! Rules of files: into containers, out of them, and what stays behind.

use std::fs;

use serde_json::json;

use crate::support::{ask, directory, exec, fresh, on_base, said, session, shell, text};

/// A cache volume's ID.
async fn cache(session: &dagger_local::Session, key: &str) -> String {
    text(session, &[&format!("cacheVolume(key:{key:?})"), "id"])
        .await
        .unwrap()
}

#[tokio::test]
async fn a_private_cache_is_used_by_one_at_a_time_and_kept() {
    let key = fresh();
    let command = |step: &str| shell(&format!("{step} # {key}"));
    let (one, two) = tokio::join!(session(), session());
    let id = cache(&one, &key).await;
    cache(&two, &key).await;
    let mount = format!("withMountedCache(path:\"/cache\",cache:{id:?},sharing:PRIVATE)");
    // Each finds its cache empty, although both run at the same time.
    let step = |name: &str| command(&format!("ls /cache; echo {name} >/cache/{name}; sleep 2"));
    let (first, second) = (step("first"), step("second"));
    let first = [mount.as_str(), &first, "stdout"];
    let second = [mount.as_str(), &second, "stdout"];
    let (first, second) = tokio::join!(said(&one, &first), said(&two, &second));
    assert_eq!((first.as_str(), second.as_str()), ("", ""));
    let later = said(&one, &[&mount, &command("ls /cache"), "stdout"]).await;
    assert!(later == "first\n" || later == "second\n", "{later}");
    one.close().await.unwrap();
    two.close().await.unwrap();
}

#[tokio::test]
async fn a_mounted_directory_is_written_to_for_later_commands_only() {
    let session = session().await;
    let host = tempfile::tempdir().unwrap();
    fs::write(host.path().join("file"), "old").unwrap();
    let source = directory(&session, host.path()).await;
    let mount = format!("withMountedDirectory(path:\"/mounted\",source:{source:?})");
    let write = shell("echo new >/mounted/file");
    let steps = [mount.as_str(), &write];
    let read = exec(&["cat", "/mounted/file"]);
    assert_eq!(
        said(&session, &[&steps[..], &[&read, "stdout"]].concat()).await,
        "new\n"
    );
    let of_mount = ["file(path:\"/mounted/file\")", "contents"];
    assert_eq!(
        said(&session, &[&steps[..], &of_mount].concat()).await,
        "new\n"
    );
    let unmounted = [
        "withoutMount(path:\"/mounted\")",
        "exists(path:\"/mounted/file\")",
    ];
    assert_eq!(
        on_base(&session, &[&steps[..], &unmounted].concat())
            .await
            .unwrap(),
        json!(false)
    );
    assert_eq!(fs::read_to_string(host.path().join("file")).unwrap(), "old");
    session.close().await.unwrap();
}

#[tokio::test]
async fn copies_take_what_the_patterns_leave_with_owner_and_mode() {
    let session = session().await;
    let host = tempfile::tempdir().unwrap();
    for name in ["a.txt", "b.txt", "c.md"] {
        fs::write(host.path().join(name), name).unwrap();
    }
    let source = directory(&session, host.path()).await;
    let put = format!(
        "withDirectory(path:\"/it's $here\",source:{source:?},include:[\"*.txt\"],exclude:[\"b*\"],owner:\"nobody:nogroup\")"
    );
    let file = "withNewFile(path:\"/made\",contents:\"x\",permissions:448,owner:\"1:2\")";
    let command = shell(
        "ls \"/it's \\$here\"; stat -c %U:%G \"/it's \\$here/a.txt\"; stat -c %u:%g:%a /made",
    );
    let out = said(&session, &[&put, file, &command, "stdout"]).await;
    assert_eq!(out, "a.txt\nnobody:nogroup\n1:2:700\n");
    session.close().await.unwrap();
}

#[tokio::test]
async fn what_is_removed_or_linked_is_so_for_commands_and_for_reading() {
    let session = session().await;
    let steps = [
        "withNewFile(path:\"/d/one\",contents:\"1\")",
        "withNewFile(path:\"/d/two\",contents:\"2\")",
        "withoutFile(path:\"/d/one\")",
        "withSymlink(target:\"two\",linkName:\"/d/link\")",
        "withoutDirectory(path:\"/usr/games\")",
    ];
    let out = said(
        &session,
        &[&steps[..], &[&shell("ls /d; cat /d/link"), "stdout"]].concat(),
    )
    .await;
    assert_eq!(out, "link\ntwo\n2");
    let entries = on_base(
        &session,
        &[&steps[..], &["directory(path:\"/d\")", "entries"]].concat(),
    )
    .await;
    assert_eq!(entries.unwrap(), json!(["link", "two"]));
    let read = said(
        &session,
        &[&steps[..], &["file(path:\"/d/link\")", "contents"]].concat(),
    )
    .await;
    assert_eq!(read, "2");
    session.close().await.unwrap();
}

#[tokio::test]
async fn a_root_with_patterns_copies_nothing_where_there_is_nothing() {
    let session = session().await;
    let root = on_base(&session, &["rootfs", "id"]).await.unwrap();
    let put = format!(
        "withDirectory(path:\"/copy\",source:{root},include:[\"no/such/folder\",\"etc/debian_version\"])"
    );
    let out = said(
        &session,
        &[&put, &shell("cd /copy && find . -type f"), "stdout"],
    )
    .await;
    assert_eq!(out, "./etc/debian_version\n");
    session.close().await.unwrap();
}

#[tokio::test]
async fn a_path_that_is_not_there_is_named_in_one_line() {
    let session = session().await;
    for fields in [
        &["file(path:\"/no/such\")", "contents"][..],
        &["directory(path:\"/no/such\")", "entries"],
    ] {
        let error = on_base(&session, fields).await.unwrap_err().to_string();
        assert!(error.contains("/no/such"), "{error}");
        assert_eq!(error.lines().count(), 1);
    }
    let error = ask(
        &session,
        &["host", "directory(path:\"/no/such\")", "entries"],
    )
    .await
    .unwrap_err();
    assert_eq!(error.to_string(), "directory /no/such: it does not exist");
    session.close().await.unwrap();
}

#[tokio::test]
async fn a_copy_from_another_container_keeps_its_owners() {
    let session = session().await;
    let made = shell("mkdir /d && echo x >/d/file && chown -R 1:2 /d/file");
    let source = said(&session, &[&made, "directory(path:\"/d\")", "id"]).await;
    let steps = [
        "withNewFile(path:\"/before\",contents:\"\")",
        &format!("withDirectory(path:\"/copy\",source:{source:?})"),
        "withNewFile(path:\"/copy/after\",contents:\"\")",
        &shell("stat -c %u:%g /before /copy/file /copy/after"),
        "stdout",
    ];
    assert_eq!(said(&session, &steps).await, "0:0\n1:2\n0:0\n");
    session.close().await.unwrap();
}
