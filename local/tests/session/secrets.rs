//! A secret is seen by the command that it is for, and nowhere else.

use std::path::Path;

use crate::support::{ask, fresh, said, session_in, shell, state};

/// The files below a folder that hold a text.
fn holding(folder: &Path, text: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in walkdir::WalkDir::new(folder).into_iter().flatten() {
        if entry.file_type().is_file()
            && entry
                .metadata()
                .is_ok_and(|metadata| metadata.len() < 10_000_000)
            && std::fs::read(entry.path())
                .is_ok_and(|bytes| bytes.windows(text.len()).any(|part| part == text))
        {
            found.push(entry.path().display().to_string());
        }
    }
    found
}

#[tokio::test]
async fn a_secret_may_be_what_a_command_of_the_host_prints() {
    let (session, _) = session_in(&state()).await;
    let plaintext = async |command: &str| {
        let secret = format!("secret(uri:\"cmd://{command}\")");
        ask(&session, &[&secret, "plaintext"]).await
    };
    let once = plaintext("date +%N").await.unwrap();
    assert_eq!(plaintext("date +%N").await.unwrap(), once);
    let error = plaintext("exit 3").await.unwrap_err();
    assert!(error.to_string().contains("exit status: 3"), "{error}");
    session.close().await.unwrap();
}

#[tokio::test]
async fn a_secret_reaches_its_command_and_nothing_else() {
    let (session, told) = session_in(&state()).await;
    let value = format!("pass-word-{}", fresh());
    let secret = format!("setSecret(name:\"s\",plaintext:{value:?})");
    let id = ask(&session, &[&secret, "id"]).await.unwrap();
    let steps = [
        format!("withSecretVariable(name:\"S\",secret:{id})"),
        format!("withMountedSecret(path:\"/run/it\",source:{id})"),
        shell(
            "test \"$S\" = \"$(cat /run/it)\" && echo \"$S\" && printf %s \"$S\" | sha256sum && stat -c %a /run/it",
        ),
        "stdout".to_owned(),
    ];
    let out = said(&session, &steps.each_ref().map(String::as_str)).await;
    let lines: Vec<_> = out.lines().collect();
    assert_eq!(lines[0], "***");
    assert_ne!(
        lines[1],
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  -"
    );
    assert_eq!(lines[2], "400");
    assert!(!told.text().contains(&value));
    session.close().await.unwrap();
    assert_eq!(holding(&state(), value.as_bytes()), Vec::<String>::new());
}
