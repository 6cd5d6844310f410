//! Rules of files of the web.

use serde_json::json;

use crate::support::{ask, quoted, session, text};
use crate::web::Web;

/// The field that fetches a URL.
fn http(url: &str, more: &str) -> String {
    format!("http(url:{}{more})", quoted(url))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_the_web_is_fetched_once_a_session_wherever_it_moved() {
    let web = Web::start();
    let bytes: Vec<u8> = (0..=255).cycle().take(3_000_000).collect();
    web.write("file.bin", &bytes);
    web.write("text", b"first");
    web.redirect("moved", &web.url("further?x=1"));
    web.redirect("further", "/file.bin");
    let one = session().await;
    let moved = http(&web.url("moved"), "");
    assert_eq!(ask(&one, &[&moved, "size"]).await.unwrap(), bytes.len());
    assert_eq!(text(&one, &[&moved, "name"]).await.unwrap(), "moved");
    let mode = ask(&one, &[&moved, "stat", "permissions"]).await;
    assert_eq!(mode.unwrap(), json!(0o600));
    assert_eq!(web.requests(), 3);
    let named = http(&web.url("text"), ",name:\"other\",permissions:493");
    assert_eq!(text(&one, &[&named, "name"]).await.unwrap(), "other");
    let mode = ask(&one, &[&named, "stat", "permissions"]).await;
    assert_eq!(mode.unwrap(), json!(0o755));
    // It may be another one later: the session keeps its own.
    web.write("text", b"second");
    assert_eq!(text(&one, &[&named, "contents"]).await.unwrap(), "first");
    let two = session().await;
    assert_eq!(text(&two, &[&named, "contents"]).await.unwrap(), "second");
    assert_eq!(web.requests(), 5);
    one.close().await.unwrap();
    two.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_cannot_be_had_is_one_line_that_names_the_url() {
    let web = Web::start();
    web.redirect("loop", "/loop");
    web.redirect("away", "file:///etc/passwd");
    let session = session().await;
    for (url, problem) in [
        (web.url("missing"), "status 404"),
        (web.url("loop"), "10"),
        (web.url("away"), "rotocol"),
        ("http://127.0.0.1:1/x".to_owned(), "onnect"),
        ("http://no-such-host.invalid/x".to_owned(), "resolve"),
        ("file:///etc/passwd".to_owned(), "expected http"),
    ] {
        let error = ask(&session, &[&http(&url, ""), "contents"])
            .await
            .unwrap_err();
        let error = error.to_string();
        assert!(error.contains(&url) && error.contains(problem), "{error}");
        assert_eq!(error.lines().count(), 1, "{error}");
    }
    let unserved = http(&web.url("x"), ",authHeader:\"x\"");
    let error = ask(&session, &[&unserved, "contents"]).await.unwrap_err();
    let expected = "the local session does not serve the argument authHeader of Query.http";
    assert_eq!(error.to_string(), expected);
    session.close().await.unwrap();
}
