//! Rules of images.

use crate::support::{ask, fresh, quoted, said, session, shell};

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
