//! Rules of Dockerfiles.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use dagger_local::{Error, Session};
use serde_json::json;
use tempfile::TempDir;

use crate::support::{
    ask, directory, fresh, holds, processes, quoted, ran, session, session_in, shell, state, text,
};

/// A folder with files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, contents) in files {
        fs::write(folder.path().join(name), contents).unwrap();
    }
    folder
}

/// The field that finds a folder of the host.
async fn load(session: &Session, folder: &Path) -> String {
    let id = directory(session, folder).await;
    format!("loadDirectoryFromID(id:{id:?})")
}

/// The error of building a Dockerfile.
async fn refused(session: &Session, dockerfile: &str, arguments: &str) -> Error {
    let folder = folder(&[("Dockerfile", dockerfile)]);
    let build = match arguments {
        "" => "dockerBuild".to_owned(),
        arguments => format!("dockerBuild({arguments})"),
    };
    let load = load(session, folder.path()).await;
    ask(session, &[&load, &build, "sync"]).await.unwrap_err()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dockerfile_is_built_with_its_arguments_target_and_secret_and_only_once() {
    let (session, told) = session_in(&state()).await;
    let (word, secret) = (fresh(), format!("secret-{}", fresh()));
    let dockerfile = "\
        ARG VERSION=no-such-version\n\
        FROM ubuntu:${VERSION} AS first\n\
        ARG WORD=none\n\
        COPY . /copied/\n\
        RUN echo \"$WORD $(ls /copied | tr '\\n' ' ')\" >/said\n\
        RUN --mount=type=secret,id=token cat /run/secrets/token; \
            sha256sum </run/secrets/token >/digest; test ! -e /dev/.dagger-init\n\
        FROM scratch AS last\n\
        COPY --from=first /said /digest /\n\
        FROM first AS wanted\n\
        ENV A=\"b c\"\n\
        WORKDIR /work\n\
        ENTRYPOINT [\"cat\"]\n\
        CMD [\"/said\"]\n\
        FROM no-such-image:1\n";
    let folder = folder(&[
        ("my.Dockerfile", dockerfile),
        ("file", ""),
        ("left-out", ""),
        (".dockerignore", "*\n!file\n"),
    ]);
    let load = load(&session, folder.path()).await;
    let make = format!("setSecret(name:\"token\",plaintext:{secret:?})");
    let id = text(&session, &[&make, "id"]).await.unwrap();
    let build = |target: &str| {
        format!(
            "dockerBuild(dockerfile:\"my.Dockerfile\",target:{target:?},secrets:[{id:?}],\
             buildArgs:[{{name:\"VERSION\",value:\"24.04\"}},{{name:\"WORD\",value:{word:?}}}])"
        )
    };
    let wanted = build("wanted");
    let run = "withExec(args:[],useEntrypoint:true)";
    let said = text(&session, &[&load, &wanted, run, "stdout"]).await;
    assert_eq!(said.unwrap(), format!("{word} file \n"));
    let settings = [
        ("workdir", json!("/work")),
        ("envVariable(name:\"A\")", json!("b c")),
        ("defaultArgs", json!(["/said"])),
        ("exists(path:\"/copied/left-out\")", json!(false)),
    ];
    for (leaf, expected) in settings {
        let found = ask(&session, &[&load, &wanted, leaf]).await.unwrap();
        assert_eq!(found, expected, "{leaf}");
    }
    // The secret is there for the commands to come, and nowhere else.
    let see = shell("sha256sum </run/secrets/token | diff - /digest && echo same");
    let seen = text(&session, &[&load, &wanted, &see, "stdout"]).await;
    assert_eq!(seen.unwrap(), "same\n");
    assert!(told.text().contains("STEP"), "{}", told.text());
    assert!(!told.text().contains(&secret));
    assert!(!holds(&state().join("storage"), &secret));
    let last = build("last");
    let entries = ask(&session, &[&load, &last, "rootfs", "entries"]).await;
    assert_eq!(entries.unwrap(), json!(["digest", "said"]));
    session.close().await.unwrap();

    let (again, told) = session_in(&state()).await;
    text(&again, &[&make, "id"]).await.unwrap();
    let load = self::load(&again, folder.path()).await;
    let said = text(&again, &[&load, &wanted, run, "stdout"]).await;
    assert_eq!(said.unwrap(), format!("{word} file \n"));
    assert_eq!(ran(&told), 0, "{}", told.text());
    again.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dockerfile_that_cannot_be_built_says_what_and_where() {
    let session = session().await;
    let failing = format!(
        "FROM ubuntu:24.04\nRUN echo on fire {} >&2; exit 7\n",
        fresh()
    );
    let error = refused(&session, &failing, "").await.to_string();
    assert!(error.contains("exit status 7"), "{error}");
    assert!(error.contains("\non fire "), "{error}");
    for (dockerfile, arguments, expected) in [
        ("FROM scratch\n", "dockerfile:\"x/y\"", "x/y: no such file"),
        ("FROM scratch\n", "platform:\"linux/s390x\"", "linux/s390x"),
        ("FROM no-such-image:1\n", "", "no-such-image:1"),
        ("FROM scratch AS a\n", "target:\"missing\"", "missing"),
        (
            "FROM scratch\n",
            "buildArgs:[{name:\"a=b\",value:\"\"}]",
            "\"a=b\"",
        ),
        ("FROM scratch\nNO-SUCH\n", "", "NO-SUCH"),
    ] {
        let error = refused(&session, dockerfile, arguments).await.to_string();
        let first = error.lines().next().unwrap_or_default();
        assert!(
            first.contains(expected),
            "{dockerfile:?} {arguments}: {error}"
        );
    }
    let uri = ["secret(uri:\"env://PATH\")", "id"];
    let id = text(&session, &uri).await.unwrap();
    let arguments = format!("secrets:[{}]", quoted(id));
    let error = refused(&session, "FROM scratch\n", &arguments).await;
    assert!(error.to_string().contains("setSecret"), "{error}");
    let socket = ["host", "unixSocket(path:\"/x\")", "id"];
    let id = text(&session, &socket).await.unwrap();
    let error = refused(&session, "FROM scratch\n", &format!("ssh:{}", quoted(id))).await;
    assert!(
        error
            .to_string()
            .contains("argument ssh of Directory.dockerBuild"),
        "{error}"
    );
    session.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_build_ends_with_its_session() {
    let session = std::sync::Arc::new(session().await);
    let marker = fresh();
    let dockerfile = format!("FROM ubuntu:24.04\nRUN sleep 600; echo {marker}\n");
    let folder = folder(&[("Dockerfile", &dockerfile)]);
    let load = load(&session, folder.path()).await;
    let building = tokio::spawn({
        let session = session.clone();
        async move { ask(&session, &[&load, "dockerBuild", "sync"]).await }
    });
    let begun = Instant::now();
    while processes("/bin/sh", &marker).is_empty() {
        assert!(
            begun.elapsed() < Duration::from_secs(60),
            "it did not begin"
        );
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    building.abort();
    let _ = building.await;
    let session = std::sync::Arc::into_inner(session).unwrap();
    session.close().await.unwrap();
    let ended = Instant::now();
    while !processes("/bin/sh", &marker).is_empty() {
        assert!(ended.elapsed() < Duration::from_secs(10), "it goes on");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
