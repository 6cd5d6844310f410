//! Rules of images.

use crate::support::{ask, fresh, quoted, said, session, shell, text};

#[tokio::test]
async fn an_unknown_image_is_one_line_that_names_it() {
    let session = session().await;
    for address in [
        "no-such-image:1",
        "localhost/no-such-image:1",
        "not an image",
    ] {
        let from = format!("from(address:{address:?})");
        let error = ask(&session, &["container", &from, "sync"])
            .await
            .unwrap_err()
            .to_string();
        assert!(error.contains(address), "{error}");
        assert_eq!(error.lines().count(), 1, "{error}");
    }
    session.close().await.unwrap();
}

#[tokio::test]
async fn an_exported_image_is_an_archive_on_the_host() {
    let session = session().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("image.tar");
    let export = format!("export(path:{})", quoted(path.display().to_string()));
    let written = said(
        &session,
        &[&shell(&format!("echo {} >/x", fresh())), &export],
    )
    .await;
    assert_eq!(written, path.display().to_string());
    assert!(path.metadata().unwrap().len() > 1_000_000);
    session.close().await.unwrap();
}

#[tokio::test]
async fn an_archive_keeps_the_owners_of_files_and_no_setting_that_was_removed() {
    let session = session().await;
    let steps = [
        &format!("withEnvVariable(name:\"GONE\",value:{:?})", fresh()),
        &shell("echo x >/file && chown 1:2 /file && chmod 4750 /file"),
        "withoutEnvVariable(name:\"GONE\")",
        "asTarball",
        "id",
    ];
    let archive = said(&session, &steps).await;
    let import = format!("import(source:{archive:?})");
    let command = shell("stat -c %u:%g:%a /file; echo \"[$GONE]\"");
    let out = ask(&session, &["container", &import, &command, "stdout"]).await;
    assert_eq!(out.unwrap(), "1:2:4750\n[]\n");
    let labels = ask(
        &session,
        &["container", &import, "label(name:\"dagger-local.session\")"],
    )
    .await;
    assert!(labels.unwrap().is_null());
    session.close().await.unwrap();
}

#[tokio::test]
async fn a_workdir_that_nobody_set_is_empty() {
    let session = session().await;
    let path = "withWorkdir(path:\"a\")";
    for (calls, workdir) in [
        (&["container", "workdir"][..], ""),
        (&["container", path, "workdir"], "/a"),
        (&["container", path, "withoutWorkdir", "workdir"], ""),
    ] {
        assert_eq!(text(&session, calls).await.unwrap(), workdir, "{calls:?}");
    }
    session.close().await.unwrap();
}
