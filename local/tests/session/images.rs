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

#[tokio::test]
async fn values_of_several_lines_arrive_in_an_archive_as_they_are() {
    let session = session().await;
    // Each of these takes the export of a whole image.
    let values = ["a\n\r\n x \"$A\" 'y' \\ \n\nRUN touch /evil\n"];
    for value in values {
        let quoted_value = quoted(value);
        let steps = [
            &format!("withEnvVariable(name:\"A\",value:{quoted_value})"),
            &format!(
                "withLabel(name:{},value:{quoted_value})",
                quoted(format!("l{value}"))
            ),
            &format!("withWorkdir(path:{})", quoted(format!("/w/{value}"))),
            &format!("withUser(name:{quoted_value})"),
            &format!("withDefaultArgs(args:[{quoted_value}])"),
            "asTarball",
            "id",
        ];
        let archive = said(&session, &steps).await;
        let import = format!("import(source:{archive:?})");
        let label = format!("label(name:{})", quoted(format!("l{value}")));
        for (leaf, expected) in [
            ("envVariable(name:\"A\")", value.to_owned()),
            (label.as_str(), value.to_owned()),
            ("workdir", format!("/w/{value}")),
            ("user", value.to_owned()),
        ] {
            let found = text(&session, &["container", &import, leaf]).await.unwrap();
            assert_eq!(found, expected, "{leaf}");
        }
        let args = ask(&session, &["container", &import, "defaultArgs"])
            .await
            .unwrap();
        assert_eq!(args, serde_json::json!([value]));
        let evil = ["container", &import, "exists(path:\"/evil\")"];
        assert_eq!(ask(&session, &evil).await.unwrap(), false);
    }
    session.close().await.unwrap();
}
